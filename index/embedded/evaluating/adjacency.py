"""The adjacency bonus: extra score for documents in which words stand side by side as they do in the query.

Reading positions is expensive, so it is done for few documents only. `max_bonus` is the most that any document can
gain: a document whose score lies further than that below the last hit of a page cannot reach the page, and its
positions need not be read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from index.embedded.columnar.postings.inversion import PostingList
from index.embedded.evaluating.bm25 import Scores
from index.embedded.evaluating.phrases import side_by_side
from index.embedded.facts.columns import Numbers


@dataclass(frozen=True, slots=True)
class WordPair:
    """Two words with their positions, a list a segment, and the bonus of a document that has them side by side."""

    left: Sequence[PostingList]
    right: Sequence[PostingList]
    bonus: float


class AdjacencyBonus:
    """All adjacent word pairs of a query; `bases` holds the first document of each segment, then the document count."""

    def __init__(self, pairs: Sequence[WordPair], bases: Sequence[int]) -> None:
        self._pairs = pairs
        self._bases = bases
        self.max_bonus = sum(pair.bonus for pair in pairs)

    def scores(self, documents: Numbers) -> Scores:
        """float32[n]: the bonus of each of some documents, which may be in any order."""
        order = np.argsort(documents)
        ascending = documents[order].astype(np.int64)
        cuts = ascending.searchsorted(self._bases).tolist()
        bonuses = np.zeros(len(documents), np.float32)
        for segment, (first, last) in enumerate(pairwise(cuts)):
            inside = (ascending[first:last] - self._bases[segment]).astype(np.uint32)
            for pair in self._pairs:
                there = side_by_side(pair.left[segment], pair.right[segment], inside)
                bonuses[first:last][there] += np.float32(pair.bonus)
        scores = np.empty_like(bonuses)
        scores[order] = bonuses
        return scores
