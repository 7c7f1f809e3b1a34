"""Jobs that run in a process of their own, so that memory figures are theirs alone and caches are not warm by accident.

A job maps a description to figures. Both are plain dataclasses, pickled between two processes of this program.
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
from benchmarks.phases import PhaseClock, Taken
from benchmarks.processor import processor_seconds
from benchmarks.requests import Kind, Request
from index.opening import open_engine
from index.parallel import parallel_map
from index.reindexing.first_pass import AT_ONCE
from index.reindexing.listings import Listings
from index.words.tokenizer import forms_and_units

ROOT = Path(__file__).parents[1]
EVERY_WORD = "every word"  # an article id that no archive has


@dataclass(frozen=True, slots=True)
class Reindexed:
    """The cost of a reindex: `peak` is bytes of its own process, `peak_together` with its worker processes.

    `processor_seconds` are those of all its processes, `phases` those of each phase. `own_together` is the part of
    `peak_together` that is not backed by files. Both peaks of all processes are 0 if the system does not report them.
    """

    articles: int
    rejected: int
    seconds: float
    processor_seconds: float
    peak: int
    peak_together: int
    own_together: int
    index_bytes: int
    phases: dict[str, Taken]


@dataclass(frozen=True, slots=True)
class Served:
    """A serving process: milliseconds to open and to first answer, resident bytes after all requests, latencies."""

    open_ms: float
    first_ms: float
    resident_after_open: int
    resident: int
    peak: int
    latencies: dict[str, dict[Kind, Latency]]


@dataclass(frozen=True, slots=True)
class Written:
    """Index writing alone: the seconds for a number of articles whose words were stemmed before."""

    articles: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Reindexing:
    """Update an index from articles, as `flask reindex` does, and keep the listing of the one before beside it."""

    data: Path
    index: Path

    def run(self) -> Reindexed:
        """Run one reindex."""
        from index.reindexing.pipeline import reindex  # noqa: PLC0415
        from index.reindexing.request import ReindexRequest as Asked  # noqa: PLC0415  # a serving process does not load it

        clock = PhaseClock(os.getpid())
        report = reindex(open_engine(self.index), Asked(paths=(self.data,), listings=listings_of(self.index)), clock)
        clock.finish()
        size = disk_bytes(self.index)
        taken = report.seconds, processor_seconds(os.getpid())
        return Reindexed(report.articles, report.rejects.count, *taken, peak_bytes(), 0, 0, size, clock.taken)


def listings_of(index: Path) -> Listings:
    """The listings beside an index."""
    return Listings(index.with_name(f"{index.name}.listings"))


@dataclass(frozen=True, slots=True)
class Serving:
    """Open an index and answer requests, as a server does; with `pages`, also through the application."""

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
        from benchmarks.stages import Page, Searching  # noqa: PLC0415  # large, and not always measured
        from web import create_app  # noqa: PLC0415

        settings = {"KLIPING_INDEX": str(self.index), "KLIPING_CACHE_MB": "0"}  # so that each page is made
        client = create_app(settings).test_client()
        return Searching(engine), Page(client)


@dataclass(frozen=True, slots=True)
class Writing:
    """Build an index of articles already read and dated, on all cores as a reindex does, with all stems known.

    The engine's interface has no way to teach it stems alone. So an index is first built of one article with every word
    of the others. The measured build starts from that index and removes the article.
    """

    data: Path
    index: Path

    def run(self) -> Written:
        """Learn the stems, then write."""
        engine, found = open_engine(self.index), list(articles(self.data))
        units = {unit for one in found for part in (one.title, *one.paragraphs) for _, unit in forms_and_units(part)}
        words = " ".join(sorted(units))
        with engine.build(fresh=True) as build:
            build.add(_article(words))
        start = perf_counter()
        with engine.build() as build:
            build.remove(EVERY_WORD)
            portions = (found[first : first + AT_ONCE] for first in range(0, len(found), AT_ONCE))
            for prepared in parallel_map(build.preparation, portions):
                build.add_prepared(prepared)
            build.set_stories({})
        return Written(len(found), perf_counter() - start)


def _article(words: str) -> Article:
    body = Passage(0, len(words), Role.BODY)
    return Article(EVERY_WORD, words[:90], title_derived=True, text=words, passages=(body,), source="", digest="")


class Job(Protocol):
    """Work to be done in a process of its own."""

    def run(self) -> Any:
        """Do the work."""
        ...


def run_job(job: Job) -> Any:
    """Run a job and return its figures; for a reindex, also the memory of all its processes together."""
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
    figures = pickle.loads(answer)  # noqa: S301  # written by our own job
    if not isinstance(figures, Reindexed):
        return figures
    return replace(figures, peak_together=watch.peak, own_together=watch.own)


def main() -> None:
    """Run the job given on standard input; its figures go to standard output, anything it prints to standard error."""
    out, sys.stdout = sys.stdout, sys.stderr
    job: Job = pickle.load(sys.stdin.buffer)  # noqa: S301  # as above
    figures = job.run()
    out.buffer.write(pickle.dumps(figures))


if __name__ == "__main__":
    # Imported by name, so that pickled classes belong to benchmarks.jobs in both processes, not to __main__.
    from benchmarks.jobs import main as main_by_name

    main_by_name()
