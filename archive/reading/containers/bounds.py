"""Bounds of a file with all that is inside it: how many records, lines, members and bytes, how deep, how dense.

They hold however it is nested, so that bombs end early and the honest pass. An article takes hundreds of bytes on disk,
however well it is packed, while two kilobytes may hold millions of records that are empty or the same. So the work on a
file is bounded by its size.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from archive.reading.containers.decompression import MOST_RATIO, UnsuitableFile

MOST_MEMBERS = 200_000  # of a file unless set otherwise; a year of a large outlet has a fifth
MOST_MEBIBYTES = 65_536  # of all members unpacked unless set otherwise; they are never held together
MOST_RECORDS = 10_000  # of any file, read or rejected, and one more for each of its bytes on disk
MOST_LINES = 100_000  # that what is packed in any file may unpack to, ...
MOST_LINES_A_BYTE = 20  # ... and so many for each of its bytes; a line of news takes some 20 bytes, a repeated one 2
MOST_NESTING = 3  # containers in one another unless set otherwise
RATIO_FROM = 1 << 26  # bytes unpacked from which the ratio is held; small files repeat themselves honestly
TOO_DENSE = "the rest was not read: unpack it first if that is meant"

Item = TypeVar("Item")


class OverBound(UnsuitableFile):
    """A file goes beyond a bound of containers: nothing more of it is read."""


@dataclass(frozen=True, slots=True)
class ContainerBounds:
    """What a keeper may set: members, MiB unpacked, containers in one another, and bytes unpacked for a byte packed."""

    members: int = MOST_MEMBERS
    mebibytes: int = MOST_MEBIBYTES
    nesting: int = MOST_NESTING
    ratio: int = MOST_RATIO


CONTAINER_BOUNDS = ContainerBounds()


class ContainerBudget:
    """What one file has taken of its bounds so far. `packed` is its size on disk, in bytes."""

    def __init__(self, bounds: ContainerBounds, packed: int) -> None:
        self.bounds = bounds
        self._packed = packed
        self._members = 0
        self._lines = 0
        self._unpacked = 0

    def count_member(self) -> None:
        """Count a member that is about to be opened; raises OverBound."""
        self._members += 1
        if self._members > self.bounds.members:
            raise OverBound(
                f"it has more than {self.bounds.members:,} members; the rest was not read: "
                "split it, or raise KLIPING_CONTAINER_MEMBERS"
            )

    def count_bytes(self, size: int) -> None:
        """Count bytes that a member unpacks to; raises OverBound."""
        self._unpacked += size
        if self._unpacked > self.bounds.mebibytes << 20:
            raise OverBound(
                f"it unpacks to more than {self.bounds.mebibytes:,} MiB; the rest was not read: "
                "split it, or raise KLIPING_CONTAINER_UNPACKED"
            )
        if self._unpacked > max(RATIO_FROM, self.bounds.ratio * self._packed):
            raise OverBound(
                f"it unpacks to more than {self.bounds.ratio:,} times its size; the rest was not read: "
                "unpack it first if that is meant, or raise KLIPING_CONTAINER_RATIO"
            )

    def count_lines(self, unpacked: bytes) -> None:
        """Count the lines of what is unpacked; raises OverBound."""
        self._lines += unpacked.count(b"\n") + unpacked.count(b"\r")
        if self._lines > MOST_LINES + MOST_LINES_A_BYTE * self._packed:
            raise OverBound(
                f"it unpacks to more than {MOST_LINES:,} lines, and {MOST_LINES_A_BYTE} for each of its bytes; "
                f"{TOO_DENSE}"
            )

    def counted(self, records: Iterable[Item]) -> Iterator[Item]:
        """Pass on the records of the whole file. Raises OverBound where they are too many."""
        for number, record in enumerate(records):
            if number >= MOST_RECORDS + self._packed:
                raise OverBound(f"more than {MOST_RECORDS:,} records, and one for each of its bytes; {TOO_DENSE}")
            yield record

    def check_depth(self, depth: int) -> None:
        """Raise UnsuitableFile for a container in more containers than may be."""
        if depth > self.bounds.nesting:
            raise UnsuitableFile(
                f"it is packed in {depth - 1} others; more than {self.bounds.nesting} in one another are not read: "
                "unpack it first, or raise KLIPING_CONTAINER_NESTING"
            )
