"""One published generation of the index, opened for reading: its segments and its columns.

Whoosh keeps the list of segments and deletions. The evaluator works on the posting arrays of the segments; the columns
give filters, facets, sort order and the grouping of copies. An opened generation never changes and serves all threads.
All its files are mapped or read when it is opened, since they are removed once two others were published.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import islice
from pathlib import Path
from time import monotonic
from typing import Any, overload

import numpy as np

from archive.article import Article
from archive.copies.stories import NO_STORIES, STORIES, Stories
from archive.meanings.short_forms import SHORT_FORMS_FILE, ShortForms
from archive.press.boilerplate import BOILERPLATE, BoilerplateLine
from archive.press.boilerplate import load as load_boilerplate
from index.concordance import Concordance, Lines
from index.embedded import manifest
from index.embedded.checksums import damage, forget, stamp_of
from index.embedded.columnar.adapter.segment_list import ColumnarIndex, lists_of_segments
from index.embedded.columnar.segments.consistency import inconsistent_postings
from index.embedded.concordance.lines import LineFinder
from index.embedded.evaluating.continuing import requested_page
from index.embedded.evaluating.facet_counts import FacetCounter
from index.embedded.evaluating.filters import FilterCache, FilterMasks
from index.embedded.evaluating.paging import PageHit, ScoredMatches, folded_by
from index.embedded.evaluating.tree_evaluator import Evaluator
from index.embedded.evaluating.trends import TrendCounter
from index.embedded.evaluating.whole_result import facts_of, whole_result
from index.embedded.facts.columns import Columns, Numbers
from index.embedded.facts.copied_dates import DocumentDates, date_with_copies
from index.embedded.schema import SCHEMA
from index.embedded.stored_articles import WINDOW, WINDOW_OF_FACTS, RecentArticles, StoredArticles
from index.embedded.terms.segment_terms import SegmentTerms
from index.embedded.terms.vocabulary import StoredVocabulary
from index.engine import DamagedIndex, EngineAnswer, Match
from index.expansion.query_expansion import ExpansionContext, parse_and_expand
from index.query.request import Query
from index.query.subqueries import with_possible_dates
from index.query.tree import Node
from index.storage.former_addresses import FORMER_ADDRESSES, FormerAddresses
from index.storage.serialization import deserialize, deserialize_facts
from index.trends import Interval, Split, Trend
from index.word_statistics import Collocates, CollocatesWanted, Keywords, KeywordsWanted

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
            self._stored = StoredArticles(leaves)
            self.vocabulary = StoredVocabulary(folder, self.terms)
            short_forms = folder / SHORT_FORMS_FILE
            self._short_forms = short_forms.read_bytes() if short_forms.exists() else b""
            self.boilerplate: Sequence[BoilerplateLine] = load_boilerplate(folder / BOILERPLATE)
            self.relatives = Stories.load(folder / STORIES) if (folder / STORIES).exists() else NO_STORIES
        except Exception as error:  # damaged files raise many kinds of error
            raise damaged(folder, error) from error
        self._recent = RecentArticles()
        self._leaves: Sequence[tuple[Any, int]] = leaves
        self._evaluator = Evaluator(self.terms, self.vocabulary, self.columns)
        self._filters = FilterCache(self.columns)
        self._facet_counter = FacetCounter(self.columns)
        self._trend_counter = TrendCounter(self.columns)
        self._lines = LineFinder(leaves, self.columns, self._stored.__getitem__)

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

    @cached_property
    def meanings(self) -> ExpansionContext:
        """The short forms and vocabulary that query expansion uses."""
        facets = self.columns.facets
        return ExpansionContext(self.short_forms, self.vocabulary, lambda field: facets[field].values)

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
        return replace(self._stored[document], digest=self.columns.digests[document])

    def find(self, query: Query, facets: Collection[str]) -> EngineAnswer:
        """Answer a query; see `Engine.find`."""
        tree = parse_and_expand(query, self.meanings)
        matching = self._evaluator.evaluate(tree)
        passing = self._filters.masks(query)
        found = matching.filtered(passing.without(frozenset()))
        selection = self._facet_counter.selection(found.documents)
        ranked = ScoredMatches(found, self._evaluator.expression_bonus(tree) if len(found) else None, query.sort)
        turned = requested_page(ranked, self.columns, query)
        columns, groups = self.columns, folded_by(self.columns, query.copies)
        stories = selection.story_count
        return EngineAnswer(
            articles=len(found),
            stories=stories,
            hits=stories if groups is columns.stories else groups.count(found.documents) if groups else len(found),
            matches=LazyMatches(self, turned.hits),
            counts=self._facet_counter.counts(matching.documents, selection, passing, facets),
            index=self.info,
            tree=tree,
            undated_left_out=self._undated_left_out(tree, matching.documents, passing, len(found)),
            last=None if turned.last is None else columns.ids[turned.last],
        )

    def _undated_left_out(self, tree: Node, matching: Numbers, passing: FilterMasks, found: int) -> int:
        """How many documents are not found only since their dates are too uncertain for a filter or the query text."""
        perhaps = with_possible_dates(tree)
        if perhaps is tree:
            return passing.undated_left_out(matching)
        return passing.perhaps(self._evaluator.evaluate(perhaps).documents) - found

    def trends(self, query: Query, by: Interval, split: Split | None) -> Trend:
        """Count an answer over time; see `Engine.trends`."""
        tree = parse_and_expand(query, self.meanings)
        matching = self._evaluator.evaluate(tree).documents
        passing = self._filters.masks(query)
        mask = passing.without(frozenset())
        documents = matching if mask is None else matching[mask.take(matching, mode="clip")]
        found = self._trend_counter.counted(documents, by, split)
        unplaced = found.total.articles - sum(tally.articles for tally in found.bins.values())
        left_out = self._undated_left_out(tree, matching, passing, len(documents))
        return Trend(found.total, found.bins, unplaced + left_out, found.values)

    def walk(self, query: Query, *, texts: bool) -> Iterator[Match]:
        """Yield all hits, oldest first; see `Engine.walk`."""
        tree = parse_and_expand(query, self.meanings)
        passing = self._filters.masks(query)
        found = self._evaluator.evaluate(tree).filtered(passing.without(frozenset()))
        places = whole_result(found.documents, self.columns, query.copies, query.lead)
        return self._read_hits(places, texts=texts)

    def facts(self, query: Query, names: Sequence[str]) -> Iterator[tuple[str, ...]]:
        """Return the ids and some facts of all hits, oldest first; see `Engine.facts`."""
        return facts_of(self._matching(query)[1], self.columns, query, names)

    def _read_hits(self, places: Iterator[PageHit], *, texts: bool) -> Iterator[Match]:
        """Read the articles of hits, a window at a time."""
        columns = self.columns
        ids = columns.ids
        while window := list(islice(places, WINDOW if texts else WINDOW_OF_FACTS)):
            documents = np.array([place.document for place in window], np.uint32)
            digests, stories = columns.digests.taken(documents), ids.taken(columns.stories.of[documents])
            stored = self._stored.in_order(documents.tolist(), texts=texts)
            for place, packed, digest, story in zip(window, stored, digests, stories, strict=True):
                read = deserialize(packed, digest) if texts else deserialize_facts(packed.facts, digest)
                copies = tuple([ids[copy] for copy in place.copies]) if place.copies else ()
                yield Match(self._dated(place.document, read), place.score, story, copies)

    def concordance(self, query: Query, wanted: Lines) -> Concordance:
        """Return lines of an answer; see `Engine.concordance`."""
        tree, documents = self._matching(query)
        return self._lines.find(tree, documents, wanted)

    def collocates(self, query: Query, wanted: CollocatesWanted) -> Collocates:
        """Count the words around the places of a query; see `Engine.collocates`."""
        tree, documents = self._matching(query)
        return self._lines.collocates(tree, documents, wanted)

    def keywords(self, query: Query, wanted: KeywordsWanted) -> Keywords:
        """Count the stems that set an answer apart; see `Engine.keywords`."""
        tree, documents = self._matching(query)
        beside = None if wanted.against is None else self._matching(wanted.against)[1]
        return self._lines.keywords(tree, documents, wanted, beside)

    def _matching(self, query: Query) -> tuple[Node, Numbers]:
        """The tree of a query, and the documents that match it and pass its filters."""
        tree = parse_and_expand(query, self.meanings)
        mask = self._filters.masks(query).without(frozenset())
        return tree, self._evaluator.evaluate(tree).filtered(mask).documents

    def match(self, place: PageHit) -> Match:
        """Read the article of a hit and return it as a `Match`."""
        copies = tuple(self.columns.ids[copy] for copy in place.copies)
        return Match(self.article(place.document), place.score, self.columns.story_id(place.document), copies)

    def check(self) -> Iterator[str]:
        """Read everything back and yield a sentence for each inconsistency of files that are as they were written."""
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
            article = self._read_article(document)
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


def damaged_files(folder: Path, described: manifest.Manifest) -> Iterator[str]:
    """Yield a sentence for each file of a generation that is not as it was written."""
    yield from damage(folder, described.files)
    for path in lists_of_segments(folder):  # Whoosh reads the one of the latest commit
        if path.name not in described.files:
            yield f"{path.name} is no part of it"


def damaged(folder: Path, problem: object) -> DamagedIndex:
    """The error of a generation that cannot be read."""
    return DamagedIndex(f"the index in {folder} cannot be read ({problem}); run: flask reindex --full")


def check(folder: Path) -> Iterator[str]:
    """Read a whole generation back and yield a sentence for each damaged file or inconsistency."""
    forget()
    try:
        problems = list(damaged_files(folder, manifest.read(folder)))
        yield from problems
        if not problems:
            yield from Generation(folder).check()
    except DamagedIndex as error:
        yield str(error)
