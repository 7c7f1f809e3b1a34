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

COMPRESSED_CHUNK = 1 << 16  # compressed bytes processed at once: fast, and at most 66 MB when unpacked by gzip
ZSTANDARD_CHUNK = 1 << 11  # for Zstandard, where four bytes may stand for 128 KiB
MOST_UNPACKED = 1 << 30  # bytes that any file may unpack to, ...
MOST_RATIO = 200  # ... or so many times its size; news packs to a fifth, repeated lines to a fiftieth
BUFFER = 1 << 18  # bytes; also the most that format detection sees
GZIP_FORMAT = 31  # zlib's wbits value for a gzip member with its checksum verified
PADDING = b"\0"  # appended to the last block by tapes and some copy programs
PACKED_SUFFIXES = frozenset({".gz", ".zst"})


class UnreadableFile(Exception):
    """A file cannot be read, or not to its end. The message is shown to the maintainer."""


class FailedReading(UnreadableFile):
    """A file that could not be read this time; nothing is said about what it holds."""


class UnsuitableFile(UnreadableFile):
    """A file that can be read, and that is judged by what it holds: it is empty, no text, or too large."""


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


DECOMPRESSORS: dict[bytes, tuple[Callable[[], _Decompressor], int]] = {
    b"\x1f\x8b": (_gzip, COMPRESSED_CHUNK),
    b"\x28\xb5\x2f\xfd": (_zstandard, ZSTANDARD_CHUNK),
}


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
            found = next((found for magic, found in DECOMPRESSORS.items() if begin.startswith(magic)), None)
            yield file if found is None else io.BufferedReader(_Stream(_bounded(file, *found)), BUFFER)
    except OSError as error:
        raise FailedReading(f"the file cannot be read: {error.strerror or error}") from error


def _bounded(file: BinaryIO, create: Callable[[], _Decompressor], chunk: int) -> Iterator[bytes]:
    """Decompress a file as long as it does not unpack to far more than news does."""
    given = 0
    for unpacked in _decompressed(file, create, chunk):
        if given > MOST_UNPACKED and given > MOST_RATIO * file.tell():
            raise UnsuitableFile(
                f"it unpacks to more than {MOST_UNPACKED >> 30} GiB and {MOST_RATIO} times its size; "
                "what stood before was read: unpack it first if that is meant"
            )
        given += len(unpacked)
        yield unpacked


def _decompressed(file: BinaryIO, create: Callable[[], _Decompressor], chunk: int) -> Iterator[bytes]:
    """Decompress all members (gzip) or frames (Zstandard) of a file."""
    decompressor = create()
    try:
        while compressed := file.read(chunk):
            while compressed := compressed.lstrip(PADDING) if decompressor.eof else compressed:
                if decompressor.eof:
                    decompressor = create()
                yield decompressor.decompress(compressed)
                compressed = decompressor.unused_data if decompressor.eof else b""
    except (zlib.error, ZstdError) as error:
        raise UnreadableFile("the packed file is damaged; what stood before the damage was read") from error
    if not decompressor.eof:
        raise UnreadableFile("the packed file was cut short; what stood before the cut was read")
