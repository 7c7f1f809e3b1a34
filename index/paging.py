"""Order, folding and pages: which of the matching documents a page shows, and which copies hide under them.

By relevance, hits stand by score, then newest first, then by id; by date they stand by that rank alone. Ranks are
unique, so a page never depends on chance. Few of the documents are ever sorted: those that can be among the first are
found by a bound on the score (or rank), and only they are put in order.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.columns import Columns
from index.matching import Matching
from index.query import Copies, Query, Sort

SPARE = 32  # documents looked at beyond the page, so that a few copies among them cost no second round
GROUPS = 4  # groups for each document wanted when a bound is sought
Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Place:
    """One hit of a page: its document, its score, and the documents of the copies folded under it, in order."""

    document: int
    score: float
    copies: tuple[int, ...]


def page(found: Matching, columns: Columns, query: Query) -> list[Place]:
    """The hits of the page the query asks for; empty past the last one."""
    start, stop = (query.page - 1) * query.size, query.page * query.size
    if start >= len(found):
        return []
    order = _Order(found, columns, query.sort)
    hits = order.first(stop, fold=query.copies is Copies.FOLD)[start:stop]
    documents = found.documents[hits]
    scores = found.taken(hits).scores() if order.scores is None else order.scores[hits]
    return [
        Place(document, score, order.copies_of(document) if query.copies is Copies.FOLD else ())
        for document, score in zip(documents.tolist(), scores.tolist(), strict=True)
    ]


class _Order:
    """Matching documents in the order of one query."""

    def __init__(self, found: Matching, columns: Columns, sort: Sort) -> None:
        self._found = found
        self._columns = columns
        self._ranks = columns.oldest if sort is Sort.OLDEST else columns.newest
        self.scores = found.scores() if sort is Sort.RELEVANCE and found.scorers else None

    def first(self, wanted: int, *, fold: bool) -> Places:
        """The places of the first `wanted` hits, in order."""
        count = wanted + SPARE
        while True:
            best = self._sorted(self._candidates(count))
            hits = self._leads(best, wanted) if fold else best
            if len(hits) >= wanted or count >= len(self._found):
                return hits[:wanted]
            count *= 4

    def copies_of(self, document: int) -> tuple[int, ...]:
        """The other matching documents of a document's story, in order."""
        if not self._columns.copied[document]:
            return ()
        kin = self._columns.kin_of(document)
        at = np.minimum(np.searchsorted(self._found.documents, kin), len(self._found) - 1)
        members = self._sorted(at[self._found.documents[at] == kin])
        return tuple(number for number in self._found.documents[members].tolist() if number != document)

    def _candidates(self, count: int) -> Places:
        """The places of at least `count` documents, the first ones in order among them."""
        if count >= len(self._found):
            return np.arange(len(self._found))
        if self.scores is None:
            ranks = self._ranks.take(self._found.documents, mode="clip")
            return np.argpartition(ranks, count)[:count]
        candidates = np.flatnonzero(self.scores >= _bound(self.scores, count))
        if len(candidates) > 4 * count:  # equal scores by the thousand: by rank, then
            keys = self._keys(candidates)
            candidates = candidates[np.argpartition(keys, count)[:count]]
        return candidates

    def _sorted(self, places: Places) -> Places:
        return places[np.argsort(self._keys(places))]

    def _keys(self, places: Places) -> NDArray[np.uint64]:
        """One ascending key a document: the complement of the score's bits above, the rank below."""
        keys = self._ranks[self._found.documents[places]].astype(np.uint64)
        if self.scores is not None:
            # Scores are never negative, and the bits of non-negative floats ascend as the floats do.
            keys |= (~self.scores[places].view(np.uint32)).astype(np.uint64) << np.uint64(32)
        return keys

    def _leads(self, ordered: Places, wanted: int) -> Places:
        """The first document of each story, in order, up to `wanted` of them."""
        stories = self._columns.story[self._found.documents[ordered]].tolist()
        leads: dict[int, int] = {}
        for place, story in enumerate(stories):
            if leads.setdefault(story, place) == place and len(leads) == wanted:
                break
        return ordered[list(leads.values())]


def _bound(scores: NDArray[np.float32], count: int) -> np.float32:
    """A score that at least `count` documents reach, and few more.

    The best of each of many groups are at least as many documents as groups; so the count-th best of them will do. It
    costs one pass, where selecting among all scores costs ten.
    """
    width = len(scores) // (GROUPS * count)
    groups = GROUPS * count if width > 1 else len(scores)
    best = scores[: groups * width].reshape(width, groups).max(axis=0) if width > 1 else scores
    return np.float32(np.partition(best, len(best) - count)[len(best) - count])
