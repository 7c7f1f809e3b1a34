"""Walking: the files under given paths, in an order that never changes, each with the id it lends its articles.

Names that begin with a dot are passed over. Folders are entered once each, by whichever way they are reached first,
so that links cannot lead in circles or read the same folder twice.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from archive.reading.formats import suffixes


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read, and the id of the article in it: its path below the given folder, without what tells its kind."""

    path: Path
    id: str


@dataclass(frozen=True, slots=True)
class Blocked:
    """A file or folder that cannot be gone into, and why."""

    path: Path
    reason: str


def sources(paths: Sequence[Path]) -> Iterator[Source | Blocked]:
    """All files under the paths: those in the order given, what lies in them by name."""
    entered: set[tuple[int, int]] = set()
    folders = {path.resolve() for path in paths if path.is_dir()}
    for path in paths:
        if path.is_dir():
            yield from _inside(path, path, entered)
        elif not folders.intersection(path.resolve().parents):
            yield _source(path, path.parent)


def _inside(folder: Path, given: Path, entered: set[tuple[int, int]]) -> Iterator[Source | Blocked]:
    try:
        state = folder.stat()
        names = sorted(name for name in os.listdir(folder) if not name.startswith("."))  # noqa: PTH208  # names, not paths
    except OSError as error:
        yield Blocked(folder, f"the folder cannot be opened: {error.strerror or error}")
        return
    if (state.st_dev, state.st_ino) in entered:
        return
    entered.add((state.st_dev, state.st_ino))
    for name in names:
        path = folder / name
        if os.path.isdir(path):  # noqa: PTH112  # a quarter of the time of Path.is_dir, and there may be a million
            yield from _inside(path, given, entered)
        else:
            yield _source(path, given)


def _source(path: Path, given: Path) -> Source | Blocked:
    if not os.path.isfile(path):  # noqa: PTH113  # as above; opening a pipe would wait for ever
        return Blocked(path, "not a file, or a link that leads nowhere")
    _, end = suffixes(path)
    name = path.relative_to(given).as_posix().removesuffix(end)
    return Source(path, os.fsencode(name).decode("utf-8", "replace"))


def size(paths: Sequence[Path]) -> int:
    """How many bytes the files under the paths take on disk."""
    found = (source.path for source in sources(paths) if isinstance(source, Source))
    return sum(os.path.getsize(path) for path in found)  # noqa: PTH202  # as above
