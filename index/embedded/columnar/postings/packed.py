"""Postings as segments hold them: the arrays of `postings` in less room, unpacked list by list when asked.

For T terms with P postings and Q positions together, over N documents:

    starts       u4[T+1]      where the postings of each term begin; starts[T] = P
    dense        u4[D]        the terms that stand in more than a sixteenth of the documents, and in 256, ascending
    bitmaps      u1[D·W]      the documents of each dense term, a bit for each of all N, the first the highest of its
                              byte; W = ⌈N/8⌉
    documents    u2|u4[P-…]   the documents of all other terms; the smaller type for up to 65,536 documents
    frequencies  u1[⌈P/2⌉]    in four bits each, 15 for itself and for more, which then `excess` tells
    excess_at    u4[E]        postings whose frequency is above 14, ascending
    excess       u2|u4[E]     their frequencies
    places       u4[T+1]      where the positions of each term begin; places[T] = Q
    positions    u1|u2|u4[Q]  as in `postings`

Of news, 400 words are dense; they make two fifths of all postings, and their bitmaps take two fifths of the room of
their numbers. Seven in ten frequencies are 1. Unpacking the list of the commonest word of 50,000 documents takes some
50 µs; who asks for lists keeps those asked last. Positions are as they are: in ten bits each they would take two thirds
of the room, but those of common words are too many to be kept, and unpacking them takes as long as finding the phrase.
"""

from bisect import bisect_left
from collections.abc import Sequence

import numpy as np

from index.embedded.columnar.format.arrays import Array, ArrayFile
from index.embedded.columnar.format.nibbles import unpacked
from index.embedded.columnar.postings.inversion import Posting


class PackedPostings:
    """The packed posting lists of a field, in mapped memory; lists come as if they were never packed."""

    def __init__(self, file: ArrayFile, field: str, size: int) -> None:
        self._size = size
        self.starts = file[f"{field}.starts"]
        self._dense: Sequence[int] = file[f"{field}.dense"].tolist()
        self._bitmaps = file[f"{field}.bitmaps"].reshape(len(self._dense), -(-size // 8))
        self._documents = file[f"{field}.documents"]
        rows = np.subtract(self.starts[1:][self._dense], self.starts[:-1][self._dense], dtype=np.int64)
        self._dense_rows = [0, *np.cumsum(rows).tolist()]  # before each dense term
        self._frequencies = file[f"{field}.frequencies"]
        self._excess = _Exceptions(file.get(f"{field}.excess_at"), file.get(f"{field}.excess"))
        self.types = self._documents.dtype, self._excess.type  # of documents and of frequencies
        self.places = file.get(f"{field}.places")
        self.positions = file.get(f"{field}.positions")

    def of(self, term: int, *, placed: bool = False) -> Posting:
        """The posting list of the term with this number; its positions only where wanted."""
        return self.between(term, term + 1, placed=placed)

    def between(self, first: int, last: int, *, placed: bool = False) -> Posting:
        """The posting lists of neighbouring terms as one; their positions only where wanted."""
        begin, end = int(self.starts[first]), int(self.starts[last])
        frequencies = self._excess.restored(unpacked(self._frequencies, begin, end), begin)
        return Posting(self._documents_of(first, last), frequencies, self._placed(first, last) if placed else None)

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
        """The documents of neighbouring terms of which none is dense; so many dense ones stand before them."""
        before = self._dense_rows[dense]
        return self._documents[int(self.starts[first]) - before : int(self.starts[last]) - before]

    def _mapped(self, number: int) -> Array:
        """The documents of a dense term."""
        there = np.unpackbits(self._bitmaps[number], count=self._size).view(np.bool_)
        return there.nonzero()[0].astype(self._documents.dtype)

    def _placed(self, first: int, last: int) -> Array | None:
        if self.places is None or self.positions is None:
            return None
        return self.positions[int(self.places[first]) : int(self.places[last])]


class _Exceptions:
    """What is too large for its bits: its rows, ascending, and its values."""

    def __init__(self, at: Array | None, values: Array | None) -> None:
        self._at = np.empty(0, np.uint32) if at is None else at
        self._values = np.empty(0, np.uint16) if values is None else values
        self.type = self._values.dtype  # that every value fits

    def restored(self, held: Array, begin: int) -> Array:
        """Values from row `begin` on, with those that are too large put in their places."""
        first = bisect_left(self._at.data, begin)
        last = bisect_left(self._at.data, begin + len(held), first)
        if first == last:
            return held
        whole = held.astype(self._values.dtype)
        whole[self._at[first:last] - np.uint32(begin)] = self._values[first:last]
        return whole
