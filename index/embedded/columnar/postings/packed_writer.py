"""The writer of packed postings, from portions of consecutive terms as merging produces them.

Postings wait in temporary files until the last portion has come, because only then it is known which terms have any and
how large each array is. Memory holds only a few bytes per term and the few frequencies that need more than four bits.
"""

from pathlib import Path
from typing import Any, Final

import numpy as np

from index.embedded.columnar.format.arrays import Array, ArrayWriter, Spool, smallest_dtype
from index.embedded.columnar.format.nibbles import HIGHEST, NibbleSpool
from index.embedded.columnar.postings.inversion import Counts, PostingList, starts_from_counts

DENSITY: Final = 16  # a term in more than one of 16 documents takes less room as a bitmap than as numbers
FEWEST: Final = 1 << 8  # a dense term has more documents; else small segments would have rare dense terms, slow to read


class PostingsWriter:
    """Packs the postings of one field and writes them.

    `size` is the number of documents of the segment; `positions` is the dtype of the positions, None for a field
    without positions.
    """

    def __init__(self, folder: Path, size: int, positions: np.dtype[Any] | None = None) -> None:
        self._size = size
        self._counts: list[Counts] = []
        self._places: list[Counts] = []
        self._dense: list[Array] = []
        self._documents = Spool(folder, smallest_dtype(max(size - 1, 1 << 8)))
        self._bitmaps = Spool(folder, np.uint8)
        self._frequencies = _Frequencies(folder)
        self._positions = None if positions is None else Spool(folder, positions)

    def append(self, counts: Counts, posting: PostingList) -> None:
        """Append the postings of the next terms; `counts` says how many each term has."""
        dense = (counts * DENSITY > self._size) & (counts > FEWEST)
        self._append_documents(posting.documents, counts, dense)
        frequencies = posting.counts
        self._frequencies.append(frequencies)
        if self._positions is not None and posting.positions is not None:
            before = np.concatenate(([0], np.cumsum(frequencies, dtype=np.int64)))
            self._places.append(np.diff(before[np.concatenate(([0], np.cumsum(counts)))]))
            self._positions.append(posting.positions)
        self._counts.append(counts)
        self._dense.append(dense)

    def finish(self, writer: ArrayWriter, field: str) -> Array:
        """Write all arrays; return bool[T], which terms have postings. Terms without postings are left out."""
        counts = np.concatenate([np.empty(0, np.int64), *self._counts])
        used = counts > 0
        writer.add(f"{field}.starts", starts_from_counts(counts[used]))
        dense = np.concatenate([np.empty(0, bool), *self._dense])
        writer.add(f"{field}.dense", np.flatnonzero(dense[used]).astype(np.uint32))
        writer.add_spooled(f"{field}.bitmaps", self._bitmaps)
        writer.add_spooled(f"{field}.documents", self._documents)
        self._frequencies.finish(writer, field)
        if self._positions is not None:
            places = np.concatenate([np.empty(0, np.int64), *self._places])
            writer.add(f"{field}.places", starts_from_counts(places[used]))
            writer.add_spooled(f"{field}.positions", self._positions)
        return used

    def _append_documents(self, documents: Array, counts: Counts, dense: Array) -> None:
        if not dense.any():
            self._documents.append(documents)
            return
        ends = np.cumsum(counts)
        for term in np.flatnonzero(dense).tolist():
            present = np.zeros(self._size, bool)
            present[documents[ends[term] - counts[term] : ends[term]]] = True
            self._bitmaps.append(np.packbits(present))
        self._documents.append(documents[np.repeat(~dense, counts)])


class _Frequencies:
    """Frequencies in four bits each; those of HIGHEST or more are also written as exceptions."""

    def __init__(self, folder: Path) -> None:
        self._nibbles = NibbleSpool(folder)
        self._count = 0
        self._at: list[Array] = []
        self._values: list[Array] = []

    def append(self, frequencies: Array) -> None:
        """Append frequencies."""
        above = np.flatnonzero(frequencies >= HIGHEST)
        if len(above):
            self._at.append(above + self._count)
            self._values.append(frequencies[above])
        self._nibbles.append(np.minimum(frequencies, HIGHEST))
        self._count += len(frequencies)

    def finish(self, writer: ArrayWriter, field: str) -> None:
        """Write the frequencies and the exceptions."""
        writer.add_spooled(f"{field}.frequencies", self._nibbles.finish())
        if self._at:
            values = np.concatenate(self._values)
            writer.add(f"{field}.excess_at", np.concatenate(self._at).astype(np.uint32))
            writer.add(f"{field}.excess", values.astype(smallest_dtype(max(int(values.max()), 1 << 8))))
