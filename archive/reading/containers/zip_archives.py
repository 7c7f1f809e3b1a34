"""The members of a zip archive, in the order of its directory."""

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import IO

from archive.reading.containers.bounds import ContainerBudget, OverBound
from archive.reading.containers.decompression import UnreadableFile
from archive.reading.containers.members import BadMember, Member, bounded_stream, clean_name, is_passed_over, shown

DAMAGES = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,
    MemoryError,
    OverflowError,
    LookupError,
    struct.error,
)
ENCRYPTED = 1  # the flag of a member that needs a password
DIRECTORY_ENTRY = 256  # bytes that the directory may have for a member, on average: names have a hundred
SMALL_DIRECTORY = 1 << 20  # bytes that any directory may have; the fewest for a member are 46, and half a kilobyte held
END_RECORD = b"PK\x05\x06"
END_BYTES = 22  # of the end record without its comment, by the format
LONGEST_COMMENT = 65_535  # bytes between the end record and the end of the file


def open_zip(stream: IO[bytes], budget: ContainerBudget) -> zipfile.ZipFile:
    """Open a seekable stream as a zip archive; raises UnreadableFile if its directory cannot be read."""
    if _directory_bytes(stream) > max(SMALL_DIRECTORY, DIRECTORY_ENTRY * budget.bounds.members):
        raise OverBound(f"its directory is too large for {budget.bounds.members:,} members; split it")
    try:
        return zipfile.ZipFile(stream)
    except (*DAMAGES, NotImplementedError, UnicodeError) as error:
        raise UnreadableFile(
            "the file is damaged or was cut short: the directory of its parts cannot be read; fetch it again"
        ) from error


def _directory_bytes(stream: IO[bytes]) -> int:
    """What the directory claims to have, before anything is held of it; 4 GiB and more are told as 4 GiB."""
    size = stream.seek(0, io.SEEK_END)
    stream.seek(max(0, size - END_BYTES - LONGEST_COMMENT))
    tail = stream.read()
    place = tail.rfind(END_RECORD)
    stream.seek(0)
    return int.from_bytes(tail[place + 12 : place + 16], "little") if place >= 0 else 0


def zip_members(archive: zipfile.ZipFile, budget: ContainerBudget) -> Iterator[Member | BadMember]:
    """The files in an archive. Raises OverBound."""
    for entry in archive.infolist():
        if entry.filename.endswith("/"):  # is_dir fails on an empty name
            continue
        budget.count_member()
        name = clean_name(entry.filename)
        if name is None:
            yield BadMember(shown(entry.filename), "its path leads out of the archive; it was not read")
        elif not is_passed_over(name):
            yield _opened(archive, entry, name, budget)


def _opened(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, budget: ContainerBudget) -> Member | BadMember:
    if entry.flag_bits & ENCRYPTED:
        return BadMember(name, "it is encrypted; unpack the archive with its password first")
    try:
        file = archive.open(entry)
    except NotImplementedError:
        return BadMember(name, "it is packed in a way that is not read; unpack the archive first")
    except DAMAGES:
        return BadMember(name, "it is damaged in its container; fetch the archive again")
    return Member(name, bounded_stream(_counting(file, budget), budget, DAMAGES))


def _counting(file: IO[bytes], budget: ContainerBudget) -> Callable[[int], bytes]:
    """Read a member, whose lines are counted as those of every packed file."""

    def read(size: int) -> bytes:
        part = file.read(size)
        budget.count_lines(part)
        return part

    return read


def small_member(archive: zipfile.ZipFile, name: str) -> bytes:
    """The bytes of a member that is known to be small; nothing if it cannot be read."""
    try:
        return archive.read(name)
    except (*DAMAGES, NotImplementedError):
        return b""
