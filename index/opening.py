"""Opening an engine: picks the engine for a location. No other module names a concrete engine."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from index.backup_file import PinnedIndex
from index.embedded import backup
from index.embedded.engine import WhooshEngine
from index.engine import Engine, IndexInfo


def open_engine(location: Path) -> Engine:
    """Return the engine for a location: the embedded engine for a folder, whether or not it holds an index yet."""
    return WhooshEngine(location)


def pinned_index(location: Path) -> AbstractContextManager[PinnedIndex]:
    """Hold the files of the published index open, for a backup."""
    return backup.pinned(location)


def restore_index(location: Path, fill: Callable[[Path], None]) -> IndexInfo:
    """Publish an index whose files `fill` writes into an empty folder, if it is whole."""
    return backup.restored(location, fill)


def readable_version(_location: Path) -> str:
    """The version of the files that the engine of a location reads."""
    return backup.version()
