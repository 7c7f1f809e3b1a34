"""The postings of one field as arrays, and inversion: from tokens to postings by one stable sort.

For T terms in ascending order of their bytes, with P postings and Q positions in all:

    starts        u4[T+1]      where the postings of each term begin; starts[T] = P
    documents     u1|u2|u4[P]  ascending and unique within a term; the smallest dtype for the highest
    frequencies   u1|u2|u4[P]  how often the term occurs in the document, at least once; absent if each is 1
    places        u4[T+1]      where the positions of each term begin; places[T] = Q = Σ frequencies
    positions     u1|u2|u4[Q]  ascending within a posting, as many as its frequency; the smallest dtype for the highest
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.embedded.columnar.format.arrays import Array, smallest_dtype
from index.embedded.columnar.format.string_lists import TooLarge

Numbers = NDArray[np.uint32]
Counts = NDArray[np.int64]
HIGHEST_COUNT = 1 << 32  # postings or positions of one field in one segment: the range of `starts` and `places`


@dataclass(frozen=True, slots=True)
class Postings:
    """The posting lists of all terms of a field, as they wait to be merged; the module describes the arrays.

    Fields that answer phrases have `places` and `positions`; other fields have neither. Segments hold postings in a
    smaller form, see `packed`.
    """

    starts: Array
    documents: Array
    frequencies: Array | None = None
    places: Array | None = None
    positions: Array | None = None

    def between(self, first: int, last: int, *, placed: bool = False) -> "PostingList":
        """Return the posting lists of consecutive terms as one slice, uncopied; positions only if `placed`."""
        rows = slice(int(self.starts[first]), int(self.starts[last]))
        positions = None
        if placed and self.places is not None and self.positions is not None:
            positions = self.positions[int(self.places[first]) : int(self.places[last])]
        frequencies = None if self.frequencies is None else self.frequencies[rows]
        return PostingList(self.documents[rows], frequencies, positions)


@dataclass(frozen=True, slots=True)
class PostingList:
    """A posting list: documents, frequencies (None if each is 1), and positions if the field has them."""

    documents: Array
    frequencies: Array | None = None
    positions: Array | None = None

    @property
    def counts(self) -> Array:
        """The frequencies, as an array of ones if there is none."""
        return np.ones(len(self.documents), np.uint8) if self.frequencies is None else self.frequencies


EMPTY_POSTING_LIST = PostingList(np.empty(0, np.uint32), np.empty(0, np.uint8), np.empty(0, np.uint16))


def invert(terms: Array, documents: Array, count: int, positions: Array | None = None) -> Postings:
    """Invert tokens given in the order of documents and positions.

    Args:
        terms: u2 or u4[tokens], the number of each token's term; numpy radix-sorts u2, five times as fast.
        documents: [tokens], the document of each token, ascending.
        count: the number of terms.
        positions: [tokens], the position of each token in its document; None for a field without positions.
    """
    order = np.argsort(terms, kind="stable")
    terms, documents = terms[order], documents[order]
    begins = np.flatnonzero(changes(terms) | changes(documents))
    frequencies = np.diff(begins, append=len(terms))
    starts = starts_from_counts(np.bincount(terms[begins], minlength=count))
    found = starts, downcast(documents[begins]), downcast(frequencies)
    if positions is None:
        return Postings(*found)
    return Postings(*found, starts_from_counts(np.bincount(terms, minlength=count)), downcast(positions)[order])


def starts_from_counts(counts: Counts) -> Numbers:
    """Return u4[n+1]: where the rows of each of n groups begin, from int64[n] row counts; TooLarge beyond u4."""
    starts = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=starts[1:])
    if starts[-1] >= HIGHEST_COUNT:
        raise TooLarge(
            f"{starts[-1]} postings or positions of one field in one segment; the most is {HIGHEST_COUNT - 1}"
        )
    return starts.astype(np.uint32)


def row_counts(starts: Array) -> Counts:
    """Return int64[n]: the row counts of n groups, from where each begins."""
    return np.subtract(starts[1:], starts[:-1], dtype=np.int64)


def changes(values: Array) -> NDArray[np.bool_]:
    """Return bool[n]: which values differ from the one before; the first counts as different."""
    changed = np.ones(len(values), bool)
    np.not_equal(values[1:], values[:-1], out=changed[1:])
    return changed


def downcast(values: NDArray[Any]) -> Array:
    """Convert values to the smallest unsigned dtype that holds them."""
    return values.astype(smallest_dtype(int(values.max(initial=0))))
