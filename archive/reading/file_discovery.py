"""Directory traversal: lists the files under given paths in a stable order, with the id that each gives its articles.

Names that begin with a dot are skipped. Each folder is entered once, by the first path that reaches it, so symbolic
links cannot cause loops or duplicate reads.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from archive.reading.containers.members import HIDDEN
from archive.reading.formats import suffixes

PAGES = (".html", ".htm", ".xhtml", ".mht", ".mhtml", ".php", ".asp", ".aspx")
SAVED = ("_files", ".files", "_file", "_berkas", "-files")  # as browsers and Word name them, in English and Indonesian


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to read.

    `name` is its path relative to the given folder, as readers are shown it. `id` is that without the extension: the id
    of its article.
    """

    path: Path
    name: str
    id: str


@dataclass(frozen=True, slots=True)
class InaccessiblePath:
    """A file or folder that cannot be opened, and the reason."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class SavedFiles:
    """A folder in which a browser saved what belongs to a page beside it: the page, and the number of files."""

    path: Path
    page: Path
    count: int


def is_missing(path: Path) -> bool:
    """Whether there is nothing at a path; what is there but cannot be reached is not missing."""
    try:
        os.stat(path)  # noqa: PTH116  # as below
    except (FileNotFoundError, NotADirectoryError):
        return True
    except (OSError, ValueError):  # ValueError for a null character
        return False
    return False


Source = SourceFile | InaccessiblePath | SavedFiles


def source_files(paths: Sequence[Path]) -> Iterator[Source]:
    """All files under the paths: the paths in the order given, the contents of a folder sorted by name.

    The pictures and scripts that a browser saved beside a page (`a.html`, `a_files/`) are counted, not listed.
    """
    entered: set[tuple[int, int]] = set()
    folders = {_resolved(path) for path in paths if os.path.isdir(path)}  # noqa: PTH112  # as below
    for path in paths:
        if os.path.isdir(path):  # noqa: PTH112  # as below
            yield from _inside(path, path, entered)
        elif not folders.intersection(_resolved(path).parents):
            yield _source(path, path.parent)


def _resolved(path: Path) -> Path:
    return Path(os.path.realpath(path))  # Path.resolve raises for links in circles


def _inside(folder: Path, given: Path, entered: set[tuple[int, int]]) -> Iterator[Source]:
    try:
        state = folder.stat()
        names = sorted(name for name in os.listdir(folder) if not name.startswith(HIDDEN))  # noqa: PTH208  # names, not paths
    except OSError as error:
        yield InaccessiblePath(folder, f"the folder cannot be opened: {error.strerror or error}")
        return
    if (state.st_dev, state.st_ino) in entered:
        return
    entered.add((state.st_dev, state.st_ino))
    pages = {Path(name).stem: name for name in names if name.lower().endswith(PAGES)}
    for name in names:
        path = folder / name
        if os.path.isdir(path):  # noqa: PTH112  # four times as fast as Path.is_dir, which also raises where this says no
            if (page := pages.get(_page_of(name))) is not None:
                yield SavedFiles(path, folder / page, sum(len(files) for _, _, files in os.walk(path)))
            else:
                yield from _inside(path, given, entered)
        else:
            yield _source(path, given)


def _page_of(name: str) -> str:
    """The name of the page, without its ending, whose files a folder of this name holds; "" if it holds none."""
    return next((name.removesuffix(end) for end in SAVED if name.endswith(end)), "")


def _source(path: Path, given: Path) -> SourceFile | InaccessiblePath:
    if not os.path.isfile(path):  # noqa: PTH113  # as above; opening a pipe would block forever
        return InaccessiblePath(path, _why_no_file(path))
    _, end = suffixes(path.name)
    name = os.fsencode(path.relative_to(given)).decode("utf-8", "replace")
    return SourceFile(path, name, name.removesuffix(end))


def _why_no_file(path: Path) -> str:
    try:
        path.stat()
    except FileNotFoundError:
        return "not a file, or a link that leads nowhere"
    except (OSError, ValueError) as error:
        return f"it cannot be reached: {getattr(error, 'strerror', None) or error}"
    return "not a file: a pipe, a socket or a device"


def total_bytes(paths: Sequence[Path]) -> int:
    """Total size in bytes of the files under the paths; what vanishes meanwhile counts nothing."""
    total = 0
    for source in source_files(paths):
        if isinstance(source, SourceFile):
            with suppress(OSError):
                total += os.path.getsize(source.path)  # noqa: PTH202  # as above
    return total
