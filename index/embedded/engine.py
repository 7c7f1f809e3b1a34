"""The embedded engine: search and builds over the generations of an index in one folder.

One opened generation serves all threads until another is published; readers that opened the old one keep using it.
"""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from archive.article import Article
from archive.copies.stories import Stories
from archive.meanings.short_forms import ShortForms
from archive.press.boilerplate import BoilerplateLine
from index.embedded.allocator import keep_freed_memory
from index.embedded.build import WhooshBuild
from index.embedded.generation import Generation
from index.embedded.publishing import GenerationStore
from index.engine import Build, DamagedIndex, EngineAnswer, IndexInfo, NoIndex, TextVocabulary
from index.facets import FACETS
from index.query.request import Query


class WhooshEngine:
    """An engine over the generations in one folder; implements `engine.Engine`."""

    def __init__(self, folder: Path) -> None:
        self._generations = GenerationStore(folder)
        self._opened: Generation | None = None
        self._opening = Lock()

    def find(self, query: Query, facets: Collection[str] = tuple(FACETS)) -> EngineAnswer:
        """Answer a query from the published generation."""
        return self._published().find(query, facets)

    def get(self, article_id: str) -> tuple[Article, str] | None:
        """Return an article of the published generation and the id of its story, or None."""
        generation = self._published()
        document = generation.columns.number(article_id)
        return None if document is None else (generation.article(document), generation.columns.story_id(document))

    def info(self) -> IndexInfo:
        """Describe the published generation."""
        return self._published().info

    def vocabulary(self) -> TextVocabulary:
        """Return the vocabulary of the published generation."""
        return self._published().vocabulary

    def short_forms(self) -> ShortForms:
        """Return the short forms of the published generation."""
        return self._published().short_forms

    def boilerplate(self) -> Sequence[BoilerplateLine]:
        """Return the boilerplate lines of the published generation."""
        return self._published().boilerplate

    def relatives(self) -> Stories:
        """Return the relations between the articles of the published generation."""
        return self._published().relatives

    def check(self) -> Iterator[str]:
        """Yield a sentence for each error found in the files of the published generation."""
        return self._published().check()

    @contextmanager
    def build(self, *, fresh: bool = False) -> Iterator[Build]:
        """Build the next generation beside the published one; without changes, nothing is published."""
        changed = False
        with self._generations.writing(lambda: changed) as folder:
            build = WhooshBuild(folder, None if fresh else self._reusable())
            try:
                yield build
            except BaseException:
                build.discard()
                raise
            changed = build.finish()

    def _published(self) -> Generation:
        """Return the published generation; NoIndex if its stems are out of date."""
        opened = self._open()
        if not opened.manifest.stems_are_current:
            raise NoIndex(
                f"the words of the index in {self._generations.folder} were stemmed by other rules than today's; "
                "run: flask reindex (it stems them again, and reads no article again)"
            )
        return opened

    def _open(self) -> Generation:
        folder = self._generations.current()
        if folder is None:
            raise NoIndex(f"there is no index in {self._generations.folder}; run: flask reindex")
        opened = self._opened
        if opened is not None and (opened.folder is folder or opened.folder == folder):  # comparing two paths is slow
            return opened
        with self._opening:
            if self._opened is None or self._opened.folder != folder:
                keep_freed_memory()
                self._opened = Generation(folder)
            return self._opened

    def _reusable(self) -> Generation | None:
        """Return the published generation if it exists, has the current version and is intact; otherwise None."""
        try:
            return self._open()
        except (NoIndex, DamagedIndex):
            return None
