"""Reading progress, in bytes on disk.

Records cannot be counted before they are read, but bytes can. News texts are similar everywhere, so the share of bytes
read is the share of the work done.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO


class ReadingProgress:
    """Tracks how many of `total` bytes have been read, file by file."""

    def __init__(self, total: int = 0) -> None:
        self.total = total
        self._before = 0
        self._file: BinaryIO | None = None

    @property
    def read(self) -> int:
        """Bytes read from disk so far."""
        return self._before + (self._file.tell() if self._file is not None else 0)

    def reach(self, share: float) -> None:
        """Count this share of all bytes as read, for work on records that are no longer read from their files."""
        self._before = int(self.total * share)

    @contextmanager
    def following(self, file: BinaryIO) -> Iterator[None]:
        """Count the bytes read from a file while the block runs."""
        self._file = file
        try:
            yield
        finally:
            self._before, self._file = self.read, None
