"""Scorers: what a term adds to the scores of matching documents, computed for the documents that are left at the end.

A `TermScorer` is aligned with the documents it scores: it holds one frequency for each. A `LookupScorer` is not, and
looks the documents up in its posting list: the surface form of a word is in only some of the documents that have its
stem.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from index.embedded.columnar.format.arrays import Array
from index.embedded.columnar.postings.inversion import PostingList
from index.embedded.evaluating.bm25 import Scores, bm25
from index.embedded.evaluating.intersection import Indices, intersect_by_search, search_is_cheaper
from index.embedded.facts.columns import Mask, Numbers


class Scorer(Protocol):
    """Adds to the scores of a set of documents."""

    def scores(self, documents: Numbers) -> Scores:
        """float32[n]: what it adds to each document; they must be the documents it was made for."""
        ...

    def taken(self, places: Indices | Mask) -> "Scorer":
        """The scorer of a subset of the documents."""
        ...


@dataclass(frozen=True, slots=True)
class TermScorer:
    """BM25 of one term: its frequencies in the scored documents, the norms of all documents, its weighted idf."""

    frequencies: Array
    norms: Scores
    weight: float

    def scores(self, documents: Numbers) -> Scores:
        """float32[n]: the BM25 score of each document."""
        return bm25(self.frequencies, self.norms.take(documents, mode="clip"), self.weight)

    def taken(self, places: Indices | Mask) -> "TermScorer":
        """The scorer of a subset of the documents."""
        return TermScorer(self.frequencies[places], self.norms, self.weight)


@dataclass(frozen=True, slots=True)
class LookupScorer:
    """BM25 of one term in the documents of its posting list; 0 in all others."""

    posting: PostingList
    norms: Scores
    weight: float

    def scores(self, documents: Numbers) -> Scores:
        """float32[n]: the BM25 score of each document."""
        few, many = len(documents), len(self.posting.documents)
        if search_is_cheaper(few, many, len(self.norms)):
            held, at = intersect_by_search(documents, self.posting.documents)
        elif search_is_cheaper(many, few, len(self.norms)):
            at, held = intersect_by_search(self.posting.documents, documents)
        else:
            table = np.zeros(len(self.norms), np.float32)
            norms = self.norms.take(self.posting.documents, mode="clip")
            table[self.posting.documents] = bm25(self.posting.counts, norms, self.weight)
            return table.take(documents, mode="clip")
        scores = np.zeros(few, np.float32)
        if len(held):
            norms = self.norms.take(documents[held], mode="clip")
            scores[held] = bm25(self.posting.counts[at], norms, self.weight)
        return scores

    def taken(self, places: Indices | Mask) -> "LookupScorer":  # noqa: ARG002  # it is not aligned with the documents
        """The scorer itself."""
        return self


@dataclass(frozen=True, slots=True)
class FixedScores:
    """Scores computed in advance."""

    values: Scores

    def scores(self, documents: Numbers) -> Scores:  # noqa: ARG002  # they are computed already
        """The scores."""
        return self.values

    def taken(self, places: Indices | Mask) -> "FixedScores":
        """The scores of a subset of the documents."""
        return FixedScores(self.values[places])


def total_scores(scorers: Sequence[Scorer], documents: Numbers) -> Scores:
    """float32[n]: the sum of all scorers for each document, 0 without scorers."""
    if not scorers:
        return np.zeros(len(documents), np.float32)
    total = scorers[0].scores(documents)
    for scorer in scorers[1:]:
        total = total + scorer.scores(documents)
    return total
