"""Samples for coding: stratified by outlet and month, one article of each story.

Each stratum has its share of the sample, by largest remainders. Within a stratum, and between equal remainders, the
choice is by a hash of the id and of the seed, so the same seed gives the same sample of the same index in every engine.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from index.concordance import article_key, mix
from index.engine import Match, Reader
from index.query.request import Copies, Query

Stratum = tuple[str, str]  # the outlet and the month, "" where they are not known


def sampled(reader: Reader, query: Query, most: int, seed: int) -> tuple[list[str], int]:
    """Return the ids of a sample, by date, and the number of strata of the whole result."""
    strata: defaultdict[Stratum, list[tuple[int, int, str]]] = defaultdict(list)
    folded = replace(query, copies=Copies.FOLD)
    for place, (article_id, outlet, month) in enumerate(reader.facts(folded, ("outlet", "month"))):
        strata[outlet, month].append((_drawn(article_id, seed), place, article_id))
    wanted = shares({stratum: len(members) for stratum, members in strata.items()}, most, seed)
    chosen = [one for stratum, count in wanted.items() for one in sorted(strata[stratum])[:count]]
    return [article_id for _, _, article_id in sorted(chosen, key=lambda one: one[1])], len(strata)


def read_sampled(reader: Reader, ids: list[str]) -> Iterator[Match]:
    """Yield the articles of a sample."""
    for article_id in ids:
        if held := reader.get(article_id):
            yield Match(held.article, 0.0, held.story)


def shares(sizes: dict[Stratum, int], most: int, seed: int) -> dict[Stratum, int]:
    """Return how many of each stratum a sample has: in proportion, by largest remainders.

    Ties between remainders are broken by a hash of stratum and seed.
    """
    whole = sum(sizes.values())
    if whole <= most:
        return dict(sizes)
    counts = {stratum: most * size // whole for stratum, size in sizes.items()}
    left = most - sum(counts.values())
    remainder = {stratum: most * size % whole for stratum, size in sizes.items()}
    ordered = sorted(sizes, key=lambda stratum: (-remainder[stratum], _drawn("\t".join(stratum), seed), stratum))
    for stratum in ordered[:left]:
        counts[stratum] += 1
    return counts


def _drawn(text: str, seed: int) -> int:
    return mix(article_key(text) ^ mix(seed))
