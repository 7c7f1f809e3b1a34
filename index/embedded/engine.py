"""The embedded engine: search and builds over the generations of an index in one folder.

One opened generation serves all threads until another is published; readers that opened the old one keep using it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from index.embedded.allocator import keep_freed_memory
from index.embedded.build import WhooshBuild
from index.embedded.checking import check
from index.embedded.generation import Generation
from index.embedded.publishing import GenerationStore
from index.embedded.reader import GenerationReader
from index.engine import Build, DamagedIndex, NoIndex, OutdatedIndex
from index.snapshots import SnapshotReader


class WhooshEngine(SnapshotReader):
    """An engine over the generations in one folder; implements `engine.Engine`."""

    def __init__(self, folder: Path) -> None:
        self._generations = GenerationStore(folder)
        self._opened: GenerationReader | None = None
        self._opening = Lock()

    def snapshot(self) -> GenerationReader:
        """Return a reader of the published generation; OutdatedIndex if its stems are."""
        opened = self._open()
        if not opened.generation.manifest.stems_are_current:
            raise OutdatedIndex.by_stems(self._generations.folder)
        return opened

    def check(self) -> Iterator[str]:
        """Yield a sentence for each error found in the files of the published generation, or that none can be found."""
        try:
            folder = self._generations.current()
        except DamagedIndex as error:
            return iter((str(error),))
        return check(folder) if folder is not None else super().check()

    @contextmanager
    def build(self, *, fresh: bool = False) -> Iterator[Build]:
        """Build the next generation beside the published one; without changes, nothing is published."""
        changed = False
        with self._generations.writing(lambda: changed) as folder:
            build = WhooshBuild(folder, *((None, "") if fresh else self._reusable()))
            try:
                yield build
            except BaseException:
                build.discard()
                raise
            changed = build.finish()
        self._opened = None  # a file of the published generation may have been replaced (`Build.publish_file`)

    def _open(self) -> GenerationReader:
        folder = self._generations.current()
        if folder is not None and (opened := self._opened_from(folder)) is not None:
            return opened
        with self._opening:
            while True:
                folder = self._generations.current()
                if folder is None:
                    raise NoIndex(f"there is no index in {self._generations.folder}; run: flask reindex")
                if (opened := self._opened_from(folder)) is not None:
                    return opened
                keep_freed_memory()
                try:
                    self._opened = GenerationReader(Generation(folder))
                except DamagedIndex:
                    if folder == self._generations.current():
                        raise
                    # Another generation was published meanwhile, and the files of this one may have been removed.
                else:
                    return self._opened

    def _opened_from(self, folder: Path) -> GenerationReader | None:
        """Return the opened generation if it is that of a folder, and its files are still those that were opened."""
        opened = self._opened
        if opened is None:
            return None
        generation = opened.generation
        if not (generation.folder is folder or generation.folder == folder):  # comparing two paths is slow
            return None
        return opened if generation.is_unchanged() else None

    def _reusable(self) -> tuple[Generation | None, str]:
        """Return the published generation, or None and why it cannot be built upon; "" if nothing is published."""
        try:
            return (None, "") if self._generations.current() is None else (self._open().generation, "")
        except (NoIndex, DamagedIndex) as error:
            return None, error.problem  # this build is the remedy
