"""How many different stories, groups or outlets some articles have: exactly where that is possible, else about.

scripted    a set is collected by scripts of the server; exact
listed      the server lists the values; exact, and chosen for answers with few of them
estimated   the server's `cardinality`; what it gives is an `Estimate`

Where scripts are forbidden, an answer is counted in one way as a whole, so that its numbers go together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final, NamedTuple

from index.facets import Estimate
from index.opensearch.cluster import Cluster, ScriptsForbidden
from index.opensearch.mapping import fact_field
from index.opensearch.querying.counted import ArticleCounts
from index.opensearch.querying.leaves import Dsl, filtering
from index.query.request import Query
from index.trends import Interval

FEW: Final = 2_000  # articles that have others in their story: listed for each of thirteen facets, 30,000 buckets or so
FEW_CELLS: Final = 20_000  # outlets times bins that are listed; servers refuse 65,536 buckets unless told otherwise
FINEST: Final = 40_000  # the largest threshold that `cardinality` takes; below it errors are some in ten thousand
COARSEST: Final = 100  # below it estimates are of little use
BYTES: Final = 64 << 20  # of a node's memory for one aggregation's estimates; each takes some 8 bytes per threshold
BINS_A_MONTH: Final[Mapping[Interval, int]] = {Interval.DAY: 31, Interval.WEEK: 6}


class Way(Enum):
    """How different values are counted; see the module."""

    SCRIPTED = "scripted"
    LISTED = "listed"
    ESTIMATED = "estimated"


class Ways(NamedTuple):
    """How stories and groups of an answer are counted, and how its outlets are."""

    stories: Way = Way.SCRIPTED
    outlets: Way = Way.SCRIPTED


def of_stories(field: str, way: Way, buckets: int = 1) -> dict[str, Any]:
    """An aggregation that counts the different numbers in a field, all of one number on one shard; see `number`.

    `buckets` is how many counts of the kind an answer has.
    """
    if way is not Way.SCRIPTED:
        return _without_scripts(field, way, FEW, buckets)
    return {
        "scripted_metric": {
            "init_script": "state.seen = new HashSet();",
            "map_script": f"state.seen.add(doc['{field}'].value);",
            "combine_script": "return (long) state.seen.size();",
            "reduce_script": "long n = 0; for (s in states) { if (s != null) { n += s; } } return n;",
        }
    }


def of_outlets(way: Way, buckets: int = 1) -> dict[str, Any]:
    """An aggregation that counts the different outlets; see `number`."""
    field = fact_field("outlet")
    if way is not Way.SCRIPTED:
        return _without_scripts(field, way, FEW_CELLS, buckets)
    return {
        "scripted_metric": {
            "init_script": "state.seen = new HashSet();",
            "map_script": f"if (doc['{field}'].size() > 0) {{ state.seen.add(doc['{field}'].value); }}",
            "combine_script": "return new ArrayList(state.seen);",
            "reduce_script": "def all = new HashSet(); for (s in states) { if (s != null) { all.addAll(s); } } "
            "return (long) all.size();",
        }
    }


def _without_scripts(field: str, way: Way, most: int, buckets: int) -> dict[str, Any]:
    if way is Way.LISTED:
        return {"terms": {"field": field, "size": most}}
    threshold = min(FINEST, max(COARSEST, BYTES // (8 * max(buckets, 1))))
    return {"cardinality": {"field": field, "precision_threshold": threshold}, "meta": {"estimated": True}}


def number(told: Mapping[str, Any], articles: int) -> int:
    """What an aggregation of so many articles counted."""
    if "buckets" in told:
        return len(told["buckets"])
    counted = min(int(told["value"] or 0), articles)
    return Estimate(counted) if "meta" in told and counted > 1 else counted


def corrected(counted: int, query: Query, shown: int) -> int:
    """How many hits there are on all pages; an estimate is corrected by how many a numbered page shows."""
    if not isinstance(counted, Estimate) or query.after is not None:
        return counted
    before = (query.page - 1) * query.size
    if 0 < shown < query.size:
        return before + shown
    return Estimate(max(counted, before + shown + 1) if shown else min(counted, before))


def like(told: int, value: int) -> int:
    """A number calculated from a counted one: an estimate if that is one."""
    return Estimate(value) if isinstance(told, Estimate) else value


@dataclass(frozen=True, slots=True)
class Choosing:
    """Chooses how the answers of one generation are counted; `scripted` where servers run scripts."""

    scripted: bool
    counts: ArticleCounts

    def ways(self, queries: Sequence[Dsl], cells: int = 1) -> Ways:
        """How the articles of some queries are counted; `cells` is the number of outlets times that of bins."""
        if self.scripted:
            return Ways()
        copied: Dsl = {"range": {"stories": {"gt": 1}}}
        grouped: Dsl = {"range": {"groups": {"gt": 1}}}
        asked = [filtering([query, one]) for query in queries for one in (copied, grouped)]
        most = max(self.counts.resolved(lambda known: [known(one) for one in asked]))
        stories = Way.LISTED if most <= FEW else Way.ESTIMATED
        return Ways(stories, Way.LISTED if cells <= FEW_CELLS else Way.ESTIMATED)


def scripts_run(cluster: Cluster, texts: str) -> bool:
    """Whether the servers run the scripts that count; a question that finds nothing tells."""
    aggregations = {"stories": of_stories("story", Way.SCRIPTED), "outlets": of_outlets(Way.SCRIPTED)}
    try:
        cluster.search(texts, {"size": 0, "query": {"match_none": {}}, "aggs": aggregations})
    except ScriptsForbidden:
        return False
    return True
