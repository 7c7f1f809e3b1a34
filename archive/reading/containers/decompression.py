"""Decompression: opens plain and packed files (gzip, Zstandard, bzip2, xz) as a stream of decompressed bytes.

The compression format is detected by magic bytes, not by name: browsers and crawlers often decompress a page but keep
its `.gz` suffix. A truncated file yields everything before the truncation and then raises an error, which the stock
Zstandard reader does not do.
"""

import bz2
import io
import lzma
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from zstandard import ZstdDecompressor, ZstdError

from archive.reading.progress import ReadingProgress

COMPRESSED_CHUNK = 1 << 16  # compressed bytes processed at once: fast, and at most 66 MB when unpacked by gzip
SMALL_CHUNK = 1 << 11  # for the others: in Zstandard four bytes may stand for 128 KiB
XZ_MEMORY = 1 << 28  # bytes that unpacking xz may take; its own largest setting takes 65 MiB
MOST_UNPACKED = 1 << 30  # bytes that any file may unpack to, ...
MOST_RATIO = 200  # ... or so many times its size; news packs to a fifth, repeated lines to a fiftieth
BUFFER = 1 << 18  # bytes; also the most that format detection sees
GZIP_FORMAT = 31  # zlib's wbits value for a gzip member with its checksum verified
PADDING = b"\0"  # appended to the last block by tapes and some copy programs
PACKED_SUFFIXES = frozenset({".gz", ".zst", ".bz2", ".xz"})


class UnreadableFile(Exception):
    """A file cannot be read, or not to its end. The message is shown to the keeper."""


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


def _xz() -> _Decompressor:
    return lzma.LZMADecompressor(lzma.FORMAT_XZ, XZ_MEMORY)


DECOMPRESSORS: dict[bytes, tuple[Callable[[], _Decompressor], int]] = {
    b"\x1f\x8b": (_gzip, COMPRESSED_CHUNK),
    b"\x28\xb5\x2f\xfd": (_zstandard, SMALL_CHUNK),
    b"BZh": (bz2.BZ2Decompressor, SMALL_CHUNK),
    b"\xfd7zXZ\0": (_xz, SMALL_CHUNK),
}
MAGIC_BYTES = max(map(len, DECOMPRESSORS))


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


def stream_of(chunks: Iterator[bytes]) -> io.BufferedReader:
    """A buffered stream over chunks of bytes."""
    return io.BufferedReader(_Stream(chunks), BUFFER)


class ShortReads:
    """A stream that gives what is there, so that a damage further on takes nothing that stands before it."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream

    def read(self, size: int = BUFFER) -> bytes:
        """Read some bytes, at most `size`; none at the end."""
        return self._stream.read1(size)


@contextmanager
def open_file(path: Path, progress: ReadingProgress) -> Iterator[io.BufferedReader]:
    """Open a file as a buffered stream of its bytes on disk. All later read errors are raised as UnreadableFile."""
    try:
        file: io.BufferedReader = io.BufferedReader(io.FileIO(path), BUFFER)
        with file, progress.following(file):
            yield file
    except OSError as error:
        raise FailedReading(f"the file cannot be read: {error.strerror or error}") from error


def decompressed(
    stream: io.BufferedReader, ratio: int = MOST_RATIO, count_lines: Callable[[bytes], object] = len
) -> io.BufferedReader:
    """The stream itself if it is not packed, else a stream of what it unpacks to; `count_lines` is told of it first."""
    begin = stream.peek(MAGIC_BYTES)
    found = next((found for magic, found in DECOMPRESSORS.items() if begin.startswith(magic)), None)
    return stream if found is None else stream_of(_Unpacking(stream, *found).bounded(ratio, count_lines))


class _Unpacking:
    """Unpacks all members (gzip, bzip2), frames (Zstandard) or streams (xz) of a file."""

    def __init__(self, stream: io.BufferedReader, create: Callable[[], _Decompressor], chunk: int) -> None:
        self._stream = stream
        self._create = create
        self._chunk = chunk
        self._packed = 0

    def bounded(self, ratio: int, count_lines: Callable[[bytes], object]) -> Iterator[bytes]:
        """Unpack as long as it does not become far more than news does."""
        given = 0
        for unpacked in self._unpacked():
            if given > MOST_UNPACKED and given > ratio * self._packed:
                raise UnsuitableFile(
                    f"it unpacks to more than {MOST_UNPACKED >> 30} GiB and {ratio} times its size; "
                    "what stood before was read: unpack it first if that is meant, or raise KLIPING_CONTAINER_RATIO"
                )
            given += len(unpacked)
            count_lines(unpacked)  # before any is parsed: one chunk may hold millions
            yield unpacked

    def _unpacked(self) -> Iterator[bytes]:
        decompressor = self._create()
        try:
            while compressed := self._stream.read(self._chunk):
                self._packed += len(compressed)
                while compressed := compressed.lstrip(PADDING) if decompressor.eof else compressed:
                    if decompressor.eof:
                        decompressor = self._create()
                    yield decompressor.decompress(compressed)
                    compressed = decompressor.unused_data if decompressor.eof else b""
        except UnreadableFile:
            raise
        except (zlib.error, ZstdError, lzma.LZMAError, EOFError, OSError, ValueError) as error:
            if isinstance(error, OSError) and error.errno is not None:
                raise  # the disk, and not what is on it
            raise UnreadableFile("the packed file is damaged; what stood before the damage was read") from error
        if not decompressor.eof:
            raise UnreadableFile("the packed file was cut short; what stood before the cut was read")
