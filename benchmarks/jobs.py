"""What runs in a process of its own, so that its memory is its own and nothing is warm that would not be.

A job is a function from a description to figures, both plain dataclasses, which travel as pickles between two processes
of one program.
"""

import os
import pickle
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter
from typing import Any, Protocol

from archive.article import Article, Passage, Role
from benchmarks.corpus import articles
from benchmarks.kliping import Kliping, ours
from benchmarks.measuring import Latency, alternate
from benchmarks.memory import Watch, disk_bytes, peak_bytes, resident_bytes
from benchmarks.requests import Kind, Request
from index.opening import open_engine
from index.parallel import spread
from index.reindexing.first_pass import AT_ONCE
from index.words.tokenizer import forms

ROOT = Path(__file__).parents[1]
EVERY_WORD = "every word"  # the id of an article no archive has


@dataclass(frozen=True, slots=True)
class Reindexed:
    """What a reindex took; `peak` is of its own process, `peak_together` with its workers, in bytes.

    `own_together` is what of the latter lies in no file. Where the system does not tell, both are 0.
    """

    articles: int
    rejected: int
    seconds: float
    peak: int
    peak_together: int
    own_together: int
    index_bytes: int


@dataclass(frozen=True, slots=True)
class Served:
    """A serving process: milliseconds to open and to answer first, bytes resident after all requests, and latencies."""

    open_ms: float
    first_ms: float
    resident_after_open: int
    resident: int
    peak: int
    latencies: dict[str, dict[Kind, Latency]]


@dataclass(frozen=True, slots=True)
class Written:
    """Index writing alone: seconds for so many articles whose words were stemmed before."""

    articles: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Reindexing:
    """Bring an index in step with articles, as `flask reindex` does."""

    data: Path
    index: Path

    def run(self) -> Reindexed:
        """One reindex."""
        from index.reindexing.pipeline import Request as Asked  # noqa: PLC0415  # a serving process loads none of it
        from index.reindexing.pipeline import reindex  # noqa: PLC0415

        report = reindex(open_engine(self.index), Asked(paths=(self.data,)))
        size = disk_bytes(self.index)
        return Reindexed(report.articles, len(report.rejected), report.seconds, peak_bytes(), 0, 0, size)


@dataclass(frozen=True, slots=True)
class Serving:
    """Open an index and answer requests, as a server does; with `pages`, through the application as well."""

    index: Path
    requests: tuple[Request, ...]
    samples: int
    pages: bool = True

    def run(self) -> Served:
        """Open, answer once, then measure."""
        start = perf_counter()
        engine = open_engine(self.index)
        engine.info()
        opened = perf_counter()
        resident = resident_bytes()
        Kliping(engine).ask(self.requests[0])
        first = perf_counter()
        asked = [*ours(engine), *(self._stages(engine) if self.pages else ())]
        latencies = alternate(asked, self.requests, self.samples)
        times = ((opened - start) * 1e3, (first - opened) * 1e3)
        return Served(*times, resident, resident_bytes(), peak_bytes(), dict(latencies))

    def _stages(self, engine: Any) -> tuple[Any, ...]:
        from benchmarks.stages import Page, Searching  # noqa: PLC0415  # the application is large, and not always measured
        from web import create_app  # noqa: PLC0415

        client = create_app({"KLIPING_INDEX": str(self.index)}).test_client()
        return Searching(engine), Page(client)


@dataclass(frozen=True, slots=True)
class Writing:
    """Build an index of articles already read and dated, on all cores as a reindex does, their words met before.

    The engine's interface has no door for stems alone. So it is first given one article that consists of every word of
    the others; its index is what the measured build begins with, and that article is removed in it.
    """

    data: Path
    index: Path

    def run(self) -> Written:
        """Meet the words, then write."""
        engine, found = open_engine(self.index), list(articles(self.data))
        units = {unit for one in found for part in (one.title, *one.paragraphs) for _, unit in forms(part)}
        words = " ".join(sorted(units))
        with engine.build(fresh=True) as build:
            build.add(_article(words))
        start = perf_counter()
        with engine.build() as build:
            build.remove(EVERY_WORD)
            portions = (found[first : first + AT_ONCE] for first in range(0, len(found), AT_ONCE))
            for prepared in spread(build.preparation, portions):
                build.take(prepared)
            build.group({})
        return Written(len(found), perf_counter() - start)


def _article(words: str) -> Article:
    body = Passage(0, len(words), Role.BODY)
    return Article(EVERY_WORD, words[:90], title_derived=True, text=words, passages=(body,), source="", digest="")


class Job(Protocol):
    """Something to be done in a process of its own."""

    def run(self) -> Any:
        """Do it."""
        ...


def run_job(job: Job) -> Any:
    """The figures of a job; of a reindex, also what its processes had in memory together."""
    command = [sys.executable, "-m", "benchmarks.jobs"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with (
        subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=Path.cwd(), env=environment
        ) as process,
        Watch(process.pid) as watch,
    ):
        answer, _ = process.communicate(pickle.dumps(job))
    if process.returncode:
        raise RuntimeError(f"{type(job).__name__} ended with status {process.returncode}; what it said stands above")
    figures = pickle.loads(answer)  # noqa: S301  # written by ourselves a moment ago
    if not isinstance(figures, Reindexed):
        return figures
    return replace(figures, peak_together=watch.peak, own_together=watch.own)


def main() -> None:
    """Do the job given on standard input; its figures go to standard output, whatever it prints itself to the other."""
    out, sys.stdout = sys.stdout, sys.stderr
    job: Job = pickle.load(sys.stdin.buffer)  # noqa: S301  # as above
    figures = job.run()
    out.buffer.write(pickle.dumps(figures))


if __name__ == "__main__":
    # Under its own name, so that the classes in the pickles are the ones the asking process knows.
    from benchmarks.jobs import main as main_by_name

    main_by_name()
