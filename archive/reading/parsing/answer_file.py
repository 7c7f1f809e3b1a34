"""The answer file: what parsers answered, by a digest of the question, kept between runs.

Answers are appended as they come, so an interrupted run has not parsed in vain. Those that a run did not ask for are
dropped at its end. Each is checked when it is read, so damage costs a parse. Where the file cannot be read or written,
everything is parsed. Answers are JSON, so reading one runs no code.

    version                 a line: what all answers depend on beside their questions
    of each answer:
        key       16 bytes  digest of the question
        check     16 bytes  digest of the key and of what is packed
        size      u4        bytes of what is packed
        packed              the parts of the answer, a line each, compressed with Zstandard
"""

import logging
import os
import struct
from collections.abc import Iterator, Sequence
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Final, NamedTuple

import zstandard

from archive.reading.seen_ids import SeenIds

HEAD: Final = struct.Struct("<16s16sI")
LEVEL: Final = 3  # of Zstandard, its default
AT_ONCE: Final = 1 << 20  # bytes copied at once
PERMISSIONS: Final = 0o600  # of the file: it holds texts, and only the keeper's runs read it


class _Entry(NamedTuple):
    """An answer in the file: the digest of its question, where it begins, and where it ends."""

    key: bytes
    start: int
    end: int


class AnswerFile:
    """The answers in a file, which is opened for the first question and need not exist yet; without one, none are kept.

    Answers of another `version` are forgotten, with `anew` all are. With `read_only` the file stays as it is. One run
    at a time uses a file.
    """

    def __init__(self, path: Path | None, version: str = "", *, anew: bool = False, read_only: bool = False) -> None:
        self._path = path or Path()
        self._first_line = f"kliping answers 1 {version!r}\n".encode()
        self._anew = anew
        self._read_only = read_only
        self._handle: int | None = None
        self._given_up = path is None or (read_only and anew)
        self._end = 0  # of the answers that are whole
        self._places = SeenIds()  # where the answer to each question begins
        self._asked = SeenIds()
        self._answers = self._used = 0  # that are in the file, and that this run asked for

    def __contains__(self, key: bytes) -> bool:
        """Whether an answer was kept; it may be damaged."""
        return self._is_open() and key in self._places

    def get(self, key: bytes) -> list[bytes] | None:
        """The parts of the answer to a question, by its digest; None if it is not there as it was written."""
        if not self._is_open():
            return None
        answer = self._read(key)
        if self._asked.add(key) is None and answer is not None:
            self._used += 1
        return answer

    def add(self, key: bytes, answer: Sequence[bytes]) -> None:
        """Keep the parts of an answer that `get` did not find."""
        if self._read_only or not self._is_open():
            return
        packed = zstandard.compress(b"".join(part + b"\n" for part in answer), LEVEL)
        entry = HEAD.pack(key, _check(key, packed), len(packed)) + packed
        try:
            _write(self._handle_there, entry, self._end)
        except OSError as error:
            self._give_up(error)
            return
        self._places.put(key, self._end)
        self._end += len(entry)
        self._answers, self._used = self._answers + 1, self._used + 1

    def drop_unasked(self) -> None:
        """Drop all answers that were not asked for, and close the file."""
        if (self._handle is not None or self._path.exists()) and self._is_open() and self._used < self._answers:
            unfinished = self._path.with_name(f"{self._path.name}.unfinished")
            try:
                self._copy_asked(unfinished)
                unfinished.replace(self._path)
            except OSError as error:
                self._give_up(error)
            finally:
                with suppress(OSError):
                    unfinished.unlink(missing_ok=True)
        self.close()

    def close(self) -> None:
        """Close the file; no more can be asked for."""
        handle, self._handle, self._given_up = self._handle, None, True
        if handle is not None:
            os.close(handle)

    def _is_open(self) -> bool:
        """Whether the file can be used; it is opened if it was not."""
        if self._handle is None and not self._given_up:
            try:
                self._open()
            except OSError as error:
                if self._read_only and isinstance(error, FileNotFoundError):
                    self.close()
                else:
                    self._give_up(error)
        return self._handle is not None

    def _open(self) -> None:
        if self._read_only:
            self._handle = os.open(self._path, os.O_RDONLY)
        else:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._handle = os.open(self._path, os.O_RDWR | os.O_CREAT, PERMISSIONS)
        self._end = len(self._first_line)
        if self._anew or os.pread(self._handle, self._end, 0) != self._first_line:
            if self._read_only:
                self.close()
                return
            os.ftruncate(self._handle, 0)
            _write(self._handle, self._first_line, 0)
        for entry in _entries(self._handle, self._end):
            self._places.put(entry.key, entry.start)
            self._answers += 1
            self._end = entry.end

    def _read(self, key: bytes) -> list[bytes] | None:
        start = self._places.number(key)
        if start is None:
            return None
        try:
            found, check, size = HEAD.unpack(os.pread(self._handle_there, HEAD.size, start))
            packed = os.pread(self._handle_there, min(size, self._end - start), start + HEAD.size)
        except (OSError, struct.error):
            return None
        if (found, check) != (key, _check(key, packed)):
            return None
        return zstandard.decompress(packed).splitlines()

    def _copy_asked(self, path: Path) -> None:
        """Copy the answers that were asked for into another file."""
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PERMISSIONS), "wb") as to:
            to.write(self._first_line)
            for key, start, end in _entries(self._handle_there, len(self._first_line)):
                if key in self._asked and self._places.number(key) == start:
                    for at in range(start, end, AT_ONCE):
                        to.write(os.pread(self._handle_there, min(AT_ONCE, end - at), at))

    def _give_up(self, error: OSError) -> None:
        logging.getLogger(__name__).warning(
            "%s cannot be used, so pages and documents are parsed again: %s", self._path, error.strerror
        )
        self.close()

    @property
    def _handle_there(self) -> int:
        assert self._handle is not None  # noqa: S101  # asked only while it is open
        return self._handle


NO_ANSWERS = AnswerFile(None)


def _entries(handle: int, start: int) -> Iterator[_Entry]:
    """The answers in a file that are there to their end. A damaged size ends them, or what follows has no keys."""
    size = os.fstat(handle).st_size
    while start + HEAD.size <= size:
        key, _, packed = HEAD.unpack(os.pread(handle, HEAD.size, start))
        end = start + HEAD.size + packed
        if end > size:
            return
        yield _Entry(key, start, end)
        start = end


def _check(key: bytes, packed: bytes) -> bytes:
    return blake2b(packed, digest_size=16, key=key).digest()


def _write(handle: int, content: bytes, at: int) -> None:
    """Write at a place; raises OSError where there is no room for all of it."""
    written = 0
    while written < len(content):
        written += os.pwrite(handle, content[written:], at + written)
