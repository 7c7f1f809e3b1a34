"""The members of a tar archive, as they come: it may be packed, and is never sought in.

Only files are read. Folders, links and devices hold nothing, and nothing follows a link.
"""

import io
import tarfile
from collections.abc import Iterator
from typing import IO, cast

from archive.reading.containers.bounds import ContainerBudget
from archive.reading.containers.decompression import ShortReads, UnreadableFile
from archive.reading.containers.members import BadMember, Member, bounded_stream, clean_name, is_passed_over, shown

BLOCK = tarfile.BLOCKSIZE
DAMAGES = (tarfile.TarError, ValueError, OverflowError, OSError, EOFError, MemoryError, RecursionError, LookupError)
MAGIC = slice(257, 262)


class _Entry(tarfile.TarInfo):
    """A header that is told from the end of the archive: tarfile takes a damaged one, or none, for the end."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> "_Entry":
        """Read a header; raises ReadError where it is none."""
        if len(buf) < BLOCK:
            raise tarfile.ReadError("cut short")
        try:
            return super().frombuf(buf, encoding, errors)
        except tarfile.HeaderError as error:
            if not any(buf):  # the end
                raise
            raise tarfile.ReadError("damaged header") from error


def is_tar(head: bytes) -> bool:
    """Whether the first block of a file is that of a tar archive."""
    return head[MAGIC] == b"ustar"


def tar_members(stream: io.BufferedReader, budget: ContainerBudget) -> Iterator[Member | BadMember]:
    """The files in an archive. Folders and links count as members. Raises OverBound, and UnreadableFile for damage."""
    try:
        archive = tarfile.open(fileobj=cast("IO[bytes]", ShortReads(stream)), mode="r|", tarinfo=_Entry, errorlevel=1)  # noqa: SIM115  # it closes nothing
        while (entry := archive.next()) is not None:
            archive.members.clear()  # type: ignore[attr-defined]  # it keeps all that it has seen
            budget.count_member()
            if entry.isfile():
                yield from _opened(archive, entry, budget)
    except UnreadableFile:
        raise
    except DAMAGES as error:
        raise UnreadableFile(
            "the tar archive is damaged or was cut short; what stood before was read: fetch it again"
        ) from error


def _opened(archive: tarfile.TarFile, entry: tarfile.TarInfo, budget: ContainerBudget) -> Iterator[Member | BadMember]:
    name = clean_name(entry.name)
    if name is None:
        yield BadMember(shown(entry.name), "its path leads out of the archive; it was not read")
        return
    file = archive.extractfile(entry)
    if file is not None and not is_passed_over(name):
        yield Member(name, bounded_stream(file.read, budget, DAMAGES))
