"""Order, folding and pages: which of the matching documents a page shows, and which copies hide under them.

Every order is one ascending uint64 key a document, unique, so that a page never depends on chance: for relevance the
complement of the score's bits above, the rank by day and id below; for the orders by date that rank alone.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.columns import Columns, Numbers
from index.evaluator import Scored
from index.query import Copies, Query, Sort

OrderKeys = NDArray[np.uint64]
SPARE = 64  # documents looked at beyond twice the page, so that a few copies among them cost no second round


@dataclass(frozen=True, slots=True)
class Place:
    """One hit of a page: its document, its score, and the documents of the copies folded under it, in order."""

    document: int
    score: float
    copies: tuple[int, ...]


def page(found: Scored, columns: Columns, query: Query) -> list[Place]:
    """The hits of the page the query asks for; empty past the last one."""
    keys = _keys(found, columns, query.sort)
    start, stop = (query.page - 1) * query.size, query.page * query.size
    if query.copies is Copies.SHOW:
        best = _best(keys, stop, lambda ordered: ordered)[start:stop]
        return [Place(int(found.documents[at]), float(found.scores[at]), ()) for at in best]
    stories = columns.story[found.documents]
    leads = _best(keys, stop, lambda ordered: _leads(ordered, stories))[start:stop]
    copied = columns.copied[found.documents]
    return [
        Place(
            int(found.documents[at]),
            float(found.scores[at]),
            _folded(found, keys, np.flatnonzero(stories == stories[at]), at) if copied[at] else (),
        )
        for at in leads
    ]


def _keys(found: Scored, columns: Columns, sort: Sort) -> OrderKeys:
    ranks = columns.oldest if sort is Sort.OLDEST else columns.newest
    keys = ranks[found.documents].astype(np.uint64)
    if sort is Sort.RELEVANCE:
        # Scores are never negative, and the bits of non-negative floats ascend as the floats do.
        keys |= (~found.scores.view(np.uint32)).astype(np.uint64) << np.uint64(32)
    return keys


def _best(keys: OrderKeys, wanted: int, hits: Callable[[Numbers], Numbers]) -> Numbers:
    """The first `wanted` of what `hits` makes of the documents in order, without sorting more of them than needed."""
    count = 2 * wanted + SPARE
    while True:
        top = np.argpartition(keys, count)[:count] if count < len(keys) else np.arange(len(keys))
        chosen = hits(top[np.argsort(keys[top])].astype(np.uint32))
        if len(chosen) >= wanted or count >= len(keys):
            return chosen[:wanted]
        count *= 4


def _leads(ordered: Numbers, stories: NDArray[np.int32]) -> Numbers:
    """The first document of each story, in order."""
    _, first = np.unique(stories[ordered], return_index=True)
    return ordered[np.sort(first)]


def _folded(found: Scored, keys: OrderKeys, members: NDArray[np.intp], lead: int) -> tuple[int, ...]:
    ordered = members[np.argsort(keys[members])]
    return tuple(int(found.documents[at]) for at in ordered if at != lead)
