"""Files of generations that are kept on this machine, so that a server's processes map and share them.

One process brings a file while the others wait, and it takes its name only when it is whole. A file is checked each
time it is opened, and brought again if it is damaged. Those used longest ago leave when all together are too large; a
process that has mapped one keeps it. Other files in the folder are left alone. Where the folder cannot be used, a
process has a copy of its own.
"""

import fcntl
import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, TypeVar

LARGEST_KEPT: Final = 1 << 30  # bytes of all kept files together
_LOCK: Final = ".lock"
_KEPT: Final = ".kept"  # the end of the name of a kept file
_UNFINISHED: Final = ".unfinished"

Opened = TypeVar("Opened")


class KeptFiles:
    """The kept files of one folder, `most` bytes of them together; None keeps nothing."""

    def __init__(self, folder: Path | None, most: int = LARGEST_KEPT) -> None:
        self._folder = folder
        self._most = most

    def opened(self, name: str, bring: Callable[[Path], None], opening: Callable[[Path], Opened]) -> Opened:
        """Open a file, which is brought if it is not there whole.

        Args:
            name: Its name, which no file of other content ever has.
            bring: Writes it to a path.
            opening: Opens it; raises ValueError if it is damaged, OSError if it is not there.
        """
        if self._folder is not None:
            try:
                return self._kept(self._folder / f"{name}{_KEPT}", bring, opening)
            except OSError as error:
                logging.getLogger(__name__).warning(
                    "%s cannot be used, so this process has a copy of its own: %s", self._folder, error.strerror
                )
        with TemporaryDirectory(prefix="kliping-") as own:
            path = Path(own) / name
            bring(path)
            return opening(path)

    def _kept(self, path: Path, bring: Callable[[Path], None], opening: Callable[[Path], Opened]) -> Opened:
        with suppress(OSError, ValueError):
            return _used(path, opening)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _locked(path.parent):
            with suppress(OSError, ValueError):  # another process brought it meanwhile
                return _used(path, opening)
            unfinished = path.with_name(f"{path.name}{_UNFINISHED}")
            try:
                bring(unfinished)
                unfinished.replace(path)
            finally:
                unfinished.unlink(missing_ok=True)
            found = _used(path, opening)
            _clean(path, self._most)
            return found


def _used(path: Path, opening: Callable[[Path], Opened]) -> Opened:
    found = opening(path)
    with suppress(OSError):  # of another user
        os.utime(path)
    return found


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    with (folder / _LOCK).open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # given up when the file is closed, or its process ends
        yield


def _clean(last: Path, most: int) -> None:
    """Remove what interrupted processes left, and where all is too large what was used longest ago, but the last one.

    The lock is held.
    """
    for unfinished in last.parent.glob(f"*{_KEPT}{_UNFINISHED}"):
        unfinished.unlink(missing_ok=True)
    whole = [(path.stat().st_mtime_ns, path) for path in last.parent.glob(f"*{_KEPT}") if path != last]
    left = most - last.stat().st_size
    for _, path in sorted(whole, reverse=True):
        left -= path.stat().st_size
        if left < 0:
            path.unlink(missing_ok=True)
