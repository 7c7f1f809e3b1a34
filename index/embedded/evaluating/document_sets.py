"""Matching: sets of documents as ascending arrays or as masks, what scores them, and how sets are joined.

    documents   u4[n]      ascending, each once
    scorers                what adds to the score of each of them: nothing for a filter, one a word; scores are worked
                           out only when somebody asks, for the documents that are then left
    worth                  the idf of all that scores them, of which an OR asks how much a document has

Where documents are many, an OR adds in one table over all N of them, and two sums in one pass: above the score, at
multiples of `ABOVE`, stands the share of the worth that the document has, in steps. A double holds both exactly enough.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.embedded.columnar.postings.inversion import changes
from index.embedded.evaluating.bm25 import Scores
from index.embedded.evaluating.intersection import Places, common
from index.embedded.evaluating.scoring import Known, Scorer, summed
from index.embedded.facts.columns import Mask, Numbers
from index.ranking import COORDINATION

SORT_COST = 6  # sorting one document costs as much as so many places of a table
STEPS = 1 << 16  # that the whole worth of an OR is divided into
ABOVE = 1 << 16  # more than any sum of scores: a query has 1,000 characters, and a character adds less than 30


@dataclass(frozen=True, slots=True)
class Matching:
    """Documents that match, what scores them, and what that is worth."""

    documents: Numbers
    scorers: tuple[Scorer, ...] = ()
    worth: float = 0.0

    def __len__(self) -> int:
        return len(self.documents)

    def taken(self, places: Places | Mask) -> "Matching":
        """Some of the documents."""
        return Matching(self.documents[places], tuple([scorer.taken(places) for scorer in self.scorers]), self.worth)

    def among(self, mask: Mask | None) -> "Matching":
        """The documents that a mask over all documents lets pass; None lets all."""
        return self if mask is None else self.taken(mask.take(self.documents, mode="clip").nonzero()[0])

    def scores(self) -> Scores:
        """float32[n]: the score of each document, 0 where nothing scores."""
        return summed(self.scorers, self.documents)


def all_of(parts: Sequence[Matching], size: int) -> Matching:
    """The documents that match every part; their scores are added."""
    return reduce(lambda left, right: _both(left, right, size), sorted(parts, key=len))


def any_of(parts: Sequence[Matching], masks: Sequence[Mask], size: int) -> Matching:
    """The documents that match a part or lie in a mask; scores are added, and are less for less of the whole worth."""
    whole = sum(part.worth for part in parts)
    steps = [max(round(part.worth / whole * STEPS), 1) if whole else 1 for part in parts]
    documents = [part.documents for part in parts]
    scores = [part.scores() + np.float64(step * ABOVE) for part, step in zip(parts, steps, strict=True)]
    found, total = added(documents, scores, size, masks)
    return Matching(found.astype(np.uint32), (Known(_coordinated(total, sum(steps) if whole else 0)),), whole)


def best_of(parts: Sequence[Matching], masks: Sequence[Mask]) -> Matching:
    """The documents that match a part or lie in a mask; the best score counts."""
    lists = [*parts, *(Matching(mask.nonzero()[0].astype(np.uint32)) for mask in masks)]
    documents = np.concatenate([part.documents for part in lists], dtype=np.intp)
    found, best = _best(documents, np.concatenate([part.scores() for part in lists]))
    return Matching(found.astype(np.uint32), (Known(best),), max(part.worth for part in lists))


def _coordinated(total: NDArray[np.float64], whole: int) -> Scores:
    """The scores of an OR from its sums of scores and steps, which are written over."""
    held = total * (1 / ABOVE)
    np.floor(held, out=held)
    total -= held * ABOVE
    if whole:
        held *= COORDINATION / whole
        held += 1 - COORDINATION
        total *= held
    return total.astype(np.float32)


def added(
    documents: Sequence[Numbers], values: Sequence[NDArray[Any]], size: int, masks: Sequence[Mask] = ()
) -> tuple[Places, NDArray[np.float64]]:
    """Every document once, ascending, with the sum of its values; also those of masks, which have none.

    Values are above 0, in as many arrays as the documents, each ascending. Few are sorted, which only merges; many are
    added in a table over all.
    """
    # Of other types than these, bincount would take ten times as long.
    every = np.concatenate([np.empty(0, np.intp), *documents], dtype=np.intp)
    each = np.concatenate([np.empty(0), *values], dtype=np.float64)
    if masks or len(every) * SORT_COST > size:
        table = np.bincount(every, weights=each, minlength=size).astype(np.float64, copy=False)
        found = reduce(np.logical_or, masks, table > 0).nonzero()[0]  # of numbers, nonzero takes five times as long
        return found, table.take(found)
    order = every.argsort(kind="stable")
    every = every.take(order)
    first = changes(every)
    sums = np.bincount(first.cumsum() - 1, weights=each.take(order))
    return every[first], sums.astype(np.float64, copy=False)  # of nothing, bincount makes whole numbers


def _best(documents: Places, scores: Scores) -> tuple[Places, Scores]:
    """Every document once, ascending, with its best score; given as ascending lists, one after the other."""
    order = documents.argsort(kind="stable")
    documents, scores = documents.take(order), scores.take(order)
    begins = changes(documents).nonzero()[0]
    return documents.take(begins), np.maximum.reduceat(scores, begins) if len(begins) else scores


def _both(few: Matching, many: Matching, size: int) -> Matching:
    at_few, at_many = common(few.documents, many.documents, size)
    left, right = few.taken(at_few), many.taken(at_many)
    return Matching(left.documents, left.scorers + right.scorers, few.worth + many.worth)
