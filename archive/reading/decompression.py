"""Unpacking: a file as a stream of plain bytes, whether it is stored as it is, as gzip or as Zstandard.

What a file is packed with is judged by its first bytes, never by its name: browsers and crawlers often unpack a page
and leave the `.gz` behind. A pack that was cut short gives everything before the cut and then says so, which the ready
Zstandard reader does not.
"""

import io
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol

from zstandard import ZstdDecompressor, ZstdError

from archive.reading.progress import Meter

PACKED_CHUNK = 1 << 16  # bytes unpacked at once: large enough for speed, small enough to stay unnoticed in memory
BUFFER = 1 << 18  # bytes; also the most that a kind is judged by
GZIP_FORMAT = 31  # zlib's number for "a gzip member, its checksum verified"
PADDING = b"\0"  # what tapes and some copying programs fill up the last block with
PACKED_SUFFIXES = frozenset({".gz", ".zst"})


class Unreadable(Exception):
    """A file cannot be read, or not to its end; the message is a sentence for the keeper."""


class _Pack(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, /) -> bytes: ...


def _gzip() -> _Pack:
    return zlib.decompressobj(GZIP_FORMAT)


def _zstandard() -> _Pack:
    return ZstdDecompressor().decompressobj()


PACKS: dict[bytes, Callable[[], _Pack]] = {b"\x1f\x8b": _gzip, b"\x28\xb5\x2f\xfd": _zstandard}


class _Stream(io.RawIOBase):
    """Chunks of bytes as a stream that can be buffered."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # Buffer is in Python from 3.12 on
        """Fill `buffer` from the chunk at hand; 0 means the end."""
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
def opened(path: Path, meter: Meter) -> Iterator[io.BufferedReader]:
    """Open a file as a buffered stream of unpacked bytes; whatever goes wrong with it later is an `Unreadable`."""
    try:
        file: io.BufferedReader = io.BufferedReader(io.FileIO(path), BUFFER)
        with file, meter.following(file):
            begin = file.peek(4)
            pack = next((pack for magic, pack in PACKS.items() if begin.startswith(magic)), None)
            yield file if pack is None else io.BufferedReader(_Stream(_unpacked(file, pack)), BUFFER)
    except OSError as error:
        raise Unreadable(f"the file cannot be read: {error.strerror or error}") from error


def _unpacked(file: BinaryIO, begin: Callable[[], _Pack]) -> Iterator[bytes]:
    """The bytes of all packs that stand one after another in a file."""
    pack = begin()
    try:
        while packed := file.read(PACKED_CHUNK):
            while packed := packed.lstrip(PADDING) if pack.eof else packed:
                if pack.eof:
                    pack = begin()
                yield pack.decompress(packed)
                packed = pack.unused_data if pack.eof else b""
    except (zlib.error, ZstdError) as error:
        raise Unreadable("the packed file is damaged; what stood before the damage was read") from error
    if not pack.eof:
        raise Unreadable("the packed file was cut short; what stood before the cut was read")
