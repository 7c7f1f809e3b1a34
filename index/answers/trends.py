"""Trend reports: several queries over time on one axis, each beside the whole archive under the same filters.

A share is what a query has in a bin, divided by what the archive has there under the filters of that query, counted
the same way. A bin without any article of the archive has no share, which is not a share of zero. A bin with few
articles is *thin*: one article more or less changes its share a lot.

A date is uncertain if it was not stated by the publisher but derived from the text or from copies. What a bin would
lose without uncertain dates is told, and such articles can be left out, of the queries and of the archive alike.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import accumulate
from math import ceil
from types import MappingProxyType
from typing import Final

from archive.article import STATED_BASES, DateBasis
from index.engine import IndexInfo, Reader
from index.query.request import Query
from index.trends import EVERY_VALUE, Interval, Split, Tally, Trend, bins_between, number_of_bins

MOST_SERIES: Final = 8  # more lines cannot be told apart by dash and colour
MOST_BINS: Final = 8_000  # bins of an axis: 22 years of days
MOST_DEFAULT_BINS: Final = 800  # bins of an axis whose interval nobody chose
# Months that the middle of the articles may span for an interval to be the default; beyond, the next one is.
DEFAULT_SPANS: Final = {Interval.DAY: 3, Interval.WEEK: 8, Interval.MONTH: 180}
MOST_SPLIT_MONTHS: Final = 36  # of a split by month; its parts are few articles a month, and are drawn small
TAIL: Final = 0.01  # share of the articles at either end that does not decide the default interval
# Articles of a bin below which it is thin: one article more or less changes a share by 1 to 10 percent of all.
THIN: Final = {Interval.DAY: 10, Interval.WEEK: 25, Interval.MONTH: 50, Interval.YEAR: 100}
DERIVED: Final = tuple(basis.value for basis in DateBasis if basis not in STATED_BASES)


class Measure(StrEnum):
    """What is counted; the names of the fields of `Tally`."""

    ARTICLES = "articles"
    STORIES = "stories"
    OUTLETS = "outlets"
    WORDS = "words"

    def of(self, tally: Tally) -> int:
        """The number of these in a tally."""
        found: int = getattr(tally, self)  # an Estimate stays one
        return found


class TooManyBins(ValueError):
    """An axis would have more than MOST_BINS bins."""

    def __init__(self, by: Interval, bins: int) -> None:
        super().__init__(by, bins)
        self.by, self.bins = by, bins


@dataclass(frozen=True, slots=True)
class TrendRequest:
    """What to draw: the queries, the filters that all share, and how to count.

    `by` is None for an interval by the span of the articles. `split` makes one line of each value of a facet; it takes
    a single query. `uncertain` tells whether articles with an uncertain date count.
    """

    queries: tuple[Query, ...]
    shared: Query
    by: Interval | None = None
    measure: Measure = Measure.STORIES
    share: bool = True
    split: str | None = None
    uncertain: bool = True


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a chart, with a number for each bin of the axis.

    `archive` is what the archive has under the filters of the line, and `thin` tells which bins have few articles of
    it. `uncertain` is what `counts` would lose without uncertain dates. `undated` is the number of articles that match
    but lie in no bin, `left_out` the number left out because their date is uncertain. `facet` and `value` are those of
    a split.
    """

    query: Query
    facet: str | None
    value: str | None
    total: int
    counts: tuple[int, ...]
    archive: tuple[int, ...]
    thin: tuple[bool, ...]
    uncertain: tuple[int, ...]
    undated: int
    left_out: int

    @property
    def shares(self) -> tuple[float | None, ...]:
        """The share of each bin; None where the archive has nothing."""
        return tuple(count / whole if whole else None for count, whole in zip(self.counts, self.archive, strict=True))

    def values(self, *, share: bool) -> tuple[float | None, ...]:
        """What a chart shows: the shares, or the counts where the archive has anything."""
        if share:
            return self.shares
        return tuple(count if whole else None for count, whole in zip(self.counts, self.archive, strict=True))

    def peak(self, *, share: bool) -> int | None:
        """The index of the first bin with the highest value; None if all are 0. A share of a thin bin is no peak."""
        values = [value or 0 for value in self.values(share=share)]
        steady = [0 if thin else value for value, thin in zip(values, self.thin, strict=True)] if share else values
        for candidates in (steady, values):
            if any(candidates):
                return max(range(len(candidates)), key=candidates.__getitem__)
        return None


