"""Many queries counted at once: for each the articles and stories of every outlet and period, and its first hits."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from index.answers.trends import MOST_BINS
from index.engine import Match, Reader
from index.query.request import Query, Sort
from index.trends import EVERY_OUTLET, Interval, Series, Tally, bins_between, number_of_bins


@dataclass(frozen=True, slots=True)
class BatchCounts:
    """What a query finds. `undated` articles lie in no period, or are too uncertain for the range of days.

    `bins` are the periods of all articles, with or without an outlet; `over` adds those without any.
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

    @property
    def unplaced(self) -> int:
        """The articles that lie in no period. Without a range of days these are the `undated` ones."""
        return self.total.articles - sum(tally.articles for tally in self.bins.values())

    def over(self, periods: Iterable[str]) -> "BatchCounts":
        """The same with a tally for each of some periods, which are all that it has and others."""
        return replace(self, bins={name: self.bins.get(name, Tally()) for name in periods})

    def unnamed_in(self, name: str) -> int:
        """The articles of a period that name no outlet."""
        held = (series.bins.get(name) for series in self.outlets.values())
        return self.bins[name].articles - sum(tally.articles for tally in held if tally)


def batch_counts(reader: Reader, query: Query, by: Interval, hits: int) -> BatchCounts:
    """Count a query, and read its first hits. Raises BadQuery and EngineError like the reader."""
    found = reader.trends(query, by, EVERY_OUTLET)
    return BatchCounts(
        found.total, found.undated, found.bins, found.values, _first(reader, query, hits) if hits else ()
    )


def common_periods(counted: Iterable[BatchCounts], by: Interval) -> Sequence[str]:
    """The periods from the first to the last that any of some queries has; of more than MOST_BINS, those it has."""
    names = sorted({name for counts in counted for name in counts.bins})
    if not names or number_of_bins(names[0], names[-1], by) > MOST_BINS:
        return names
    return list(bins_between(names[0], names[-1], by))


def _first(reader: Reader, query: Query, hits: int) -> tuple[Match, ...]:
    """The best hits of a query, or the newest if it has no text."""
    sort = Sort.RELEVANCE if query.text.strip() else Sort.NEWEST
    return tuple(reader.find(replace(query, size=hits, sort=sort), facets=()).matches)
