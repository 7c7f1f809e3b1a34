"""How often some words stand side by side in all articles, by the articles that have them so often and oftener."""

from itertools import count
from typing import Final

from index.opensearch.cluster import Cluster
from index.opensearch.mapping import TEXT
from index.opensearch.querying.leaves import in_a_row, repeated

AT_ONCE: Final = 8  # most articles have a row of words less often
MOST: Final = 1024  # in one article; one that has it oftener is a list


def times_in_a_row(cluster: Cluster, texts: str, forms: tuple[str, ...]) -> int:
    """How often some forms stand side by side: the articles that have them once, and those twice, and so on.

    Places that overlap, as in three times the same word, count once.
    """
    found = 0
    for first in count(1, AT_ONCE):
        queries = [
            in_a_row(TEXT, forms) if times == 1 else repeated(TEXT, forms, times)
            for times in range(first, first + AT_ONCE)
        ]
        bodies = [{"size": 0, "track_total_hits": True, "query": query} for query in queries]
        told: list[int] = [one["hits"]["total"]["value"] for one in cluster.searches(texts, bodies)]
        found += sum(told)
        if not told[-1] or first > MOST:
            return found
    raise AssertionError
