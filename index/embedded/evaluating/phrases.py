"""Phrase matching: finds words that follow each other, by keys made of document and position.

Documents are processed in chunks that fit the CPU cache. Within a chunk, each position of a word has a key

    key  u4|i8   number of the document in the chunk · stride + position, ascending

The stride exceeds any position plus slop, so no word can follow a word of another document. "k positions later in the
same document" is then an addition, and a chain of words is matched word by word for all documents of the chunk at once.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial, reduce
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.embedded.columnar.format.arrays import Array
from index.embedded.columnar.postings.inversion import PostingList
from index.embedded.evaluating.intersection import Indices, intersect, intersect_by_search
from index.embedded.facts.columns import Numbers

Keys = NDArray[Any]
Matching = Callable[[Sequence[Keys], int], Keys]  # the keys of all words of a chunk, and a distance → one key a match
CHUNK = 1 << 14  # documents per chunk: a megabyte of keys for two very common words
DENSE = 3  # if the most common word has at most this many times the documents of the rarest, skip the intersection
SEARCHED = 1 << 10  # fewer keys than this are found by binary search; more are merged


class WordsTogether(NamedTuple):
    """Words that stand together: their forms, the largest distance of `find_phrase` or, unordered, `find_together`."""

    forms: tuple[str, ...]
    distance: int = 1
    ordered: bool = True

    @property
    def read(self) -> tuple[str, ...]:
        """The forms whose positions are needed, each once where their order does not matter."""
        return self.forms if self.ordered else tuple(dict.fromkeys(self.forms))


@dataclass(frozen=True, slots=True)
class _WordPositions:
    """The positions of a word in some documents: document numbers, position counts, positions in turn.

    The numbers are either document numbers or indices into a list of documents.
    """

    numbers: Array
    counts: Array
    positions: Array


def find_words(asked: WordsTogether, words: Sequence[PostingList], size: int) -> tuple[Numbers, Array]:
    """The documents with some words together, and how often; `words` are the postings of those that are read."""
    if asked.ordered:
        return find_phrase(words, asked.distance, size)
    return find_together(words, [asked.forms.count(form) for form in asked.read], asked.distance, size)


def find_phrase(words: Sequence[PostingList], slop: int, size: int) -> tuple[Numbers, Array]:
    """The documents with the words in order, each at most `slop` positions after the one before, and how often."""
    return _find(words, slop, size, _in_turn)


def find_together(
    words: Sequence[PostingList], times: Sequence[int], distance: int, size: int
) -> tuple[Numbers, Array]:
    """The documents with the words in any order, at most `distance` positions from first to last, and how often.

    Each word must stand there as many `times` as given; the words are different ones.
    """
    return _find(words, distance, size, partial(_within_windows, times))


def _find(words: Sequence[PostingList], distance: int, size: int, matching: Matching) -> tuple[Numbers, Array]:
    few, many = (of((word.documents for word in words), key=len) for of in (min, max))
    if len(few) * DENSE >= len(many):
        positions_of_words = [_WordPositions(word.documents, word.counts, _positions(word)) for word in words]
        numbers, counts = _count_matches(positions_of_words, distance, matching)
        return numbers.astype(np.uint32), counts
    documents = _intersect_all([word.documents for word in words], size)
    found, counts = _count_matches([_restricted(word, documents) for word in words], distance, matching)
    return documents[found].astype(np.uint32, copy=False), counts


def smallest_gaps(left: PostingList, right: PostingList, documents: Numbers, most: int) -> NDArray[np.int64]:
    """int64[n]: of some ascending documents, the smallest distance from one word to the other after it.

    A distance of 1 means that the words are adjacent. 0 stands for none up to `most`.
    """
    gaps = np.zeros(len(documents), np.int64)
    held, _ = intersect_by_search(documents, left.documents)
    also, _ = intersect_by_search(documents.take(held), right.documents)
    held = held.take(also)
    if len(held):
        gaps[held] = _gaps([_restricted(word, documents[held]) for word in (left, right)], most)
    return gaps


def _gaps(words: Sequence[_WordPositions], most: int) -> NDArray[np.int64]:
    """The smallest distance in each document that both words are in, or 0."""
    gaps = np.full(len(words[0].numbers), most + 1, np.int64)
    for first, chunk in _chunks(words):
        stride = max(int(word.positions.max(initial=0)) for word in chunk) + most + 1
        left, right = (_keys(word, first, stride) for word in chunk)
        before = np.searchsorted(left, right)  # how many keys of the first word precede each
        distances = (right - left[np.maximum(before, 1) - 1]).astype(np.int64)
        close = (before > 0) & (distances <= most)
        np.minimum.at(gaps, right[close].astype(np.int64) // stride + first, distances[close])
    gaps[gaps > most] = 0
    return gaps


def _intersect_all(lists: Sequence[Numbers], size: int) -> Numbers:
    """The documents in every list."""

    def both(few: Numbers, many: Numbers) -> Numbers:
        return few[intersect(few, many, size)[0]]

    return reduce(both, sorted(lists, key=len))


def _positions(word: PostingList) -> Array:
    if word.positions is None:
        raise ValueError("a field without positions cannot answer phrases")
    return word.positions


def _restricted(word: PostingList, documents: Numbers) -> _WordPositions:
    """The positions of a word in some of its documents, which are renumbered from 0."""
    at = word.documents.searchsorted(documents.astype(word.documents.dtype, copy=False))
    counts = word.counts.take(at).astype(np.int64)
    places = (_cumsum_at(word.counts, at) - counts.cumsum()).repeat(counts)
    places += np.arange(len(places))
    return _WordPositions(np.arange(len(documents)), counts, _positions(word).take(places))


def _cumsum_at(counts: Array, at: Indices) -> Array:
    """The cumulative sums of `counts` at some ascending indices; faster than a full cumsum if they are few."""
    begins = np.zeros(len(at), np.intp)
    begins[1:] = at[:-1] + 1
    ends: Array = np.add.reduceat(counts[: at[-1] + 1], begins, dtype=np.int64).cumsum() if len(at) else begins
    return ends


def _count_matches(words: Sequence[_WordPositions], distance: int, matching: Matching) -> tuple[Indices, Array]:
    """The numbers of the documents with matches, ascending, and how many matches they have."""
    found, counted = [np.empty(0, np.intp)], [np.empty(0, np.intp)]
    for first, chunk in _chunks(words):
        stride = max(int(word.positions.max(initial=0)) for word in chunk) + distance + 1
        matches = matching([_keys(word, first, stride) for word in chunk], distance)
        counts = np.bincount(matches // stride)
        held = counts.nonzero()[0]
        found.append(held + first)
        counted.append(counts[held])
    return np.concatenate(found), np.concatenate(counted)


def _chunks(words: Sequence[_WordPositions]) -> Iterator[tuple[int, Sequence[_WordPositions]]]:
    """Split the words into chunks of documents: (first number, words); chunks that lack a word are skipped."""
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
            _WordPositions(
                word.numbers[cut[place] : cut[place + 1]], word.counts[cut[place] : cut[place + 1]], positions
            )
            for word, cut, end in zip(words, cuts, ends, strict=True)
            for positions in (word.positions[end[cut[place]] : end[cut[place + 1]]],)
        ]
        if all(len(word.numbers) for word in chunk):
            yield first, chunk


def _cuts(numbers: Array, firsts: Indices, last: int) -> list[int]:
    """The index in `numbers` at which each chunk begins, and the end of the last chunk, which is that of `last`."""
    kind = numbers.dtype.type  # with another type, numpy would convert all numbers
    return [*numbers.searchsorted(firsts.astype(kind)).tolist(), int(numbers.searchsorted(kind(last), side="right"))]


def _keys(word: _WordPositions, first: int, stride: int) -> Keys:
    """The keys of a word's positions in a chunk; see the module."""
    kind = np.uint32 if CHUNK * stride < 1 << 32 else np.int64
    begins = (word.numbers - word.numbers.dtype.type(first)).astype(kind)
    begins *= kind(stride)
    keys: Keys = begins.repeat(word.counts.astype(np.intp))
    keys += word.positions
    return keys


