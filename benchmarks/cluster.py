"""A cluster beside a folder: the same archive is indexed in both, and whole answers are timed in turn.

    python -m benchmarks.cluster --data PATH --articles N --address http://127.0.0.1:9200/bench [--reuse FOLDER]
    python -m benchmarks.cluster --data PATH --grown 250000 --cluster-only --uncached --address …

Of each reindex the rate is told, and beside it the processor time of this program with its processes and of the nodes,
which says what binds on a busy machine, too. A whole answer is what a page asks for: the ten best hits with their
texts, totals, stories, and all facets. With `--reuse`, the folder and the address hold the same index already, and
nothing is built. With `--grown`, the archive has that many articles, made of those given (`repeating`), and the
requests are those of the given ones. `--uncached` asks once more with the caches of the nodes switched off.
"""

import argparse
import os
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import report
from benchmarks.contestants import Asked
from benchmarks.corpus import write_records
from benchmarks.kliping import query_for
from benchmarks.measuring import SAMPLES, alternate, timed
from benchmarks.preparing import Corpus, prepare
from benchmarks.processor import processor_seconds
from benchmarks.repeating import repeated
from benchmarks.requests import Request
from index.engine import Engine
from index.opening import open_engine
from index.opensearch.cluster import LONG_SECONDS, Cluster
from index.opensearch.generations import Generations
from index.reindexing.pipeline import reindex
from index.reindexing.request import ReindexRequest
from index.storage.address import IndexAddress, parse_address


@dataclass(frozen=True, slots=True)
class WholeAnswer:
    """An engine, asked as a page asks it."""

    name: str
    engine: Engine

    def answers(self, _request: Request) -> bool:
        """Any request."""
        return True

    def ask(self, request: Request) -> Asked:
        """Answer with all facets, and read the hits."""
        found = self.engine.find(query_for(request, stemmed=True))
        return Asked((found, list(found.matches)))


def main() -> None:
    """Build where wanted, ask in turn, print tables."""
    wanted = _parser().parse_args()
    address = parse_address(wanted.address)
    with TemporaryDirectory(prefix="kliping-bench-") as temporary:
        corpus = prepare(wanted.data, wanted.articles, Path(temporary))
        if wanted.grown:
            grown = Path(temporary) / "grown.jsonl.gz"
            write_records(repeated(corpus.data, wanted.grown), grown)
            corpus = replace(corpus, data=grown)
        engines: dict[str, Engine] = {"cluster": open_engine(address)}
        if not wanted.cluster_only:
            engines["folder"] = open_engine(wanted.reuse or Path(temporary) / "index")
        if not wanted.reuse:
            for named in engines.items():
                _build(named, corpus, address)
        articles = max(engines["cluster"].info().articles, 1)
        for kind, size in _stored(address).items():
            _say(f"{kind}: {size / (1 << 20):,.1f} MiB, {size / articles:,.0f} bytes an article")
        contestants = [WholeAnswer(name, engine) for name, engine in engines.items()]
        latencies = alternate(contestants, corpus.requests, wanted.samples)
        report.print_latencies(report.console(), "Whole answers, ms p50 / p95", latencies)
        if wanted.uncached:
            _switch_caches_off(address)
            uncached = alternate(contestants[:1], corpus.requests, wanted.samples)
            report.print_latencies(report.console(), "The same with the caches of the nodes off", uncached)


def _switch_caches_off(address: IndexAddress) -> None:
    """Let the nodes keep no answer and no filter of the published texts; one of the two wants them closed meanwhile."""
    held = Cluster(address)
    texts = Generations(held).manifest(Generations(held).current() or "").texts
    held.request("POST", f"/{texts}/_close", seconds=LONG_SECONDS)
    off = {"index.requests.cache.enable": False, "index.queries.cache.enabled": False}
    held.request("PUT", f"/{texts}/_settings", off, seconds=LONG_SECONDS)
    held.request("POST", f"/{texts}/_open?wait_for_active_shards=1", seconds=LONG_SECONDS)


def _build(named: tuple[str, Engine], corpus: Corpus, address: IndexAddress) -> None:
    (name, engine), nodes, before = named, _node_seconds(address), processor_seconds(os.getpid())
    done, seconds = timed(lambda: reindex(engine, ReindexRequest((corpus.data,), full=True)))
    ours, theirs = processor_seconds(os.getpid()) - before, _node_seconds(address) - nodes
    _say(
        f"{name}: {done.articles:,} articles in {seconds:,.1f} s, {done.articles / seconds:,.0f} articles/s; "
        f"processor time: ours {ours:,.1f} s, nodes {theirs:,.1f} s"
    )


def _stored(address: IndexAddress) -> dict[str, int]:
    """The bytes of the indices of the published generation by kind, replicas included, once what it deleted is gone."""
    held = Cluster(address)
    meta = Generations(held).current() or ""
    manifest = Generations(held).manifest(meta)
    kinds = {"texts": manifest.texts, "whole articles": manifest.articles_index, "files": meta}
    held.request("POST", f"/{','.join(kinds.values())}/_flush", seconds=LONG_SECONDS)
    told = held.request("GET", f"/{','.join(kinds.values())}/_stats/store")["indices"]
    return {kind: int(told[index]["total"]["store"]["size_in_bytes"]) for kind, index in kinds.items()}


def _node_seconds(address: IndexAddress) -> float:
    """The processor time of all nodes."""
    nodes = Cluster(address).request("GET", "/_nodes/stats/process")["nodes"].values()
    return float(sum(node["process"]["cpu"]["total_in_millis"] for node in nodes)) / 1000


def _say(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cluster", description="Measure a cluster and a folder.")
    parser.add_argument("--data", type=Path, required=True, help="file or folder of articles")
    parser.add_argument("--articles", type=int, default=0, metavar="N", help="the first N of them; 0 for all")
    parser.add_argument("--address", default=os.environ.get("KLIPING_INDEX"), help="of an index that may be replaced")
    parser.add_argument("--reuse", type=Path, metavar="FOLDER", help="the same index in a folder, built before")
    parser.add_argument("--grown", type=int, default=0, metavar="N", help="an archive of N articles made of these")
    parser.add_argument("--cluster-only", action="store_true", help="build and ask no folder")
    parser.add_argument("--uncached", action="store_true", help="also ask with the caches of the nodes off")
    parser.add_argument("--samples", type=int, default=SAMPLES, metavar="N", help="of each class of requests")
    return parser


if __name__ == "__main__":
    main()
