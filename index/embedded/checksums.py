"""File checksums: the size and the CRC-32 of each file of a generation, and which files no longer have them.

A generation is trusted only after all its files were compared with its manifest. That reads every byte, at some two
gigabytes a second. A new generation shares most files with the one before it, as hard links, so the checksums of files
are remembered by inode for the life of the process. CRC-32 finds every change of up to 32 adjacent bits, and any other
one with a probability of all but 2⁻³²; it guards against accidents, not against forgery.
"""

import os
import stat
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from time import time_ns
from typing import NamedTuple
from zlib import crc32

PORTION = 1 << 20  # bytes read at once; they stay in the processor's cache
SETTLED = 2_000_000_000  # ns; a file changed later than that may change again within one tick of its file system
REMEMBERED = 4096  # files


class Checksum(NamedTuple):
    """The size of a file in bytes, and the CRC-32 of its content."""

    size: int
    crc32: int


class Stamp(NamedTuple):
    """What tells a file from another one, and from itself before a change, without reading it."""

    device: int
    inode: int
    size: int
    modified: int


_remembered: dict[Stamp, Checksum] = {}


def stamp_of(path: Path | str) -> Stamp:
    """Return the stamp of a regular file; OSError for anything else."""
    state = os.stat(path)  # noqa: PTH116  # half the time of Path.stat
    if not stat.S_ISREG(state.st_mode):
        raise OSError("no regular file")
    return Stamp(state.st_dev, state.st_ino, state.st_size, state.st_mtime_ns)


def checksum(path: Path) -> Checksum:
    """Return the checksum of a file, remembered or read; OSError if it cannot be read."""
    stamp = stamp_of(path)
    found = _remembered.get(stamp)
    if found is None:
        found = _read(path)
        if stamp_of(path) == stamp and time_ns() - stamp.modified > SETTLED:
            if len(_remembered) >= REMEMBERED:
                _remembered.clear()
            _remembered[stamp] = found
    return found


def checksums(folder: Path, leaving_out: Collection[str]) -> dict[str, Checksum]:
    """Return the checksums of all files in a folder, by name."""
    paths = sorted(path for path in folder.iterdir() if path.name not in leaving_out)
    return {path.name: checksum(path) for path in paths}


def forget() -> None:
    """Forget all checksums, so that every file is read again."""
    _remembered.clear()


def damage(folder: Path, written: Mapping[str, Checksum]) -> Iterator[str]:
    """Yield a sentence for each file of a folder that is not as it was written."""
    for name, expected in written.items():
        try:
            if problem := _difference(folder / name, expected):
                yield f"{name} {problem}"
        except FileNotFoundError:
            yield f"{name} is missing"
        except OSError as error:
            yield f"{name} cannot be read ({error.strerror or error})"


def _difference(path: Path, expected: Checksum) -> str:
    size = stamp_of(path).size
    if size < expected.size:
        return f"is cut short: {size} of {expected.size} bytes are left"
    if size > expected.size:
        return f"has {size - expected.size} bytes more than were written"
    return "" if checksum(path) == expected else "is damaged: its content is not what was written"


def _read(path: Path) -> Checksum:
    size = found = 0
    buffer = memoryview(bytearray(PORTION))
    with path.open("rb", buffering=0) as file:
        while count := file.readinto(buffer):
            found = crc32(buffer[:count], found)
            size += count
    return Checksum(size, found)
