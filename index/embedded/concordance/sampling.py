"""Sampling: of occurrences that come a block at a time, those with the smallest sampling keys.

What is held grows with the sample, not with the occurrences. The sampling key of a place is told by its article, its
place there and the seed (`index.concordance.sampling_key`), so blocks and engines do not change what is chosen.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.concordance import article_key, sampling_key
from index.embedded.concordance.occurrences import NO_KEYS, POSITION_BITS, Keys, Occurrences
from index.embedded.concordance.words_in_order import POSITION
from index.embedded.facts.columns import Mask
from index.embedded.schema import TITLE_GAP

MIXED_AT_ONCE: Final = 1 << 18  # occurrences whose sampling keys are computed at a time


class Sample:
    """At most so many of the occurrences that are added. All documents have `ids`, and `titles` of so many words."""

    def __init__(self, most: int, seed: int, ids: Sequence[str], titles: Keys) -> None:
        self._most = most
        self._seed = seed
        self._ids, self._titles = ids, titles
        self._mixed = np.empty(0, np.uint64)  # the sampling keys of `found`
        self.found = Occurrences(NO_KEYS, NO_KEYS)

    def add(self, block: Occurrences) -> None:
        """Choose anew, with occurrences whose keys lie behind all that were added before."""
        for first in range(0, len(block.keys), MIXED_AT_ONCE):
            some = Occurrences(*(part[first : first + MIXED_AT_ONCE] for part in block))
            mixed = self._sampling_keys(some.keys)
            if self._most and len(self._mixed) == self._most:
                better = np.flatnonzero(mixed < self._mixed.max())
                some, mixed = taken(some, better), mixed[better]
            if not len(mixed):
                continue
            found, mixed = together([self.found, some]), np.concatenate((self._mixed, mixed))
            chosen = np.sort(mixed.argsort(kind="stable")[: self._most])
            self.found, self._mixed = taken(found, chosen), mixed[chosen]

    def _sampling_keys(self, keys: Keys) -> NDArray[np.uint64]:
        documents, in_title, words = located(keys, self._titles)
        there, which = np.unique(documents, return_inverse=True)
        articles = np.array([article_key(self._ids[one]) for one in there.tolist()], np.uint64)
        words, in_title = words.astype(np.uint64), in_title.astype(np.uint64)
        return sampling_key(articles[which], words, in_title, self._seed)


def located(keys: Keys, titles: Keys) -> tuple[Keys, Mask, Keys]:
    """The document of each key, whether it is in the title, and the number of its word there."""
    documents, positions = keys >> POSITION_BITS, keys & POSITION
    lengths = titles.take(documents)
    in_title = positions < lengths
    return documents, in_title, np.where(in_title, positions, positions - lengths - TITLE_GAP)


def taken(found: Occurrences, places: Keys) -> Occurrences:
    """Some of the occurrences, by their indices."""
    return Occurrences(found.keys.take(places), found.lengths.take(places))


def together(blocks: Sequence[Occurrences]) -> Occurrences:
    """The occurrences of blocks that follow each other."""
    return Occurrences(*(np.concatenate(parts) for parts in zip(*blocks, strict=True)))
