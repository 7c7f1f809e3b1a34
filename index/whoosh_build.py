"""Building a generation: what is added, replaced and removed becomes the next Whoosh index with its columns.

The build begins with the published segments as hard links: Whoosh never changes a segment file, it writes new ones, so
both generations stay whole. The files beside them are copied, since their owners may write into them. Writing starts
with the first change; a build without one leaves nothing behind.
"""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from whoosh.index import create_in, open_dir

from archive.article import Article
from index import manifest
from index.columns import Columns, Row, from_rows
from index.stemming import Stems
from index.whoosh_generation import COLUMNS, Generation
from index.whoosh_schema import SCHEMA, document

STEMS = "stems.tsv"
SEGMENT_FILES = "MAIN_*"  # Whoosh's own; what else lies in a generation's folder belongs to others
WRITER_MEMORY_MB = 256  # postings held before they are spilled to disk: the bound of a build's memory


class WhooshBuild:
    """A generation in the making, in its own folder; implements `engine.Build`."""

    def __init__(self, folder: Path, base: Generation | None, stems: Stems) -> None:
        self._folder = folder
        self._base = base
        self._added: set[str] = set()
        self._removed: set[str] = set()
        self._stories: Mapping[str, str] | None = None
        self._writer: Any = None
        if base is not None:
            _take_over(base.folder, folder)
        self._stems = stems
        self._digests = _digests(base.columns) if base is not None else {}

    @property
    def digests(self) -> Mapping[str, str]:
        """Article id → digest of what the build began with."""
        return self._digests

    def add(self, article: Article) -> None:
        """Take an article in, in place of the published one with its id; ValueError for an id added before."""
        if article.id in self._added:
            raise ValueError(f"the article {article.id!r} was added twice")
        if article.id in self._digests:
            self.remove(article.id)
        self._writing().add_document(**document(article, self._stems))
        self._added.add(article.id)

    def remove(self, article_id: str) -> None:
        """Drop a published article; KeyError where there is none."""
        if article_id not in self._digests or article_id in self._removed:
            raise KeyError(article_id)
        self._writing().delete_by_term("id", article_id)
        self._removed.add(article_id)

    def text(self, article_id: str) -> tuple[str, ...]:
        """The paragraphs of an article that the build began with; KeyError where there is none."""
        if self._base is None:
            raise KeyError(article_id)
        return self._base.article(self._base.columns.number_of[article_id]).paragraphs

    def group(self, stories: Mapping[str, str]) -> None:
        """Set the stories; see `Build.group`."""
        self._stories = stories

    def beside(self, name: str) -> Path:
        """Where a file that belongs to this generation is kept."""
        return self._folder / name

    def finish(self) -> bool:
        """Write what is not yet on disk, and tell whether anything changed at all."""
        if self._writer is None and self._stories is None:
            return False
        self._writing().commit()
        columns = from_rows(_rows(self._folder), self._grouping())
        columns.save(self._folder / COLUMNS)
        self._stems.save(self._folder / STEMS)
        manifest.describe(columns).write(self._folder)
        Generation(self._folder)  # what cannot be opened must not be published
        return True

    def discard(self) -> None:
        """Let go of what Whoosh holds open; the folder is removed by its owner."""
        if self._writer is not None:
            self._writer.cancel()

    def _grouping(self) -> Mapping[str, str]:
        """The stories set by `group`, else those published before."""
        if self._stories is not None or self._base is None:
            return self._stories or {}
        columns = self._base.columns
        return {columns.ids[number]: columns.story_id(number) for number in columns.copied.nonzero()[0].tolist()}

    def _writing(self) -> Any:
        if self._writer is None:
            folder = str(self._folder)
            index = open_dir(folder, schema=SCHEMA) if self._base is not None else create_in(folder, SCHEMA)
            self._writer = index.writer(limitmb=WRITER_MEMORY_MB)
        return self._writer


def _take_over(published: Path, folder: Path) -> None:
    """Begin a generation with what another holds."""
    for file in published.iterdir():
        if file.match(SEGMENT_FILES) or file.match(f"_{SEGMENT_FILES}"):
            os.link(file, folder / file.name)
        elif file.name != manifest.MANIFEST:
            shutil.copyfile(file, folder / file.name)


def _digests(columns: Columns) -> dict[str, str]:
    return {id_: columns.digests[number] for id_, number in columns.number_of.items()}


def _rows(folder: Path) -> list[Row | None]:
    """The row of every committed document, at its Whoosh number; None for the deleted ones."""
    with open_dir(str(folder), schema=SCHEMA, readonly=True).reader() as reader:  # type: ignore[no-untyped-call]
        rows: list[Row | None] = [None] * reader.doc_count_all()
        for number, stored in reader.iter_docs():
            rows[number] = Row.unpack(stored["row"])
    return rows
