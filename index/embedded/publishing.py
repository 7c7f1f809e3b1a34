"""Generations on disk: a new index replaces the old one in a single atomic step.

The index folder has one sub-folder per generation and a file `CURRENT` with the name of the published one. A build
writes a new folder; publishing syncs it to disk and then replaces `CURRENT` by a rename. A killed build leaves an
unpublished folder, which the next build removes. The generation before the published one is kept, so that readers who
opened it can go on. While `CURRENT` is lost or damaged, any complete generation may be the published one, so none is
removed until another is published.

    CURRENT                     "20261121T091500-0"
    lock                        process id, host and start of the running build, held by flock
    20261121T091500-0/          the published generation
    20261120T220311-0/          the one before it
"""

import fcntl
import json
import os
import re
import shutil
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from index.disk_errors import reason, remedy
from index.embedded.manifest import MANIFEST
from index.engine import BuildInProgress, DamagedIndex, UnusableLocation

CURRENT = "CURRENT"
LOCK = "lock"
# Of a generation's folder: when it was begun, and a number. Other files and folders are not ours and stay untouched.
NAME = re.compile(r"(\d{8}T\d{6})-(\d{1,4})", re.ASCII)
POINTER = re.compile(rf"({NAME.pattern})\n".encode())  # all that CURRENT may contain
LONGEST_POINTER = 64  # bytes read of CURRENT; more than any name has


class GenerationStore:
    """The generations in one folder, which need not exist yet."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._pointer = str(folder / CURRENT)
        self._read: tuple[tuple[int, int, int], Path] | None = None

    def current(self) -> Path | None:
        """Return the published generation, or None if nothing was published; DamagedIndex if `CURRENT` names none.

        Every query calls this, so `CURRENT` is read again only after its inode, size or modification time has changed.
        """
        try:
            state = os.stat(self._pointer)  # noqa: PTH116  # a tenth of the time of Path.stat
            stamp = (state.st_ino, state.st_size, state.st_mtime_ns)
            if self._read is None or self._read[0] != stamp:
                self._read = stamp, self.folder / self._named()
            return self._read[1]
        except FileNotFoundError:
            return None
        except OSError as error:
            raise _unusable(self.folder, error) from error

    def _named(self) -> str:
        """Read the name of the published generation."""
        with Path(self._pointer).open("rb") as file:
            found = POINTER.fullmatch(file.read(LONGEST_POINTER))
        if found is None:
            raise DamagedIndex(f"{self._pointer} does not name a generation of the index; run: flask reindex --full")
        return found[1].decode()

    @contextmanager
    def writing(self, wanted: Callable[[], bool]) -> Iterator[Path]:
        """Create an empty folder for a new generation; on exit it is published if `wanted`, otherwise removed.

        An exception removes it too. Raises BuildInProgress if another build holds the lock.
        """
        with _naming(self.folder), self._locked():
            self._sweep()
            fresh = self._fresh()
            try:
                yield fresh
                if wanted():
                    self._publish(fresh)
                    with suppress(OSError):  # what cannot be removed now is removed by the next build
                        self._sweep()
            finally:
                if fresh != self.intact_current():
                    shutil.rmtree(fresh, ignore_errors=True)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with self._lock() as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise BuildInProgress(f"another reindex is underway ({_holder(lock)}); wait for it to end") from None
            lock.truncate(0)
            json.dump({"pid": os.getpid(), "host": socket.gethostname(), "since": _now()}, lock)
            lock.flush()
            try:
                yield
            finally:
                lock.truncate(0)

    def _lock(self) -> IO[str]:
        try:
            _make_folder(self.folder)
            return (self.folder / LOCK).open("a+", encoding="utf-8")
        except OSError as error:
            raise _unusable(self.folder, error) from error

    def _fresh(self) -> Path:
        """Create a folder whose name no single damaged byte in `CURRENT` turns into that of another generation."""
        others = [path.name for path in self.folder.iterdir()]
        for number in range(1000):
            name = f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{number}"
            if all(_is_distinct(name, other) for other in others):
                (self.folder / name).mkdir()
                return self.folder / name
        raise BuildInProgress(f"no free name for a generation under {self.folder}")

    def _publish(self, folder: Path) -> None:
        for file in folder.iterdir():
            sync(file)
        sync(folder)
        pointer = self.folder / f"{CURRENT}.new"
        pointer.write_text(folder.name + "\n", encoding="utf-8")
        sync(pointer)
        sync(self.folder)  # the new folder must be there before CURRENT names it
        pointer.replace(self.folder / CURRENT)
        sync(self.folder)

    def intact_current(self) -> Path | None:
        """Return the published generation, or None if there is none or `CURRENT` is damaged."""
        try:
            return self.current()
        except DamagedIndex:
            return None

    def _sweep(self) -> None:
        """Remove all generations but the published one and the one before it."""
        current = self.intact_current()
        if current is None:
            doomed = [folder for folder in self._folders() if not (folder / MANIFEST).exists()]
        else:
            older = [folder for folder in self._folders() if _age(folder) < _age(current)]
            doomed = [folder for folder in self._folders() if folder not in {current, *older[-1:]}]
        for folder in doomed:
            shutil.rmtree(folder)

    def _folders(self) -> list[Path]:
        found = (path for path in self.folder.iterdir() if NAME.fullmatch(path.name) and path.is_dir())
        return sorted(found, key=_age)


def _age(folder: Path) -> tuple[str, int]:
    """The sort key of generations from the oldest to the newest."""
    begun, _, number = folder.name.partition("-")
    return begun, int(number)


def _is_distinct(name: str, other: str) -> bool:
    """Whether two names differ in more than one character."""
    return len(name) != len(other) or sum(one != two for one, two in zip(name, other, strict=True)) > 1


def _make_folder(folder: Path) -> None:
    """Create a folder, with its parents, so that it is still there after a power cut."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for path in missing:
        sync(path.parent)


@contextmanager
def _naming(folder: Path) -> Iterator[None]:
    """Say of an error of the operating system where it happened, and what to do about it."""
    try:
        yield
    except OSError as error:
        raise _unusable(folder, error) from error


def _unusable(folder: Path, error: OSError) -> UnusableLocation:
    what = remedy(error, "check its path")
    return UnusableLocation(
        f"the index folder {folder} cannot be used: {reason(error)}; {what}, or set KLIPING_INDEX to another folder"
    )


def _holder(lock: IO[str]) -> str:
    lock.seek(0)
    with suppress(ValueError, KeyError):
        holder = json.loads(lock.read())
        return f"process {holder['pid']} on {holder['host']} since {holder['since']}"
    return "its process is just starting"


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")


def sync(path: Path) -> None:
    """Flush a file or folder to disk (fsync)."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
