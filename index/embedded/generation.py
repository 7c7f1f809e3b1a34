"""One published generation of the embedded index, opened for reading: its Whoosh segments and its columns.

Whoosh keeps the list of segments and deletions; the evaluator works on their posting arrays, and the columns give
filters, facets, order and folding. An opened generation never changes and serves all threads.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any, overload

import numpy as np

from archive.article import Article
from archive.copies.stories import NO_STORIES, STORIES, Stories
from archive.meanings.short_forms import SHORT_FORMS, ShortForms
from archive.press.boilerplate import BOILERPLATE, Repeated
from archive.press.boilerplate import load as load_boilerplate
from index.embedded import manifest
from index.embedded.columnar.adapter.segment_list import ColumnarIndex
from index.embedded.columnar.postings.merging import portions
from index.embedded.columnar.segments.segment_files import Fields
from index.embedded.evaluating.facet_counts import Counting, Filtering
from index.embedded.evaluating.paging import Place, Ranked, folded_by, page
from index.embedded.evaluating.query_tree import Evaluator
from index.embedded.facts.columns import Columns
from index.embedded.facts.redating import Dated, with_copies
from index.embedded.schema import SCHEMA
from index.embedded.stored_articles import StoredArticles
from index.embedded.terms.segment_terms import SegmentTerms
from index.embedded.terms.vocabulary import StoredVocabulary
from index.engine import Damaged, Found, Match
from index.expansion import Meanings, understood
from index.query.request import Query


class Generation:
    """One published generation, opened for reading."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest = manifest.read(folder)
        self.info = self.manifest.info
        try:
            self.columns = Columns(folder)
            self.vocabulary = StoredVocabulary(folder)
            self._reader = ColumnarIndex(folder, SCHEMA, readonly=True).reader()
            leaves = self._reader.leaf_readers() if len(self.columns) else []
            self.terms, self._stored = SegmentTerms(leaves), StoredArticles(leaves)
        except Exception as error:  # damage raises many kinds, all of which mean this
            raise Damaged(f"the index in {folder} cannot be read ({error}); run: flask reindex --full") from error
        self._leaves: Sequence[tuple[Any, int]] = leaves
        self._evaluator = Evaluator(self.terms, self.vocabulary, self.columns)
        self._filtering = Filtering(self.columns)
        self._counting = Counting(self.columns)

    @cached_property
    def short_forms(self) -> ShortForms:
        """The short forms of these articles, read when they are first asked for."""
        return ShortForms.load(self.folder / SHORT_FORMS)

    @cached_property
    def boilerplate(self) -> Sequence[Repeated]:
        """The lines that outlets repeat in these articles, read when they are first asked for."""
        return load_boilerplate(self.folder / BOILERPLATE)

    @cached_property
    def relatives(self) -> Stories:
        """How these articles are related, read when it is first asked for."""
        path = self.folder / STORIES
        return Stories.load(path) if path.exists() else NO_STORIES

    @cached_property
    def meanings(self) -> Meanings:
        """What the words of queries mean here."""
        return Meanings(self.short_forms, self.vocabulary)

    def article(self, document: int) -> Article:
        """The article of a live document, with the date its copies give where it has none."""
        columns = self.columns
        article = replace(self._stored[document], digest=columns.digests[document])
        if not columns.dated_by_copies[document]:
            return article
        dated = Dated(columns.first, columns.last, columns.dated_by_copies)
        return replace(article, date=with_copies(document, article.date, dated, columns.stories))

    def find(self, query: Query, facets: Collection[str]) -> Found:
        """Answer a query; see `Engine.find`."""
        tree = understood(query, self.meanings)
        matching = self._evaluator.evaluate(tree)
        passing = self._filtering.filters(query)
        found = matching.among(passing.without(frozenset()))
        selection = self._counting.selection(found.documents)
        ranked = Ranked(found, self._evaluator.neighbours(tree) if len(found) else None, query.sort)
        columns, groups = self.columns, folded_by(self.columns, query.copies)
        stories = selection.story_count
        return Found(
            articles=len(found),
            stories=stories,
            hits=stories if groups is columns.stories else groups.count(found.documents) if groups else len(found),
            matches=Matches(self, page(ranked, self.columns, query)),
            counts=self._counting.counts(matching.documents, selection, passing, facets),
            index=self.info,
            tree=tree,
            undated_left_out=passing.undated_left_out(matching.documents),
        )

    def match(self, place: Place) -> Match:
        """A hit with its article read back."""
        copies = tuple(self.columns.ids[copy] for copy in place.copies)
        return Match(self.article(place.document), place.score, self.columns.story_id(place.document), copies)

    def check(self) -> Iterator[str]:
        """Read everything back; a sentence for each thing that is not as it was written."""
        described = manifest.describe(self.columns).info
        if described.id != self.info.id:
            yield f"the columns say the index is {described.id}, the manifest {self.info.id}"
        yield from self.columns.file.damage()
        yield from self.vocabulary.file.damage()
        for reader, _ in self._leaves:
            for file in (*reader._terms.fields.files, reader._perdoc.documents.file):  # as in term_source
                yield from file.damage()
            yield from misplaced(reader._terms.fields, reader.doc_count_all())
        for document in self.columns.everything.tolist():
            if problem := self._problem(document):
                yield f"article {self.columns.ids[document]}: {problem}"

    def _problem(self, document: int) -> str | None:
        try:
            article = self.article(document)
        except Exception as error:  # noqa: BLE001  # whatever damage raises, it is what is to be told
            return f"cannot be read back ({error})"
        if article.id != self.columns.ids[document]:
            return f"another one ({article.id}) is stored in its place"
        return None


class Matches(Sequence[Match]):
    """The hits of a page; each article is read from the index when it is looked at."""

    def __init__(self, generation: Generation, places: Sequence[Place]) -> None:
        self._generation = generation
        self._places = places

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, number: int) -> Match: ...
    @overload
    def __getitem__(self, number: slice) -> tuple[Match, ...]: ...
    def __getitem__(self, number: int | slice) -> Match | tuple[Match, ...]:
        if isinstance(number, slice):
            return tuple(map(self._generation.match, self._places[number]))
        return self._generation.match(self._places[number])


def misplaced(fields: Fields, size: int) -> Iterator[str]:
    """A sentence for each field whose postings name documents there are not, or count otherwise than positions do."""
    for name, postings in fields.postings.items():
        for first, last in portions(postings.starts):
            found = postings.between(first, last, placed=True)
            rows = int(postings.starts[last]) - int(postings.starts[first])
            if found.documents.max(initial=0) >= max(size, 1) or len(found.documents) != rows:
                yield f"the postings of {name} name documents that are not there"
            if found.positions is not None and len(found.positions) != found.counts.sum(dtype=np.int64):
                yield f"the positions of {name} are not as many as its frequencies say"
