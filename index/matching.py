"""Matching: sets of documents as ascending arrays or as masks, what scores them, and how sets are joined.

    documents   u4[n]      ascending, each once
    scorers                what adds to the score of each of them: nothing for a filter, one a word; scores are worked
                           out only when somebody asks, for the documents that are then left

Joining chooses by density. Looking few documents up in many costs a search each; where both are many, a table over
all N documents is cheaper, since filling and reading it is one pass without a branch.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.bm25 import Scores, bm25
from index.columnar.arrays import Array
from index.columns import Mask, Numbers

Places = NDArray[np.intp]
SEARCH_COST = 16  # looking one document up costs as much as writing and reading so many places of a table


class Scorer(Protocol):
    """What adds to the scores of some documents."""

    def scores(self, documents: Numbers) -> Scores:
        """float32[n]: what it adds to each; the same documents it was made for."""
        ...

    def taken(self, places: Places | Mask) -> "Scorer":
        """The scorer of some of the documents."""
        ...


@dataclass(frozen=True, slots=True)
class TermScorer:
    """BM25 of one term: its frequencies in the documents, the norms of all documents, its weight."""

    frequencies: Array
    norms: Scores
    weight: float

    def scores(self, documents: Numbers) -> Scores:
        """The term's scores."""
        return bm25(self.frequencies, self.norms.take(documents, mode="clip"), self.weight)

    def taken(self, places: Places | Mask) -> "TermScorer":
        """The scorer of some of the documents."""
        return TermScorer(self.frequencies[places], self.norms, self.weight)


@dataclass(frozen=True, slots=True)
class Summed:
    """Scores already worked out."""

    values: Scores

    def scores(self, documents: Numbers) -> Scores:  # noqa: ARG002  # they are known
        """The scores."""
        return self.values

    def taken(self, places: Places | Mask) -> "Summed":
        """The scores of some of the documents."""
        return Summed(self.values[places])


@dataclass(frozen=True, slots=True)
class Matching:
    """Documents that match, and what scores them."""

    documents: Numbers
    scorers: tuple[Scorer, ...] = ()

    def __len__(self) -> int:
        return len(self.documents)

    def taken(self, places: Places | Mask) -> "Matching":
        """Some of the documents."""
        return Matching(self.documents[places], tuple(scorer.taken(places) for scorer in self.scorers))

    def among(self, mask: Mask | None) -> "Matching":
        """The documents that a mask over all documents lets pass; None lets all."""
        return self if mask is None else self.taken(np.flatnonzero(mask.take(self.documents, mode="clip")))

    def scores(self) -> Scores:
        """float32[n]: the score of each document, 0 where nothing scores."""
        if not self.scorers:
            return np.zeros(len(self.documents), np.float32)
        return reduce(np.add, [scorer.scores(self.documents) for scorer in self.scorers])


def masked(documents: Numbers, size: int) -> Mask:
    """bool[size]: the documents as a mask."""
    mask = np.zeros(size, bool)
    mask[documents] = True
    return mask


def all_of(parts: Sequence[Matching], size: int) -> Matching:
    """The documents that match every part; their scores are added."""
    return reduce(lambda left, right: _both(left, right, size), sorted(parts, key=len))


def any_of(parts: Sequence[Matching], masks: Sequence[Mask], size: int) -> Matching:
    """The documents that match a part or lie in a mask; the scores of parts are added."""
    # Of other types than these, bincount would take ten times as long.
    documents = np.concatenate([np.empty(0, np.intp), *(part.documents for part in parts)], dtype=np.intp)
    scores = np.concatenate([np.empty(0), *(part.scores() for part in parts)], dtype=np.float64)
    if not masks and len(documents) * SEARCH_COST < size:
        return _few(documents, scores)
    total = np.bincount(documents, weights=scores, minlength=size)
    found = reduce(np.logical_or, masks, total > 0)
    if any(not part.scorers for part in parts):
        found[documents] = True
    kept = np.flatnonzero(found).astype(np.uint32)
    return Matching(kept, (Summed(total.take(kept).astype(np.float32)),))


def _few(documents: Places, scores: NDArray[np.float64]) -> Matching:
    order = np.argsort(documents, kind="stable")
    documents, scores = documents[order], scores[order]
    first = np.ones(len(documents), bool)
    np.not_equal(documents[1:], documents[:-1], out=first[1:])
    begins = np.flatnonzero(first)
    summed = np.add.reduceat(scores, begins) if len(begins) else scores
    return Matching(documents[begins].astype(np.uint32), (Summed(summed.astype(np.float32)),))


def _both(few: Matching, many: Matching, size: int) -> Matching:
    at_few, at_many = common(few.documents, many.documents, size)
    left, right = few.taken(at_few), many.taken(at_many)
    return Matching(left.documents, left.scorers + right.scorers)


def common(few: Numbers, many: Numbers, size: int) -> tuple[Places, Places]:
    """The places, in two ascending lists of which the first is the shorter, of the documents they share."""
    if not len(few):
        return np.empty(0, np.intp), np.empty(0, np.intp)
    if len(few) * SEARCH_COST < len(many) + size // 8:
        at = np.searchsorted(many, few)
        at[at == len(many)] = 0
        held = np.flatnonzero(many[at] == few)
        return held, at[held]
    table = np.zeros(size, np.uint32)
    table[many] = np.arange(1, len(many) + 1, dtype=np.uint32)
    found = table.take(few, mode="clip")
    held = np.flatnonzero(found)
    return held, found[held].astype(np.intp) - 1
