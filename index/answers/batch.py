"""Many queries counted at once: for each the articles and stories of every outlet and period, and its first hits."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from index.engine import Match, Reader
from index.query.request import Query, Sort
from index.trends import Interval, Series, Split, Tally

FACET = "outlet"
EVERY_OUTLET = 1_000_000


@dataclass(frozen=True, slots=True)
class BatchCounts:
    """What a query finds. `undated` articles lie in no period, or are too uncertain for the range of days.

    `bins` are the periods of all articles, with or without an outlet.
    """

    total: Tally
    undated: int
    bins: Mapping[str, Tally]
    outlets: Mapping[str, Series]
    hits: tuple[Match, ...]

    @property
    def unnamed(self) -> int:
        """The articles that name no outlet."""
        return self.total.articles - sum(series.total.articles for series in self.outlets.values())

    def unnamed_in(self, name: str) -> int:
        """The articles of a period that name no outlet."""
        held = (series.bins.get(name) for series in self.outlets.values())
        return self.bins[name].articles - sum(tally.articles for tally in held if tally)


def batch_counts(reader: Reader, query: Query, by: Interval, hits: int) -> BatchCounts:
    """Count a query, and read its first hits. Raises BadQuery and EngineError like the reader."""
    found = reader.trends(query, by, Split(FACET, EVERY_OUTLET))
    return BatchCounts(
        found.total, found.undated, found.bins, found.values, _first(reader, query, hits) if hits else ()
    )


def _first(reader: Reader, query: Query, hits: int) -> tuple[Match, ...]:
    """The best hits of a query, or the newest if it has no text."""
    sort = Sort.RELEVANCE if query.text.strip() else Sort.NEWEST
    return tuple(reader.find(replace(query, size=hits, sort=sort), facets=()).matches)
