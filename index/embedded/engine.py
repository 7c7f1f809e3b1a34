"""The embedded engine: search and builds over the generations of an index in one folder.

One opened generation serves all threads until another is published; readers that opened the old one keep using it.
"""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

from archive.article import Article
from archive.copies.stories import Stories
from archive.meanings.short_forms import ShortForms
from archive.press.boilerplate import BoilerplateLine
from index.concordance import Concordance, Lines
from index.embedded.allocator import keep_freed_memory
from index.embedded.build import WhooshBuild
from index.embedded.evaluating.similarity import most_similar
from index.embedded.generation import Generation, check
from index.embedded.publishing import GenerationStore
from index.engine import Build, DamagedIndex, EngineAnswer, IndexInfo, Match, NoIndex, OutdatedIndex, TextVocabulary
from index.facets import FACETS
from index.query.request import Query
from index.trends import Interval, Split, Trend
from index.word_statistics import Collocates, CollocatesWanted, Keywords, KeywordsWanted, Similar, SimilarWanted

REMEDY = "; run: "  # what is before it says what is wrong


class _Answering(ABC):
    """The methods of `engine.Reader`, answered by the generation that `_published` returns."""

    @abstractmethod
    def _published(self) -> Generation: ...

    def find(self, query: Query, facets: Collection[str] = tuple(FACETS)) -> EngineAnswer:
        """Answer a query."""
        return self._published().find(query, facets)

    def trends(self, query: Query, by: Interval, split: Split | None = None) -> Trend:
        """Count an answer over time."""
        return self._published().trends(query, by, split)

    def walk(self, query: Query, *, texts: bool = True) -> Iterator[Match]:
        """Yield all hits of a query, oldest first."""
        return self._published().walk(query, texts=texts)

    def facts(self, query: Query, names: Sequence[str]) -> Iterator[tuple[str, ...]]:
        """Yield the id and some facts of all hits, oldest first."""
        return self._published().facts(query, names)

    def concordance(self, query: Query, wanted: Lines) -> Concordance:
        """Return lines of an answer, in an order."""
        return self._published().concordance(query, wanted)

    def collocates(self, query: Query, wanted: CollocatesWanted) -> Collocates:
        """Count the words around the places of a query."""
        return self._published().collocates(query, wanted)

    def keywords(self, query: Query, wanted: KeywordsWanted) -> Keywords:
        """Count the stems that set an answer apart."""
        return self._published().keywords(query, wanted)

    def similar(self, wanted: SimilarWanted) -> Sequence[Similar]:
        """Return the articles that share the most of some stems."""
        generation = self._published()
        return most_similar(generation.terms, generation.columns, wanted)

    def get(self, article_id: str) -> tuple[Article, str] | None:
        """Return an article and the id of its story, or None."""
        generation = self._published()
        document = generation.columns.number(article_id)
        return None if document is None else (generation.article(document), generation.columns.story_id(document))

    def story_sizes(self, stories: Collection[str]) -> Mapping[str, tuple[int, int]]:
        """Return how many articles and outlets some stories have."""
        columns = self._published().columns
        leads = {story: lead for story in stories if (lead := columns.number(story)) is not None}
        return {story: (int(columns.versions[lead]), int(columns.outlets[lead])) for story, lead in leads.items()}

    def first_seen(self, ids: Collection[str]) -> Mapping[str, datetime]:
        """Return since when the index has had some articles."""
        columns = self._published().columns
        places = {one: place for one in ids if (place := columns.number(one)) is not None}
        return {one: datetime.fromtimestamp(int(columns.since[place]), UTC) for one, place in places.items()}

    def moved(self, former_id: str) -> str | None:
        """Return the id that an old link means today, or None."""
        generation = self._published()
        article_id = generation.former_addresses.get(former_id)
        return None if article_id is None or generation.columns.number(article_id) is None else article_id

    def info(self) -> IndexInfo:
        """Describe the generation."""
        return self._published().info

    def vocabulary(self) -> TextVocabulary:
        """Return the vocabulary of the generation."""
        return self._published().vocabulary

    def short_forms(self) -> ShortForms:
        """Return the short forms of the generation."""
        return self._published().short_forms

    def boilerplate(self) -> Sequence[BoilerplateLine]:
        """Return the boilerplate lines of the generation."""
        return self._published().boilerplate

    def relatives(self) -> Stories:
        """Return the relations between the articles of the generation."""
        return self._published().relatives

    def check(self) -> Iterator[str]:
        """Yield a sentence for each error found in the files of the generation."""
        return self._published().check()


class HeldGeneration(_Answering):
    """One opened generation, whatever is published later; implements `engine.Reader`."""

    def __init__(self, generation: Generation) -> None:
        self._held = generation

    def _published(self) -> Generation:
        return self._held


class WhooshEngine(_Answering):
    """An engine over the generations in one folder; implements `engine.Engine`."""

    def __init__(self, folder: Path) -> None:
        self._generations = GenerationStore(folder)
        self._opened: Generation | None = None
        self._opening = Lock()

    def snapshot(self) -> HeldGeneration:
        """Return the published generation, held open."""
        return HeldGeneration(self._published())

    def check(self) -> Iterator[str]:
        """Yield a sentence for each error found in the files of the published generation, or that none can be found."""
        try:
            folder = self._generations.current()
        except DamagedIndex as error:
            return iter((str(error),))
        return check(folder) if folder is not None else self._published().check()

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

    def _published(self) -> Generation:
        """Return the published generation; OutdatedIndex if its stems are."""
        opened = self._open()
        if not opened.manifest.stems_are_current:
            raise OutdatedIndex(
                f"the words of the index in {self._generations.folder} were stemmed by other rules than today's; "
                "run: flask reindex (it stems them again, and reads no article again)"
            )
        return opened

    def _open(self) -> Generation:
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
                    self._opened = Generation(folder)
                except DamagedIndex:
                    if folder == self._generations.current():
                        raise
                    # Another generation was published meanwhile, and the files of this one may have been removed.
                else:
                    return self._opened

    def _opened_from(self, folder: Path) -> Generation | None:
        """Return the opened generation if it is that of a folder, and its files are still those that were opened."""
        opened = self._opened
        if opened is None or not (opened.folder is folder or opened.folder == folder):  # comparing two paths is slow
            return None
        return opened if opened.is_unchanged() else None

    def _reusable(self) -> tuple[Generation | None, str]:
        """Return the published generation, or None and why it cannot be built upon; "" if nothing is published."""
        try:
            return (None, "") if self._generations.current() is None else (self._open(), "")
        except (NoIndex, DamagedIndex) as error:
            return None, str(error).partition(REMEDY)[0]  # this build is the remedy
