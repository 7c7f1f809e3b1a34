"""Two answers side by side: how much each finds, in which outlets, when, and which words tell one from the other.

Outlets and bins are counted in articles or stories of each side. The words of a side are stems that more of its
articles have than of all that match either side, by log-likelihood, so that what both share tells nothing. An article
may match both sides; `shared` says how many do.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from index.answers.search import evaluated
from index.answers.trends import Measure, TrendReport, TrendRequest, trend_report
from index.answers.word_statistics import RankedKeywords, own_stems, ranked_keywords
from index.engine import IndexInfo, Reader
from index.query.request import Query
from index.trends import EVERY_OUTLET, Interval, Series, Tally
from index.word_statistics import KeywordsWanted

MOST_OUTLETS: Final = 1_000  # outlets with a row; those with fewer are counted


@dataclass(frozen=True, slots=True)
class ComparisonRequest:
    """The two queries, the filters that both share, what is counted, and how many words of each side are wanted."""

    queries: tuple[Query, Query]
    shared: Query
    by: Interval | None = None
    measure: Measure = Measure.STORIES
    words: int = 30


@dataclass(frozen=True, slots=True)
class OutletPair:
    """What an outlet has of each side."""

    outlet: str
    counts: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two queries find. `totals` and `words` are of each side; `further` outlets have no row.

    `shared` is the number of articles that match both.
    """

    request: ComparisonRequest
    totals: tuple[Tally, Tally]
    shared: int
    outlets: tuple[OutletPair, ...]
    further: int
    trend: TrendReport
    words: tuple[RankedKeywords, RankedKeywords]
    index: IndexInfo

    def of_totals(self) -> tuple[int, int]:
        """What the measure counts of each side: what the shares of outlets are of."""
        first, second = self.totals
        return self.request.measure.of(first), self.request.measure.of(second)


def comparison(reader: Reader, request: ComparisonRequest) -> Comparison:
    """Compare two queries. Raises TooManyBins, and BadQuery and EngineError like the reader."""
    first, second = request.queries
    trend = trend_report(reader, TrendRequest(request.queries, request.shared, request.by, request.measure))
    found = [reader.trends(query, Interval.YEAR, EVERY_OUTLET) for query in request.queries]
    # Words of either query would only repeat what was asked.
    own = own_stems(evaluated(reader, first)) | own_stems(evaluated(reader, second))
    wanted = KeywordsWanted(most=request.words, without=own)
    words = (
        ranked_keywords(reader, first, replace(wanted, against=second)),
        ranked_keywords(reader, second, replace(wanted, against=first)),
    )
    counted = _outlets(request.measure, found[0].values, found[1].values)
    totals = found[0].total, found[1].total
    return Comparison(
        request=request,
        totals=totals,
        shared=totals[0].articles + totals[1].articles - words[0].found.whole,
        outlets=tuple(counted[:MOST_OUTLETS]),
        further=max(0, len(counted) - MOST_OUTLETS),
        trend=trend,
        words=words,
        index=reader.info(),
    )


def _outlets(measure: Measure, first: Mapping[str, Series], second: Mapping[str, Series]) -> list[OutletPair]:
    """The outlets of either side, those with the most first."""
    names = {**first, **second}
    counts = {name: (_count(measure, first.get(name)), _count(measure, second.get(name))) for name in names}
    ordered = sorted(counts, key=lambda name: (-sum(counts[name]), name))
    return [OutletPair(name, counts[name]) for name in ordered]


def _count(measure: Measure, series: Series | None) -> int:
    return measure.of(series.total) if series else 0
