"""The words of all texts in order, in memory: what stands before and after a position.

The index has the positions of each word, not the word at each position. This array is made from them at the first
question that needs it, and belongs to an opened generation:

    slots     u4[W]   for each document its title, an END, its text, an END: 0 for END, else 1 + the rank of the word's
                      form among all forms, in the order of their bytes
    title_at  i8[N]   the slot of the first word of each title

A text begins one slot after the END of its title, whose positions end `TITLE_GAP` before those of the text.
A context that goes beyond its text stops at an END, which sorts after every word. A place of fewer words than are
compared sorts before a longer one.
"""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.concordance import WORDS_COMPARED, LineOrder, NoContextOrder
from index.embedded.columnar.format.arrays import concatenated_ranges
from index.embedded.columnar.postings.inversion import row_counts
from index.embedded.columnar.postings.merging import portions
from index.embedded.columnar.postings.term_union import union_terms
from index.embedded.columnar.segments.segment_files import SegmentDocuments, SegmentFields
from index.embedded.concordance.occurrences import POSITION_BITS, Keys, Occurrences, SegmentPositions
from index.embedded.facts.columns import Mask
from index.embedded.schema import EXACT, TITLE_EXACT, TITLE_GAP

MOST_SLOTS = 100_000_000  # words in memory, 400 MB: an archive of some 350,000 articles of news
TEXT_SHIFT = 1 - TITLE_GAP  # from the position of a word of a text, counted from that of its title, to its slot
FEW = 1 << 20  # words of places that are sorted; more are marked in an array over all words
PACKED_BITS = 21  # three words of up to two million forms make one number of 64 bits
POSITION = (1 << POSITION_BITS) - 1

Forms = NDArray[np.uint32]


class WordsInOrder:
    """The words of all documents of a generation; the module describes the arrays.

    Raises:
        NoContextOrder: If there are more than MOST_SLOTS words.
    """

    def __init__(
        self, segments: Sequence[SegmentPositions], documents: Sequence[SegmentDocuments], live: Mask | None
    ) -> None:
        titles, texts = title_lengths(documents), _lengths(documents, EXACT)
        ends = np.cumsum(titles + texts + 2) + WORDS_COMPARED
        size = int(ends[-1]) + WORDS_COMPARED if len(ends) else 0
        if size > MOST_SLOTS:
            raise NoContextOrder
        self._title_lengths = titles
        self._title_at = ends - titles - texts - 2
        self.slots = np.zeros(size, np.uint32)
        fields = [(held, name) for name in (EXACT, TITLE_EXACT) for held in segments if name in held.fields.terms]
        self.forms, ranks = union_terms([held.fields.terms[name] for held, name in fields])
        self.ranks = {held.base: numbers for (held, name), numbers in zip(fields, ranks, strict=True) if name == EXACT}
        self._beyond = np.uint32(len(self.forms) + 1)  # after the words of a text
        self._packed = self._beyond < 1 << PACKED_BITS
        for held in segments:
            if held.base in self.ranks:
                self._fill(held.fields, EXACT, held.base, self.ranks[held.base])
        # Only the field of titles has the words of a title that was derived from the text.
        self._derived = (titles > 0) & (self.slots.take(self._title_at, mode="clip") == 0)
        for (held, name), numbers in zip(fields, ranks, strict=True):
            if name == TITLE_EXACT:
                self._fill(held.fields, name, held.base, numbers)
        if live is not None:
            self.slots[concatenated_ranges(self._title_at[~live], (titles + texts + 2)[~live])] = 0

    @cached_property
    def totals(self) -> Keys:
        """How often each form is in all titles and texts, without derived titles; entry 0 counts none."""
        counted = np.bincount(self.slots, minlength=len(self.forms) + 1)
        again = concatenated_ranges(self._title_at[self._derived], self._title_lengths[self._derived])
        counted -= np.bincount(self.slots[again], minlength=len(counted))
        counted[0] = 0
        return counted

    def totals_with(self, found: Occurrences) -> Keys:
        """`totals`, and the words of derived titles with a place; only what asks for titles finds one there."""
        documents, positions = found.keys >> POSITION_BITS, found.keys & POSITION
        titles = self._derived.take(documents) & (positions < self._title_lengths.take(documents))
        there = np.unique(documents[titles])
        slots = concatenated_ranges(self._title_at[there], self._title_lengths[there])
        return self.totals + np.bincount(self.slots[slots], minlength=len(self.totals))

    def covered(self, found: Occurrences) -> Keys:
        """The slots of all words of some places, ascending, each once."""
        begins, lengths = self._slots_of(found.keys), found.lengths
        if lengths.sum() <= FEW:
            return np.unique(concatenated_ranges(begins, lengths))
        covering = np.zeros(len(self.slots) + 1, np.int32)  # begun places less ended ones; they may overlap
        covering[begins] += 1
        np.subtract.at(covering, begins + lengths, 1)
        return (np.cumsum(covering[:-1], dtype=np.int32) > 0).nonzero()[0]

    def around(self, found: Occurrences, covered: Keys, window: int) -> Keys:
        """The slots of the words at most `window` words beside a place, each once, without those that are covered."""
        begins = self._slots_of(found.keys)
        marked = np.zeros(len(self.slots), bool)
        for first, direction in ((begins + found.lengths, 1), (begins - 1, -1)):
            at = first
            for step in range(window):
                at = at[self.slots.take(at + direction * step) > 0]
                marked[at + direction * step] = True
        marked[covered] = False
        return marked.nonzero()[0]

    def documents(self, slots: Keys) -> Keys:
        """The document of each slot."""
        return np.searchsorted(self._title_at, slots, side="right") - 1

    def _fill(self, fields: SegmentFields, name: str, base: int, ranks: Forms) -> None:
        """Write the words of one field of a segment into their slots."""
        postings = fields.postings[name]
        terms = np.empty(0, np.int64) if postings.places is None else row_counts(postings.places)
        for first, last in portions(postings.starts):
            posting = postings.between(first, last, placed=True)
            if posting.positions is None:
                return
            documents, counts = posting.documents.astype(np.int64) + base, posting.counts.astype(np.int64)
            slots = self._title_at.take(documents).repeat(counts)
            slots += posting.positions
            in_text = posting.positions >= self._title_lengths.take(documents).repeat(counts)
            slots[in_text] += TEXT_SHIFT
            self.slots[slots] = (ranks[first:last] + np.uint32(1)).repeat(terms[first:last])

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
            word = self.slots.take(slots, mode="clip")
            going &= word > 0
            words.append(np.where(going, word, np.uint32(0) if order is LineOrder.HIT else self._beyond))
        if not self._packed:
            return words
        packed = words[0].astype(np.uint64)
        for word in words[1:]:
            packed <<= np.uint64(PACKED_BITS)
            packed |= word
        return [packed]

    def _slots_of(self, keys: Keys) -> Keys:
        """The slot of each position."""
        documents, positions = keys >> POSITION_BITS, keys & POSITION
        slots: Keys = self._title_at.take(documents) + positions
        slots[positions >= self._title_lengths.take(documents)] += TEXT_SHIFT
        return slots


def title_lengths(documents: Sequence[SegmentDocuments]) -> Keys:
    """i8[N]: how many words the title of each document has."""
    return _lengths(documents, TITLE_EXACT)


def _lengths(documents: Sequence[SegmentDocuments], field: str) -> Keys:
    return np.concatenate([np.empty(0, np.int64), *(held.lengths_of(field).astype(np.int64) for held in documents)])
