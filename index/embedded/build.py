"""Building a generation: what is added, replaced and removed becomes the next Whoosh index with its columns.

The build begins with the published segments as hard links: Whoosh never changes a segment file, it writes new ones,
so both generations stay whole. The files beside them are copied, since their owners may write into them. Writing
starts with the first change; a build without one leaves nothing behind.
"""

import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from pathlib import Path

from archive.article import Article
from archive.reading.seen_ids import MetIds
from index.embedded import manifest
from index.embedded.columnar.adapter.bulk_writer import BulkWriter
from index.embedded.columnar.adapter.segment_list import ColumnarIndex
from index.embedded.columnar.postings.derived_fields import Derivation
from index.embedded.columnar.segments.segment_files import open_fields
from index.embedded.facts.column_writer import Change, Documents, Grouping, write_columns
from index.embedded.facts.columns import COLUMNS, Columns
from index.embedded.facts.rows import GatheredRows
from index.embedded.generation import Generation
from index.embedded.inverting.preparation import Prepared, prepare
from index.embedded.publishing import sync
from index.embedded.schema import EXACT, SCHEMA, STEM, TITLE_EXACT, TITLE_STEM, TITLE_UNITS, UNITS
from index.embedded.stored_articles import StoredArticles
from index.embedded.terms.stem_table import StemTable
from index.embedded.terms.vocabulary import VOCABULARY, write_vocabulary

SEGMENT_FILES = "MAIN_*"  # Whoosh's own; what else lies in a generation's folder belongs to others
AT_ONCE = 256  # articles added one by one that are prepared together


