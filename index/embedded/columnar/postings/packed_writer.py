"""Writing packed postings: what `packed_postings` reads, from portions of neighbouring terms as they are merged.

Postings wait in temporary files until the last portion has come, since only then it shows which terms have any, and how
much room each array takes; in memory wait some bytes a term, and the few frequencies above HIGHEST.
"""

from pathlib import Path
from typing import Any, Final

import numpy as np

from index.embedded.columnar.format.arrays import Array, ArrayWriter, Spool, smallest
from index.embedded.columnar.format.nibbles import HIGHEST, SmallSpool
from index.embedded.columnar.postings.inversion import Counts, Posting, counted_starts

DENSITY: Final = 16  # a term in more than one of so many documents takes less room as a bitmap than as numbers
FEWEST: Final = 1 << 8  # documents of a dense term: in small segments rare words would be dense, and slow to read


class PostingsWriter:
    """Packs the postings of one field of a segment of so many documents, and writes them.

    `positions` is the type of their positions, None for a field without.
    """

    def __init__(self, folder: Path, size: int, positions: np.dtype[Any] | None = None) -> None:
        self._size = size
        self._counts: list[Counts] = []
        self._places: list[Counts] = []
        self._dense: list[Array] = []
        self._documents = Spool(folder, smallest(max(size - 1, 1 << 8)))
        self._bitmaps = Spool(folder, np.uint8)
        self._frequencies = _Frequencies(folder)
        self._positions = None if positions is None else Spool(folder, positions)

    def append(self, counts: Counts, posting: Posting) -> None:
        """Put the postings of the next terms, of which each has as many as `counts` says."""
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
        """Write everything into an array file; bool[T], which terms have postings: the others are left out."""
        counts = np.concatenate([np.empty(0, np.int64), *self._counts])
        used = counts > 0
        writer.add(f"{field}.starts", counted_starts(counts[used]))
        dense = np.concatenate([np.empty(0, bool), *self._dense])
        writer.add(f"{field}.dense", np.flatnonzero(dense[used]).astype(np.uint32))
        writer.add_spooled(f"{field}.bitmaps", self._bitmaps)
        writer.add_spooled(f"{field}.documents", self._documents)
        self._frequencies.finish(writer, field)
        if self._positions is not None:
            places = np.concatenate([np.empty(0, np.int64), *self._places])
            writer.add(f"{field}.places", counted_starts(places[used]))
            writer.add_spooled(f"{field}.positions", self._positions)
        return used

    def _append_documents(self, documents: Array, counts: Counts, dense: Array) -> None:
        if not dense.any():
            self._documents.append(documents)
            return
        ends = np.cumsum(counts)
        for term in np.flatnonzero(dense).tolist():
            there = np.zeros(self._size, bool)
            there[documents[ends[term] - counts[term] : ends[term]]] = True
            self._bitmaps.append(np.packbits(there))
        self._documents.append(documents[np.repeat(~dense, counts)])


class _Frequencies:
    """Frequencies in four bits; the highest number stands for itself and for more, told by exceptions."""

    def __init__(self, folder: Path) -> None:
        self._small = SmallSpool(folder)
        self._met = 0
        self._at: list[Array] = []
        self._values: list[Array] = []

    def append(self, frequencies: Array) -> None:
        """Put the next ones."""
        above = np.flatnonzero(frequencies >= HIGHEST)
        if len(above):
            self._at.append(above + self._met)
            self._values.append(frequencies[above])
        self._small.append(np.minimum(frequencies, HIGHEST))
        self._met += len(frequencies)

    def finish(self, writer: ArrayWriter, field: str) -> None:
        """Write them, and the exceptions."""
        writer.add_spooled(f"{field}.frequencies", self._small.finish())
        if self._at:
            values = np.concatenate(self._values)
            writer.add(f"{field}.excess_at", np.concatenate(self._at).astype(np.uint32))
            writer.add(f"{field}.excess", values.astype(smallest(max(int(values.max()), 1 << 8))))
