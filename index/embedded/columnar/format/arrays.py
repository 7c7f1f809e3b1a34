"""The array file: named one-dimensional arrays in one file, mapped into memory and used in place.

    offset 0        b"KLIPARR1"
    sections        one per array, little-endian, each starting at a multiple of 64 bytes (ALIGNMENT)
    directory       JSON {"attributes": {…}, "arrays": {name: [offset, dtype, length, crc32], …}}
    last 24 bytes   directory offset u8, directory length u4, crc32 of the directory u4, b"KLIPEND1"

Opening a file reads only its directory. The checksums of the sections are compared only on request (`damage`). A memory
map is never closed explicitly: it lives as long as any array that views it.
"""

import json
import mmap
import struct
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO
from zlib import crc32

import numpy as np
from numpy.typing import DTypeLike, NDArray

from archive.temporary_files import temporary_file

ALIGNMENT = 64  # bytes: a cache line, and the widest vector register
BEGIN, END = b"KLIPARR1", b"KLIPEND1"
TRAILER = struct.Struct("<QLL8s")
PORTION = 1 << 24  # bytes read at once to check a section, and values copied at once from a spool

Array = NDArray[Any]


class DamagedFile(ValueError):
    """An array file is incomplete or was changed after it was written."""


class Spool:
    """An array of unknown length that grows in a temporary file, so that it takes no memory."""

    def __init__(self, folder: Path, dtype: DTypeLike) -> None:
        self.dtype = np.dtype(dtype).newbyteorder("<")
        self.length = 0
        self._file = temporary_file(self, folder)

    def append(self, values: Array) -> None:
        """Append values, converted to the spool's dtype."""
        self._file.write(np.ascontiguousarray(values, self.dtype).data.cast("B"))
        self.length += len(values)

    def array(self) -> Array:
        """Return all values so far, in mapped memory."""
        if not self.length:
            return np.empty(0, self.dtype)
        self._file.flush()
        mapped = mmap.mmap(self._file.fileno(), self.length * self.dtype.itemsize, access=mmap.ACCESS_READ)
        return np.frombuffer(mapped, self.dtype)


class Section:
    """The space reserved for one array, filled from the start by any number of appends."""

    def __init__(self, file: BinaryIO, offset: int, dtype: DTypeLike, length: int) -> None:
        self.dtype = np.dtype(dtype).newbyteorder("<")
        self.length = length
        self.offset = offset
        self.checksum = 0
        self.written = 0
        self._file = file

    @property
    def nbytes(self) -> int:
        """The size of the whole section in bytes."""
        return self.length * self.dtype.itemsize

    def append(self, values: Array) -> None:
        """Write the next values, converted to the section's dtype."""
        data = np.ascontiguousarray(values, self.dtype).data.cast("B")
        self._file.seek(self.offset + self.written)
        self._file.write(data)
        self.written += len(data)
        self.checksum = crc32(data, self.checksum)


class ArrayWriter:
    """Writes an array file; leaving the context completes it, and an exception leaves it incomplete and unreadable."""

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
        """Reserve space for an array that is written in portions; it must be full when the file is completed."""
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
        """Write a whole array whose length is known only at its last piece; reserve no other one meanwhile."""
        section = self.reserve(name, dtype, 0)
        for piece in pieces:
            section.append(piece)
        section.length = section.written // section.dtype.itemsize
        self._end = section.offset + section.nbytes

    def add_spooled(self, name: str, spool: Spool) -> None:
        """Write a whole array from a spool."""
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
    """An array file opened for reading; `[name]` returns an array that views the mapped file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with path.open("rb") as file:
            try:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            except ValueError as error:  # an empty file cannot be mapped
                raise DamagedFile(f"{path.name} is empty") from error
        directory = self._directory()
        self.attributes: Mapping[str, Any] = directory["attributes"]
        self._entries: Mapping[str, tuple[int, str, int, int]] = directory["arrays"]
        self._arrays: dict[str, Array] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def __getitem__(self, name: str) -> Array:
        array = self._arrays.get(name)
        if array is None:
            offset, dtype, length, _ = self._entries[name]
            array = self._arrays[name] = np.frombuffer(self._map, dtype, length, offset)
        return array

    def get(self, name: str) -> Array | None:
        """Return the array, or None if the file has none of that name."""
        return self[name] if name in self._entries else None

    def bytes_of(self, name: str) -> memoryview:
        """Return the bytes of an array as they are in the file."""
        return self[name].data.cast("B")

    def damage(self) -> Iterator[str]:
        """Yield a sentence for each array whose bytes differ from what was written."""
        for name, (_, _, _, written) in self._entries.items():
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


def concatenated_ranges(begins: Array, counts: Array) -> NDArray[np.int64]:
    """Concatenate ranges: for each i, the `counts[i]` consecutive numbers from `begins[i]` on."""
    counts = counts.astype(np.int64)
    ends = np.cumsum(counts)
    return np.repeat(begins - ends + counts, counts) + np.arange(ends[-1] if len(ends) else 0)


def smallest_dtype(highest: int) -> np.dtype[Any]:
    """Return the smallest unsigned dtype (u1, u2 or u4) that holds numbers up to `highest`."""
    return np.dtype(np.uint8 if highest < 1 << 8 else np.uint16 if highest < 1 << 16 else np.uint32)
