"""Builds the next generation of the index from added, replaced and removed articles.

A build starts with hard links to the published segments: Whoosh writes new segment files and never changes old ones, so
both generations stay intact. Companion files are copied, because their owners may write to them. Writing starts with
the first change; a build without changes leaves nothing behind.
"""

import errno
import os
import shutil
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from fnmatch import fnmatch
from functools import cached_property, partial
from pathlib import Path

from archive.article import Article
from archive.reading.seen_ids import SeenIds
from index.embedded import manifest
from index.embedded.columnar.adapter.bulk_writer import BulkWriter
from index.embedded.columnar.adapter.segment_list import ColumnarIndex
from index.embedded.columnar.postings.derived_fields import Derivation
from index.embedded.columnar.postings.word_order import OrderedFields
from index.embedded.columnar.segments import batches
from index.embedded.columnar.segments.segment_files import open_fields
from index.embedded.facts.column_writer import ColumnInputs, DocumentOrder, Grouping, write_columns
from index.embedded.facts.columns import COLUMNS, Columns
from index.embedded.facts.rows import SpooledRows
from index.embedded.generation import Generation
from index.embedded.inverting.preparation import PreparedBatch, prepare
from index.embedded.published_articles import PublishedArticles, PublishedDigests
from index.embedded.publishing import GenerationStore
from index.embedded.schema import EXACT, SCHEMA, STEM, TITLE_EXACT, TITLE_GAP, TITLE_STEM, TITLE_UNITS, UNITS
from index.embedded.stored_articles import WINDOW, StoredArticles
from index.embedded.terms.stem_table import StemTable
from index.embedded.terms.vocabulary import VOCABULARY, write_vocabulary
from index.engine import EngineError
from index.storage import first_seen
from index.storage.first_seen import FIRST_SEEN, FirstSeen, Moments

IN_ORDER = OrderedFields(EXACT, TITLE_EXACT, TITLE_GAP)
SEGMENT_FILES = "MAIN_*"  # named by Whoosh; other files in a generation's folder are companion files
WRITE_LOCK = "MAIN_WRITELOCK"  # left behind by Whoosh; the lock of a build is that of the whole index folder
NO_LINKS = {errno.EPERM, errno.EXDEV, errno.EMLINK, errno.EOPNOTSUPP, errno.ENOSYS, errno.EACCES}
AT_ONCE = 256  # articles added one by one are prepared in batches of this size


