"""The words of all texts of a generation in order: what stands before and after a position.

Each segment has its own (`columnar/postings/word_order.py`), mapped and not read into memory. Here they are one array
of *slots*, those of the first segment first: for each document its title, an END, its text, an END. The word of a slot
is 0 for END, else 1 + the rank of its form among all forms, in the order of their bytes.

A text begins one slot after the END of its title, whose positions end `TITLE_GAP` before those of the text.
A context that goes beyond its text stops at an END, which sorts after every word. A place of fewer words than are
compared sorts before a longer one.
"""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.concordance import WORDS_COMPARED, LineOrder
from index.embedded.columnar.format.arrays import concatenated_ranges
from index.embedded.columnar.format.string_lists import StringList
from index.embedded.columnar.postings.term_union import union_terms
from index.embedded.columnar.postings.word_order import SegmentWords, SlotLayout
from index.embedded.columnar.segments.segment_files import SegmentDocuments
from index.embedded.concordance.blocks import SegmentPositions
from index.embedded.concordance.occurrences import POSITION_BITS, Keys, Occurrences
from index.embedded.facts.columns import Mask
from index.embedded.schema import EXACT, TITLE_EXACT, TITLE_GAP

PACKED_BITS = 21  # three words of up to two million forms make one number of 64 bits
POSITION = (1 << POSITION_BITS) - 1

Forms = NDArray[np.uint32]


class _Part:
    """The words of one segment: the first of its slots, how many there are, and the word for each number and code."""

    def __init__(self, words: SegmentWords, ranks: Forms) -> None:
        self.words = words
        self.number_words = ranks + np.uint32(1)
        self._by_code = words.by_code(self.number_words)

    def taken(self, slots: Keys) -> Forms:
        """The word in each slot, which are counted from the first of the segment."""
        return self.words.taken(slots, self.number_words, self._by_code)


