"""Records that wait on the disk until they are wanted, in the order they came.

Reading their files a second time would cost ten times as much. They are kept in portions, each packed into bytes: as
such they go to the disk, and from process to process, at a small part of what thousands of objects cost. The file has
no name and goes with the process; nobody else can have written it, so that pickles are safe here.
"""

import pickle
import weakref
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryFile

import zstandard

from archive.record import Record, Rejected

LEVEL = 1


def packed(portion: Sequence[Record | Rejected]) -> bytes:
    """Records and rejects as bytes."""
    return zstandard.compress(pickle.dumps(portion, pickle.HIGHEST_PROTOCOL), LEVEL)


def unpacked(portion: bytes) -> Sequence[Record | Rejected]:
    """The records and rejects that `packed` made these bytes of."""
    items: Sequence[Record | Rejected] = pickle.loads(zstandard.decompress(portion))  # noqa: S301  # written by ourselves
    return items


class WaitingRecords:
    """Packed portions of records, put by one after the other and then taken, any number of times."""

    def __init__(self, folder: Path) -> None:
        self._file = TemporaryFile(dir=folder)  # noqa: SIM115  # lives as long as this object
        weakref.finalize(self, self._file.close)
        self._sizes: list[int] = []

    def __len__(self) -> int:
        return len(self._sizes)

    def add(self, portion: bytes) -> None:
        """Put one by."""
        self._sizes.append(self._file.write(portion))

    def __iter__(self) -> Iterator[bytes]:
        """All of them; nothing is to be put by meanwhile."""
        self._file.seek(0)
        for size in self._sizes:
            yield self._file.read(size)
