"""Scoring: what a word adds to the scores of the documents that match, worked out for those that are left in the end.

A scorer is *aligned* where it belongs to the very documents it is asked about, frequency by frequency, and *looks up*
where it does not: the surface form of a word is in some of the documents that have its stem.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from index.embedded.columnar.format.arrays import Array
from index.embedded.columnar.postings.inversion import Posting
from index.embedded.evaluating.bm25 import Scores, bm25
from index.embedded.evaluating.intersection import Places, rather_searched, searched
from index.embedded.facts.columns import Mask, Numbers


class Scorer(Protocol):
    """What adds to the scores of some documents."""

    def scores(self, documents: Numbers) -> Scores:
        """float32[n]: what it adds to each; the same documents it was made for."""
        ...

    def taken(self, places: Places | Mask) -> "Scorer":
        """The scorer of some of the documents."""
        ...


@dataclass(frozen=True, slots=True)
class Aligned:
    """BM25 of one term: its frequencies in the documents, the norms of all documents, its weight."""

    frequencies: Array
    norms: Scores
    weight: float

    def scores(self, documents: Numbers) -> Scores:
        """The term's scores."""
        return bm25(self.frequencies, self.norms.take(documents, mode="clip"), self.weight)

    def taken(self, places: Places | Mask) -> "Aligned":
        """The scorer of some of the documents."""
        return Aligned(self.frequencies[places], self.norms, self.weight)


@dataclass(frozen=True, slots=True)
class LookedUp:
    """BM25 of one term in whichever documents have it; 0 in all others."""

    posting: Posting
    norms: Scores
    weight: float

    def scores(self, documents: Numbers) -> Scores:
        """The term's scores."""
        few, many = len(documents), len(self.posting.documents)
        if rather_searched(few, many, len(self.norms)):
            held, at = searched(documents, self.posting.documents)
        elif rather_searched(many, few, len(self.norms)):
            at, held = searched(self.posting.documents, documents)
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

    def taken(self, places: Places | Mask) -> "LookedUp":  # noqa: ARG002  # it belongs to no documents
        """The same scorer."""
        return self


@dataclass(frozen=True, slots=True)
class Known:
    """Scores already worked out."""

    values: Scores

    def scores(self, documents: Numbers) -> Scores:  # noqa: ARG002  # they are known
        """The scores."""
        return self.values

    def taken(self, places: Places | Mask) -> "Known":
        """The scores of some of the documents."""
        return Known(self.values[places])


def summed(scorers: Sequence[Scorer], documents: Numbers) -> Scores:
    """float32[n]: what all of them add to each document, 0 where nothing scores."""
    if not scorers:
        return np.zeros(len(documents), np.float32)
    total = scorers[0].scores(documents)
    for scorer in scorers[1:]:
        total = total + scorer.scores(documents)
    return total
