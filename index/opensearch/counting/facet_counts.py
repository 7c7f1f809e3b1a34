"""Counts of facets, stories and groups, exactly, as aggregations of the server.

Articles are counted by `terms`, sized to more values than there may be; the server's own bounds of error must be 0.
Stories are counted by what differs: each article whose story has no other article is one, and among the others
`distinct` counts their stories. All of a story lie in one shard, so what shards count is added up.
"""

from collections.abc import Collection, Mapping
from typing import Any, Final

from index.engine import EngineError
from index.facets import FACETS, NONE, Count, FacetCounts
from index.opensearch.counting.distinct import Way, like, number, of_stories
from index.opensearch.mapping import WITHOUT, fact_field

MOST_VALUES: Final = 60_000  # of one facet; the server refuses more than 65,535 buckets


def several(count: str, inner: Mapping[str, Any]) -> dict[str, Any]:
    """An aggregation over the articles that have others in their story or group; `count` is the field that tells."""
    return {"filter": {"range": {count: {"gt": 1}}}, "aggs": dict(inner)}


def totals(way: Way) -> dict[str, Any]:
    """Aggregations that count the stories and the loose groups of an answer; see `stories_of`."""
    return {**copied(way), "grouped": several("groups", {"groups": of_stories("group", way)})}


def copied(way: Way, buckets: int = 1) -> dict[str, Any]:
    """An aggregation that counts the stories of an answer, or of each of so many parts of it; see `stories_of`."""
    return {"copied": several("stories", {"stories": of_stories("story", way, buckets)})}


def stories_of(articles: int, told: Mapping[str, Any]) -> int:
    """The number of stories of so many articles."""
    return _folded(articles, told["copied"]["doc_count"], told["copied"]["stories"])


def groups_of(articles: int, told: Mapping[str, Any]) -> int:
    """The number of loose groups of so many articles."""
    return _folded(articles, told["grouped"]["doc_count"], told["grouped"]["groups"])


def _folded(articles: int, several: int, told: Mapping[str, Any]) -> int:
    """The number of stories or groups of so many articles, of which several have others in theirs."""
    counted = number(told, several)
    return like(counted, articles - several + counted)


def of_facets(sizes: Mapping[str, int], way: Way) -> dict[str, Any]:
    """Aggregations that count the values of some facets, and the articles without any; see `counts`.

    Args:
        sizes: The facets, each with the number of its values in the whole archive.
        way: How stories are counted.
    """
    counted = {f"facet.{name}": values(name) for name in sizes}
    if not counted:
        return {}
    counted[WITHOUT] = {"terms": {"field": WITHOUT, "size": len(FACETS)}}
    of_values = {f"facet.{name}": {"stories": of_stories("story", way, size)} for name, size in sizes.items()}
    of_values[WITHOUT] = {"stories": of_stories("story", way, len(FACETS))}
    inner = {key: {**asked, "aggs": of_values[key]} for key, asked in counted.items()}
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
    return Count(articles, _folded(articles, copied["doc_count"], copied["stories"]))
