"""Neighbours: what a document gains where words that stand side by side in a query do so in its text as well.

Positions are many, so they are looked at for few documents only. `most` says how much any document can gain: what has
less than that below the last place of a page cannot come onto it, and need not be looked at.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from index.embedded.columnar.postings.inversion import Posting
from index.embedded.evaluating.bm25 import Scores
from index.embedded.evaluating.phrases import side_by_side
from index.embedded.facts.columns import Numbers


@dataclass(frozen=True, slots=True)
class Pair:
    """Two words with their positions, segment by segment, and what a document gains that has them side by side."""

    left: Sequence[Posting]
    right: Sequence[Posting]
    amount: float


class Neighbours:
    """All pairs of a query, over segments whose documents begin at `bases`, the last of which is the end."""

    def __init__(self, pairs: Sequence[Pair], bases: Sequence[int]) -> None:
        self._pairs = pairs
        self._bases = bases
        self.most = sum(pair.amount for pair in pairs)

    def scores(self, documents: Numbers) -> Scores:
        """float32[n]: what each of some documents gains; they may be in any order."""
        order = np.argsort(documents)
        ascending = documents[order].astype(np.int64)
        cuts = ascending.searchsorted(self._bases).tolist()
        gained = np.zeros(len(documents), np.float32)
        for segment, (first, last) in enumerate(pairwise(cuts)):
            inside = (ascending[first:last] - self._bases[segment]).astype(np.uint32)
            for pair in self._pairs:
                there = side_by_side(pair.left[segment], pair.right[segment], inside)
                gained[first:last][there] += np.float32(pair.amount)
        scores = np.empty_like(gained)
        scores[order] = gained
        return scores
