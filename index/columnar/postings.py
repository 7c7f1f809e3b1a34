"""The postings of one field, and inversion: from tokens to postings by one stable sort.

For T terms in ascending order of their bytes, with P postings and Q positions together, over N documents:

    starts        u4[T+1]      where the postings of each term begin; starts[T] = P
    documents     u2|u4[P]     ascending and unique within a term; the smaller type for up to 65,536 documents
    frequencies   u1[P]        how often the term stands in the document, at least once; absent where each is 1.
                               255 stands for itself and for more, which then `excess` tells
    excess_at     u4[E]        postings whose frequency is above 254, ascending; absent where there is none
    excess        u4[E]        their frequencies
    places        u4[T+1]      where the positions of each term begin; places[T] = Q = Σ frequencies
    positions     u1|u2|u4[Q]  ascending within a posting, as many as its frequency; the smallest type for the highest

`places` and `positions` are there for fields that can answer phrases, or neither is. Of a hundred million postings of
news a dozen have an excess; without it, all of them would take two bytes.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.columnar.arrays import Array, smallest
from index.columnar.texts import TooLarge

Numbers = NDArray[np.uint32]
Counts = NDArray[np.int64]
HIGHEST_FREQUENCY = 255  # in `frequencies`; this and more stand in `excess`
HIGHEST_COUNT = 1 << 32  # postings and positions of one field in one segment: what `starts` and `places` can tell


@dataclass(frozen=True, slots=True)
class Postings:
    """The posting arrays of all terms of a field; see the module for shapes."""

    starts: Array
    documents: Array
    frequencies: Array | None = None
    places: Array | None = None
    positions: Array | None = None
    excess_at: Array | None = None
    excess: Array | None = None

    @property
    def nbytes(self) -> int:
        """How much memory the arrays take."""
        arrays = (getattr(self, name) for name in self.__slots__)
        return sum(array.nbytes for array in arrays if array is not None)

    def of(self, term: int) -> "Posting":
        """The posting list of the term with this number."""
        return self.between(term, term + 1)

    def between(self, first: int, last: int) -> "Posting":
        """The posting lists of neighbouring terms as one slice, without copying."""
        begin, end = int(self.starts[first]), int(self.starts[last])
        frequencies = None if self.frequencies is None else self._frequencies(begin, end)
        if self.places is None or self.positions is None:
            return Posting(self.documents[begin:end], frequencies)
        return Posting(
            self.documents[begin:end], frequencies, self.positions[int(self.places[first]) : int(self.places[last])]
        )

    def counts_at(self, rows: Array) -> Array:
        """The frequencies of some postings, by their numbers."""
        if self.frequencies is None:
            return np.ones(len(rows), np.int64)
        found: Array = self.frequencies[rows].astype(np.int64)
        if self.excess_at is not None and self.excess is not None:
            above = np.flatnonzero(found == HIGHEST_FREQUENCY)
            found[above] = self.excess[np.searchsorted(self.excess_at, rows[above])]
        return found

    def _frequencies(self, begin: int, end: int) -> Array:
        frequencies: Array = self.frequencies[begin:end]  # type: ignore[index]  # asked only where there are some
        if self.excess_at is None or self.excess is None:
            return frequencies
        first, last = np.searchsorted(self.excess_at, (begin, end))
        if first == last:
            return frequencies
        whole = frequencies.astype(np.uint32)
        whole[self.excess_at[first:last] - np.uint32(begin)] = self.excess[first:last]
        return whole


@dataclass(frozen=True, slots=True)
class Posting:
    """A posting list: documents, frequencies (None: each is 1), and positions where the field keeps them."""

    documents: Array
    frequencies: Array | None = None
    positions: Array | None = None

    @property
    def counts(self) -> Array:
        """The frequencies, spelt out where each is 1."""
        return np.ones(len(self.documents), np.uint8) if self.frequencies is None else self.frequencies


NOTHING = Posting(np.empty(0, np.uint32), np.empty(0, np.uint8), np.empty(0, np.uint16))


def invert(terms: Array, documents: Array, count: int, positions: Array | None = None) -> Postings:
    """The postings of tokens given in the order of documents and positions.

    Args:
        terms: u2 or u4[tokens], the number of each token's term; of u2, numpy sorts by radix, five times as fast.
        documents: [tokens], the document of each token, ascending.
        count: how many terms there are.
        positions: [tokens], where in its document each token stands; None for a field without positions.
    """
    order = np.argsort(terms, kind="stable")
    terms, documents = terms[order], documents[order]
    begins = np.flatnonzero(changes(terms) | changes(documents))
    frequencies = np.diff(begins, append=len(terms))
    starts = counted_starts(np.bincount(terms[begins], minlength=count))
    if positions is None:
        return counted(starts, documents[begins], frequencies)
    places = counted_starts(np.bincount(terms, minlength=count))
    return counted(starts, documents[begins], frequencies, places, packed(positions)[order])


def counted(
    starts: Array, documents: Array, frequencies: Array, places: Array | None = None, positions: Array | None = None
) -> Postings:
    """Postings of plain arrays, in their smallest types."""
    held, excess_at, excess = saturated(frequencies)
    return Postings(starts, packed(documents), held, places, positions, excess_at, excess)


def saturated(frequencies: Array) -> tuple[Array, Array | None, Array | None]:
    """Frequencies as `frequencies`, `excess_at` and `excess`."""
    above = np.flatnonzero(frequencies >= HIGHEST_FREQUENCY).astype(np.uint32)
    held = np.minimum(frequencies, HIGHEST_FREQUENCY).astype(np.uint8)
    return (held, above, frequencies[above].astype(np.uint32)) if len(above) else (held, None, None)


def counted_starts(counts: Counts) -> Numbers:
    """u4[n+1]: where the rows of each of n things begin, from how many rows each has."""
    starts = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=starts[1:])
    if starts[-1] >= HIGHEST_COUNT:
        raise TooLarge(
            f"{starts[-1]} postings or positions of one field in one segment; the most is {HIGHEST_COUNT - 1}"
        )
    return starts.astype(np.uint32)


def row_counts(starts: Array) -> Counts:
    """int64[n]: how many rows each of n things has, from where they begin."""
    return np.subtract(starts[1:], starts[:-1], dtype=np.int64)


def changes(values: Array) -> NDArray[np.bool_]:
    """bool[n]: which values differ from the one before; the first does."""
    changed = np.ones(len(values), bool)
    np.not_equal(values[1:], values[:-1], out=changed[1:])
    return changed


def packed(values: NDArray[Any]) -> Array:
    """The values in the smallest unsigned type that holds them."""
    return values.astype(smallest(int(values.max(initial=0))))
