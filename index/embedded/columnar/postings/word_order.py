"""The words of a segment's documents in order: what stands before and after a position.

Postings have the positions of each word, not the word at each position. These arrays are made from the positions of two
fields, of texts and of titles, and lie in a file of their own:

    slots      u2[W]   for each document its title, an END, its text, an END: 0 for END, RARE for a rarer word, else
                       1 + the index of the word in `common`
    common     u4[C]   the numbers of the most frequent words, fewer than RARE; the most frequent first
    rare_at    u4[R]   the slots of rarer words, ascending
    rare       u4[R]   their numbers
    totals     u4[T]   how often the word with each number is in the field of texts
    derived    u1[N]   1 for a document whose title is in the field of titles only, since it was taken from the text
    more.…     the words that only the field of titles has, as a string list

The number of a word is its index among the terms of the field of texts, and after these among `more`. Two bytes a word
are enough, since the 65,534 most frequent forms of news are 98 % of all words.
"""

import mmap
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from archive.temporary_files import temporary_file
from index.embedded.columnar.format import string_lists
from index.embedded.columnar.format.arrays import PORTION, Array, ArrayFile, ArrayWriter, concatenated_ranges
from index.embedded.columnar.format.string_lists import StringList, TooLarge, concatenate_lists
from index.embedded.columnar.postings.inversion import HIGHEST_COUNT, Counts, row_counts
from index.embedded.columnar.postings.merging import portions
from index.embedded.columnar.postings.sources import Run
from index.embedded.columnar.postings.term_union import indices_of

RARE: Final = (1 << 16) - 1

Slots = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class OrderedFields:
    """The fields with positions of texts and of titles, and the positions that lie between both in the former."""

    texts: str
    titles: str
    gap: int


class SlotLayout:
    """Where the words of each document lie: `title_at` i8[N] and `text_at` i8[N], and `size`, the number of slots.

    `titles` i8[N] and `texts` i8[N] are the lengths of both fields; that of texts has the words of titles, too, with
    `gap` positions between.
    """

    def __init__(self, titles: Counts, texts: Counts, gap: int) -> None:
        ends = np.cumsum(titles + texts + 2)
        self.titles = titles
        self._gap = gap
        self.title_at: Slots = ends - titles - texts - 2
        self.text_at: Slots = self.title_at + titles + 1
        self.size = int(ends[-1]) if len(ends) else 0

    def slots(self, documents: Array, positions: Array) -> Slots:
        """The slot of each position of a document."""
        slots: Slots = self.title_at.take(documents) + positions
        slots[positions >= self.titles.take(documents)] += 1 - self._gap
        return slots


class SegmentWords:
    """The words of one segment in order, in mapped memory; the module describes the arrays."""

    def __init__(self, file: ArrayFile) -> None:
        self.file = file
        self.totals, self.derived = file["totals"], file["derived"]
        self.size = len(file["slots"])
        self.more = string_lists.read(file, "more")
        self._slots, self._common = file["slots"], file["common"]
        self._rare_at, self._rare = file["rare_at"], file["rare"]

    def names(self, terms: StringList) -> StringList:
        """The word of each number; `terms` are those of the field of texts."""
        return concatenate_lists([terms, self.more]) if len(self.more) else terms

    def by_code(self, values: Array) -> Array:
        """Values of words by number, as `taken` wants them."""
        coded = np.zeros(RARE + 1, values.dtype)
        coded[1 : len(self._common) + 1] = values[self._common]
        return coded

    def taken(self, slots: Slots, values: Array, by_code: Array) -> Array:
        """The value of the word in each slot; 0 for END."""
        codes = self._slots.take(slots)
        found = by_code.take(codes)
        rare = np.flatnonzero(codes == RARE)
        if len(rare):
            at = self._rare_at.searchsorted(slots[rare].astype(np.uint32))
            found[rare] = values.take(self._rare.take(at))
        return found


def write_order(writer: ArrayWriter, texts: Run, titles: Run, layout: SlotLayout) -> None:
    """Write the words of the fields of texts and of titles in order; TooLarge if they are too many."""
    if layout.size >= HIGHEST_COUNT:
        raise TooLarge(f"{layout.size} words in one segment; the most is {HIGHEST_COUNT - 1}")
    of_titles = indices_of(titles.terms, texts.terms)
    more = np.flatnonzero(of_titles < 0)
    of_titles[more] = len(texts.terms) + np.arange(len(more))
    totals = np.zeros(len(texts.terms) + len(more), np.uint32)
    if texts.postings.places is not None:
        totals[: len(texts.terms)] = row_counts(texts.postings.places)
    common = np.argsort(-totals.astype(np.int64), kind="stable")[: RARE - 1]
    filling = _Filling(writer, layout, _codes(common, len(totals)))
    filling.fill(texts, np.arange(len(texts.terms)))
    derived = (layout.titles > 0) & (filling.slots[layout.title_at] == 0)
    filling.fill(titles, of_titles)
    filling.write_slots(writer)
    writer.add("common", common.astype(np.uint32))
    writer.add("totals", totals)
    writer.add("derived", derived.astype(np.uint8))
    string_lists.write(writer, "more", titles.terms.taken(more))


def _codes(common: Slots, size: int) -> Array:
    codes = np.full(size, RARE, np.uint16)
    codes[common] = np.arange(1, len(common) + 1)
    return codes


class _Filling:
    """The slots of a segment while they are filled, in a temporary file."""

    def __init__(self, writer: ArrayWriter, layout: SlotLayout, codes: Array) -> None:
        self._layout, self._codes = layout, codes
        self._file = temporary_file(self, writer.path.parent)
        length = max(layout.size, 1) * 2
        for begin in range(0, length, PORTION):  # a full disk is an error here, in mapped memory a signal
            self._file.write(bytes(min(PORTION, length - begin)))
        self._file.flush()
        self.slots = np.frombuffer(mmap.mmap(self._file.fileno(), length), np.uint16)[: layout.size]
        self._rare_at, self._rare = [np.empty(0, np.uint32)], [np.empty(0, np.uint32)]

    def fill(self, run: Run, numbers: Slots) -> None:
        """Write the words of a field; `numbers` i8[T] has those of its terms."""
        for slots, first, last, counts in _placed(run, self._layout):
            codes = self._codes[numbers[first:last]]
            self.slots[slots] = codes.repeat(counts)
            rare = codes == RARE
            if rare.any():
                lists = np.cumsum(counts) - counts
                self._rare_at.append(slots[concatenated_ranges(lists[rare], counts[rare])].astype(np.uint32))
                self._rare.append(numbers[first:last][rare].repeat(counts[rare]).astype(np.uint32))

    def write_slots(self, writer: ArrayWriter) -> None:
        """Write `slots`, `rare_at` and `rare`."""
        writer.add("slots", self.slots)
        at, first = np.unique(np.concatenate(self._rare_at), return_index=True)  # words of titles may be in both fields
        writer.add("rare_at", at)
        writer.add("rare", np.concatenate(self._rare)[first])


def _placed(run: Run, layout: SlotLayout) -> Iterator[tuple[Slots, int, int, Counts]]:
    """The slots of the words of a field, a range of terms at a time: slots, first and last term, words of each term."""
    if run.postings.places is None:
        return
    words = row_counts(run.postings.places)
    for first, last in portions(run.postings.starts):
        posting = run.postings.between(first, last, placed=True)
        if posting.positions is not None:
            documents = posting.documents.repeat(posting.counts.astype(np.int64))
            yield layout.slots(documents, posting.positions), first, last, words[first:last]
