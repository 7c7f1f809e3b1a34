"""The table of fingerprints: a row of some 250 bytes for each article, which outlives the run that made it.

Rows are only ever appended. Those read from a file are asleep until their article is met again unchanged; what is still
asleep at the end belongs to articles gone or changed, takes no part, and is not written. Beside the rows the file has
the comparisons made.
"""

from array import array
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

from archive.copies.array_file import (
    Column,
    DamagedArraysError,
    packed_texts,
    read_arrays,
    unpacked_texts,
    write_arrays,
)
from archive.copies.comparisons import Comparisons
from archive.copies.fingerprints import Fingerprint, probe
from archive.copies.ragged_arrays import Ragged

FORMAT = b"kliping fingerprints 3 "  # followed by the probe, which changes with the rules of fingerprinting

Indices = npt.NDArray[np.int64]


class StaleFingerprintsError(ValueError):
    """Saved fingerprints that cannot be relied on: damaged, of another version, or not of the texts at hand."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what}; run flask reindex --full")


class FingerprintTable:
    """Columns over rows: the article's id, its sample, and the digest and number of its shingles."""

    def __init__(self) -> None:
        self.ids: list[str] = []
        self._row_of: dict[str, int] = {}
        self._awake = bytearray()
        self._digests = array("Q")
        self._sizes = array("I")
        self._samples = bytearray()  # grows in place, as a numpy array would not
        self._sample_ends = array("Q")

    def add(self, article_id: str, fingerprint: Fingerprint) -> None:
        """Append a new or changed article; a ValueError if this run has it already."""
        if self.is_awake(article_id):
            raise ValueError(f"article {article_id!r} is fingerprinted twice")
        self._row_of[article_id] = len(self.ids)
        self.ids.append(article_id)
        self._awake.append(1)
        self._digests.append(fingerprint.digest)
        self._sizes.append(fingerprint.size)
        self._samples += fingerprint.sample.tobytes()
        self._sample_ends.append(len(self._samples) // 4)

    def keep(self, article_id: str) -> None:
        """Wake the row of an unchanged article; a KeyError if there is none."""
        self._awake[self._row_of[article_id]] = 1

    def is_awake(self, article_id: str) -> bool:
        """Whether this run has met the article."""
        row = self._row_of.get(article_id)
        return row is not None and bool(self._awake[row])

    def digest(self, row: int) -> int:
        """The digest of one row's shingles."""
        return self._digests[row]

    @property
    def rows(self) -> Indices:
        """The rows of the articles met in this run, ascending."""
        return np.flatnonzero(np.array(self._awake, np.uint8))

    @property
    def digests(self) -> npt.NDArray[np.uint64]:
        """A copy of the column of digests."""
        return np.array(self._digests, np.uint64)

    @property
    def sizes(self) -> Indices:
        """A copy of the column of numbers of shingles."""
        return np.array(self._sizes, np.int64)

    def samples(self, rows: Indices) -> Ragged:
        """The samples of some rows."""
        starts = np.concatenate((np.zeros(1, np.int64), np.array(self._sample_ends, np.int64)))
        return Ragged(np.frombuffer(self._samples, np.uint32), starts).taken(rows)

    def save(self, path: Path, comparisons: Comparisons) -> None:
        """Write the rows of this run and the comparisons; the file appears whole or not at all."""
        write_arrays(path, FORMAT + probe(), self._columns(comparisons))

    @classmethod
    def load(cls, path: Path) -> "tuple[FingerprintTable, Comparisons]":
        """Read what `save` wrote, every row asleep; StaleFingerprintsError if it cannot be relied on."""
        try:
            saved = read_arrays(path, FORMAT + probe())
            table = cls()
            table._fill(saved)
            return table, Comparisons(saved["compared_left"], saved["compared_right"], saved["compared_evidence"])
        except (DamagedArraysError, KeyError) as error:
            raise StaleFingerprintsError(f"the fingerprints in {path} are damaged or of another version") from error

    def _columns(self, comparisons: Comparisons) -> Iterator[tuple[str, Column]]:
        rows = self.rows
        yield from packed_texts("ids", [self.ids[row] for row in rows.tolist()])
        yield "digests", self.digests[rows]
        yield "sizes", self.sizes[rows].astype(np.uint32)
        samples = self.samples(rows)
        yield "samples", samples.values
        yield "sample_ends", samples.starts[1:].astype(np.uint64)
        yield "compared_left", comparisons.left
        yield "compared_right", comparisons.right
        yield "compared_evidence", comparisons.evidence

    def _fill(self, saved: dict[str, Column]) -> None:
        self.ids = unpacked_texts("ids", saved)
        self._row_of = {article_id: row for row, article_id in enumerate(self.ids)}
        self._awake = bytearray(len(self.ids))
        self._digests.frombytes(saved["digests"].tobytes())
        self._sizes.frombytes(saved["sizes"].tobytes())
        self._samples += saved["samples"].tobytes()
        self._sample_ends.frombytes(saved["sample_ends"].tobytes())