def _in_turn(keys: Sequence[Keys], slop: int) -> Keys:
    """The keys of the last word where the words follow each other."""
    return reduce(lambda reached, following: _followed(reached, following, slop), keys)


def _within_windows(times: Sequence[int], keys: Sequence[Keys], distance: int) -> Keys:
    """The keys of any word from which on all words stand within a distance, each as many times as wanted."""
    starts = np.sort(np.concatenate(keys), kind="stable")
    ends = starts + starts.dtype.type(distance)
    for word, wanted in zip(keys, times, strict=True):
        held = np.searchsorted(word, ends, side="right") - np.searchsorted(word, starts) >= wanted
        starts, ends = starts[held], ends[held]
    return starts


def _followed(reached: Keys, following: Keys, slop: int) -> Keys:
    """The keys of `following` that lie 1 to `slop` positions after one of `reached`."""
    if not len(reached) or not len(following):
        return reached[:0]
    if slop == 1:
        return _shared_keys(reached + reached.dtype.type(1), following)
    before = np.searchsorted(reached, following)  # how many reached keys precede each
    nearest = reached[np.maximum(before, 1) - 1]
    kept: Keys = following[(before > 0) & (following - nearest <= slop)]
    return kept


def _shared_keys(left: Keys, right: Keys) -> Keys:
    """The keys in both of two ascending lists."""
    few, many = sorted((left, right), key=len)
    if len(few) < SEARCHED:
        return few[intersect_by_search(few, many)[0]]
    both = np.concatenate((few, many))
    both.sort(kind="stable")  # merges two ascending runs in one pass
    shared: Keys = both[1:][both[1:] == both[:-1]]
    return shared
