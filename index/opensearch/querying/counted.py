"""How many articles match a query of the server, remembered for a generation, which never changes.

Rarity needs such counts. A query is built twice: the first time all unknown counts are noted, then they are asked for
in one request, and the second time they are there.
"""

import json
from collections.abc import Callable, Mapping
from threading import Lock
from typing import Any, Final, TypeVar

from index.opensearch.cluster import Cluster

MOST_REMEMBERED: Final = 1 << 16
AT_ONCE: Final = 64  # searches a request

Made = TypeVar("Made")


class ArticleCounts:
    """The counts of one index; serves all threads."""

    def __init__(self, cluster: Cluster, index: str) -> None:
        self._cluster = cluster
        self._index = index
        self._known: dict[str, int] = {}
        self._lock = Lock()

    def resolved(self, build: Callable[["Asked"], Made]) -> Made:
        """What is built with all counts known."""
        while True:
            asked = Asked(self._known)
            made = build(asked)
            if not asked.unknown:
                return made
            self._ask(asked.unknown)

    def _ask(self, unknown: Mapping[str, Mapping[str, Any]]) -> None:
        keys = list(unknown)
        for first in range(0, len(keys), AT_ONCE):
            some = keys[first : first + AT_ONCE]
            bodies = [{"size": 0, "track_total_hits": True, "query": unknown[key]} for key in some]
            found = self._cluster.searches(self._index, bodies)
            with self._lock:
                if len(self._known) > MOST_REMEMBERED:
                    self._known.clear()
                self._known.update({key: told["hits"]["total"]["value"] for key, told in zip(some, found, strict=True)})


class Asked:
    """The counts that one building of a query asks for; an unknown one is 1 and noted."""

    def __init__(self, known: Mapping[str, int]) -> None:
        self._known = known
        self.unknown: dict[str, Mapping[str, Any]] = {}

    def __call__(self, query: Mapping[str, Any]) -> int:
        """How many articles match a query."""
        key = json.dumps(query)
        found = self._known.get(key)
        if found is None:
            self.unknown[key] = query
            return 1
        return found
