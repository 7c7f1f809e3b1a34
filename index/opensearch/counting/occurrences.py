"""How often some words stand side by side in all articles, by the articles that have them so often and oftener."""

from typing import Final

from index.opensearch.cluster import Cluster
from index.opensearch.mapping import TEXT
from index.opensearch.querying.leaves import in_a_row, repeated

FIRST: Final = 2  # counts in the first request, twice as many in the next; most articles have a row of words once
MOST: Final = 1000  # times in one article; where it is oftener, the text is a list, and it counts as so often


def times_in_a_row(cluster: Cluster, texts: str, forms: tuple[str, ...]) -> int:
    """How often some forms stand side by side: the articles that have them once, and those twice, and so on.

    Places that overlap, as in three times the same word, count once.
    """
    found, first, some = 0, 1, FIRST
    while True:
        queries = [in_a_row(TEXT, forms) if n == 1 else repeated(TEXT, forms, n) for n in range(first, first + some)]
        bodies = [{"size": 0, "track_total_hits": True, "query": query} for query in queries]
        told: list[int] = [one["hits"]["total"]["value"] for one in cluster.searches(texts, bodies)]
        found += sum(told)
        first, some = first + some, 2 * some
        if not told[-1] or first > MOST:
            return found
