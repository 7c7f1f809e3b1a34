"""Directory traversal: lists the files under given paths in a stable order, with the id that each gives its articles.

Names that begin with a dot are skipped. Each folder is entered once, by the first path that reaches it, so symbolic
links cannot cause loops or duplicate reads.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from archive.reading.formats import suffixes


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to read. `id` is its path relative to the given folder, without the extension: the id of its article."""

    path: Path
    id: str


@dataclass(frozen=True, slots=True)
class InaccessiblePath:
    """A file or folder that cannot be opened, and the reason."""

    path: Path
    reason: str


def source_files(paths: Sequence[Path]) -> Iterator[SourceFile | InaccessiblePath]:
    """All files under the paths: the paths in the order given, the contents of a folder sorted by name."""
    entered: set[tuple[int, int]] = set()
    folders = {path.resolve() for path in paths if path.is_dir()}
    for path in paths:
        if path.is_dir():
            yield from _inside(path, path, entered)
        elif not folders.intersection(path.resolve().parents):
            yield _source(path, path.parent)


def _inside(folder: Path, given: Path, entered: set[tuple[int, int]]) -> Iterator[SourceFile | InaccessiblePath]:
    try:
        state = folder.stat()
        names = sorted(name for name in os.listdir(folder) if not name.startswith("."))  # noqa: PTH208  # names, not paths
    except OSError as error:
        yield InaccessiblePath(folder, f"the folder cannot be opened: {error.strerror or error}")
        return
    if (state.st_dev, state.st_ino) in entered:
        return
    entered.add((state.st_dev, state.st_ino))
    for name in names:
        path = folder / name
        if os.path.isdir(path):  # noqa: PTH112  # four times as fast as Path.is_dir, and there may be a million
            yield from _inside(path, given, entered)
        else:
            yield _source(path, given)


def _source(path: Path, given: Path) -> SourceFile | InaccessiblePath:
    if not os.path.isfile(path):  # noqa: PTH113  # as above; opening a pipe would block forever
        return InaccessiblePath(path, "not a file, or a link that leads nowhere")
    _, end = suffixes(path)
    name = path.relative_to(given).as_posix().removesuffix(end)
    return SourceFile(path, os.fsencode(name).decode("utf-8", "replace"))


def total_bytes(paths: Sequence[Path]) -> int:
    """Total size in bytes of the files under the paths."""
    found = (source.path for source in source_files(paths) if isinstance(source, SourceFile))
    return sum(os.path.getsize(path) for path in found)  # noqa: PTH202  # as above
