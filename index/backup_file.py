"""The backup file: a tar archive, compressed with Zstandard, whose every byte is covered by one digest at its end.

    kliping-backup.json     {"format": 1, "version": …, "index": {…}, "members": [[name, bytes], …]}
    index/…                 the files of one generation
    settings/…              the files of the keeper's settings
    last 56 bytes           a skippable Zstandard frame: tag and digest of all bytes before it

`zstd -d` and `tar` read it too, since they skip the last frame. Reading takes only the members that the first one
lists, under names that are checked, so no backup can write anywhere else.
"""

import io
import json
import os
import re
import struct
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import IO, Any, BinaryIO

from zstandard import ZstdCompressor, ZstdDecompressor, ZstdError

from index.disk_errors import reason, remedy
from index.engine import EngineError, IndexInfo

FORMAT = 1
HEADER = "kliping-backup.json"
NAME = re.compile(r"(?:index|settings)/[A-Za-z0-9_][A-Za-z0-9_.-]*")
FRAME = struct.Struct("<LL16s32s")  # of the digest: magic number, length of the rest, tag, digest
FRAME_MAGIC = 0x184D2A5C  # one of the sixteen of skippable frames
TAG = b"kliping backup 1"
LEVEL = 3  # of Zstandard, its default; most of an index is compressed already
PORTION = 1 << 20  # bytes
LARGEST_HEADER = 1 << 24  # bytes; a generation has tens of files
REMEDY = "nothing was changed. Use another backup, or make the index anew from the articles: flask reindex"


@dataclass(frozen=True, slots=True)
class PinnedIndex:
    """The files of a published index, held open for a backup: they stay readable whatever is published meanwhile.

    `version` is that of the files; only an engine of the same version reads them.
    """

    info: IndexInfo
    version: str
    files: Mapping[str, BinaryIO]


class BadBackup(EngineError):
    """A backup cannot be written, or not be restored."""


class NoPlaceForBackup(BadBackup):
    """A backup cannot have the name that was asked for: there is a folder, or no folder that could hold it."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was read whole and is as it was written: its path, its header and its members with their sizes."""

    path: Path
    header: Mapping[str, Any]
    members: tuple[tuple[str, int], ...]

    def open(self) -> Iterator[tuple[str, IO[bytes]]]:
        """Yield name and content of each member; each must be read before the next."""
        with _reading(self.path), self.path.open("rb") as file:
            entries = _entries(file)
            next(entries)
            for wanted in self.members:
                member, content = next(entries, (None, io.BytesIO()))
                if member is None or (member.name, member.size) != wanted:
                    raise BadBackup(f"{self.path} does not hold what its list says; {REMEDY}")
                yield member.name, content


def write_backup(path: Path, header: Mapping[str, Any], members: Mapping[str, BinaryIO]) -> None:
    """Write a backup; it gets its name only when it is complete. Nothing but a file is replaced."""
    if path.exists() and not path.is_file():
        raise NoPlaceForBackup(
            f"the backup {path} cannot be written: that is no file, but a folder or a device; name another"
        )
    unfinished = path.with_name(f".{path.name}.unfinished")
    sizes = [(name, os.fstat(stream.fileno()).st_size) for name, stream in members.items()]
    head = json.dumps({**header, "format": FORMAT, "members": sizes}, ensure_ascii=False).encode()
    try:
        with unfinished.open("wb") as file:
            digested = _Digested(file)
            compressor = ZstdCompressor(LEVEL)
            with (
                compressor.stream_writer(digested, closefd=False) as packed,  # type: ignore[arg-type]  # it only writes
                tarfile.open(fileobj=packed, mode="w|") as tar,
            ):
                _add(tar, HEADER, len(head), io.BytesIO(head))
                for (name, size), stream in zip(sizes, members.values(), strict=True):
                    _add(tar, name, size, stream)
            file.write(FRAME.pack(FRAME_MAGIC, FRAME.size - 8, TAG, digested.digest.digest()))
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except OSError as error:
        what = remedy(error, "name another file")
        kind = NoPlaceForBackup if isinstance(error, (FileNotFoundError, NotADirectoryError)) else BadBackup
        raise kind(f"the backup {path} cannot be written: {reason(error)}; {what}") from error
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)


def read_backup(path: Path) -> Backup:
    """Read a whole backup and check it; BadBackup if it is damaged, cut short or of another format."""
    with _reading(path), path.open("rb") as file:
        _check_digest(path, file)
        file.seek(0)
        member, content = next(_entries(file), (None, io.BytesIO()))
        if member is None or member.name != HEADER or member.size > LARGEST_HEADER:
            raise BadBackup(f"{path} is no backup of Kliping; {REMEDY}")
        header = json.loads(content.read())
        if header["format"] != FORMAT:
            raise BadBackup(
                f"{path} was written by another version of Kliping (format {header['format']}, not {FORMAT}): restore "
                "it with that version, or make the index anew from the articles: flask reindex"
            )
        members = tuple((str(name), int(size)) for name, size in header["members"])
        if len({name for name, _ in members}) != len(members) or not all(NAME.fullmatch(name) for name, _ in members):
            raise BadBackup(f"{path} lists files that do not belong into a backup; {REMEDY}")
        return Backup(path, header, members)


class _Digested:
    """A file to write to that keeps a digest of what was written."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.digest = blake2b(digest_size=32)

    def write(self, data: bytes) -> int:
        """Write and digest."""
        self.digest.update(data)
        return self._file.write(data)

    def flush(self) -> None:
        """Flush the file."""
        self._file.flush()


def _add(tar: tarfile.TarFile, name: str, size: int, content: IO[bytes]) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o644
    tar.addfile(member, content)


def _check_digest(path: Path, file: BinaryIO) -> None:
    rest = file.seek(0, os.SEEK_END) - FRAME.size
    file.seek(0)
    digest = blake2b(digest_size=32)
    while rest > 0 and (portion := file.read(min(PORTION, rest))):
        digest.update(portion)
        rest -= len(portion)
    if file.read() != FRAME.pack(FRAME_MAGIC, FRAME.size - 8, TAG, digest.digest()):
        raise BadBackup(f"{path} is damaged, cut short, or no backup of Kliping; {REMEDY}")


def _entries(file: BinaryIO) -> Iterator[tuple[tarfile.TarInfo, IO[bytes]]]:
    """Yield the regular files of the archive; anything else is an error."""
    with (
        ZstdDecompressor().stream_reader(file, closefd=False) as unpacked,
        tarfile.open(fileobj=unpacked, mode="r|") as tar,
    ):
        for member in tar:
            content = tar.extractfile(member) if member.isreg() else None
            if content is None:
                raise tarfile.ReadError(f"{member.name!r} is no file")
            yield member, content


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    """Put the errors of reading into words. The digest was right or not: a forged file must not do more harm."""
    try:
        yield
    except (tarfile.TarError, ZstdError, ValueError, KeyError, TypeError, EOFError, RecursionError) as error:
        raise BadBackup(f"{path} is no backup of Kliping ({error}); {REMEDY}") from error
    except OSError as error:
        if error.filename is None and error.errno is None:  # tarfile: unexpected end of data
            raise BadBackup(f"{path} is no backup of Kliping ({error}); {REMEDY}") from error
        raise
