"""One published generation of the index, opened for reading: its segments and its columns.

Whoosh keeps the list of segments and deletions. The evaluator works on the posting arrays of the segments; the columns
give filters, facets, sort order and the grouping of copies. An opened generation never changes and serves all threads.
All its files are mapped or read when it is opened, since they are removed once two others were published.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from time import monotonic
from typing import Any

import numpy as np

from archive.article import Article
from archive.copies.stories import NO_STORIES, STORIES, Stories
from archive.meanings.short_forms import SHORT_FORMS_FILE, ShortForms
from archive.press.boilerplate import BOILERPLATE, BoilerplateLine
from archive.press.boilerplate import load as load_boilerplate
from index.embedded import manifest
from index.embedded.checksums import damage, stamp_of
from index.embedded.columnar.adapter.segment_list import ColumnarIndex, lists_of_segments
from index.embedded.facts.columns import Columns
from index.embedded.facts.copied_dates import DocumentDates, date_with_copies
from index.embedded.schema import SCHEMA
from index.embedded.stored_articles import RecentArticles, StoredArticles
from index.embedded.terms.segment_terms import SegmentTerms
from index.embedded.terms.vocabulary import StoredVocabulary
from index.engine import DamagedIndex
from index.storage.former_addresses import FORMER_ADDRESSES, FormerAddresses
from index.storage.serialization import deserialize, deserialize_facts

LOOK_AGAIN = 0.002  # seconds; looking at all files takes some 20 µs, and a request asks some ten times


class Generation:
    """One published generation, opened for reading; DamagedIndex if any of its files is not as it was written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest = manifest.read(folder)
        self.info = self.manifest.info
        try:
            files = (folder / name for name in (manifest.MANIFEST, *self.manifest.files))
            self._stamps = {str(path): stamp_of(path) for path in files}
        except OSError:
            self._stamps = {}
        self._looked = monotonic()
        if problems := "; ".join(damaged_files(folder, self.manifest)):
            raise damaged(folder, problems)
        try:
            self.columns = Columns(folder)
            self._reader = ColumnarIndex(folder, SCHEMA, readonly=True).reader()
            leaves = self._reader.leaf_readers() if len(self.columns) else []
            self.terms = SegmentTerms(leaves, None if self.columns.all_live else self.columns.live)
            self.stored = StoredArticles(leaves)
            self.vocabulary = StoredVocabulary(folder, self.terms)
            short_forms = folder / SHORT_FORMS_FILE
            self._short_forms = short_forms.read_bytes() if short_forms.exists() else b""
            self.boilerplate: Sequence[BoilerplateLine] = load_boilerplate(folder / BOILERPLATE)
            self.relatives = Stories.load(folder / STORIES) if (folder / STORIES).exists() else NO_STORIES
        except Exception as error:  # damaged files raise many kinds of error
            raise damaged(folder, error) from error
        self._recent = RecentArticles()
        self.leaves: Sequence[tuple[Any, int]] = leaves

    def is_unchanged(self) -> bool:
        """Whether all files are still those that were opened: what reads a file that was cut meanwhile is killed."""
        now = monotonic()
        if now - self._looked < LOOK_AGAIN:
            return True
        try:
            if any(stamp_of(path) != stamp for path, stamp in self._stamps.items()):
                return False
        except OSError:
            return False
        self._looked = now
        return True

    @cached_property
    def short_forms(self) -> ShortForms:
        """The short forms of these articles, which take longest to load, hence parsed on first use."""
        return ShortForms.parsed(self._short_forms, self.folder / SHORT_FORMS_FILE)

    @cached_property
    def former_addresses(self) -> FormerAddresses:
        """What old links mean, loaded on first use, since most indexes are never asked."""
        return FormerAddresses.load(self.folder / FORMER_ADDRESSES)

    def article(self, document: int) -> Article:
        """Return the article of a live document, dated by its copies if its own date is too vague."""
        return self._recent.read(document, self._read_article)

    def _read_article(self, document: int) -> Article:
        return self._dated(document, self.article_as_added(document))

    def _dated(self, document: int, article: Article) -> Article:
        """An article, with what its copies say about its date."""
        if not self.columns.redated[document]:
            return article
        dated = DocumentDates.of(self.columns)
        return replace(article, date=date_with_copies(document, article.date, dated, self.columns.stories))

    def article_as_added(self, document: int) -> Article:
        """Return the article of a live document with its own date."""
        return replace(self.stored[document], digest=self.columns.digests[document])

    def articles(self, documents: Sequence[int], *, texts: bool) -> Iterator[Article]:
        """Read the articles of some live documents together, in the given order."""
        digests = self.columns.digests.taken(np.array(documents, np.uint32))
        stored = self.stored.in_order(documents, texts=texts)
        for document, packed, digest in zip(documents, stored, digests, strict=True):
            read = deserialize(packed, digest) if texts else deserialize_facts(packed.facts, digest)
            yield self._dated(document, read)


def damaged_files(folder: Path, described: manifest.Manifest) -> Iterator[str]:
    """Yield a sentence for each file of a generation that is not as it was written."""
    yield from damage(folder, described.files)
    for path in lists_of_segments(folder):  # Whoosh reads the one of the latest commit
        if path.name not in described.files:
            yield f"{path.name} is no part of it"


def damaged(folder: Path, problem: object) -> DamagedIndex:
    """The error of a generation that cannot be read."""
    return DamagedIndex(f"the index in {folder} cannot be read ({problem}); run: flask reindex --full")
