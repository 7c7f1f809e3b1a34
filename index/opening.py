"""Opening an engine: picks the engine for a location. No other module names a concrete engine."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from index.backup_file import PinnedIndex
from index.embedded import backup
from index.embedded.engine import WhooshEngine
from index.engine import Engine, IndexInfo, UnusableLocation
from index.storage.address import IndexAddress

Location = Path | IndexAddress


def open_engine(location: Location) -> Engine:
    """Return the engine for a location, whether or not it holds an index yet: the embedded engine for a folder."""
    if isinstance(location, IndexAddress):
        from index.opensearch.engine import OpenSearchEngine  # noqa: PLC0415  # who uses a folder need not wait

        return OpenSearchEngine(location)
    return WhooshEngine(location)


def pinned_index(location: Location) -> AbstractContextManager[PinnedIndex]:
    """Hold the files of the published index open, for a backup."""
    return backup.pinned(_folder(location))


def restore_index(location: Location, fill: Callable[[Path], None]) -> IndexInfo:
    """Publish an index whose files `fill` writes into an empty folder, if it is whole."""
    return backup.restored(_folder(location), fill)


def readable_version(location: Location) -> str:
    """The version of the files that the engine of a location reads."""
    _folder(location)
    return backup.version()


def _folder(location: Location) -> Path:
    if isinstance(location, IndexAddress):
        raise UnusableLocation(
            f"the index is kept by the servers of {location}, which back it up by snapshots of their own "
            "(docs/scaling.md); `flask backup` is for an index in a folder"
        )
    return location