@dataclass(frozen=True, slots=True)
class TrendReport:
    """Lines on one axis. `archive` and `thin` are those of the shared filters; see `Line`.

    `outside` is the number of articles of the archive in thin bins beyond both ends of the axis, where no line has a
    hit. `unsplit` is the number of further values of a split, which have no line.
    """

    request: TrendRequest
    by: Interval
    bins: tuple[str, ...]
    archive: tuple[int, ...]
    thin: tuple[bool, ...]
    archive_total: int
    archive_undated: int
    outside: int
    lines: tuple[Line, ...]
    unsplit: int
    index: IndexInfo


def trend_report(reader: Reader, request: TrendRequest) -> TrendReport:
    """Count what a chart shows. Raises TooManyBins, and BadQuery and EngineError like the reader."""
    asked = _Asked(reader, request.uncertain)
    by = request.by or _default_interval(asked, request)
    whole = asked.trend(without_text(request.shared), by)
    parts = _parts(asked, request, by)
    bins = axis(whole.bins, [part.found.bins for part in parts], by)
    articles = _numbers(Measure.ARTICLES, whole.bins, bins)
    return TrendReport(
        request=request,
        by=by,
        bins=bins,
        archive=_numbers(request.measure, whole.bins, bins),
        thin=_thin(articles, by),
        archive_total=whole.total.articles,
        archive_undated=whole.undated,
        outside=sum(tally.articles for tally in whole.bins.values()) - sum(articles),
        lines=tuple(_line(asked, request, part, (by, bins)) for part in parts),
        unsplit=_unsplit(asked, request),
        index=reader.info(),
    )


def without_text(query: Query) -> Query:
    """The query for everything that passes the filters of a query."""
    return replace(query.selection(), text="", expand=True, off=(), on=())


def certain(query: Query) -> Query:
    """A query without articles whose date is uncertain."""
    excluded = {**query.excluded, "basis": tuple(dict.fromkeys((*query.excluded.get("basis", ()), *DERIVED)))}
    return replace(query, excluded=MappingProxyType(excluded))


def axis(whole: Mapping[str, Tally], lines: Iterable[Mapping[str, Tally]], by: Interval) -> tuple[str, ...]:
    """The bins from the first to the last that is not thin or has a hit, without gaps; of all if every bin is thin."""
    ends = {name for name, tally in whole.items() if tally.articles >= THIN[by]} or set(whole)
    ends.update(*lines)
    if not ends:
        return ()
    first, last = min(ends), max(ends)
    number = number_of_bins(first, last, by)
    if number > MOST_BINS:
        raise TooManyBins(by, number)
    return bins_between(first, last, by)


@dataclass
class _Asked:
    """Answers of the reader; the denominators of the lines are often the same, so each is asked once."""

    reader: Reader
    uncertain: bool
    _known: list[tuple[Query, Interval, Trend]] = field(default_factory=list)

    def trend(self, query: Query, by: Interval, *, only_certain: bool = False) -> Trend:
        if only_certain or not self.uncertain:
            query = certain(query)
        for known, interval, found in self._known:
            if (known, interval) == (query, by):
                return found
        found = self.reader.trends(query, by)
        self._known.append((query, by, found))
        return found

    def left_out(self, query: Query, by: Interval) -> int:
        """The number of articles that are left out because their date is uncertain."""
        if self.uncertain:
            return 0
        return self.reader.trends(query, by).total.articles - self.trend(query, by).total.articles

    def values(self, query: Query, by: Interval, facet: str) -> Sequence[str]:
        """The values of a split with the most articles: of those chosen, if some are, and of no co-authors."""
        chosen = query.chosen.get(facet)
        split = Split(facet, EVERY_VALUE if chosen else MOST_SERIES)
        found = self.reader.trends(query if self.uncertain else certain(query), by, split).values
        return [value for value in found if not chosen or value in chosen][:MOST_SERIES]


