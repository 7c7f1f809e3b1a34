"""Decompression: opens plain, gzip and Zstandard files as a stream of decompressed bytes.

The compression format is detected by magic bytes, not by name: browsers and crawlers often decompress a page but keep
its `.gz` suffix. A truncated file yields everything before the truncation and then raises an error, which the stock
Zstandard reader does not do.
"""

import io
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol

from zstandard import ZstdDecompressor, ZstdError

from archive.reading.progress import ReadingProgress

COMPRESSED_CHUNK = 1 << 16  # compressed bytes processed at once: fast, yet with little memory
BUFFER = 1 << 18  # bytes; also the most that format detection sees
GZIP_FORMAT = 31  # zlib's wbits value for a gzip member with its checksum verified
PADDING = b"\0"  # appended to the last block by tapes and some copy programs
PACKED_SUFFIXES = frozenset({".gz", ".zst"})


class UnreadableFile(Exception):
    """A file cannot be read, or not to its end. The message is shown to the maintainer."""


class UnsuitableFile(UnreadableFile):
    """All of a file was read, and it is no article: it is empty, no text, or too large."""


class UnknownKind(UnreadableFile):
    """A file whose name is of no kind that is read; the index never holds an article of it."""


class _Decompressor(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, /) -> bytes: ...


def _gzip() -> _Decompressor:
    return zlib.decompressobj(GZIP_FORMAT)


def _zstandard() -> _Decompressor:
    return ZstdDecompressor().decompressobj()


DECOMPRESSORS: dict[bytes, Callable[[], _Decompressor]] = {b"\x1f\x8b": _gzip, b"\x28\xb5\x2f\xfd": _zstandard}


class _Stream(io.RawIOBase):
    """A raw stream over chunks of bytes."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # Buffer is in Python from 3.12 on
        """Fill `buffer` from the current chunk; returns 0 at the end."""
        while not self._rest:
            chunk = next(self._chunks, None)
            if chunk is None:
                return 0
            self._rest = memoryview(chunk)
        size = min(len(buffer), len(self._rest))
        buffer[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size


@contextmanager
def open_decompressed(path: Path, progress: ReadingProgress) -> Iterator[io.BufferedReader]:
    """Open a file as a buffered stream of decompressed bytes. All later read errors are raised as UnreadableFile."""
    try:
        file: io.BufferedReader = io.BufferedReader(io.FileIO(path), BUFFER)
        with file, progress.following(file):
            begin = file.peek(4)
            create = next((create for magic, create in DECOMPRESSORS.items() if begin.startswith(magic)), None)
            yield file if create is None else io.BufferedReader(_Stream(_decompressed(file, create)), BUFFER)
    except OSError as error:
        raise UnreadableFile(f"the file cannot be read: {error.strerror or error}") from error


def _decompressed(file: BinaryIO, create: Callable[[], _Decompressor]) -> Iterator[bytes]:
    """Decompress all members (gzip) or frames (Zstandard) of a file."""
    decompressor = create()
    try:
        while compressed := file.read(COMPRESSED_CHUNK):
            while compressed := compressed.lstrip(PADDING) if decompressor.eof else compressed:
                if decompressor.eof:
                    decompressor = create()
                yield decompressor.decompress(compressed)
                compressed = decompressor.unused_data if decompressor.eof else b""
    except (zlib.error, ZstdError) as error:
        raise UnreadableFile("the packed file is damaged; what stood before the damage was read") from error
    if not decompressor.eof:
        raise UnreadableFile("the packed file was cut short; what stood before the cut was read")
