"""The distributed engine: each call answers from what is published at that moment; implements `engine.Engine`."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Final

from index.engine import Build, DamagedIndex, NoIndex, OutdatedIndex
from index.opensearch.building.build import OpenSearchBuild
from index.opensearch.building.lock import locked
from index.opensearch.building.server_limits import raise_limits
from index.opensearch.cluster import Cluster
from index.opensearch.generations import Generations
from index.opensearch.published import Published
from index.opensearch.reader import GenerationReader
from index.snapshots import SnapshotReader
from index.storage.address import IndexAddress

LOOK_AGAIN: Final = 1.0  # seconds until another server's publication is seen


class OpenSearchEngine(SnapshotReader):
    """An index that a cluster keeps."""

    def __init__(self, address: IndexAddress) -> None:
        self._generations = Generations(Cluster(address))
        self._address = address
        self._opened: GenerationReader | None = None
        self._looked = 0.0
        self._opening = Lock()

    def snapshot(self) -> GenerationReader:
        """Return the published generation, which answers for some time after the next one was published."""
        opened = self._opened
        if opened is not None and time.monotonic() - self._looked < LOOK_AGAIN:
            return opened
        with self._opening:
            meta = self._generations.current()
            if meta is None:
                raise NoIndex(f"there is no index in {self._address}; run: flask reindex")
            if self._opened is None or self._opened.published.meta != meta:
                self._opened = self._readable(meta)
            self._looked = time.monotonic()
            return self._opened

    def _readable(self, meta: str) -> GenerationReader:
        reader = GenerationReader(self._generations, meta)
        if not reader.manifest.stems_are_current:
            raise OutdatedIndex.by_stems(self._address)
        return reader

    def check(self) -> Iterator[str]:
        """Yield a sentence for each error found in the published generation, or that none can be found."""
        try:
            return self.snapshot().check()
        except DamagedIndex as error:
            return iter((str(error),))

    @contextmanager
    def build(self, *, fresh: bool = False) -> Iterator[Build]:
        """Build the next generation; without changes, nothing is published."""
        cluster = self._generations.cluster
        with locked(cluster), TemporaryDirectory(prefix="kliping-") as folder:
            raise_limits(cluster)
            self._generations.sweep()
            base, reason = (None, "") if fresh else self._reusable()
            build = OpenSearchBuild(self._generations, Path(folder), base, reason)
            try:
                yield build
                build.finish()
            except BaseException:
                build.discard()
                raise
            finally:
                build.close()
                self._looked = 0.0

    def _reusable(self) -> tuple[Published | None, str]:
        """Return the published generation, or None and why it cannot be built upon; "" if nothing is published."""
        try:
            meta = self._generations.current()
            return (None if meta is None else Published(self._generations, meta)), ""
        except (NoIndex, DamagedIndex) as error:
            return None, error.problem  # this build is the remedy
