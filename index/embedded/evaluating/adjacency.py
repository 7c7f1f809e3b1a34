"""The expression bonus: extra score for documents in which words stand together as they do in the query.

Reading positions is expensive, so it is done for few documents only. `limits` gives the most that each document can
gain, from the lists of documents alone: a document without both words of any pair gains nothing. A document whose score
and limit lie below the last hit of a page cannot reach the page, and its positions need not be read.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from index.embedded.columnar.postings.inversion import PostingList
from index.embedded.evaluating.bm25 import Scores
from index.embedded.evaluating.intersection import to_mask
from index.embedded.evaluating.phrases import smallest_gaps
from index.embedded.facts.columns import Numbers
from index.ranking import NEAR, NEAR_WORTH, TITLE


@dataclass(frozen=True, slots=True)
class PairPostings:
    """Two words of an expression: their positions in texts and titles, a list a segment, and what they are worth.

    `together` are the documents that have both words anywhere (none for a pair that counts alone), and `instead` those
    with another way to say the expression, which counts as adjacent; both ascending. `near` tells whether words with
    others between count too.
    """

    text: tuple[Sequence[PostingList], Sequence[PostingList]]
    title: tuple[Sequence[PostingList], Sequence[PostingList]]
    together: Numbers
    instead: Numbers
    worth: float
    near: bool = True


@dataclass(frozen=True, slots=True)
class ExpressionPostings:
    """The adjacent pairs of one expression; `whole` if all its words are required, else each pair counts alone."""

    pairs: tuple[PairPostings, ...]
    whole: bool

    @property
    def worth(self) -> float:
        """The sum of what the pairs are worth."""
        return sum(pair.worth for pair in self.pairs)

    def gain(self, held: Scores, titled: Scores) -> Scores:
        """The bonus for the worth that documents hold in the text, and in the title."""
        if not self.whole:
            return held
        return held * held / np.float32(self.worth) + np.float32(TITLE) * titled


class ExpressionBonus:
    """All expressions of a query; `bases` holds the first document of each segment, then the document count."""

    def __init__(self, expressions: Sequence[ExpressionPostings], bases: Sequence[int]) -> None:
        self._expressions = expressions
        self._bases = bases
        self._size = bases[-1]

    def limits(self, documents: Numbers) -> Scores:
        """float32[n]: the most that each of some ascending documents can gain."""
        limits = np.zeros(len(documents), np.float32)
        for expression in self._expressions:
            if not expression.whole:  # so little that looking which documents have both words costs more than it saves
                limits += np.float32(expression.worth)
                continue
            able = np.zeros(len(documents), np.float32)
            for pair in expression.pairs:
                held = to_mask(pair.together, self._size)
                held[pair.instead.astype(np.intp)] = True
                able += np.float32(pair.worth) * held.take(documents.astype(np.intp))
            limits += expression.gain(able, able)
        return limits

    def scores(self, documents: Numbers) -> Scores:
        """float32[n]: the bonus of each of some documents, which may be in any order."""
        order = np.argsort(documents)
        ascending = documents[order].astype(np.int64)
        bonuses = np.zeros(len(documents), np.float32)
        for expression in self._expressions:
            held, titled = np.zeros_like(bonuses), np.zeros_like(bonuses)
            for pair in expression.pairs:
                held += np.float32(pair.worth) * self._held(pair, ascending)
                if expression.whole:
                    titled += np.float32(pair.worth) * self._titled(pair, ascending)
            bonuses += expression.gain(held, titled)
        scores = np.empty_like(bonuses)
        scores[order] = bonuses
        return scores

    def _held(self, pair: PairPostings, documents: NDArray[np.int64]) -> Scores:
        """1 for ascending documents with the pair side by side, NEAR_WORTH for those with it near, else 0."""
        gaps = self._gaps(pair.text, documents, NEAR if pair.near else 1)
        held: Scores = np.where(gaps == 1, 1, np.where(gaps > 1, NEAR_WORTH, 0)).astype(np.float32)
        if len(pair.instead):
            at = np.minimum(pair.instead.searchsorted(documents.astype(np.uint32)), len(pair.instead) - 1)
            held[pair.instead[at] == documents] = 1
        return held

    def _titled(self, pair: PairPostings, documents: NDArray[np.int64]) -> Scores:
        """1 for ascending documents with the pair near in the title, else 0."""
        return (self._gaps(pair.title, documents, NEAR) > 0).astype(np.float32)

    def _gaps(
        self, words: tuple[Sequence[PostingList], Sequence[PostingList]], documents: NDArray[np.int64], most: int
    ) -> NDArray[np.int64]:
        """int64[n]: the smallest distance from the first word to the second, up to `most`; 0 where there is none."""
        gaps = np.zeros(len(documents), np.int64)
        for segment, part, inside in self._by_segment(documents):
            left, right = words[0][segment], words[1][segment]
            gaps[part] = smallest_gaps(left, right, inside, most)
        return gaps

    def _by_segment(self, documents: NDArray[np.int64]) -> Iterator[tuple[int, slice, Numbers]]:
        """Split ascending documents by segment: its number, the indices of its documents, their numbers within it."""
        cuts = documents.searchsorted(self._bases).tolist()
        for segment, (first, last) in enumerate(pairwise(cuts)):
            if last > first:
                yield segment, slice(first, last), (documents[first:last] - self._bases[segment]).astype(np.uint32)
