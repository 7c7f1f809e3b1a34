"""The distributed engine: each call answers from what is published at that moment; implements `engine.Engine`."""

import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Final

from archive.article import Article
from archive.copies.stories import Stories
from archive.meanings.short_forms import ShortForms
from archive.press.boilerplate import BoilerplateLine
from index.concordance import Concordance, Lines
from index.engine import Build, DamagedIndex, EngineAnswer, IndexInfo, Match, NoIndex, OutdatedIndex
from index.opensearch.building.build import OpenSearchBuild
from index.opensearch.building.lock import locked
from index.opensearch.building.server_limits import raise_limits
from index.opensearch.cluster import Cluster
from index.opensearch.generations import Generations
from index.opensearch.published import Published
from index.opensearch.reader import EVERY, GenerationReader
from index.opensearch.vocabulary import ClusterVocabulary
from index.query.request import Query
from index.storage.address import IndexAddress
from index.trends import Interval, Split, Trend
from index.word_statistics import Collocates, CollocatesWanted, Keywords, KeywordsWanted, Similar, SimilarWanted

LOOK_AGAIN: Final = 1.0  # seconds until another server's publication is seen
REMEDY: Final = "; run: "


class OpenSearchEngine:
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
            raise OutdatedIndex(
                f"the words of the index in {self._address} were stemmed by other rules than today's; run: flask "
                "reindex (it stems them again, and reads no article again)"
            )
        return reader

    def find(self, query: Query, facets: Collection[str] = EVERY) -> EngineAnswer:
        """See `Reader.find`."""
        return self.snapshot().find(query, facets)

    def trends(self, query: Query, by: Interval, split: Split | None = None) -> Trend:
        """See `Reader.trends`."""
        return self.snapshot().trends(query, by, split)

    def walk(self, query: Query, *, texts: bool = True) -> Iterator[Match]:
        """See `Reader.walk`."""
        return self.snapshot().walk(query, texts=texts)

    def facts(self, query: Query, names: Sequence[str]) -> Iterator[tuple[str, ...]]:
        """See `Reader.facts`."""
        return self.snapshot().facts(query, names)

    def concordance(self, query: Query, wanted: Lines) -> Concordance:
        """See `Reader.concordance`."""
        return self.snapshot().concordance(query, wanted)

    def collocates(self, query: Query, wanted: CollocatesWanted) -> Collocates:
        """See `WordStatisticsReader.collocates`."""
        return self.snapshot().collocates(query, wanted)

    def keywords(self, query: Query, wanted: KeywordsWanted) -> Keywords:
        """See `WordStatisticsReader.keywords`."""
        return self.snapshot().keywords(query, wanted)

    def similar(self, wanted: SimilarWanted) -> Sequence[Similar]:
        """See `WordStatisticsReader.similar`."""
        return self.snapshot().similar(wanted)

    def get(self, article_id: str) -> tuple[Article, str] | None:
        """See `Reader.get`."""
        return self.snapshot().get(article_id)

    def story_sizes(self, stories: Collection[str]) -> Mapping[str, tuple[int, int]]:
        """See `Reader.story_sizes`."""
        return self.snapshot().story_sizes(stories)

    def first_seen(self, ids: Collection[str]) -> Mapping[str, datetime]:
        """See `Reader.first_seen`."""
        return self.snapshot().first_seen(ids)

    def moved(self, former_id: str) -> str | None:
        """See `Reader.moved`."""
        return self.snapshot().moved(former_id)

    def info(self) -> IndexInfo:
        """See `Reader.info`."""
        return self.snapshot().info()

    def vocabulary(self) -> ClusterVocabulary:
        """See `Reader.vocabulary`."""
        return self.snapshot().vocabulary()

    def short_forms(self) -> ShortForms:
        """See `Reader.short_forms`."""
        return self.snapshot().short_forms()

    def boilerplate(self) -> "list[BoilerplateLine]":
        """See `Reader.boilerplate`."""
        return list(self.snapshot().boilerplate())

    def relatives(self) -> Stories:
        """See `Reader.relatives`."""
        return self.snapshot().relatives()

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
            return None, str(error).partition(REMEDY)[0]  # this build is the remedy
