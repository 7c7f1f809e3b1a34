"""Packed postings, as segments store them, unpacked list by list; see docs/architecture/columnar.md for the reasons.

`starts`, `places` and `positions` are as in `inversion`. The other arrays, for N documents and P postings:
    dense        u4[D]         the dense terms, ascending: in more than 1/16 of the documents, and in more than 256
    bitmaps      u1[D·⌈N/8⌉]   the documents of each dense term: one bit per document, highest bit of a byte first
    documents    u2|u4[…]      the documents of all other terms; u2 for up to 65,536 documents
    frequencies  u1[⌈P/2⌉]     four bits each; 15 means that `excess` has the frequency
    excess_at    u4[E]         the postings whose frequency is 15 or more, ascending
    excess       u2|u4[E]      their frequencies
"""

from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.embedded.columnar.format.arrays import Array, ArrayFile
from index.embedded.columnar.format.nibbles import unpack
from index.embedded.columnar.postings.inversion import Counts, PostingList, row_counts

MARKED_AT_ONCE: Final = 1 << 16  # postings whose documents are looked up at once: what a processor keeps at hand


class PackedPostings:
    """The packed posting lists of a field of a segment with `size` documents, in mapped memory."""

    def __init__(self, file: ArrayFile, field: str, size: int) -> None:
        self.size = size
        self.starts = file[f"{field}.starts"]
        self._dense: Sequence[int] = file[f"{field}.dense"].tolist()
        self._bitmaps = file[f"{field}.bitmaps"].reshape(len(self._dense), -(-size // 8))
        self._documents = file[f"{field}.documents"]
        rows = np.subtract(self.starts[1:][self._dense], self.starts[:-1][self._dense], dtype=np.int64)
        self._dense_rows = [0, *np.cumsum(rows).tolist()]  # rows of dense terms before each dense term
        self._frequencies = file[f"{field}.frequencies"]
        self._excess = _Exceptions(file.get(f"{field}.excess_at"), file.get(f"{field}.excess"))
        self.types = self._documents.dtype, self._excess.type  # of documents and of frequencies
        self.places = file.get(f"{field}.places")
        self.positions = file.get(f"{field}.positions")

    def of(self, term: int, *, placed: bool = False) -> PostingList:
        """Return the posting list of the term with this number; positions only if `placed`."""
        return self.between(term, term + 1, placed=placed)

    def between(self, first: int, last: int, *, placed: bool = False) -> PostingList:
        """Return the posting lists of consecutive terms as one; positions only if `placed`."""
        begin, end = int(self.starts[first]), int(self.starts[last])
        frequencies = self._excess.restored(unpack(self._frequencies, begin, end), begin)
        return PostingList(self._documents_of(first, last), frequencies, self._placed(first, last) if placed else None)

    def documents_of(self, term: int) -> Array:
        """Return the documents of the term with this number, without unpacking its frequencies."""
        return self._documents_of(term, term + 1)

    def counts_within(self, wanted: NDArray[np.bool_]) -> Counts:
        """Return int64[T]: how many of the documents of each term a mask over all documents has."""
        rows = row_counts(self.starts)
        counted = np.zeros(len(rows), np.int64)
        listed = np.ones(len(rows), bool)
        listed[self._dense] = False
        if listed.any():
            begins = np.cumsum(rows[listed]) - rows[listed]
            # No term has more documents than 32 bits count; summed in 64 bits, this takes a third longer.
            counted[listed] = np.add.reduceat(self._marks(wanted), begins, dtype=np.int32)
        if len(self._dense):
            counted[self._dense] = np.bitwise_count(self._bitmaps & np.packbits(wanted)).sum(axis=1, dtype=np.int64)
        return counted

    def _marks(self, wanted: NDArray[np.bool_]) -> NDArray[np.uint8]:
        """Return for each listed document whether a mask has it; a part at a time, since numpy widens all indices."""
        marks = np.empty(len(self._documents), np.uint8)
        for start in range(0, len(marks), MARKED_AT_ONCE):
            part = slice(start, start + MARKED_AT_ONCE)
            np.take(wanted.view(np.uint8), self._documents[part], out=marks[part], mode="clip")
        return marks

    def _documents_of(self, first: int, last: int) -> Array:
        dense = bisect_left(self._dense, first)
        until = bisect_left(self._dense, last, dense)
        if dense == until:
            return self._listed(first, last, dense)
        pieces, at = [], first
        for number in range(dense, until):
            pieces += [self._listed(at, self._dense[number], number), self._mapped(number)]
            at = self._dense[number] + 1
        return pieces[1] if last == first + 1 else np.concatenate([*pieces, self._listed(at, last, until)])

    def _listed(self, first: int, last: int, dense: int) -> Array:
        """Return the documents of consecutive terms, none of them dense; `dense` counts the dense terms before them."""
        before = self._dense_rows[dense]
        return self._documents[int(self.starts[first]) - before : int(self.starts[last]) - before]

    def _mapped(self, number: int) -> Array:
        """Return the documents of a dense term."""
        present = np.unpackbits(self._bitmaps[number], count=self.size).view(np.bool_)
        return present.nonzero()[0].astype(self._documents.dtype)

    def _placed(self, first: int, last: int) -> Array | None:
        if self.places is None or self.positions is None:
            return None
        return self.positions[int(self.places[first]) : int(self.places[last])]


class _Exceptions:
    """The values that do not fit four bits: their rows, ascending, and the values."""

    def __init__(self, at: Array | None, values: Array | None) -> None:
        self._at = np.empty(0, np.uint32) if at is None else at
        self._values = np.empty(0, np.uint16) if values is None else values
        self.type = self._values.dtype  # every value fits it

    def restored(self, values: Array, begin: int) -> Array:
        """Return the values of the rows from `begin` on with the exceptions filled in."""
        first = bisect_left(self._at.data, begin)
        last = bisect_left(self._at.data, begin + len(values), first)
        if first == last:
            return values
        whole = values.astype(self._values.dtype)
        whole[self._at[first:last] - np.uint32(begin)] = self._values[first:last]
        return whole
