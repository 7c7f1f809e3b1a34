"""The second part of a run: Kliping and its peers take turns over the same words, in one process.

Correctness comes before speed: every answer is compared with ours once, with its total and full facets. Differences are
reported with the results.
"""

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.alone import Tell
from benchmarks.contestants import Missing, Peer, Witness
from benchmarks.corpus import dated, documents, write_documents
from benchmarks.jobs import Writing, Written, run_job
from benchmarks.kliping import Kliping, ours
from benchmarks.measuring import Latency, alternate, timed
from benchmarks.memory import disk_bytes
from benchmarks.peers import PEERS
from benchmarks.preparing import Corpus
from benchmarks.requests import Answer, Kind, Request
from index.opening import open_engine

WRITING = "Kliping, writing alone"


@dataclass(frozen=True, slots=True)
class Built:
    """An index: seconds to write it, its size in bytes, and the settings."""

    seconds: float
    index_bytes: int
    settings: str


@dataclass(frozen=True, slots=True)
class Compared:
    """The comparison; `missing` lists peers that are not installed, `disagreements` the answers that differ."""

    builds: dict[str, Built]
    latencies: Mapping[str, dict[Kind, Latency]]
    totals: dict[str, int]
    disagreements: list[str]
    missing: list[str]


def compare(corpus: Corpus, index: Path, samples: int, tell: Tell) -> Compared:
    """Build every peer that is installed, compare its answers with ours, and time all engines in turn."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="peers-")))
        peers, missing = _installed()
        for peer in peers:
            stack.callback(peer.close)
        engine = open_engine(index)
        words = folder / "documents.tsv"
        write_documents(dated(documents(corpus.documents), engine), words)
        builds = {WRITING: _write(corpus, folder / "ours", tell)}
        builds |= {peer.name: _build(peer, words, folder / str(number), tell) for number, peer in enumerate(peers)}
        exact = Kliping(engine)
        tell("comparing answers")
        disagreements = [said for peer in peers for said in differences(peer, exact, corpus.requests)]
        totals = {str(request): exact.read(exact.ask(request).reply).total for request in corpus.requests}
        tell("taking turns")
        _settle(stack)
        latencies = alternate((*ours(engine), *peers), corpus.requests, samples)
        return Compared(builds, latencies, totals, disagreements, missing)


def differences(peer: Witness, ours: Witness, requests: Sequence[Request]) -> Iterator[str]:
    """A sentence for each answer of a peer that differs from ours."""
    for request in requests:
        theirs, own = (one.read(one.ask(request).reply) for one in (peer, ours))
        if theirs != own:
            yield f"{peer.name}, {request}: {'; '.join(_differing(theirs, own))}"


def _differing(theirs: Answer, own: Answer) -> Iterator[str]:
    if theirs.total != own.total:
        yield f"{theirs.total} documents, ours has {own.total}"
    for name, their_facet, own_facet in (("outlet", theirs.outlets, own.outlets), ("year", theirs.years, own.years)):
        odd = sorted(value for value, _ in set(their_facet.items()) ^ set(own_facet.items()))
        if odd:
            value = odd[0]
            yield f"{name} {value!r}: {their_facet.get(value, 0)}, ours has {own_facet.get(value, 0)}"


def _settle(stack: ExitStack) -> None:
    """Freeze all objects so far for the garbage collector, so that no engine pays for another's objects."""
    gc.collect()
    gc.freeze()
    stack.callback(gc.unfreeze)


def _installed() -> tuple[list[Peer], list[str]]:
    peers, missing = [], []
    for make in PEERS:
        try:
            peers.append(make())
        except Missing as reason:
            missing.append(str(reason))
    return peers, missing


def _write(corpus: Corpus, folder: Path, tell: Tell) -> Built:
    tell("writing our index alone")
    written: Written = run_job(Writing(corpus.data, folder))
    return Built(written.seconds, disk_bytes(folder), "articles in memory, stems known; both fields, columns, texts")


def _build(peer: Peer, words: Path, folder: Path, tell: Tell) -> Built:
    tell(f"building {peer.name}")
    folder.mkdir()
    own, seconds = timed(lambda: peer.build(words, folder))
    return Built(seconds if own is None else own, disk_bytes(folder), peer.settings)
