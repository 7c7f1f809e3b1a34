"""How memory and disk are taken.

The peak of a process is the kernel's own high-water mark of its present program. (`ru_maxrss` does on other systems; on
Linux it begins at what the parent process had, which may be more.) Work that is spread over several processes is
watched from outside: the sum of their *proportional* sizes, in which a page that three share counts a third for each.
"""

import resource
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from types import TracebackType

PROC = Path("/proc")
PAUSE = 0.2  # seconds between two looks; a look costs the watched process some milliseconds of its memory's lock
KIB = 1024


def peak_bytes() -> int:
    """The most memory this process has had resident."""
    own = _kilobytes(PROC / "self" / "status", "VmHWM:")
    if own is not None:
        return own * KIB
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * KIB


def resident_bytes() -> int:
    """What this process has resident now; its peak where the system does not tell."""
    own = _kilobytes(PROC / "self" / "status", "VmRSS:")
    return peak_bytes() if own is None else own * KIB


def disk_bytes(folder: Path) -> int:
    """Bytes of all files below a folder; a file with several names counts once."""
    found = (path.lstat() for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return sum({(stat.st_dev, stat.st_ino): stat.st_size for stat in found}.values())


class Watch:
    """Watches a process and its descendants while the block runs; `peak` is the most they had together, in bytes.

    `own` is the most they had that lies in no file: pages of files the kernel gives up whenever others need room. Both
    stay 0 on systems without /proc.
    """

    def __init__(self, process: int) -> None:
        self.peak = self.own = 0
        self._process = process
        self._done = Event()
        self._thread = Thread(target=self._look, daemon=True)

    def __enter__(self) -> "Watch":
        """Begin."""
        if PROC.is_dir():
            self._thread.start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        """End."""
        self._done.set()
        if self._thread.is_alive():
            self._thread.join()

    def _look(self) -> None:
        while not self._done.wait(PAUSE):
            family = [PROC / str(one) / "smaps_rollup" for one in _family(self._process)]
            self.peak = max(self.peak, sum(_kilobytes(one, "Pss:") or 0 for one in family) * KIB)
            self.own = max(self.own, sum(_kilobytes(one, "Pss_Anon:") or 0 for one in family) * KIB)


def _family(process: int) -> Iterator[int]:
    yield process
    with suppress(OSError):
        for task in (PROC / str(process) / "task").iterdir():
            for child in (task / "children").read_text().split():
                yield from _family(int(child))


def _kilobytes(file: Path, name: str) -> int | None:
    """The figure a file of /proc has under a name; None where there is no such file, or the process is gone."""
    with suppress(OSError):
        for line in file.read_text().splitlines():
            if line.startswith(name):
                return int(line.split()[1])
    return None
