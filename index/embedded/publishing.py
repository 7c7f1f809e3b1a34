"""Generations on disk: a new index replaces the old one in a single atomic step.

The index folder has one sub-folder per generation and a file `CURRENT` with the name of the published one. A build
writes a new folder; publishing syncs it to disk and then replaces `CURRENT` by a rename. A killed build leaves an
unpublished folder, which the next build removes. The generation before the published one is kept, so that readers who
opened it can go on.

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
from index.engine import BuildInProgress, UnusableLocation

CURRENT = "CURRENT"
LOCK = "lock"
NAME = re.compile(
    r"\d{8}T\d{6}-\d+"
)  # of a generation's folder; other files and folders are not ours and stay untouched


class GenerationStore:
    """The generations in one folder, which need not exist yet."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._pointer = str(folder / CURRENT)
        self._read: tuple[tuple[int, int], Path] | None = None

    def current(self) -> Path | None:
        """Return the published generation, or None if nothing was published.

        Every query calls this, so `CURRENT` is read again only after its inode or modification time has changed.
        """
        try:
            state = os.stat(self._pointer)  # noqa: PTH116  # a tenth of the time of Path.stat
            stamp = (state.st_ino, state.st_mtime_ns)
            if self._read is None or self._read[0] != stamp:
                self._read = stamp, self.folder / Path(self._pointer).read_text(encoding="utf-8").strip()
            return self._read[1]
        except FileNotFoundError:
            return None
        except OSError as error:
            raise _unusable(self.folder, error) from error

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
                        self._sweep(previous=True)
            finally:
                if fresh != self.current():
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
            self.folder.mkdir(parents=True, exist_ok=True)
            return (self.folder / LOCK).open("a+", encoding="utf-8")
        except OSError as error:
            raise _unusable(self.folder, error) from error

    def _fresh(self) -> Path:
        for number in range(1000):
            folder = self.folder / f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{number}"
            with suppress(FileExistsError):
                folder.mkdir()
                return folder
        raise BuildInProgress(f"no free name for a generation under {self.folder}")

    def _publish(self, folder: Path) -> None:
        for file in folder.iterdir():
            sync(file)
        sync(folder)
        pointer = self.folder / f"{CURRENT}.new"
        pointer.write_text(folder.name + "\n", encoding="utf-8")
        sync(pointer)
        pointer.replace(self.folder / CURRENT)
        sync(self.folder)

    def _sweep(self, *, previous: bool = False) -> None:
        """Remove unpublished generations; with `previous`, remove all but the published one and the one before it."""
        current = self.current()
        if current is None:
            doomed = self._folders()
        elif previous:
            doomed = [folder for folder in self._folders() if folder != current][:-1]
        else:
            doomed = [folder for folder in self._folders() if folder.name > current.name]
        for folder in doomed:
            shutil.rmtree(folder)

    def _folders(self) -> list[Path]:
        return sorted(path for path in self.folder.iterdir() if NAME.fullmatch(path.name) and path.is_dir())


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
