"""Document sets: matching documents with the scorers of each, and the Boolean operations on them.

    documents   u4[n]      ascending, unique
    scorers                each adds to the score of every document: none for a filter, one or more for a word; scores
                           are computed only on demand, for the documents that are left by then
    worth                  the weighted idf of the words matched; an OR asks what share of it a document has

Small unions are sorted; large ones are summed in one table over all N documents. An OR needs two sums, of scores and of
worth, and packs both into one double: the low part is the score, multiples of `ABOVE` are the worth in `STEPS`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.embedded.columnar.postings.inversion import PostingList, changes
from index.embedded.evaluating.bm25 import Scores
from index.embedded.evaluating.intersection import Indices, intersect
from index.embedded.evaluating.scoring import FixedScores, Scorer, total_scores
from index.embedded.facts.columns import Mask, Numbers
from index.ranking import COORDINATION

SORT_COST = 6  # sorting one document costs as much as this many table entries
STEPS = 1 << 16  # resolution of the worth of an OR
ABOVE = 1 << 16  # exceeds any sum of scores: a query has up to 1,000 characters, and each adds less than 30


@dataclass(frozen=True, slots=True)
class DocumentSet:
    """Matching documents, their scorers, and the worth of these; see the module."""

    documents: Numbers
    scorers: tuple[Scorer, ...] = ()
    worth: float = 0.0

    def __len__(self) -> int:
        return len(self.documents)

    def taken(self, places: Indices | Mask) -> "DocumentSet":
        """The subset of documents at some indices, or where a mask over the set is true."""
        return DocumentSet(self.documents[places], tuple([scorer.taken(places) for scorer in self.scorers]), self.worth)

    def filtered(self, mask: Mask | None) -> "DocumentSet":
        """The documents for which a mask over all N documents is true; None keeps all."""
        return self if mask is None else self.taken(mask.take(self.documents, mode="clip").nonzero()[0])

    def scores(self) -> Scores:
        """float32[n]: the score of each document, 0 without scorers."""
        return total_scores(self.scorers, self.documents)


def all_of(parts: Sequence[DocumentSet], size: int) -> DocumentSet:
    """Intersect: the documents in every part; scores are added."""
    return reduce(lambda left, right: _both(left, right, size), sorted(parts, key=len))


def any_of(parts: Sequence[DocumentSet], masks: Sequence[Mask], size: int) -> DocumentSet:
    """Unite: the documents in any part or mask; scores are added, and lowered by the share of worth that is missing."""
    whole = sum(part.worth for part in parts)
    steps = [max(round(part.worth / whole * STEPS), 1) if whole else 1 for part in parts]
    documents = [part.documents for part in parts]
    scores = [part.scores() + np.float64(step * ABOVE) for part, step in zip(parts, steps, strict=True)]
    found, total = sum_by_document(documents, scores, size, masks)
    return DocumentSet(found.astype(np.uint32), (FixedScores(_coordinated(total, sum(steps) if whole else 0)),), whole)


def best_of(parts: Sequence[DocumentSet], masks: Sequence[Mask]) -> DocumentSet:
    """Unite: the documents in any part or mask; each has the best of its scores.

    The first part is what was asked. No other part is worth more: a rare spelling or a long form of many words must not
    come before the words that were typed.
    """
    lists = [*parts, *(DocumentSet(mask.nonzero()[0].astype(np.uint32)) for mask in masks)]
    documents = np.concatenate([part.documents for part in lists], dtype=np.intp)
    most = lists[0].worth or max(part.worth for part in lists)
    scores = [part.scores() * np.float32(min(1.0, most / part.worth) if part.worth else 1.0) for part in lists]
    found, best = _best(documents, np.concatenate(scores))
    return DocumentSet(found.astype(np.uint32), (FixedScores(best),), most)


def _coordinated(total: NDArray[np.float64], whole: int) -> Scores:
    """The scores of an OR, from the packed sums of scores and steps, which are overwritten."""
    held = total * (1 / ABOVE)
    np.floor(held, out=held)
    total -= held * ABOVE
    if whole:
        held *= COORDINATION / whole
        held += 1 - COORDINATION
        total *= held
    return total.astype(np.float32)


def union(lists: Sequence[PostingList], size: int) -> PostingList:
    """The union of some posting lists of at most `size` documents, with summed frequencies."""
    found, total = sum_by_document([held.documents for held in lists], [held.counts for held in lists], size)
    return PostingList(found.astype(np.uint32), total.astype(np.uint32))


def sum_by_document(
    documents: Sequence[Numbers], values: Sequence[NDArray[Any]], size: int, masks: Sequence[Mask] = ()
) -> tuple[Indices, NDArray[np.float64]]:
    """The union of document lists, ascending, with the sum of each document's values.

    Documents of masks are included with a value of 0. Each ascending list of documents has one array of values, all
    above 0. Few documents are sorted (a stable sort merges ascending runs); many are added in a table over all N.
    """
    # With other types than these, bincount takes ten times as long.
    every = np.concatenate([np.empty(0, np.intp), *documents], dtype=np.intp)
    each = np.concatenate([np.empty(0), *values], dtype=np.float64)
    if masks or len(every) * SORT_COST > size:
        table = np.bincount(every, weights=each, minlength=size).astype(np.float64, copy=False)
        found = reduce(np.logical_or, masks, table > 0).nonzero()[0]  # on numbers, nonzero takes five times as long
        return found, table.take(found)
    order = every.argsort(kind="stable")
    every = every.take(order)
    first = changes(every)
    sums = np.bincount(first.cumsum() - 1, weights=each.take(order))
    return every[first], sums.astype(np.float64, copy=False)  # for empty input, bincount returns integers


def _best(documents: Indices, scores: Scores) -> tuple[Indices, Scores]:
    """The unique documents, ascending, with the best score of each; the input is ascending lists, concatenated."""
    order = documents.argsort(kind="stable")
    documents, scores = documents.take(order), scores.take(order)
    begins = changes(documents).nonzero()[0]
    return documents.take(begins), np.maximum.reduceat(scores, begins) if len(begins) else scores


def _both(few: DocumentSet, many: DocumentSet, size: int) -> DocumentSet:
    at_few, at_many = intersect(few.documents, many.documents, size)
    left, right = few.taken(at_few), many.taken(at_many)
    return DocumentSet(left.documents, left.scorers + right.scorers, few.worth + many.worth)
