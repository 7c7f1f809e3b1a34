"""Counts over time: articles, stories, outlets and words of each bin, as aggregations of the server."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from index.opensearch.cluster import Cluster
from index.opensearch.counting.distinct import BINS_A_MONTH, Choosing, Ways, number, of_outlets
from index.opensearch.counting.facet_counts import MOST_VALUES, buckets, copied, stories_of, values
from index.opensearch.mapping import bin_field, fact_field
from index.opensearch.querying.leaves import Dsl
from index.trends import Interval, Series, Split, Tally, Trend


class Bins(NamedTuple):
    """The bins of an answer: their interval, at most how many there are, and how they are counted."""

    by: Interval
    most: int
    ways: Ways


@dataclass(frozen=True, slots=True)
class TrendCounts:
    """Counts the articles of one generation over time; `fact_values` gives all values of a fact."""

    cluster: Cluster
    texts: str
    choosing: Choosing
    fact_values: Callable[[str], Sequence[str]]

    def trend(self, found: Dsl, perhaps: Dsl | None, by: Interval, split: Split | None) -> Trend:
        """Tally what a query finds; `perhaps` finds what may lie in its range of days."""
        bins = self._bins(found, by, split)
        body: dict[str, Any] = {"size": 0, "query": found, "track_total_hits": True}
        bodies = [{**body, "aggs": _over_time(bins)}]
        if split:
            bodies.append({**body, "aggs": {"values": values(split.facet)}})
        if perhaps is not None:
            bodies.append({**body, "query": perhaps})
        told, *more = self.cluster.searches(self.texts, bodies)
        articles = told["hits"]["total"]["value"]
        series = _series(articles, told["aggregations"])
        left_out = 0 if perhaps is None else more[-1]["hits"]["total"]["value"] - articles
        undated = articles - sum(tally.articles for tally in series.bins.values()) + left_out
        of_values = {}
        if split:
            held = buckets(more[0]["aggregations"]["values"])
            first = sorted(held, key=lambda bucket: (-bucket["doc_count"], bucket["key"]))[: split.most]
            if names := [bucket["key"] for bucket in first]:
                asked = {**body, "aggs": _by_values(split.facet, names, bins)}
                of_values = _series_by_value(names, self.cluster.search(self.texts, asked)["aggregations"])
        return Trend(series.total, series.bins, undated, of_values)

    def _bins(self, found: Dsl, by: Interval, split: Split | None) -> Bins:
        if self.choosing.scripted:
            return Bins(by, 0, Ways())
        if by is Interval.YEAR:
            most = len(self.fact_values("year"))
        else:
            most = len(self.fact_values("month")) * BINS_A_MONTH.get(by, 1)
        parts = min(split.most, len(self.fact_values(split.facet))) if split else 1
        cells = len(self.fact_values("outlet")) * (most + 1) * parts
        return Bins(by, most, self.choosing.ways([found], cells))


def _over_time(bins: Bins, times: int = 1) -> dict[str, Any]:
    """Aggregations that tally an answer, or each of so many parts of it, and each of its bins; see `_series`."""
    each = {"terms": {"field": bin_field(bins.by), "size": MOST_VALUES}, "aggs": _tallies(bins.ways, bins.most * times)}
    return {**_tallies(bins.ways, times), "bins": each}


def _tallies(ways: Ways, parts: int) -> dict[str, Any]:
    words = {"sum": {"field": "words"}}
    return {"outlets": of_outlets(ways.outlets, parts), "words": words, **copied(ways.stories, parts)}


def _series(articles: int, told: Mapping[str, Any]) -> Series:
    """The tallies of an answer of so many articles."""
    held = sorted(buckets(told["bins"]), key=lambda bucket: str(bucket["key"]))
    return Series(_tally(articles, told), {bucket["key"]: _tally(bucket["doc_count"], bucket) for bucket in held})


def _by_values(facet: str, names: list[str], bins: Bins) -> dict[str, Any]:
    """Aggregations as `_over_time` for each of some values of a facet."""
    filters = {str(place): {"term": {fact_field(facet): value}} for place, value in enumerate(names)}
    return {"values": {"filters": {"filters": filters}, "aggs": _over_time(bins, len(names))}}


def _series_by_value(names: list[str], told: Mapping[str, Any]) -> dict[str, Series]:
    """The tallies of each value."""
    held = told["values"]["buckets"]
    return {value: _series(held[str(place)]["doc_count"], held[str(place)]) for place, value in enumerate(names)}


def _tally(articles: int, told: Mapping[str, Any]) -> Tally:
    outlets = number(told["outlets"], articles)
    return Tally(articles, stories_of(articles, told), outlets, int(told["words"]["value"]))
