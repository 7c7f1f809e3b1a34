"""Measurement of memory and disk use.

The peak of a process is the kernel's high-water mark of its current program. (On other systems it is `ru_maxrss`; on
Linux that starts at the memory of the parent process, which may be more.) Work spread over several processes is watched
from outside: the sum of their *proportional* set sizes, where a page shared by three counts a third for each.
"""

import resource
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from types import TracebackType
from typing import NamedTuple

PROC = Path("/proc")
PAUSE = 0.2  # seconds between samples; each holds the memory lock of the watched process for some milliseconds
KIB = 1024


def peak_bytes() -> int:
    """The peak resident memory of this process."""
    own = _kilobytes(PROC / "self" / "status", "VmHWM:")
    if own is not None:
        return own * KIB
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * KIB


def resident_bytes() -> int:
    """The current resident memory of this process; its peak if the system does not report it."""
    own = _kilobytes(PROC / "self" / "status", "VmRSS:")
    return peak_bytes() if own is None else own * KIB


def disk_bytes(folder: Path) -> int:
    """Bytes of all files below a folder; hard links to one file count once."""
    found = (path.lstat() for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return sum({(stat.st_dev, stat.st_ino): stat.st_size for stat in found}.values())


class Resident(NamedTuple):
    """Resident memory in bytes: a process's own, and that of files it has mapped, which the kernel may take back."""

    own: int
    mapped: int


class Watch:
    """Watches a process and its descendants during a block; `peak` is the most they had together, in bytes.

    `own` is the most that was not backed by files: file pages are reclaimed by the kernel when others need memory. Both
    stay 0 on systems without /proc.
    """

    def __init__(self, process: int) -> None:
        self.peak = self.own = 0
        self._process = process
        self._done = Event()
        self._thread = Thread(target=self._look, daemon=True)

    def __enter__(self) -> "Watch":
        """Start watching."""
        if PROC.is_dir():
            self._thread.start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        """Stop watching."""
        self._done.set()
        if self._thread.is_alive():
            self._thread.join()

    def _look(self) -> None:
        while not self._done.wait(PAUSE):
            family = [PROC / str(one) / "smaps_rollup" for one in _family(self._process)]
            self.peak = max(self.peak, sum(_kilobytes(one, "Pss:") or 0 for one in family) * KIB)
            self.own = max(self.own, sum(_kilobytes(one, "Pss_Anon:") or 0 for one in family) * KIB)


def children(process: int) -> list[int]:
    """The descendants of a process."""
    return list(_family(process))[1:]


def resident_of(process: int) -> Resident:
    """The resident memory of a process; 0 where the system does not report it."""
    status = PROC / str(process) / "status"
    own, mapped = (_kilobytes(status, name) or 0 for name in ("RssAnon:", "RssFile:"))
    return Resident(own * KIB, mapped * KIB)


def open_files(process: int) -> int:
    """The number of open file handles of a process; 0 if the system does not report it."""
    folder = PROC / str(process) / "fd"
    return len(list(folder.iterdir())) if folder.is_dir() else 0


def _family(process: int) -> Iterator[int]:
    yield process
    with suppress(OSError):
        for task in (PROC / str(process) / "task").iterdir():
            for child in (task / "children").read_text().split():
                yield from _family(int(child))


def _kilobytes(file: Path, name: str) -> int | None:
    """The value of a name in a /proc file; None if there is no such file, or the process has ended."""
    with suppress(OSError):
        for line in file.read_text().splitlines():
            if line.startswith(name):
                return int(line.split()[1])
    return None
