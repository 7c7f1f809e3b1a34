"""One published generation of the index, opened for reading: its segments and its columns.

Whoosh keeps the list of segments and deletions. The evaluator works on the posting arrays of the segments; the columns
give filters, facets, sort order and the grouping of copies. An opened generation never changes and serves all threads.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any, overload

import numpy as np

from archive.article import Article
from archive.copies.stories import NO_STORIES, STORIES, Stories
from archive.meanings.short_forms import SHORT_FORMS_FILE, ShortForms
from archive.press.boilerplate import BOILERPLATE, BoilerplateLine
from archive.press.boilerplate import load as load_boilerplate
from index.embedded import manifest
from index.embedded.columnar.adapter.segment_list import ColumnarIndex
from index.embedded.columnar.postings.merging import portions
from index.embedded.columnar.segments.segment_files import SegmentFields
from index.embedded.evaluating.facet_counts import FacetCounter, FilterCache
from index.embedded.evaluating.paging import PageHit, ScoredMatches, folded_by, page
from index.embedded.evaluating.tree_evaluator import Evaluator
from index.embedded.facts.columns import Columns
from index.embedded.facts.copied_dates import DocumentDates, date_with_copies
from index.embedded.schema import SCHEMA
from index.embedded.stored_articles import StoredArticles
from index.embedded.terms.segment_terms import SegmentTerms
from index.embedded.terms.vocabulary import StoredVocabulary
from index.engine import DamagedIndex, EngineAnswer, Match
from index.expansion import ExpansionContext, parse_and_expand
from index.query.request import Query


class Generation:
    """One published generation, opened for reading."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest = manifest.read(folder)
        self.info = self.manifest.info
        try:
            self.columns = Columns(folder)
            self._reader = ColumnarIndex(folder, SCHEMA, readonly=True).reader()
            leaves = self._reader.leaf_readers() if len(self.columns) else []
            self.terms, self._stored = SegmentTerms(leaves), StoredArticles(leaves)
            self.vocabulary = StoredVocabulary(folder, self.terms)
        except Exception as error:  # damaged files raise many kinds of error
            raise DamagedIndex(f"the index in {folder} cannot be read ({error}); run: flask reindex --full") from error
        self._leaves: Sequence[tuple[Any, int]] = leaves
        self._evaluator = Evaluator(self.terms, self.vocabulary, self.columns)
        self._filters = FilterCache(self.columns)
        self._facet_counter = FacetCounter(self.columns)

    @cached_property
    def short_forms(self) -> ShortForms:
        """The short forms of these articles, read on first use."""
        return ShortForms.load(self.folder / SHORT_FORMS_FILE)

    @cached_property
    def boilerplate(self) -> Sequence[BoilerplateLine]:
        """The boilerplate lines found in these articles, read on first use."""
        return load_boilerplate(self.folder / BOILERPLATE)

    @cached_property
    def relatives(self) -> Stories:
        """The relations between these articles, read on first use."""
        path = self.folder / STORIES
        return Stories.load(path) if path.exists() else NO_STORIES

    @cached_property
    def meanings(self) -> ExpansionContext:
        """The short forms and vocabulary that query expansion uses."""
        return ExpansionContext(self.short_forms, self.vocabulary)

    def article(self, document: int) -> Article:
        """Return the article of a live document, dated by its copies if its own date is too vague."""
        columns = self.columns
        article = replace(self._stored[document], digest=columns.digests[document])
        if not columns.dated_by_copies[document]:
            return article
        dated = DocumentDates(columns.first, columns.last, columns.dated_by_copies)
        return replace(article, date=date_with_copies(document, article.date, dated, columns.stories))

    def find(self, query: Query, facets: Collection[str]) -> EngineAnswer:
        """Answer a query; see `Engine.find`."""
        tree = parse_and_expand(query, self.meanings)
        matching = self._evaluator.evaluate(tree)
        passing = self._filters.masks(query)
        found = matching.filtered(passing.without(frozenset()))
        selection = self._facet_counter.selection(found.documents)
        ranked = ScoredMatches(found, self._evaluator.expression_bonus(tree) if len(found) else None, query.sort)
        columns, groups = self.columns, folded_by(self.columns, query.copies)
        stories = selection.story_count
        return EngineAnswer(
            articles=len(found),
            stories=stories,
            hits=stories if groups is columns.stories else groups.count(found.documents) if groups else len(found),
            matches=LazyMatches(self, page(ranked, self.columns, query)),
            counts=self._facet_counter.counts(matching.documents, selection, passing, facets),
            index=self.info,
            tree=tree,
            undated_left_out=passing.undated_left_out(matching.documents),
        )

    def match(self, place: PageHit) -> Match:
        """Read the article of a hit and return it as a `Match`."""
        copies = tuple(self.columns.ids[copy] for copy in place.copies)
        return Match(self.article(place.document), place.score, self.columns.story_id(place.document), copies)

    def check(self) -> Iterator[str]:
        """Read everything back and yield a sentence for each error."""
        described = manifest.describe(self.columns).info
        if described.id != self.info.id:
            yield f"the columns say the index is {described.id}, the manifest {self.info.id}"
        yield from self.columns.file.damage()
        yield from self.vocabulary.file.damage()
        for reader, _ in self._leaves:
            for file in (*reader._terms.fields.files, reader._perdoc.documents.file):  # private, as in `segment_terms`
                yield from file.damage()
            yield from inconsistent_postings(reader._terms.fields, reader.doc_count_all())
        for document in self.columns.everything.tolist():
            if problem := self._problem(document):
                yield f"article {self.columns.ids[document]}: {problem}"

    def _problem(self, document: int) -> str | None:
        try:
            article = self.article(document)
        except Exception as error:  # noqa: BLE001  # any error from a damaged file is to be reported
            return f"cannot be read back ({error})"
        if article.id != self.columns.ids[document]:
            return f"another one ({article.id}) is stored in its place"
        return None


class LazyMatches(Sequence[Match]):
    """The hits of a page; each article is read from the index on access."""

    def __init__(self, generation: Generation, places: Sequence[PageHit]) -> None:
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


def inconsistent_postings(fields: SegmentFields, size: int) -> Iterator[str]:
    """Yield a sentence for each field with postings of unknown documents, or with wrong numbers of positions."""
    for name, postings in fields.postings.items():
        for first, last in portions(postings.starts):
            found = postings.between(first, last, placed=True)
            rows = int(postings.starts[last]) - int(postings.starts[first])
            if found.documents.max(initial=0) >= max(size, 1) or len(found.documents) != rows:
                yield f"the postings of {name} name documents that are not there"
            if found.positions is not None and len(found.positions) != found.counts.sum(dtype=np.int64):
                yield f"the positions of {name} are not as many as its frequencies say"
