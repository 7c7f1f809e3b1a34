"""Bounds of a container: how many members, how many bytes, how deep, how densely packed.

They hold for a file with all that is inside it, however it is nested, so that bombs end early and the honest pass.
"""

from dataclasses import dataclass

from archive.reading.containers.decompression import MOST_RATIO, UnsuitableFile

MOST_MEMBERS = 200_000  # of a file unless set otherwise; a year of a large outlet has a fifth
MOST_MEBIBYTES = 65_536  # of all members unpacked unless set otherwise; they are never held together
MOST_NESTING = 3  # containers in one another unless set otherwise
RATIO_FROM = 1 << 26  # bytes unpacked from which the ratio is held; small files repeat themselves honestly


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

    def check_depth(self, depth: int) -> None:
        """Raise UnsuitableFile for a container in more containers than may be."""
        if depth > self.bounds.nesting:
            raise UnsuitableFile(
                f"it is packed in {depth - 1} others; more than {self.bounds.nesting} in one another are not read: "
                "unpack it first, or raise KLIPING_CONTAINER_NESTING"
            )
