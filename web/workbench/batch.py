"""Batches: each query of a list counted, or told what is wrong with it; as values, and as tables.

A query that cannot be read is told and does not stop the others. So is one that is left over when the time is up.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from time import monotonic
from typing import Final

from archive.article import Article
from index.answers.batch import BatchCounts, batch_counts, common_periods
from index.answers.moments import index_facts
from index.engine import IndexInfo
from index.query.errors import BadQuery
from index.query.request import Query
from index.trends import Tally
from web import app_engine
from web.exporting.setting import SOFTWARE, archive_title, article_address, today
from web.parameter_errors import BadParameter
from web.workbench.batch_arguments import BatchArguments, ListedQuery
from web.workbench.trend_arguments import query_string, series_query

MOST_SECONDS: Final = 30  # of a request
LATE: Final = f"Not counted: the batch took more than {MOST_SECONDS} seconds; ask for fewer queries at once."
ALL: Final = "(all)"  # every outlet, or every period
NONE: Final = "(none)"  # articles that name no outlet, or lie in no period
Cell = str | int | None
COUNT_COLUMNS: Final = ("line", "name", "query", "outlet", "period", "articles", "stories")
HIT_COLUMNS: Final = ("line", "name", "query", "rank", "id", "title", "outlet", "date", "story", "address")


@dataclass(frozen=True, slots=True)
class BatchEntry:
    """A query of a batch with its counts; `error` says why it has none, and `cause` what was wrong."""

    listed: ListedQuery
    query: Query | None
    counts: BatchCounts | None
    error: str = ""
    cause: BadQuery | BadParameter | None = None

    @property
    def label(self) -> str:
        """The name of the query, or how it is written."""
        return self.listed.name or self.listed.written

    def over(self, periods: Sequence[str]) -> "BatchEntry":
        """The same with counts of all periods of the batch."""
        return replace(self, counts=self.counts.over(periods)) if self.counts else self


@dataclass(frozen=True, slots=True)
class Batch:
    """The queries of a batch, in order, and the index that answered."""

    asked: BatchArguments
    entries: tuple[BatchEntry, ...]
    index: IndexInfo

    @property
    def errors(self) -> list[BatchEntry]:
        """The queries without counts."""
        return [entry for entry in self.entries if entry.error]


def batch_of(asked: BatchArguments, *, most_seconds: float = MOST_SECONDS) -> Batch:
    """Count every query of a batch from one index."""
    begun = monotonic()
    entries = [
        _entry(asked, listed) if monotonic() - begun < most_seconds else BatchEntry(listed, None, None, LATE)
        for listed in asked.queries
    ]
    periods = common_periods([entry.counts for entry in entries if entry.counts], asked.by)
    return Batch(asked, tuple(entry.over(periods) for entry in entries), app_engine.reader().info())


def _entry(asked: BatchArguments, listed: ListedQuery) -> BatchEntry:
    try:
        query = series_query(listed.written, asked.shared)
        found = batch_counts(app_engine.reader(), query, asked.by, asked.hits)
    except (BadQuery, BadParameter) as error:
        return BatchEntry(listed, None, None, str(error), error)
    return BatchEntry(listed, query, found)


def facts(batch: Batch) -> dict[str, str | int]:
    """Where the tables of a batch come from, and which queries are not in them."""
    shared = query_string(batch.asked.shared)
    told: dict[str, str | int] = {"archive": archive_title(), "queries": len(batch.entries), "by": batch.asked.by.value}
    if shared:
        told["shared"] = shared
    told |= {f"error in line {entry.listed.line}": f"{entry.label}: {entry.error}" for entry in batch.errors}
    told |= dict(index_facts(batch.index))
    return told | {"exported": today().isoformat(), "software": SOFTWARE}


def count_rows(batch: Batch) -> Iterator[Sequence[Cell]]:
    """The rows of the table of counts: all; each period, and none; each outlet, and each of them by period."""
    for entry in batch.entries:
        if entry.counts:
            head = (entry.listed.line, entry.listed.name, entry.listed.written)
            for outlet, period, articles, stories in _counts(entry.counts):
                yield (*head, outlet, period, articles, stories)


def _counts(counts: BatchCounts) -> Iterator[tuple[str, str, int, int | None]]:
    """Outlet, period, articles, stories; articles without an outlet or a period have no stories of their own."""
    yield ALL, ALL, *_numbers(counts.total)
    yield from ((ALL, name, *_numbers(tally)) for name, tally in counts.bins.items())
    if counts.unplaced:
        yield ALL, NONE, counts.unplaced, None
    for outlet, series in counts.outlets.items():
        yield outlet, ALL, *_numbers(series.total)
        yield from ((outlet, name, *_numbers(tally)) for name, tally in series.bins.items())
    if counts.unnamed:
        yield NONE, ALL, counts.unnamed, None
        unnamed = ((name, counts.unnamed_in(name)) for name in counts.bins)
        yield from ((NONE, name, number, None) for name, number in unnamed if number)


def _numbers(tally: Tally) -> tuple[int, int]:
    return tally.articles, tally.stories


def hit_rows(batch: Batch) -> Iterator[Sequence[Cell]]:
    """The rows of the table of hits."""
    address = article_address()
    for entry in batch.entries:
        for rank, match in enumerate(entry.counts.hits if entry.counts else (), 1):
            article: Article = match.article
            head = (entry.listed.line, entry.listed.name, entry.listed.written, rank)
            told = (article.id, article.title, article.outlet, article.date.value, match.story)
            yield (*head, *told, address(article.id))
