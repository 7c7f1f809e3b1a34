"""Power cuts: the folder as a disk may hold it when writes that were never synced are lost.

While a reindex runs in this process, its calls of the operating system that change folders or sync are followed. At
one of them the power is cut: from what was synced until then, and from any part of what was not, an image of the
folder is made. POSIX promises of a file only what an fsync of it covered, and of a name only what an fsync of its
folder covered; everything else may be there or not, each for itself. Removed files keep their inode open here, so that
its number is not given to another.
"""

import os
import stat
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

FOLLOWED = ("fsync", "fdatasync", "replace", "rename", "link", "unlink", "remove", "mkdir", "rmdir")
REMOVING = {"unlink": 0, "remove": 0, "rmdir": 0, "replace": 1, "rename": 1}  # which argument names what is removed
Entries = dict[str, int]


@dataclass(slots=True)
class Disk:
    """What of a folder is known to be on the disk: names in folders, and contents of files, by inode."""

    root: Path
    folders: dict[int, Entries] = field(default_factory=dict)
    files: dict[int, bytes] = field(default_factory=dict)
    kept: list[int] = field(default_factory=list)  # descriptors of removed files

    def __post_init__(self) -> None:
        for place, _, names in os.walk(self.root):
            self.folders[Path(place).stat().st_ino] = _entries(Path(place))
            for name in names:
                file = Path(place) / name
                self.files[file.stat().st_ino] = file.read_bytes()

    def synced(self, handle: int) -> None:
        """Everything about an open file or folder is on the disk from now on."""
        state, path = os.fstat(handle), Path(f"/proc/self/fd/{handle}")
        if stat.S_ISDIR(state.st_mode):
            self.folders[state.st_ino] = _entries(path)
        else:
            self.files[state.st_ino] = path.read_bytes()

    def image(self, target: Path, random: Random) -> None:
        """Write what the disk may hold now. A third of the images have nothing that was not synced."""
        images = _Image(self, random, random.choice(("lost", "any", "any")))
        images.folder(self.root.stat().st_ino, self.root, target)


@dataclass(slots=True)
class _Image:
    disk: Disk
    random: Random
    mode: str

    def folder(self, inode: int, path: Path | None, target: Path) -> None:
        target.mkdir()
        now = _entries(path) if path and path.is_dir() and path.stat().st_ino == inode else {}
        synced = self.disk.folders.get(inode, {})
        for name in sorted({*now, *synced}):
            entry = synced.get(name)
            if self.mode == "any" and now.get(name) != entry and self.random.random() < 0.5:
                entry = now.get(name)
            if entry is None:
                continue
            current = self._path_of(entry)
            if entry in self.disk.folders or (current is not None and current.is_dir()):
                self.folder(entry, current, target / name)
            else:
                (target / name).write_bytes(self._content(entry, current))

    def _path_of(self, inode: int) -> Path | None:
        for place, folders, names in os.walk(self.disk.root):
            for name in (*folders, *names):
                if (path := Path(place) / name).lstat().st_ino == inode:
                    return path
        return None

    def _content(self, inode: int, path: Path | None) -> bytes:
        """What a file may hold: what was synced, what was written, or a part of it with zeros for the rest."""
        synced = self.disk.files.get(inode)
        if self.mode == "lost" or path is None:
            return synced or b""
        written = path.read_bytes()
        if written == synced:
            return written
        whole = self.random.randrange(len(written) + 1)
        return self.random.choice((written, written[:whole], written[:whole].ljust(len(written), b"\0"), synced or b""))


class PowerCut:
    """Follows the calls of this process, and calls `cut` before the one of the given number. For a forked process."""

    def __init__(self, disk: Disk | None, at: int, cut: Callable[[], None]) -> None:
        self._disk, self._at, self._cut = disk, at, cut
        self.calls = 0

    def follow(self) -> None:
        """Follow all calls from now on; there is no way back."""
        for name in FOLLOWED:
            setattr(os, name, self._followed(name, getattr(os, name)))

    def _followed(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def followed(*given: Any, **named: Any) -> Any:
            if self.calls == self._at:
                self.calls += 1
                self._cut()
            self.calls += 1
            if name in REMOVING:
                self._keep(given[REMOVING[name]], named.get("dir_fd"))
            result = call(*given, **named)
            if self._disk is not None and name in {"fsync", "fdatasync"}:
                self._disk.synced(given[0])
            return result

        return followed

    def _keep(self, path: Any, folder: int | None) -> None:
        if self._disk is not None:
            with suppress(OSError):
                self._disk.kept.append(os.open(path, os.O_RDONLY, dir_fd=folder))


def _entries(folder: Path) -> Entries:
    return {entry.name: entry.inode() for entry in os.scandir(folder)}
