"""Counts over time: articles, stories, outlets and words of each bin, as aggregations of the server."""

from collections.abc import Mapping
from typing import Any, Final

from index.opensearch.counting.facet_counts import MOST_VALUES, buckets, stories_of, totals
from index.opensearch.mapping import bin_field, fact_field
from index.trends import Interval, Series, Tally

OUTLETS: Final = {
    "scripted_metric": {
        "init_script": "state.seen = new HashSet();",
        "map_script": f"if (doc['{fact_field('outlet')}'].size() > 0) {{ "
        f"state.seen.add(doc['{fact_field('outlet')}'].value); }}",
        "combine_script": "return new ArrayList(state.seen);",
        "reduce_script": "def all = new HashSet(); for (s in states) { if (s != null) { all.addAll(s); } } "
        "return (long) all.size();",
    }
}
_TALLY: Final = {"outlets": OUTLETS, "words": {"sum": {"field": "words"}}, "copied": totals()["copied"]}


def over_time(by: Interval) -> dict[str, Any]:
    """Aggregations that tally an answer and each of its bins; see `series`."""
    return {**_TALLY, "bins": {"terms": {"field": bin_field(by), "size": MOST_VALUES}, "aggs": _TALLY}}


def series(articles: int, told: Mapping[str, Any]) -> Series:
    """The tallies of an answer of so many articles."""
    held = sorted(buckets(told["bins"]), key=lambda bucket: str(bucket["key"]))
    return Series(_tally(articles, told), {bucket["key"]: _tally(bucket["doc_count"], bucket) for bucket in held})


def by_values(facet: str, values: list[str], by: Interval) -> dict[str, Any]:
    """Aggregations as `over_time` for each of some values of a facet."""
    filters = {str(number): {"term": {fact_field(facet): value}} for number, value in enumerate(values)}
    return {"values": {"filters": {"filters": filters}, "aggs": over_time(by)}}


def series_by_value(values: list[str], told: Mapping[str, Any]) -> dict[str, Series]:
    """The tallies of each value."""
    held = told["values"]["buckets"]
    return {value: series(held[str(number)]["doc_count"], held[str(number)]) for number, value in enumerate(values)}


def _tally(articles: int, told: Mapping[str, Any]) -> Tally:
    outlets = told["outlets"]["value"] or 0
    return Tally(articles, stories_of(articles, told), int(outlets), int(told["words"]["value"]))
