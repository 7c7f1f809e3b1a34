"""Building a generation: what is added, replaced and removed becomes the next Whoosh index with its columns.

The build begins with the published segments as hard links: Whoosh never changes a segment file, it writes new ones,
so both generations stay whole. The files beside them are copied, since their owners may write into them. Writing
starts with the first change; a build without one leaves nothing behind.
"""

import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from archive.article import Article
from index import manifest
from index.column_building import Change, Documents, write_columns
from index.columnar.bulk import BulkWriter
from index.columnar.stock import create_in, open_dir
from index.columns import COLUMNS, Columns
from index.preparing import Prepared, prepare, stems_of
from index.rows import Row
from index.stemming import Stems
from index.whoosh_generation import Generation
from index.whoosh_schema import SCHEMA, STEM, TITLE_STEM

STEMS = "stems.tsv"
SEGMENT_FILES = "MAIN_*"  # Whoosh's own; what else lies in a generation's folder belongs to others
AT_ONCE = 256  # articles added one by one that are prepared together


class WhooshBuild:
    """A generation in the making, in its own folder; implements `engine.Build`."""

    def __init__(self, folder: Path, base: Generation | None, stems: Stems) -> None:
        self._folder = folder
        self._base = base
        self._rows: list[Row] = []
        self._waiting: list[Article] = []
        self._added: set[str] = set()
        self._removed: set[str] = set()
        self._stories: Mapping[str, str] | None = None
        self._writer: BulkWriter | None = None
        if base is not None:
            _take_over(base.folder, folder)
        self._stems = stems
        self._digests = _digests(base.columns) if base is not None else {}

    @property
    def digests(self) -> Mapping[str, str]:
        """Article id → digest of what the build began with."""
        return self._digests

    @property
    def preparation(self) -> Callable[[Sequence[Article]], Prepared]:
        """See `Build.preparation`."""
        return prepare

    def add(self, article: Article) -> None:
        """Take an article in, in place of the published one with its id; ValueError for an id added before."""
        self._replace(article.id)
        self._waiting.append(article)
        if len(self._waiting) >= AT_ONCE:
            self._take_waiting()

    def take(self, prepared: Prepared) -> None:
        """Take articles in that were prepared; see `Build.take`."""
        for row in prepared.rows:
            self._replace(row.id)
        self._take_waiting()
        if prepared.rows:
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

    def group(self, stories: Mapping[str, str]) -> None:
        """Set the stories; see `Build.group`."""
        self._stories = stories

    def beside(self, name: str) -> Path:
        """Where a file that belongs to this generation is kept."""
        return self._folder / name

    def finish(self) -> bool:
        """Write what is not yet on disk, and tell whether anything changed at all."""
        if self._writer is None and self._stories is None and not self._waiting:
            return False
        self._take_waiting()
        writer = self._writing()
        writer.commit()
        change = Change(self._base.columns if self._base else None, self._rows, self._grouping())
        write_columns(self._folder, Documents(writer.order, writer.live), change)
        self._stems.save(self._folder / STEMS)
        manifest.describe(Columns(self._folder)).write(self._folder)
        Generation(self._folder)  # what cannot be opened must not be published
        return True

    def discard(self) -> None:
        """Let go of what Whoosh holds open; the folder is removed by its owner."""
        if self._writer is not None:
            self._writer.cancel()

    def _replace(self, article_id: str) -> None:
        """Make way for a new article."""
        if article_id in self._added:
            raise ValueError(f"the article {article_id!r} was added twice")
        if article_id in self._digests and article_id not in self._removed:
            self.remove(article_id)
        self._added.add(article_id)

    def _take_waiting(self) -> None:
        waiting, self._waiting = self._waiting, []
        if waiting:
            self._take(prepare(waiting))

    def _take(self, prepared: Prepared) -> None:
        self._rows += prepared.rows
        self._writing().take(prepared.batch)

    def _grouping(self) -> Mapping[str, str]:
        """The stories set by `group`, else those published before."""
        if self._stories is not None or self._base is None:
            return self._stories or {}
        columns = self._base.columns
        return {columns.ids[number]: columns.story_id(number) for number in columns.kin.tolist()}

    def _writing(self) -> BulkWriter:
        if self._writer is None:
            index = open_dir(self._folder, schema=SCHEMA) if self._base is not None else create_in(self._folder, SCHEMA)
            self._writer = BulkWriter(index, {STEM: self._spelling, TITLE_STEM: self._spelling})
        return self._writer

    def _spelling(self, words: Sequence[bytes]) -> list[bytes]:
        return stems_of(words, self._stems)


def _take_over(published: Path, folder: Path) -> None:
    """Begin a generation with what another holds."""
    for file in published.iterdir():
        if file.match(SEGMENT_FILES) or file.match(f"_{SEGMENT_FILES}"):
            os.link(file, folder / file.name)
        elif file.name not in {manifest.MANIFEST, COLUMNS}:
            shutil.copyfile(file, folder / file.name)


def _digests(columns: Columns) -> dict[str, str]:
    digests = list(columns.digests)
    return {id_: digests[number] for id_, number in zip(_ids(columns), columns.by_id.tolist(), strict=True)}


def _ids(columns: Columns) -> list[str]:
    ids = list(columns.ids)
    return [ids[number] for number in columns.by_id.tolist()]