class WhooshBuild:
    """A generation in the making, in its own folder; implements `engine.Build`."""

    def __init__(self, folder: Path, base: Generation | None) -> None:
        self._folder = folder
        self._base = base
        self._stale = base is not None and not base.manifest.stems_are_current  # its words are to be stemmed again
        self._rows = GatheredRows(folder)
        self._waiting: list[Article] = []
        self._added, self._removed = MetIds(), MetIds()
        self._grouped: Grouping | None = None
        self._writer: BulkWriter | None = None
        self._stems = StemTable()
        if base is not None:
            _take_over(base.folder, folder)
        self._digests = Digests(base.columns) if base is not None else {}

    @property
    def digests(self) -> Mapping[str, str]:
        """Article id → digest of what the build began with."""
        return self._digests

    @property
    def preparation(self) -> Callable[[Sequence[Article]], Prepared]:
        """See `Build.preparation`."""
        return partial(prepare, self._folder)

    def add(self, article: Article) -> None:
        """Take an article in, in place of the published one with its id; ValueError for an id added before."""
        self._replace(article.id)
        self._waiting.append(article)
        if len(self._waiting) >= AT_ONCE:
            self._take_waiting()

    def take(self, prepared: Prepared) -> None:
        """Take articles in that were prepared; see `Build.take`."""
        for article_id in prepared.rows.ids:
            self._replace(article_id)
        self._take_waiting()
        self._take(prepared)

    def remove(self, article_id: str) -> None:
        """Drop a published article; KeyError where there is none."""
        if article_id not in self._digests or article_id in self._removed or self._base is None:
            raise KeyError(article_id)
        self._writing().delete_document(self._base.columns.number(article_id))
        self._removed.add(article_id)

    def text(self, article_id: str) -> tuple[str, ...]:
        """The paragraphs of an article that the build began with; KeyError where there is none."""
        if self._base is None or article_id not in self._digests:
            raise KeyError(article_id)
        document = self._base.columns.number(article_id)
        if document is None:
            raise KeyError(article_id)
        return self._base.article(document).paragraphs

    def complete(self) -> None:
        """Begin to write what was taken, beside this process; see `Build.complete`."""
        self._take_waiting()
        if self._writer is not None:
            self._writer.complete()

    def group(self, stories: Mapping[str, str], loose: Mapping[str, str] | None = None) -> None:
        """Set the stories and loose groups; see `Build.group`."""
        self._grouped = Grouping(stories, loose or {})

    def beside(self, name: str) -> Path:
        """Where a file that belongs to this generation is kept."""
        return self._folder / name

    def renew(self, name: str) -> None:
        """See `Build.renew`; the file is whole at any moment, and its copy lies where a kill leaves nothing behind."""
        if self._base is not None:
            whole = shutil.copyfile(self._folder / name, self._folder / f"{name}.new")
            sync(whole)
            whole.replace(self._base.folder / name)
            sync(self._base.folder)

    def finish(self) -> bool:
        """Write what is not yet on disk, and tell whether anything changed at all."""
        if self._writer is None and self._grouped is None and not self._waiting and not self._stale:
            return False
        self._take_waiting()
        writer = self._writing()
        writer.commit()
        base = self._base.columns if self._base else None
        change = Change(base, self._rows, self._grouping(), lambda document: self._written[document].date)
        write_columns(self._folder, Documents(writer.order, writer.live), change)
        write_vocabulary(self._folder, writer.segments, self._stems)
        manifest.describe(Columns(self._folder)).write(self._folder)
        Generation(self._folder)  # what cannot be opened must not be published
        return True

    def discard(self) -> None:
        """Let go of what Whoosh holds open; the folder is removed by its owner."""
        if self._writer is not None:
            self._writer.cancel()

    def _replace(self, article_id: str) -> None:
        """Make way for a new article."""
        if self._added.add(article_id) is not None:
            raise ValueError(f"the article {article_id!r} was added twice")
        if self._digests and article_id in self._digests and article_id not in self._removed:
            self.remove(article_id)

    def _take_waiting(self) -> None:
        waiting, self._waiting = self._waiting, []
        if waiting:
            self._take(prepare(self._folder, waiting))

    def _take(self, prepared: Prepared) -> None:
        if prepared.batch.count:
            self._rows.add(prepared.rows)
            self._writing().take(prepared.batch)
        else:
            prepared.batch.path.unlink()

    def _grouping(self) -> Grouping:
        """The groups set by `group`, else those published before."""
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
        """The articles of the next generation, once its segments are written."""
        return StoredArticles.opened(self._folder)

    def _writing(self) -> BulkWriter:
        if self._writer is None:
            opened = ColumnarIndex if self._base is not None else ColumnarIndex.create
            derivations = {
                STEM: Derivation(EXACT, UNITS, self._stems.stems),
                TITLE_STEM: Derivation(TITLE_EXACT, TITLE_UNITS, self._stems.stems),
            }
            self._writer = BulkWriter(opened(self._folder, SCHEMA), derivations, stale=self._stale)
            for segment in self._writer.segments if not self._stale else ():
                self._stems.add(open_fields(self._folder, segment))
        return self._writer


class Digests(Mapping[str, str]):
    """Article id → digest of a published generation, looked up where they lie."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns

    def __len__(self) -> int:
        return len(self._columns.by_id)

    def __iter__(self) -> Iterator[str]:
        return (self._columns.ids[number] for number in self._columns.by_id.tolist())

    def __contains__(self, article_id: object) -> bool:
        return isinstance(article_id, str) and self._columns.number(article_id) is not None

    def __getitem__(self, article_id: str) -> str:
        number = self._columns.number(article_id)
        if number is None:
            raise KeyError(article_id)
        return self._columns.digests[number]

    def get(self, article_id: str, default: str | None = None) -> str | None:  # type: ignore[override]  # without raising
        """The digest of an article, or something else where there is none."""
        number = self._columns.number(article_id)
        return default if number is None else self._columns.digests[number]


def _take_over(published: Path, folder: Path) -> None:
    """Begin a generation with what another holds."""
    for file in published.iterdir():
        if file.match(SEGMENT_FILES) or file.match(f"_{SEGMENT_FILES}"):
            os.link(file, folder / file.name)
        elif file.name not in {manifest.MANIFEST, COLUMNS, VOCABULARY}:
            shutil.copyfile(file, folder / file.name)
