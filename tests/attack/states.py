"""The states that killed reindexes go between: two states of the articles, their indexes, and how long a run takes."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from shutil import copytree
from time import perf_counter

from index.opening import open_engine
from index.reindexing.pipeline import reindex
from index.reindexing.request import ReindexRequest
from tests.attack import material
from tests.attack.command_kills import command_seconds
from tests.attack.power_cuts import PowerCut

KINDS = ("incremental", "full", "first")
ARTICLES = 30  # of the samples; few, so that many kills are possible
LARGE = 3_200  # articles, more than this process works on itself: all worker processes take part
WORDS = 30  # of each of those
COPIES = 3  # of each, in other words, so that there are stories
NAMES = re.compile(r"\d{8}T\d{6}-\d+|(?<=MAIN_)[0-9a-z]{16}|(?<=MAIN_)\d+(?=\.toc)")  # of generations and segments
State = tuple[str, tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class Usual:
    """A run that nobody killed: its seconds on one core, its calls and its lines of progress."""

    seconds: float
    calls: int
    lines: int


@dataclass(frozen=True, slots=True)
class States:
    """Where the states are, what their indexes answer, and which files an index has."""

    folder: Path
    base: Path  # an index of the first state, with an older generation
    after: Path  # the articles of the second state
    answers: Mapping[str, State]
    usual: Mapping[str, Usual]
    files: frozenset[str]
    command_seconds: Mapping[str, float]
    large: Path | None  # the articles of an archive that needs all processes, where it is wanted

    def before(self, kind: str) -> State | None:
        """What the index answers before a run; None if there is none."""
        return None if kind in {"first", "large"} else self.answers["before"]

    def known(self, kind: str) -> State:
        """What the index answers after a run."""
        return self.answers[kind]


def states(folder: Path, *, large: bool) -> States:
    """Make both states, and one of many articles if `large`, and measure each kind of run between them."""
    older, before, after = (articles_of(folder / name, changed) for name, changed in (("0", 2), ("1", 0), ("2", 5)))
    base = folder / "base"
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(cores)})
    try:
        material.index_of(base, older)
        material.index_of(base, before)
        answers, usual, files = {"before": _state(base)}, {}, set(kinds_of_files(base))
        for kind in KINDS:
            index = folder / f"usual-{kind}"
            usual[kind] = _usual(index, base, after, kind)
            answers[kind] = _state(index)
            files |= kinds_of_files(index)
    finally:
        os.sched_setaffinity(0, cores)
    took = dict.fromkeys(KINDS, command_seconds(folder / "command", after))
    many = None
    if large:
        many = _many(folder / "many.jsonl")
        took["large"] = command_seconds(folder / "large", many)
        answers["large"] = _state(folder / "large")
        files |= kinds_of_files(folder / "large")
    return States(folder, base, after, answers, usual, frozenset(files), took, many)


def articles_of(path: Path, changed: int) -> Path:
    """A state of the articles: the first ones in other words, the last ones left out, so many of each."""
    path.mkdir()
    chance, held = Random(0), []
    for number, record in enumerate(material.samples()[: ARTICLES - changed]):
        for copy in range(COPIES):
            paragraphs = record.text.split("\n\n")
            if copy or number < changed:
                del paragraphs[chance.randrange(len(paragraphs))]
            told = material.told(record) | {"id": f"{record.id}/{copy}", "text": "\n\n".join(paragraphs) or record.text}
            held.append(told)
    material.write_lines(path / "articles.jsonl", held)
    return path


def _many(path: Path) -> Path:
    """Many short articles of words of the samples, in any order, so that none is a copy of another."""
    chance = Random(0)
    words = sorted({word for record in material.samples() for word in record.text.split()})
    told = (" ".join(chance.choices(words, k=WORDS)) for _ in range(LARGE))
    return material.write_lines(path, ({"id": f"many/{number}", "text": text} for number, text in enumerate(told)))


def _state(index: Path) -> State:
    info, answers = material.contents(open_engine(index))
    return info.id, answers


def _usual(index: Path, base: Path, after: Path, kind: str) -> Usual:
    """Run once in a forked process, whose calls are counted, and once for the time."""
    lines = 0

    def progress(_: object) -> None:
        nonlocal lines
        lines += 1

    request = ReindexRequest((after,), full=kind == "full")
    counted = index.with_name(f"{index.name}-counted")
    if kind != "first":
        copytree(base, index)
        copytree(base, counted)
    begun = perf_counter()
    reindex(open_engine(index), request, progress)
    seconds = perf_counter() - begun
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        follower = PowerCut(None, -1, lambda: None)
        follower.follow()
        reindex(open_engine(counted), request)
        os.write(writing, str(follower.calls).encode())
        os._exit(0)
    os.waitpid(pid, 0)
    calls = int(os.read(reading, 20))
    os.close(reading)
    os.close(writing)
    return Usual(seconds, calls, lines)


def kinds_of_files(index: Path) -> frozenset[str]:
    """The files of an index folder, with the names of generations and segments left out."""
    return frozenset(NAMES.sub("…", str(path.relative_to(index))) for path in index.rglob("*"))