class WhooshBuild:
    """A generation under construction, in its own folder; implements `engine.Build`."""

    def __init__(self, folder: Path, base: Generation | None, discarded: str = "") -> None:
        self.discarded = discarded  # see `Build.discarded`
        self._folder = folder
        self._begun = first_seen.now()
        self._base = base
        self._stale = base is not None and not base.manifest.stems_are_current  # its words must be stemmed again
        self._rows = SpooledRows(folder)
        self._waiting: list[Article] = []
        self._added, self._removed = SeenIds(), SeenIds()
        self._grouped: Grouping | None = None
        self._published_files: set[str] = set()
        self._writer: BulkWriter | None = None
        self._stems = StemTable()
        if base is not None:
            _inherit_files(base, folder)
        self._digests = PublishedDigests(base.columns) if base is not None else {}

    @property
    def digests(self) -> Mapping[str, str]:
        """Article id → digest of the articles the build started with."""
        return self._digests

    @property
    def preparation(self) -> Callable[[Sequence[Article]], PreparedBatch]:
        """See `Build.preparation`."""
        return partial(prepare, self._folder)

    def add(self, article: Article) -> None:
        """Add an article, replacing a published one with the same id; ValueError if the id was already added."""
        self._register(article.id)
        self._waiting.append(article)
        if len(self._waiting) >= AT_ONCE:
            self._add_waiting()

    def add_prepared(self, prepared: PreparedBatch) -> None:
        """Add a batch of prepared articles; see `Build.add_prepared`."""
        for article_id in prepared.rows.ids:
            self._register(article_id)
        self._add_waiting()
        self._add_batch(prepared)

    def remove(self, article_id: str) -> None:
        """Remove a published article; KeyError if there is none."""
        if article_id not in self._digests or article_id in self._removed or self._base is None:
            raise KeyError(article_id)
        self._open_writer().delete_document(self._base.columns.number(article_id))
        self._removed.add(article_id)

    def texts(self, ids: Sequence[str]) -> Iterator[tuple[str, ...]]:
        """The paragraphs of articles the build started with; KeyError where there is none."""
        for start in range(0, len(ids), WINDOW):
            documents = [self._document(article_id) for article_id in ids[start : start + WINDOW]]
            if self._base is not None:
                yield from (article.paragraphs for article in self._base.articles(documents, texts=True))

    def _document(self, article_id: str) -> int:
        document = None if self._base is None else self._base.columns.number(article_id)
        if document is None:
            raise KeyError(article_id)
        return document

    @property
    def known_texts(self) -> None:
        """The samples of texts are kept with their fingerprints; see `Build.known_texts`."""

    @cached_property
    def published(self) -> Mapping[str, Article]:
        """The published articles; see `Build.published`."""
        if self._base is not None:
            return PublishedArticles(self._base)
        current = GenerationStore(self._folder.parent).intact_current()
        return {} if current is None else PublishedArticles(Generation(current))

    def published_file(self, name: str) -> Path | None:
        """Return the path of a published companion file; see `Build.published_file`."""
        with suppress(EngineError):  # where not even its name can be read, nothing of it can
            current = GenerationStore(self._folder.parent).intact_current()
            return current and current / name
        return None

    def finish_articles(self) -> None:
        """Start writing the added articles in another process; see `Build.finish_articles`."""
        self._add_waiting()
        if self._writer is not None:
            self._writer.complete()

    def set_stories(self, stories: Mapping[str, str], loose: Mapping[str, str] | None = None) -> None:
        """Set the stories and loose groups; see `Build.set_stories`."""
        self._grouped = Grouping(stories, loose or {})

    def companion_file(self, name: str) -> Path:
        """Return the path of a companion file of this generation."""
        return self._folder / name

    def publish_file(self, name: str) -> None:
        """Publish a companion file although nothing else has changed; see `Build.publish_file`."""
        self._published_files.add(name)

    def finish(self) -> bool:
        """Write everything not yet on disk; tell whether anything changed."""
        if self._writer is not None or self._grouped is not None or self._waiting or self._stale:
            self._finish_articles()
        elif self._base is not None and self._published_files:
            _inherit_unchanged(self._base, self._folder, self._published_files)
        else:
            return False
        Generation(self._folder)  # a generation that cannot be opened must not be published
        return True

    def _finish_articles(self) -> None:
        self._add_waiting()
        writer = self._open_writer()
        writer.commit()
        batches.remove_all(self._folder)
        base = self._base.columns if self._base else None
        inputs = ColumnInputs(
            base, self._rows, self._first_seen(), self._grouping(), lambda document: self._written[document].date
        )
        write_columns(self._folder, DocumentOrder(writer.order, writer.live), inputs)
        write_vocabulary(self._folder, writer.segments, self._stems)
        (self._folder / WRITE_LOCK).unlink(missing_ok=True)
        manifest.describe(Columns(self._folder)).write(self._folder)

    def _first_seen(self) -> Moments:
        """Save since when the index has had all articles, and return it of those that were added."""
        known, added = FirstSeen.load(self.published_file(FIRST_SEEN)), self._rows.ids
        known.joined(added, self._begun).save(self.companion_file(FIRST_SEEN))
        return known.of(added, self._begun)

    def discard(self) -> None:
        """Release the files Whoosh holds open; the caller removes the folder."""
        if self._writer is not None:
            self._writer.cancel()

    def _register(self, article_id: str) -> None:
        """Register an added id and remove the published article it replaces."""
        if self._added.add(article_id) is not None:
            raise ValueError(f"the article {article_id!r} was added twice")
        if self._digests and article_id in self._digests and article_id not in self._removed:
            self.remove(article_id)

    def _add_waiting(self) -> None:
        waiting, self._waiting = self._waiting, []
        if waiting:
            self._add_batch(prepare(self._folder, waiting))

    def _add_batch(self, prepared: PreparedBatch) -> None:
        if prepared.batch.count:
            self._rows.add(prepared.rows)
            self._open_writer().take(prepared.batch)
        else:
            prepared.batch.path.unlink()

    def _grouping(self) -> Grouping:
        """Return the groups set by `set_stories`, otherwise those of the published generation."""
        if self._grouped is not None or self._base is None:
            return self._grouped or Grouping({}, {})
        ids = self._base.columns.ids
        stories, loose = (
            {ids[number]: ids[int(groups.of[number])] for number in groups.kin.tolist()}
            for groups in (self._base.columns.stories, self._base.columns.loose)
        )
        return Grouping(stories, loose)

    @cached_property
    def _written(self) -> StoredArticles:
        """The articles of the new generation; available once its segments are written."""
        return StoredArticles.opened(self._folder)

    def _open_writer(self) -> BulkWriter:
        if self._writer is None:
            opened = ColumnarIndex if self._base is not None else ColumnarIndex.create
            derivations = {
                STEM: Derivation(EXACT, UNITS, self._stems.stems),
                TITLE_STEM: Derivation(TITLE_EXACT, TITLE_UNITS, self._stems.stems),
            }
            self._writer = BulkWriter(opened(self._folder, SCHEMA), derivations, IN_ORDER, stale=self._stale)
            for segment in self._writer.segments if not self._stale else ():
                self._stems.add(open_fields(self._folder, segment))
        return self._writer


def _inherit_files(base: Generation, folder: Path) -> None:
    """Start a generation with the files of a published one: segments as hard links, companion files as copies."""
    for name in base.manifest.files:
        if fnmatch(name, SEGMENT_FILES) or fnmatch(name, f"_{SEGMENT_FILES}"):
            _link_or_copy(base.folder / name, folder / name)
        elif name not in {COLUMNS, VOCABULARY}:
            shutil.copyfile(base.folder / name, folder / name)


def _inherit_unchanged(base: Generation, folder: Path, changed: Collection[str]) -> None:
    """Complete a generation that differs from a published one in some companion files only."""
    for name in base.manifest.files:
        if name not in changed:
            (folder / name).unlink(missing_ok=True)
            _link_or_copy(base.folder / name, folder / name)
    for file in folder.iterdir():
        if file.name not in base.manifest.files and file.name not in changed:
            file.unlink()
    base.manifest.write(folder)


def _link_or_copy(file: Path, to: Path) -> None:
    """Make a hard link, or a copy where the file system has no links or allows no more of them."""
    try:
        os.link(file, to)
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        shutil.copyfile(file, to)
