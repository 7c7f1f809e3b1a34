"""The table of fingerprints: a row of some 500 bytes for each article, which outlives the run that made it.

Rows are only ever appended. Those read from a file are asleep until their article is met again unchanged; what is still
asleep at the end belongs to articles gone or changed, takes no part, and is not written. The file is an .npz that holds
arrays of numbers and bytes, no pickles: ids as UTF-8 with their ends, signatures in portions so that neither reading
nor writing needs a second copy in memory. Beside them stand the comparisons made.
"""

import zlib
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile

import numpy as np
import numpy.typing as npt

from archive.comparisons import Comparisons
from archive.fingerprints import NUM_PERMUTATIONS, Fingerprint, probe

PORTION_ROWS = 1 << 16  # 26 MB of signatures
FORMAT = b"kliping fingerprints 1 "  # followed by the probe, which changes with the rules of fingerprinting
DAMAGED = (BadZipFile, zlib.error, EOFError, KeyError, ValueError, RuntimeError, OSError)

Indices = npt.NDArray[np.int64]


class StaleFingerprintsError(ValueError):
    """Saved fingerprints that cannot be relied on: damaged, of another version, or not of the texts at hand."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what}; run flask reindex --full")


class FingerprintTable:
    """Columns over rows: the article's id, its signature, and the digest and number of its shingles."""

    def __init__(self) -> None:
        self.ids: list[str] = []
        self._row_of: dict[str, int] = {}
        self._awake = bytearray()
        self._digests = array("Q")
        self._sizes = array("I")
        self._signatures = bytearray()  # grows in place, as a numpy array would not

    def add(self, article_id: str, fingerprint: Fingerprint) -> None:
        """Append a new or changed article; a ValueError if this run has it already."""
        if self.is_awake(article_id):
            raise ValueError(f"article {article_id!r} is fingerprinted twice")
        self._row_of[article_id] = len(self.ids)
        self.ids.append(article_id)
        self._awake.append(1)
        self._digests.append(fingerprint.digest)
        self._sizes.append(len(fingerprint.shingles))
        self._signatures += fingerprint.signature.tobytes()

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

    def size(self, row: int) -> int:
        """The number of one row's shingles."""
        return self._sizes[row]

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

    @property
    def signatures(self) -> npt.NDArray[np.uint32]:
        """All signatures, one a row: a view, to be let go before the table grows."""
        return np.frombuffer(self._signatures, np.uint32).reshape(-1, NUM_PERMUTATIONS)

    def save(self, path: Path, comparisons: Comparisons) -> None:
        """Write the rows of this run and the comparisons; the file appears whole or not at all."""
        unfinished = path.with_name(path.name + ".unfinished")
        with ZipFile(unfinished, "w") as file:
            for name, column in self._members(comparisons):
                with file.open(f"{name}.npy", "w", force_zip64=True) as member:
                    np.lib.format.write_array(member, column, allow_pickle=False)
        unfinished.replace(path)

    @classmethod
    def load(cls, path: Path) -> "tuple[FingerprintTable, Comparisons]":
        """Read what `save` wrote, every row asleep; StaleFingerprintsError if it cannot be relied on."""
        with path.open("rb") as stream:
            try:
                return cls._read(stream)
            except DAMAGED as error:
                raise StaleFingerprintsError(f"the fingerprints in {path} are damaged or of another version") from error

    def _members(self, comparisons: Comparisons) -> Iterator[tuple[str, npt.NDArray[np.generic]]]:
        rows = self.rows
        ids = [self.ids[row].encode("utf-8", "surrogatepass") for row in rows.tolist()]
        yield "format", np.frombuffer(FORMAT + probe(), np.uint8)
        yield "ids", np.frombuffer(b"".join(ids), np.uint8)
        yield "id_ends", np.cumsum([len(name) for name in ids], dtype=np.int64)
        yield "digests", self.digests[rows]
        yield "sizes", self.sizes[rows]
        yield "compared_left", comparisons.left
        yield "compared_right", comparisons.right
        yield "compared_shared", comparisons.shared
        for portion, start in enumerate(range(0, len(rows), PORTION_ROWS)):
            yield f"signatures_{portion}", self.signatures[rows[start : start + PORTION_ROWS]]

    @classmethod
    def _read(cls, stream: BinaryIO) -> "tuple[FingerprintTable, Comparisons]":
        with ZipFile(stream) as file:
            if file.testzip() is not None:
                raise ValueError("a checksum is wrong")
        stream.seek(0)
        with np.load(stream, allow_pickle=False) as saved:
            if saved["format"].tobytes() != FORMAT + probe():
                raise ValueError("made by other rules")
            table = cls()
            table._fill(saved)
            shared = saved["compared_shared"]
            return table, Comparisons(saved["compared_left"], saved["compared_right"], shared)

    def _fill(self, saved: "np.lib.npyio.NpzFile") -> None:
        ends = saved["id_ends"].tolist()
        names = saved["ids"].tobytes()
        spans = zip([0, *ends], ends, strict=False)
        self.ids = [names[start:end].decode("utf-8", "surrogatepass") for start, end in spans]
        self._row_of = {article_id: row for row, article_id in enumerate(self.ids)}
        self._awake = bytearray(len(ends))
        self._digests.extend(saved["digests"].tolist())
        self._sizes.extend(saved["sizes"].tolist())
        for portion in range(-(-len(ends) // PORTION_ROWS)):
            self._signatures += saved[f"signatures_{portion}"].tobytes()
