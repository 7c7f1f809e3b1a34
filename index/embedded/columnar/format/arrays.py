"""The array file: named one-dimensional arrays in one file, to be mapped into memory and used where they lie.

    offset 0      b"KLIPARR1"
    multiples     the sections, one an array, little-endian, each beginning at a multiple of 64 bytes (a cache line, and
    of 64         the widest vector register there is)
    then          the directory: JSON {"attributes": {…}, "arrays": {name: [offset, dtype, length, crc32], …}}
    last 24       directory offset u8, directory length u4, crc32 of the directory u4, b"KLIPEND1"

Opening reads the directory alone, so it costs the same for a megabyte and for a terabyte. The sections' checksums are
compared when somebody asks (`damage`). A map is never closed by hand: it lives as long as an array that looks into
it.
"""

import json
import mmap
import struct
import weakref
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryFile
from types import TracebackType
from typing import IO, Any, BinaryIO
from zlib import crc32

import numpy as np
from numpy.typing import DTypeLike, NDArray

ALIGNMENT = 64
BEGIN, END = b"KLIPARR1", b"KLIPEND1"
TRAILER = struct.Struct("<QLL8s")
PORTION = 1 << 24  # bytes of a section read at once when checksums are compared, and values copied from a spool

Array = NDArray[Any]


class DamagedFile(ValueError):
    """An array file is not as it was written."""


class Spool:
    """An array that grows in a temporary file, so that it takes no memory; for one whose length is not known before."""

    def __init__(self, folder: Path, dtype: DTypeLike) -> None:
        self.dtype = np.dtype(dtype).newbyteorder("<")
        self.length = 0
        self._file: IO[bytes] = TemporaryFile(dir=folder)  # noqa: SIM115  # lives as long as the arrays from it
        weakref.finalize(self, self._file.close)

    def append(self, values: Array) -> None:
        """Put the next values, converted to the spool's type."""
        self._file.write(np.ascontiguousarray(values, self.dtype).data.cast("B"))
        self.length += len(values)

    def array(self) -> Array:
        """All values so far, in mapped memory."""
        if not self.length:
            return np.empty(0, self.dtype)
        self._file.flush()
        held = mmap.mmap(self._file.fileno(), self.length * self.dtype.itemsize, access=mmap.ACCESS_READ)
        return np.frombuffer(held, self.dtype)


class Section:
    """The place reserved for one array, filled from its beginning by any number of appends."""

    def __init__(self, file: BinaryIO, offset: int, dtype: DTypeLike, length: int) -> None:
        self.dtype = np.dtype(dtype).newbyteorder("<")
        self.length = length
        self.offset = offset
        self.checksum = 0
        self.written = 0
        self._file = file

    @property
    def nbytes(self) -> int:
        """How much room the whole section takes."""
        return self.length * self.dtype.itemsize

    def append(self, values: Array) -> None:
        """Write the next values, converted to the section's type."""
        data = np.ascontiguousarray(values, self.dtype).data.cast("B")
        self._file.seek(self.offset + self.written)
        self._file.write(data)
        self.written += len(data)
        self.checksum = crc32(data, self.checksum)


