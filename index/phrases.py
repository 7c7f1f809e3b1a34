"""Phrases: words that stand one after the other, found on (document, position) keys.

Only documents that hold every word are looked at. Numbered from 0 to m - 1, they give each position a key

    key  int64   document << 32 | position, ascending

so that "k positions further in the same document" is addition, and a chain of words is found word by word for all
documents at once.
"""

from collections.abc import Sequence
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from index.columnar.arrays import Array
from index.columnar.postings import Posting
from index.columns import Numbers
from index.matching import common

Keys = NDArray[np.int64]
DOCUMENT = 32  # bits a position takes in a key
SEARCHED = 1 << 14  # keys up to this many are looked up; more are merged


def phrase(words: Sequence[Posting], slop: int, size: int) -> tuple[Numbers, Array]:
    """The documents where the words stand in order, each at most `slop` positions after the last, and how often."""
    documents = _with_all([word.documents for word in words], size)
    ends = reduce(
        lambda reached, word: _followed(reached, _keys(word, documents), slop), words[1:], _keys(words[0], documents)
    )
    counts = np.bincount(ends >> DOCUMENT, minlength=len(documents))
    held = np.flatnonzero(counts)
    return documents[held], counts[held]


def _with_all(lists: Sequence[Numbers], size: int) -> Numbers:
    """The documents that stand in every list."""

    def both(few: Numbers, many: Numbers) -> Numbers:
        return few[common(few, many, size)[0]]

    return reduce(both, sorted(lists, key=len))


def _keys(word: Posting, documents: Numbers) -> Keys:
    """The keys of a word's positions in some of its documents."""
    if word.positions is None:
        raise ValueError("a field without positions cannot answer phrases")
    at = np.searchsorted(word.documents, documents)
    ends = np.cumsum(word.counts, dtype=np.int64)
    counts = word.counts[at].astype(np.int64)
    numbers = np.arange(len(documents), dtype=np.int64)
    if len(at) == len(word.documents):
        positions = word.positions.astype(np.int64)
    else:
        laid = np.cumsum(counts)
        places = np.repeat(ends[at] - laid, counts)
        places += np.arange(len(places))
        positions = word.positions[places].astype(np.int64)
    positions += np.repeat(numbers << DOCUMENT, counts)
    return positions


def _followed(reached: Keys, following: Keys, slop: int) -> Keys:
    """The keys of `following` that stand 1 to `slop` positions after one of `reached`."""
    if not len(reached) or not len(following):
        return np.empty(0, np.int64)
    if slop == 1:
        return _shared(reached + 1, following)
    before = np.searchsorted(reached, following)  # how many reached keys lie before each
    nearest = reached[np.maximum(before, 1) - 1]
    kept: Keys = following[(before > 0) & (following - nearest <= slop)]
    return kept


def _shared(left: Keys, right: Keys) -> Keys:
    """The keys that stand in both ascending lists."""
    few, many = sorted((left, right), key=len)
    if len(few) < SEARCHED:
        at = np.searchsorted(many, few)
        at[at == len(many)] = 0
        found: Keys = few[many[at] == few]
        return found
    both = np.concatenate((few, many))
    both.sort(kind="stable")  # merges two ascending runs in one pass
    shared: Keys = both[1:][both[1:] == both[:-1]]
    return shared
