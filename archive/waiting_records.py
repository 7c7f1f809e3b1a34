"""Records that wait on the disk until they are wanted, in the order they came.

Reading their files a second time would cost ten times as much. They are kept in portions, compressed, in a file that
has no name and goes with the process. Nobody else can have written it, so that pickles are safe here.
"""

import pickle
import weakref
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryFile

import zstandard

from archive.record import Record, Rejected

AT_ONCE = 256  # records to a portion: enough to compress well, some 500 KB in memory
LEVEL = 1


class WaitingRecords:
    """Records and rejects, put by one after the other and then taken, any number of times."""

    def __init__(self, folder: Path) -> None:
        self._file = TemporaryFile(dir=folder)  # noqa: SIM115  # lives as long as this object
        weakref.finalize(self, self._file.close)
        self._sizes: list[int] = []
        self._portion: list[Record | Rejected] = []
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def add(self, item: Record | Rejected) -> None:
        """Put one by."""
        self._portion.append(item)
        self._count += 1
        if len(self._portion) == AT_ONCE:
            self._write()

    def __iter__(self) -> Iterator[Record | Rejected]:
        """All of them; nothing is to be put by meanwhile."""
        self._write()
        self._file.seek(0)
        for size in self._sizes:
            yield from pickle.loads(zstandard.decompress(self._file.read(size)))  # noqa: S301  # written by ourselves

    def _write(self) -> None:
        if self._portion:
            data = zstandard.compress(pickle.dumps(self._portion, pickle.HIGHEST_PROTOCOL), LEVEL)
            self._sizes.append(self._file.write(data))
            self._portion = []
