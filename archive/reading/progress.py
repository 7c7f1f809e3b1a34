"""The meter: how much of what lies under the paths has been read, in bytes as they lie on disk.

Records cannot be counted before they are read, but bytes can; and since news is alike everywhere, the share of bytes
read is the share of the work done.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO


class Meter:
    """Follows one reading of `total` bytes, file by file."""

    def __init__(self, total: int = 0) -> None:
        self.total = total
        self._before = 0
        self._file: BinaryIO | None = None

    @property
    def read(self) -> int:
        """Bytes taken from disk so far."""
        return self._before + (self._file.tell() if self._file is not None else 0)

    def reach(self, share: float) -> None:
        """Count as read such a share of all bytes, where what was read once is worked on from elsewhere."""
        self._before = int(self.total * share)

    @contextmanager
    def following(self, file: BinaryIO) -> Iterator[None]:
        """Count what is read of a file while it is open."""
        self._file = file
        try:
            yield
        finally:
            self._before, self._file = self.read, None
