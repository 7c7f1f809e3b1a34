"""Counts of facets, stories and groups, exactly, as aggregations of the server.

Articles are counted by `terms`, sized to more values than there may be; the server's own bounds of error must be 0.
Stories are counted by what differs: each article whose story has no other article is one, and among the others the
numbers of their stories are collected in a set. All of a story lie in one shard, so sets need not be merged.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

from index.engine import EngineError
from index.facets import FACETS, NONE, Count, FacetCounts
from index.opensearch.mapping import WITHOUT, fact_field

MOST_VALUES: Final = 60_000  # of one facet; the server refuses more than 65,535 buckets


def distinct(field: str) -> dict[str, Any]:
    """An aggregation that counts the different numbers in a field."""
    return {
        "scripted_metric": {
            "init_script": "state.seen = new HashSet();",
            "map_script": f"state.seen.add(doc['{field}'].value);",
            "combine_script": "return (long) state.seen.size();",
            "reduce_script": "long n = 0; for (s in states) { if (s != null) { n += s; } } return n;",
        }
    }


def several(count: str, inner: Mapping[str, Any]) -> dict[str, Any]:
    """An aggregation over the articles that have others in their story or group; `count` is the field that tells."""
    return {"filter": {"range": {count: {"gt": 1}}}, "aggs": dict(inner)}


def totals() -> dict[str, Any]:
    """Aggregations that count the stories and the loose groups of an answer; see `stories_of`."""
    return {
        "copied": several("stories", {"stories": distinct("story")}),
        "grouped": several("groups", {"groups": distinct("group")}),
    }


def stories_of(articles: int, told: Mapping[str, Any]) -> int:
    """The number of stories of so many articles."""
    return articles - int(told["copied"]["doc_count"]) + int(told["copied"]["stories"]["value"] or 0)


def groups_of(articles: int, told: Mapping[str, Any]) -> int:
    """The number of loose groups of so many articles."""
    return articles - int(told["grouped"]["doc_count"]) + int(told["grouped"]["groups"]["value"] or 0)


def of_facets(names: Iterable[str]) -> dict[str, Any]:
    """Aggregations that count the values of some facets, and the articles without any; see `counts`."""
    counted = {f"facet.{name}": values(name) for name in names}
    if not counted:
        return {}
    counted[WITHOUT] = {"terms": {"field": WITHOUT, "size": len(FACETS)}}
    inner = {key: {**asked, "aggs": {"stories": distinct("story")}} for key, asked in counted.items()}
    return {**counted, "facets": several("stories", inner)}


def values(name: str) -> dict[str, Any]:
    """An aggregation of all values of a fact."""
    return {"terms": {"field": fact_field(name), "size": MOST_VALUES}}


def counts(names: Collection[str], told: Mapping[str, Any]) -> dict[str, FacetCounts]:
    """The counts of some facets."""
    if not names:
        return {}
    without = _counted(WITHOUT, told)
    return {name: FacetCounts(_counted(f"facet.{name}", told), without.get(name, NONE)) for name in names}


def _counted(key: str, told: Mapping[str, Any]) -> dict[str, Count]:
    """The values of an aggregation of `of_facets`, each with its articles and stories."""
    copied = {bucket["key"]: bucket for bucket in buckets(told["facets"][key])}
    return {bucket["key"]: _count(bucket["doc_count"], copied.get(bucket["key"])) for bucket in buckets(told[key])}


def buckets(told: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The buckets of a `terms` aggregation, if they are all there and exact."""
    if told["sum_other_doc_count"] or told.get("doc_count_error_upper_bound"):
        raise EngineError(
            f"a fact has more than {MOST_VALUES:,} values in this answer, which cannot be counted exactly"
        )
    return list(told["buckets"])


def _count(articles: int, copied: Mapping[str, Any] | None) -> Count:
    if copied is None:
        return Count(articles, articles)
    return Count(articles, articles - copied["doc_count"] + int(copied["stories"]["value"] or 0))
