"""What both engines share of the contract: a reader that answers from its snapshots, and matches read on access."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import Generic, TypeVar, overload

from archive.copies.stories import Stories
from archive.meanings.short_forms import ShortForms
from archive.press.boilerplate import BoilerplateLine
from index.concordance import Concordance, Lines
from index.engine import EngineAnswer, GroupedArticle, IndexInfo, Match, Reader
from index.facets import FACETS
from index.query.request import Query
from index.trends import Interval, Split, Trend
from index.vocabulary import TextVocabulary
from index.word_statistics import Collocates, CollocatesWanted, Keywords, KeywordsWanted, Similar, SimilarWanted

Place = TypeVar("Place")


class SnapshotReader(ABC):
    """Implements `Reader` by asking the snapshot of each moment; an engine adds how it takes one."""

    @abstractmethod
    def snapshot(self) -> Reader:
        """What is published now; see `Engine.snapshot`."""

    def find(self, query: Query, facets: Collection[str] = tuple(FACETS)) -> EngineAnswer:
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

    def digests(self) -> Iterator[tuple[str, str]]:
        """See `Reader.digests`."""
        return self.snapshot().digests()

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

    def get(self, article_id: str) -> GroupedArticle | None:
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

    def vocabulary(self) -> TextVocabulary:
        """See `Reader.vocabulary`."""
        return self.snapshot().vocabulary()

    def short_forms(self) -> ShortForms:
        """See `Reader.short_forms`."""
        return self.snapshot().short_forms()

    def boilerplate(self) -> Sequence[BoilerplateLine]:
        """See `Reader.boilerplate`."""
        return self.snapshot().boilerplate()

    def relatives(self) -> Stories:
        """See `Reader.relatives`."""
        return self.snapshot().relatives()

    def check(self) -> Iterator[str]:
        """See `Reader.check`."""
        return self.snapshot().check()


class LazyMatches(Sequence[Match], Generic[Place]):
    """The matches of a page; the articles of all its places are read at the first access to one of them."""

    def __init__(self, read: Callable[[Sequence[Place]], Sequence[Match]], places: Sequence[Place]) -> None:
        self._read = read
        self._places = places

    @cached_property
    def _matches(self) -> Sequence[Match]:
        return self._read(self._places)

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, number: int) -> Match: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[Match]: ...
    def __getitem__(self, number: int | slice) -> Match | Sequence[Match]:
        return self._matches[number]
