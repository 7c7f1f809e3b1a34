"""The third part of a run: the same requests on archives of growing size."""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.alone import Tell
from benchmarks.corpus import write_records
from benchmarks.jobs import Reindexed, Reindexing, Served, Serving, run_job
from benchmarks.preparing import Corpus
from benchmarks.repeating import repeated


@dataclass(frozen=True, slots=True)
class Grown:
    """An archive of one size: the figures of its reindex and of its answers."""

    reindexed: Reindexed
    served: Served


def grow(corpus: Corpus, sizes: tuple[int, ...], samples: int, tell: Tell) -> list[Grown]:
    """Measure an archive of each size, made of the corpus's articles; only one is on disk at a time."""
    return [_measure(corpus, size, samples, tell) for size in sizes]


def _measure(corpus: Corpus, size: int, samples: int, tell: Tell) -> Grown:
    with TemporaryDirectory(prefix="growth-") as folder:
        data, index = Path(folder, "articles.jsonl.gz"), Path(folder, "index")
        tell(f"making {size:,} articles")
        write_records(repeated(corpus.data, size), data)
        tell(f"reindexing {size:,} articles")
        reindexed = run_job(Reindexing(data, index))
        tell(f"serving {size:,} articles")
        return Grown(reindexed, run_job(Serving(index, corpus.requests, samples, pages=False)))