@dataclass(frozen=True, slots=True)
class _Part:
    """A line to be made: its query, its value of a split, and its counts."""

    query: Query
    value: str | None
    found: Trend


def _parts(asked: _Asked, request: TrendRequest, by: Interval) -> list[_Part]:
    if not request.split:
        return [_Part(query, None, asked.trend(query, by)) for query in request.queries]
    (query,) = request.queries
    values = asked.values(query, by, request.split)
    narrowed = [(replace(query, chosen=_only(query, request.split, value)), value) for value in values]
    return [_Part(one, value, asked.trend(one, by)) for one, value in narrowed]


def _only(query: Query, facet: str, value: str) -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType({**query.chosen, facet: (value,)})


def _unsplit(asked: _Asked, request: TrendRequest) -> int:
    if not request.split:
        return 0
    (query,) = request.queries
    counted = asked.reader.find(query if asked.uncertain else certain(query), facets=(request.split,))
    values = counted.counts[request.split]
    return max(0, len(set(values).intersection(query.chosen.get(request.split) or values)) - MOST_SERIES)


def _line(asked: _Asked, request: TrendRequest, part: _Part, placed: tuple[Interval, tuple[str, ...]]) -> Line:
    (by, bins), measure = placed, request.measure
    whole = asked.trend(without_text(part.query), by)
    counts = _numbers(measure, part.found.bins, bins)
    sure = _numbers(measure, asked.trend(part.query, by, only_certain=True).bins, bins)
    return Line(
        query=part.query if asked.uncertain else certain(part.query),
        facet=request.split,
        value=part.value,
        total=measure.of(part.found.total),
        counts=counts,
        archive=_numbers(measure, whole.bins, bins),
        thin=_thin(_numbers(Measure.ARTICLES, whole.bins, bins), by),
        uncertain=tuple(count - other for count, other in zip(counts, sure, strict=True)),
        undated=part.found.undated,
        left_out=asked.left_out(part.query, by),
    )


def _numbers(measure: Measure, found: Mapping[str, Tally], bins: tuple[str, ...]) -> tuple[int, ...]:
    counted = {name: measure.of(tally) for name, tally in found.items()}
    return tuple([counted.get(name, 0) for name in bins])


def _thin(articles: tuple[int, ...], by: Interval) -> tuple[bool, ...]:
    return tuple(number < THIN[by] for number in articles)


def _default_interval(asked: _Asked, request: TrendRequest) -> Interval:
    """The shortest interval that suits the span of the articles found, or of the archive if none is."""
    found = [asked.trend(query, Interval.MONTH) for query in request.queries]
    if not any(trend.bins for trend in found):
        found = [asked.trend(without_text(request.shared), Interval.MONTH)]
    months: dict[str, int] = {}
    for trend in found:
        for name, tally in trend.bins.items():
            months[name] = months.get(name, 0) + tally.articles
    if not months:
        return Interval.YEAR
    names = sorted(months)
    sums = list(accumulate(months[name] for name in names))
    edges = ceil(sums[-1] * TAIL), ceil(sums[-1] * (1 - TAIL))
    first, last = (next(name for name, sum_ in zip(names, sums, strict=True) if sum_ >= edge) for edge in edges)
    span = number_of_bins(first, last, Interval.MONTH)
    days = {Interval.DAY: 31, Interval.WEEK: 5, Interval.MONTH: 1}
    in_all = number_of_bins(names[0], names[-1], Interval.MONTH)
    for by, most in DEFAULT_SPANS.items():
        if request.split and by is Interval.MONTH and span > MOST_SPLIT_MONTHS:
            break
        if span <= most and in_all * days[by] <= MOST_DEFAULT_BINS:
            return by
    return Interval.YEAR
