"""Writing packed postings: what `packed_postings` reads, from portions of neighbouring terms as they are merged.

Everything waits in temporary files until the last portion has come, since only then it shows which terms have postings
at all, and how much room each array takes.
"""

from pathlib import Path
from typing import Final

import numpy as np

from index.columnar.arrays import Array, ArrayWriter, Spool, smallest
from index.columnar.packed_postings import FARTHER_BITS, FREQUENCY_BITS, LOW_BITS
from index.columnar.postings import Counts, Posting, counted_starts
from index.columnar.small_numbers import SmallSpool

LOW: Final = (1 << LOW_BITS) - 1
DENSITY: Final = 16  # a term in more than one of so many documents takes less room as a bitmap than as numbers
FEWEST: Final = 1 << 8  # documents of a dense term: in small segments rare words would be dense, and slow to read


class PostingsWriter:
    """Packs the postings of one field of a segment of so many documents, and writes them."""

    def __init__(self, folder: Path, size: int, *, placed: bool) -> None:
        self._size = size
        self._placed = placed
        self._counts: list[Counts] = []
        self._places: list[Counts] = []
        self._dense: list[Array] = []
        self._terms = 0
        self._documents = Spool(folder, smallest(max(size - 1, 1 << 8)))
        self._bitmaps = Spool(folder, np.uint8)
        self._frequencies = _Capped(folder, FREQUENCY_BITS)
        self._positions = Spool(folder, np.uint8)
        self._farther = _Capped(folder, FARTHER_BITS)

    def append(self, counts: Counts, posting: Posting) -> None:
        """Put the postings of the next terms, of which each has as many as `counts` says."""
        dense = (counts * DENSITY > self._size) & (counts > FEWEST)
        self._append_documents(posting.documents, counts, dense)
        frequencies = posting.counts
        self._frequencies.append(frequencies, frequencies)
        if posting.positions is not None:
            before = np.concatenate(([0], np.cumsum(frequencies, dtype=np.int64)))
            self._places.append(np.diff(before[np.concatenate(([0], np.cumsum(counts)))]))
            self._positions.append(posting.positions & LOW)
            self._farther.append(posting.positions >> LOW_BITS, posting.positions)
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
        self._frequencies.finish(writer, f"{field}.frequencies", f"{field}.excess")
        if self._placed:
            places = np.concatenate([np.empty(0, np.int64), *self._places])
            writer.add(f"{field}.places", counted_starts(places[used]))
            writer.add_spooled(f"{field}.positions", self._positions)
            if self._farther.any:
                self._farther.finish(writer, f"{field}.farther", f"{field}.far")
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


class _Capped:
    """Small numbers of so many bits; the highest stands for itself and for more, told by exceptions."""

    def __init__(self, folder: Path, bits: int) -> None:
        self._small = SmallSpool(folder, bits)
        self._highest = (1 << bits) - 1
        self._met = 0
        self._at: list[Array] = []
        self._values: list[Array] = []
        self.any = False

    def append(self, numbers: Array, values: Array) -> None:
        """Put the next numbers; where one is too high, its value is told by itself."""
        above = np.flatnonzero(numbers >= self._highest)
        if len(above):
            self._at.append(above + self._met)
            self._values.append(values[above])
        self._small.append(np.minimum(numbers, self._highest))
        self._met += len(numbers)
        self.any = self.any or bool(numbers.any())

    def finish(self, writer: ArrayWriter, name: str, exceptions: str) -> None:
        """Write the numbers under one name, the exceptions under another."""
        writer.add_spooled(name, self._small.finish())
        if self._at:
            values = np.concatenate(self._values)
            writer.add(f"{exceptions}_at", np.concatenate(self._at).astype(np.uint32))
            writer.add(exceptions, values.astype(smallest(max(int(values.max()), 1 << 8))))