class ArrayWriter:
    """Writes an array file; leaving the context completes it, an exception leaves it incomplete and unreadable."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = path.open("wb")
        self._file.write(BEGIN)
        self._end = len(BEGIN)
        self._sections: dict[str, Section] = {}
        self.attributes: dict[str, Any] = {}

    def __enter__(self) -> "ArrayWriter":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._finish()
        finally:
            self._file.close()

    def reserve(self, name: str, dtype: DTypeLike, length: int) -> Section:
        """Room for an array that is written in portions; it must be full when the file is completed."""
        if name in self._sections:
            raise ValueError(f"{self.path.name} has an array {name!r} already")
        section = Section(self._file, -(-self._end // ALIGNMENT) * ALIGNMENT, dtype, length)
        self._end = section.offset + section.nbytes
        self._sections[name] = section
        return section

    def add(self, name: str, values: Array) -> None:
        """Write a whole array."""
        self.reserve(name, values.dtype, len(values)).append(values)

    def stream(self, name: str, dtype: DTypeLike, pieces: Iterable[Array]) -> None:
        """Write a whole array whose length shows only when the last piece has come."""
        section = self.reserve(name, dtype, 0)
        for piece in pieces:
            section.append(piece)
        section.length = section.written // section.dtype.itemsize
        self._end = section.offset + section.nbytes

    def add_spooled(self, name: str, spool: Spool) -> None:
        """Write a whole array that grew in a spool."""
        values = spool.array()
        self.stream(name, spool.dtype, (values[at : at + PORTION] for at in range(0, len(values), PORTION)))

    def _finish(self) -> None:
        for name, section in self._sections.items():
            if section.written != section.nbytes:
                raise ValueError(f"array {name!r} of {self.path.name} was promised longer than it is")
        directory = json.dumps(
            {
                "attributes": self.attributes,
                "arrays": {n: [s.offset, s.dtype.str, s.length, s.checksum] for n, s in self._sections.items()},
            }
        ).encode()
        self._file.seek(self._end)
        self._file.write(directory)
        self._file.write(TRAILER.pack(self._end, len(directory), crc32(directory), END))


class ArrayFile:
    """An array file opened for reading; `[name]` gives an array that looks into the mapped file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with path.open("rb") as file:
            try:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            except ValueError as error:  # an empty file cannot be mapped
                raise DamagedFile(f"{path.name} is empty") from error
        directory = self._directory()
        self.attributes: Mapping[str, Any] = directory["attributes"]
        self._places: Mapping[str, tuple[int, str, int, int]] = directory["arrays"]
        self._arrays: dict[str, Array] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._places

    def __getitem__(self, name: str) -> Array:
        held = self._arrays.get(name)
        if held is None:
            offset, dtype, length, _ = self._places[name]
            held = self._arrays[name] = np.frombuffer(self._map, dtype, length, offset)
        return held

    def get(self, name: str) -> Array | None:
        """The array, or None where the file has none of that name."""
        return self[name] if name in self._places else None

    def bytes_of(self, name: str) -> memoryview:
        """The bytes of an array as they lie in the file."""
        return self[name].data.cast("B")

    def damage(self) -> Iterator[str]:
        """A sentence for each array whose bytes are not those that were written."""
        for name, (_, _, _, written) in self._places.items():
            found, data = 0, self[name].view(np.uint8).data
            for start in range(0, len(data), PORTION):
                found = crc32(data[start : start + PORTION], found)
            if found != written:
                yield f"array {name} of {self.path.name} is damaged"

    def _directory(self) -> Any:
        if len(self._map) < len(BEGIN) + TRAILER.size or self._map[: len(BEGIN)] != BEGIN:
            raise DamagedFile(f"{self.path.name} is no array file, or cut short")
        offset, length, checksum, end = TRAILER.unpack(self._map[-TRAILER.size :])
        directory = self._map[offset : offset + length]
        if end != END or crc32(directory) != checksum:
            raise DamagedFile(f"{self.path.name} has no whole directory: it was cut short or changed")
        return json.loads(directory)


def spread(begins: Array, counts: Array) -> NDArray[np.int64]:
    """Ranges laid end to end: from each of `begins`, as many following numbers as `counts` says."""
    counts = counts.astype(np.int64)
    ends = np.cumsum(counts)
    return np.repeat(begins - ends + counts, counts) + np.arange(ends[-1] if len(ends) else 0)


def smallest(highest: int) -> np.dtype[Any]:
    """The smallest unsigned type that holds numbers up to `highest`."""
    return np.dtype(np.uint8 if highest < 1 << 8 else np.uint16 if highest < 1 << 16 else np.uint32)
