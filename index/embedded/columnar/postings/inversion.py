"""The postings of one field, and inversion: from tokens to postings by one stable sort.

For T terms in ascending order of their bytes, with P postings and Q positions together, over N documents:

    starts        u4[T+1]      where the postings of each term begin; starts[T] = P
    documents     u2|u4[P]     ascending and unique within a term; the smaller type for up to 65,536 documents
    frequencies   u1|u2|u4[P]  how often the term stands in the document, at least once; absent where each is 1
    places        u4[T+1]      where the positions of each term begin; places[T] = Q = Σ frequencies
    positions     u1|u2|u4[Q]  ascending within a posting, as many as its frequency; the smallest type for the highest

`places` and `positions` are there for fields that can answer phrases, or neither is. Like this, postings wait to be
merged; in segments they take less room, see `packed_postings`.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.embedded.columnar.format.arrays import Array, smallest
from index.embedded.columnar.format.string_lists import TooLarge

Numbers = NDArray[np.uint32]
Counts = NDArray[np.int64]
HIGHEST_COUNT = 1 << 32  # postings and positions of one field in one segment: what `starts` and `places` can tell


@dataclass(frozen=True, slots=True)
class Postings:
    """The posting arrays of all terms of a field; see the module for shapes."""

    starts: Array
    documents: Array
    frequencies: Array | None = None
    places: Array | None = None
    positions: Array | None = None

    def between(self, first: int, last: int, *, placed: bool = False) -> "Posting":
        """The posting lists of neighbouring terms as one slice, without copying; their positions only where wanted."""
        rows = slice(int(self.starts[first]), int(self.starts[last]))
        positions = None
        if placed and self.places is not None and self.positions is not None:
            positions = self.positions[int(self.places[first]) : int(self.places[last])]
        return Posting(self.documents[rows], None if self.frequencies is None else self.frequencies[rows], positions)


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
    found = starts, packed(documents[begins]), packed(frequencies)
    if positions is None:
        return Postings(*found)
    return Postings(*found, counted_starts(np.bincount(terms, minlength=count)), packed(positions)[order])


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
