"""The third part of a run: the same questions on archives of growing size, made of the same articles.

Of each size an archive is read from nothing, served, asked over whole results, exported, verified, read again
unchanged, read once more with one article in a hundred added, and compared with what it was. One archive is on disk at
a time.
"""

from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.alone import Tell
from benchmarks.corpus import write_records
from benchmarks.jobs import Reindexed, Reindexing, Served, Serving, run_job
from benchmarks.preparing import Corpus
from benchmarks.repeating import repeated
from benchmarks.whole_results import (
    Asked,
    Asking,
    Comparing,
    Differing,
    Exported,
    Exporting,
    Verified,
    Verifying,
)

ADDED = 100  # one new article for so many


@dataclass(frozen=True, slots=True)
class Grown:
    """An archive of one size: its reindex, its answers, and what the next reindexes take."""

    reindexed: Reindexed
    served: Served
    asked: Asked
    exported: list[Exported]
    verified: Verified
    unchanged: Reindexed
    added: Reindexed
    differing: Differing


def grow(corpus: Corpus, sizes: tuple[int, ...], samples: int, tell: Tell) -> list[Grown]:
    """Measure an archive of each size, made of the corpus's articles; only one is on disk at a time."""
    return [_measure(corpus, size, samples, tell) for size in sizes]


def _measure(corpus: Corpus, size: int, samples: int, tell: Tell) -> Grown:
    with TemporaryDirectory(prefix="growth-") as folder:
        data, later, index = Path(folder, "articles"), Path(folder, "later.jsonl.gz"), Path(folder, "index")
        data.mkdir()
        tell(f"making {size:,} articles")
        made = repeated(corpus.data, size + max(size // ADDED, 1))
        write_records(islice(made, size), data / "articles.jsonl.gz")
        write_records(made, later)
        tell(f"reindexing {size:,} articles")
        reindexed = run_job(Reindexing(data, index))
        tell(f"serving {size:,} articles")
        served = run_job(Serving(index, corpus.requests, samples, pages=False))
        tell(f"asking, exporting and verifying {size:,} articles")
        asked = run_job(Asking(index))
        exported = [run_job(Exporting(index, texts)) for texts in (True, False)]
        verified = run_job(Verifying(index))
        tell(f"reindexing {size:,} articles again, then with one in {ADDED} added")
        unchanged = run_job(Reindexing(data, index))
        later.rename(data / later.name)
        added = run_job(Reindexing(data, index))
        return Grown(
            reindexed, served, asked, exported, verified, unchanged, added, differing=run_job(Comparing(index))
        )
