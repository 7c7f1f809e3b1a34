"""The first part of a run: Kliping alone, from files to pages."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.jobs import Reindexed, Reindexing, Served, Serving, run_job
from benchmarks.preparing import Corpus

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Alone:
    """Kliping alone: a reindex from nothing, a reindex with nothing changed, and a process that serves the result."""

    text_bytes: int
    cold: Reindexed
    unchanged: Reindexed
    served: Served


def measure_alone(corpus: Corpus, index: Path, samples: int, tell: Tell) -> Alone:
    """Build the index of a corpus, build it again, and serve it."""
    tell(f"reindexing {corpus.articles:,} articles from nothing")
    cold = run_job(Reindexing(corpus.data, index))
    tell("reindexing with nothing changed")
    unchanged = run_job(Reindexing(corpus.data, index))
    tell("serving")
    served = run_job(Serving(index, corpus.requests, samples))
    return Alone(corpus.text_bytes, cold, unchanged, served)
