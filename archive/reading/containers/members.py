"""The members of a container, one after the other: what all kinds of containers share.

A member is read while its container stands at it, and never afterwards. Members whose names begin with a dot are passed
over like such files in folders, and so is what macOS adds for itself.
"""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from archive.reading.containers.bounds import ContainerBudget
from archive.reading.containers.decompression import BUFFER, UnreadableFile, stream_of

HIDDEN = (".", "~$")  # names begin so; the latter are what Office writes beside a document while it is open
MACOS = "__MACOSX"  # the folder of its resource forks in zip archives
LONGEST_SHOWN = 300  # characters of the name of a member in a message


@dataclass(frozen=True, slots=True)
class Member:
    """A file in a container: its path there, with slashes, and its bytes."""

    name: str
    stream: io.BufferedReader


@dataclass(frozen=True, slots=True)
class BadMember:
    """A member that cannot be opened, and the reason."""

    name: str
    reason: str


def clean_name(given: str) -> str | None:
    """The path of a member below its container, without superfluous parts; None if it leads out of it."""
    parts = [part for part in given.replace("\\", "/").split("/") if part not in {"", "."}]
    if given.startswith(("/", "\\")) or ".." in parts or not parts or ":" in parts[0]:
        return None
    return "/".join(parts)


def shown(name: str) -> str:
    """The name of a member for a message."""
    return name if len(name) <= LONGEST_SHOWN else name[:LONGEST_SHOWN] + "…"


def is_passed_over(name: str) -> bool:
    """Whether a member is hidden: it or a folder around it begins as such do, or is what macOS adds."""
    return any(part.startswith(HIDDEN) or part == MACOS for part in name.split("/"))


def bounded_stream(
    read: Callable[[int], bytes], budget: ContainerBudget, damages: tuple[type[Exception], ...]
) -> io.BufferedReader:
    """The bytes of a member as a stream within the bounds; `damages` are what `read` raises for damaged ones."""
    return stream_of(_chunks(read, budget, damages))


def _chunks(
    read: Callable[[int], bytes], budget: ContainerBudget, damages: tuple[type[Exception], ...]
) -> Iterator[bytes]:
    try:
        while part := read(BUFFER):
            budget.count_bytes(len(part))
            yield part
    except UnreadableFile:
        raise
    except damages as error:
        raise UnreadableFile("it is damaged in its container; what stood before the damage was read") from error