class WordsInOrder:
    """The words of all documents of a generation; the module describes them."""

    def __init__(
        self, segments: Sequence[SegmentPositions], documents: Sequence[SegmentDocuments], live: Mask | None
    ) -> None:
        texts = _lengths(documents, EXACT)
        self._layout = SlotLayout(title_lengths(documents), texts, TITLE_GAP)
        words = [_words(held) for held in segments]
        names = [one.names(held.fields.terms.get(EXACT, NO_TERMS)) for held, one in zip(segments, words, strict=True)]
        self.forms, ranks = (names[0], [_all_numbers(names[0])]) if len(names) == 1 else union_terms(names)
        self._parts = [_Part(one, numbers) for one, numbers in zip(words, ranks, strict=True)]
        self._ends = np.cumsum([one.size for one in words], dtype=np.int64)
        self.ranks = {held.base: numbers for held, numbers in zip(segments, ranks, strict=True)}
        self.more = {held.base: one.more for held, one in zip(segments, words, strict=True)}
        self._derived = np.concatenate([np.empty(0, bool), *(one.derived.astype(bool) for one in words)])
        self._text_lengths = texts - np.where(self._derived, 0, self._layout.titles)
        self._gone = np.empty(0, np.int64) if live is None else np.flatnonzero(~live)
        self._beyond = np.uint32(len(self.forms) + 1)  # after the words of a text
        self._packed = self._beyond < 1 << PACKED_BITS

    def taken(self, slots: Keys) -> Forms:
        """The word in each slot; 0 for an END and beyond the first and the last slot."""
        words = np.zeros(len(slots), np.uint32)
        begin = 0
        for part, end in zip(self._parts, self._ends.tolist(), strict=True):
            inside = np.flatnonzero((slots >= begin) & (slots < end))
            if len(inside) == len(slots):
                return part.taken(slots - begin if begin else slots)
            if len(inside):
                words[inside] = part.taken(slots[inside] - begin)
            begin = end
        return words

    @cached_property
    def totals(self) -> Keys:
        """How often each form is in all titles and texts, without derived titles; entry 0 counts none."""
        counted = np.zeros(len(self.forms) + 1, np.int64)
        for part in self._parts:
            counted[part.number_words] += part.words.totals
        if len(self._gone):
            counted -= self._counted(self._without_derived(self._gone))
        counted[0] = 0
        return counted

    def totals_with(self, found: Occurrences) -> Keys:
        """`totals`, and the words of derived titles with a place; only what asks for titles finds one there."""
        documents, positions = found.keys >> POSITION_BITS, found.keys & POSITION
        titles = self._derived.take(documents) & (positions < self._layout.titles.take(documents))
        there = np.unique(documents[titles])
        slots = concatenated_ranges(self._layout.title_at[there], self._layout.titles[there])
        return self.totals + self._counted(slots)

    def covered(self, found: Occurrences) -> Keys:
        """The slots of all words of some places, ascending, each once."""
        begins = self._slots_of(found.keys)
        return _united(begins, begins + found.lengths)

    def around(self, found: Occurrences, covered: Keys, window: int) -> Keys:
        """The slots of the words at most `window` words beside a place, each once, without those that are covered."""
        begins = self._slots_of(found.keys)
        documents, in_text = self._located(found.keys)
        first = np.where(in_text, self._layout.text_at.take(documents), self._layout.title_at.take(documents))
        length = np.where(in_text, self._text_lengths.take(documents), self._layout.titles.take(documents))
        near = _united(np.maximum(begins - window, first), np.minimum(begins + found.lengths + window, first + length))
        beside = np.ones(len(near), bool)
        beside[near.searchsorted(covered)] = False
        return near[beside]

    def documents(self, slots: Keys) -> Keys:
        """The document of each slot."""
        return np.searchsorted(self._layout.title_at, slots, side="right") - 1

    def keys(self, found: Occurrences, order: LineOrder) -> Sequence[NDArray[np.uint64] | Forms]:
        """The words by which places are ordered, as numbers that ascend with them: the most important array first."""
        at = self._slots_of(found.keys)
        words = []
        going = np.ones(len(at), bool)
        for step in range(WORDS_COMPARED):
            match order:
                case LineOrder.LEFT:
                    slots = at - 1 - step
                case LineOrder.HIT:
                    slots = at + step
                    going &= step < found.lengths
                case _:
                    slots = at + found.lengths + step
            word = self.taken(slots)
            going &= word > 0
            words.append(np.where(going, word, np.uint32(0) if order is LineOrder.HIT else self._beyond))
        if not self._packed:
            return words
        packed = words[0].astype(np.uint64)
        for word in words[1:]:
            packed <<= np.uint64(PACKED_BITS)
            packed |= word
        return [packed]

    def _counted(self, slots: Keys) -> Keys:
        return np.bincount(self.taken(slots), minlength=len(self.forms) + 1)

    def _without_derived(self, documents: Keys) -> Keys:
        """The slots of documents, but for titles that were derived from the text."""
        layout, titled = self._layout, documents[~self._derived[documents]]
        titles = concatenated_ranges(layout.title_at[titled], layout.titles[titled])
        return np.concatenate((titles, concatenated_ranges(layout.text_at[documents], self._text_lengths[documents])))

    def _located(self, keys: Keys) -> tuple[Keys, Mask]:
        """The document of each position, and whether it is in the text."""
        documents: Keys = keys >> POSITION_BITS
        return documents, (keys & POSITION) >= self._layout.titles.take(documents)

    def _slots_of(self, keys: Keys) -> Keys:
        """The slot of each position."""
        return self._layout.slots(keys >> POSITION_BITS, keys & POSITION)


def _words(held: SegmentPositions) -> SegmentWords:
    if held.fields.words is None:
        raise ValueError("a segment without derived fields has no words in order")
    return held.fields.words


NO_TERMS = StringList(np.zeros(1, np.uint32), np.empty(0, np.uint8))


def title_lengths(documents: Sequence[SegmentDocuments]) -> Keys:
    """i8[N]: how many words the title of each document has."""
    return _lengths(documents, TITLE_EXACT)


def _lengths(documents: Sequence[SegmentDocuments], field: str) -> Keys:
    return np.concatenate([np.empty(0, np.int64), *(held.lengths_of(field).astype(np.int64) for held in documents)])


def _all_numbers(names: StringList) -> Forms:
    return np.arange(len(names), dtype=np.uint32)


def _united(begins: Keys, ends: Keys) -> Keys:
    """All numbers of some ranges, ascending, each once; the beginnings ascend."""
    after = begins.copy()
    np.maximum(begins[1:], np.maximum.accumulate(ends)[:-1], out=after[1:])
    return concatenated_ranges(after, np.maximum(ends - after, 0))
