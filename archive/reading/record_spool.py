"""Record spool: batches of records in a temporary file, in order of arrival.

Parsing the source files a second time would cost ten times as much. Records are stored in batches, each serialized to
bytes; passing bytes to disk and between processes costs a fraction of passing thousands of objects. The file is
anonymous and disappears with the process. Nobody else can write to it, so unpickling is safe here.
"""

import pickle
from collections.abc import Iterator, Sequence
from pathlib import Path

import zstandard

from archive.record import Record, Rejected
from archive.temporary_files import temporary_file

LEVEL = 1  # of Zstandard, the fastest: records are written once and read once


def pack_records(batch: Sequence[Record | Rejected]) -> bytes:
    """Serialize and compress a batch of records and rejects."""
    return zstandard.compress(pickle.dumps(batch, pickle.HIGHEST_PROTOCOL), LEVEL)


def unpack_records(batch: bytes) -> Sequence[Record | Rejected]:
    """The batch that `pack_records` serialized."""
    items: Sequence[Record | Rejected] = pickle.loads(zstandard.decompress(batch))  # noqa: S301  # our own data
    return items


class RecordSpool:
    """Packed batches of records, appended once and then read any number of times, in any order."""

    def __init__(self, folder: Path) -> None:
        self._file = temporary_file(self, folder)
        self._ends = [0]

    def __len__(self) -> int:
        return len(self._ends) - 1

    def add(self, batch: bytes) -> None:
        """Append a packed batch; none may be added after one was read."""
        self._ends.append(self._ends[-1] + self._file.write(batch))

    def batch(self, number: int) -> bytes:
        """The packed batch with a number; they are numbered from 0."""
        begin, end = self._ends[number : number + 2]
        self._file.seek(begin)
        return self._file.read(end - begin)

    def __iter__(self) -> Iterator[bytes]:
        return map(self.batch, range(len(self)))
