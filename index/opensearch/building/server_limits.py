"""Limits of the server that queries and facets of a large archive exceed, raised where it allows that.

A query of a hundred words has a thousand clauses, and the facets of a large archive have a hundred thousand values.
Where the limits cannot be raised, the server refuses such a query, and the engine tells why.
"""

from collections.abc import Mapping
from contextlib import suppress
from typing import Final

from index.engine import EngineError
from index.opensearch.cluster import Cluster

WANTED: Final[Mapping[str, int]] = {
    "indices.query.bool.max_clause_count": 65_536,
    "search.max_buckets": 1_000_000,
}


def raise_limits(cluster: Cluster) -> None:
    """Raise the limits that are lower than wanted."""
    with suppress(EngineError, KeyError, ValueError, TypeError):  # no right to, or another version
        told = cluster.request("GET", "/_cluster/settings?include_defaults=true&flat_settings=true")
        now = {**told["defaults"], **told["persistent"], **told["transient"]}
        low = {name: most for name, most in WANTED.items() if int(now.get(name, most)) < most}
        if low:
            cluster.request("PUT", "/_cluster/settings", {"persistent": low})
