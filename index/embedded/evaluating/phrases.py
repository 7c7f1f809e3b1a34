"""Phrases: words that stand one after the other, found on keys made of document and position.

Only documents that hold every word need be looked at; where nearly all do, they are looked at all, for finding out
costs more. They are gone through in chunks, so that what a chunk needs stays in the processor's cache. In a chunk each
position of a word has a key

    key  u4|i8   number of the document in the chunk · stride + position, ascending

where the stride is so large that no word can follow one of another document. So "k positions further in the same
document" is addition, and a chain of words is found word by word for all documents at once. Few keys are looked up in
many; many are merged, which is one pass over both, where marking them in a table would miss the cache once a key.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.embedded.columnar.format.arrays import Array
from index.embedded.columnar.postings.inversion import Posting
from index.embedded.evaluating.intersection import Places, common, searched
from index.embedded.facts.columns import Numbers

Keys = NDArray[Any]
CHUNK = 1 << 14  # documents gone through at once: of two very common words, a megabyte of keys
DENSE = 3  # where the commonest word has at most so many times the documents of the rarest, look at all
SEARCHED = 1 << 10  # keys up to this many are looked up; more are merged


@dataclass(frozen=True, slots=True)
class _Placed:
    """Where a word stands in documents that are numbered anew, or as they are: as in `postings`."""

    numbers: Array
    counts: Array
    positions: Array


def phrase(words: Sequence[Posting], slop: int, size: int) -> tuple[Numbers, Array]:
    """The documents where the words stand in order, each at most `slop` positions after the last, and how often."""
    few, *_, many = sorted((word.documents for word in words), key=len)
    if len(few) * DENSE >= len(many):
        placed = [_Placed(word.documents, word.counts, _positions(word)) for word in words]
        numbers, counts = _counted(placed, slop)
        return numbers.astype(np.uint32), counts
    documents = _with_all([word.documents for word in words], size)
    found, counts = _counted([_trimmed(word, documents) for word in words], slop)
    return documents[found].astype(np.uint32, copy=False), counts


def side_by_side(left: Posting, right: Posting, documents: Numbers) -> Places:
    """The places, among a few ascending documents, of those where one word stands right before another."""
    held, _ = searched(documents, left.documents)
    if not len(held):
        return held
    also, _ = searched(documents.take(held), right.documents)
    held = held.take(also)
    if not len(held):
        return held
    found, _ = _counted([_trimmed(word, documents[held]) for word in (left, right)], 1)
    return held[found]


def _with_all(lists: Sequence[Numbers], size: int) -> Numbers:
    """The documents that stand in every list."""

    def both(few: Numbers, many: Numbers) -> Numbers:
        return few[common(few, many, size)[0]]

    return reduce(both, sorted(lists, key=len))


def _positions(word: Posting) -> Array:
    if word.positions is None:
        raise ValueError("a field without positions cannot answer phrases")
    return word.positions


def _trimmed(word: Posting, documents: Numbers) -> _Placed:
    """A word in some of its documents, numbered from 0."""
    at = word.documents.searchsorted(documents.astype(word.documents.dtype, copy=False))
    counts = word.counts.take(at).astype(np.int64)
    places = (_ends(word.counts, at) - counts.cumsum()).repeat(counts)
    places += np.arange(len(places))
    return _Placed(np.arange(len(documents)), counts, _positions(word).take(places))


def _ends(counts: Array, at: Places) -> Array:
    """The sums of all counts up to and including those at some ascending places; quicker than all sums if few."""
    begins = np.zeros(len(at), np.intp)
    begins[1:] = at[:-1] + 1
    ends: Array = np.add.reduceat(counts[: at[-1] + 1], begins, dtype=np.int64).cumsum() if len(at) else begins
    return ends


def _counted(words: Sequence[_Placed], slop: int) -> tuple[Places, Array]:
    """The numbers of the documents where the words follow each other, ascending, and how often they do."""
    found, counted = [np.empty(0, np.intp)], [np.empty(0, np.intp)]
    for first, chunk in _chunks(words):
        stride = max(int(word.positions.max(initial=0)) for word in chunk) + slop + 1
        keys = [_keys(word, first, stride) for word in chunk]
        ends = keys[0]
        for following in keys[1:]:
            ends = _followed(ends, following, slop)
        counts = np.bincount(ends // stride)
        held = counts.nonzero()[0]
        found.append(held + first)
        counted.append(counts[held])
    return np.concatenate(found), np.concatenate(counted)


def _chunks(words: Sequence[_Placed]) -> Iterator[tuple[int, Sequence[_Placed]]]:
    """The words chunk by chunk, with the first number of each; chunks that lack a word are left out."""
    lasts = [int(word.numbers[-1]) if len(word.numbers) else -1 for word in words]
    if min(lasts) < 0 or max(lasts) < CHUNK:
        if min(lasts) >= 0:
            yield 0, words
        return
    firsts = np.arange(0, min(lasts) + 1, CHUNK)
    cuts = [_cuts(word.numbers, firsts, min(lasts)) for word in words]
    ends = [np.concatenate(([0], np.cumsum(word.counts, dtype=np.int64))) for word in words]
    for place, first in enumerate(firsts.tolist()):
        chunk = [
            _Placed(word.numbers[cut[place] : cut[place + 1]], word.counts[cut[place] : cut[place + 1]], positions)
            for word, cut, end in zip(words, cuts, ends, strict=True)
            for positions in (word.positions[end[cut[place]] : end[cut[place + 1]]],)
        ]
        if all(len(word.numbers) for word in chunk):
            yield first, chunk


def _cuts(numbers: Array, firsts: Places, last: int) -> list[int]:
    """Where each chunk begins among some numbers, and where `last` and with it the last chunk ends."""
    kind = numbers.dtype.type  # of another type, all the numbers would be converted
    return [*numbers.searchsorted(firsts.astype(kind)).tolist(), int(numbers.searchsorted(kind(last), side="right"))]


def _keys(word: _Placed, first: int, stride: int) -> Keys:
    """The keys of a word's positions in a chunk."""
    kind = np.uint32 if CHUNK * stride < 1 << 32 else np.int64
    begins = (word.numbers - word.numbers.dtype.type(first)).astype(kind)
    begins *= kind(stride)
    keys: Keys = begins.repeat(word.counts.astype(np.intp))
    keys += word.positions
    return keys


def _followed(reached: Keys, following: Keys, slop: int) -> Keys:
    """The keys of `following` that stand 1 to `slop` positions after one of `reached`."""
    if not len(reached) or not len(following):
        return reached[:0]
    if slop == 1:
        return _shared(reached + reached.dtype.type(1), following)
    before = np.searchsorted(reached, following)  # how many reached keys lie before each
    nearest = reached[np.maximum(before, 1) - 1]
    kept: Keys = following[(before > 0) & (following - nearest <= slop)]
    return kept


def _shared(left: Keys, right: Keys) -> Keys:
    """The keys that stand in both ascending lists."""
    few, many = sorted((left, right), key=len)
    if len(few) < SEARCHED:
        return few[searched(few, many)[0]]
    both = np.concatenate((few, many))
    both.sort(kind="stable")  # merges two ascending runs in one pass
    shared: Keys = both[1:][both[1:] == both[:-1]]
    return shared
