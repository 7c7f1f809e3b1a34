"""Answers from one published generation: query trees evaluated over its posting lists and columns.

A reader never changes, keeps what it computed for earlier questions, and serves all threads.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property
from itertools import islice

from archive.copies.stories import Stories
from archive.meanings.short_forms import ShortForms
from archive.press.boilerplate import BoilerplateLine
from index.concordance import Concordance, Lines
from index.embedded.checking import problems
from index.embedded.concordance.lines import LineFinder
from index.embedded.evaluating.continuing import requested_page
from index.embedded.evaluating.facet_counts import FacetCounter
from index.embedded.evaluating.filters import FilterCache, FilterMasks
from index.embedded.evaluating.paging import PageHit, ScoredMatches, folded_by
from index.embedded.evaluating.similarity import most_similar
from index.embedded.evaluating.tree_evaluator import Evaluator
from index.embedded.evaluating.trends import TrendCounter
from index.embedded.evaluating.whole_result import facts_of, whole_result
from index.embedded.facts.columns import Numbers
from index.embedded.generation import Generation
from index.embedded.stored_articles import WINDOW, WINDOW_OF_FACTS
from index.engine import EngineAnswer, GroupedArticle, IndexInfo, Match
from index.expansion.query_expansion import ExpansionContext, parse_and_expand
from index.facets import FACETS
from index.query.request import Query
from index.query.subqueries import with_possible_dates
from index.query.tree import Node
from index.snapshots import LazyMatches
from index.trends import Interval, Split, Trend
from index.vocabulary import TextVocabulary
from index.word_statistics import Collocates, CollocatesWanted, Keywords, KeywordsWanted, Similar, SimilarWanted


class GenerationReader:
    """Answers questions about one opened generation; implements `engine.Reader`."""

    def __init__(self, generation: Generation) -> None:
        self.generation = generation
        self._columns = generation.columns
        self._evaluator = Evaluator(generation.terms, generation.vocabulary, generation.columns)
        self._filters = FilterCache(generation.columns)
        self._facet_counter = FacetCounter(generation.columns)
        self._trend_counter = TrendCounter(generation.columns)
        self._lines = LineFinder(generation.leaves, generation.columns, generation.stored.__getitem__)

    def find(self, query: Query, facets: Collection[str] = tuple(FACETS)) -> EngineAnswer:
        """See `Reader.find`."""
        tree = parse_and_expand(query, self._meanings)
        matching = self._evaluator.evaluate(tree)
        passing = self._filters.masks(query)
        found = matching.filtered(passing.without(frozenset()))
        selection = self._facet_counter.selection(found.documents)
        ranked = ScoredMatches(found, self._evaluator.expression_bonus(tree) if len(found) else None, query.sort)
        turned = requested_page(ranked, self._columns, query)
        columns, groups = self._columns, folded_by(self._columns, query.copies)
        stories = selection.story_count
        return EngineAnswer(
            articles=len(found),
            stories=stories,
            hits=stories if groups is columns.stories else groups.count(found.documents) if groups else len(found),
            matches=LazyMatches(self._matches, turned.hits),
            counts=self._facet_counter.counts(matching.documents, selection, passing, facets),
            index=self.info(),
            tree=tree,
            undated_left_out=self._undated_left_out(tree, matching.documents, passing, len(found)),
            last=None if turned.last is None else columns.ids[turned.last],
        )

    def trends(self, query: Query, by: Interval, split: Split | None = None) -> Trend:
        """See `Reader.trends`."""
        tree = parse_and_expand(query, self._meanings)
        matching = self._evaluator.evaluate(tree).documents
        passing = self._filters.masks(query)
        mask = passing.without(frozenset())
        documents = matching if mask is None else matching[mask.take(matching, mode="clip")]
        found = self._trend_counter.counted(documents, by, split)
        unplaced = found.total.articles - sum(tally.articles for tally in found.bins.values())
        left_out = self._undated_left_out(tree, matching, passing, len(documents))
        return Trend(found.total, found.bins, unplaced + left_out, found.values)

    def walk(self, query: Query, *, texts: bool = True) -> Iterator[Match]:
        """See `Reader.walk`."""
        tree = parse_and_expand(query, self._meanings)
        passing = self._filters.masks(query)
        found = self._evaluator.evaluate(tree).filtered(passing.without(frozenset()))
        places = whole_result(found.documents, self._columns, query.copies, query.lead)
        return self._read_hits(places, texts=texts)

    def facts(self, query: Query, names: Sequence[str]) -> Iterator[tuple[str, ...]]:
        """See `Reader.facts`."""
        return facts_of(self._matching(query)[1], self._columns, query, names)

    def digests(self) -> Iterator[tuple[str, str]]:
        """See `Reader.digests`."""
        return self._columns.digests_by_id()

    def concordance(self, query: Query, wanted: Lines) -> Concordance:
        """See `Reader.concordance`."""
        tree, documents = self._matching(query)
        return self._lines.find(tree, documents, wanted)

    def collocates(self, query: Query, wanted: CollocatesWanted) -> Collocates:
        """See `WordStatisticsReader.collocates`."""
        tree, documents = self._matching(query)
        return self._lines.collocates(tree, documents, wanted)

    def keywords(self, query: Query, wanted: KeywordsWanted) -> Keywords:
        """See `WordStatisticsReader.keywords`."""
        tree, documents = self._matching(query)
        beside = None if wanted.against is None else self._matching(wanted.against)[1]
        return self._lines.keywords(tree, documents, wanted, beside)

    def similar(self, wanted: SimilarWanted) -> Sequence[Similar]:
        """See `WordStatisticsReader.similar`."""
        return most_similar(self.generation.terms, self._columns, wanted)

    def get(self, article_id: str) -> GroupedArticle | None:
        """See `Reader.get`."""
        document = self._columns.number(article_id)
        if document is None:
            return None
        return GroupedArticle(self.generation.article(document), self._columns.story_id(document))

    def story_sizes(self, stories: Collection[str]) -> Mapping[str, tuple[int, int]]:
        """See `Reader.story_sizes`."""
        columns = self._columns
        leads = {story: lead for story in stories if (lead := columns.number(story)) is not None}
        return {story: (int(columns.versions[lead]), int(columns.outlets[lead])) for story, lead in leads.items()}

    def first_seen(self, ids: Collection[str]) -> Mapping[str, datetime]:
        """See `Reader.first_seen`."""
        columns = self._columns
        places = {one: place for one in ids if (place := columns.number(one)) is not None}
        return {one: datetime.fromtimestamp(int(columns.since[place]), UTC) for one, place in places.items()}

    def moved(self, former_id: str) -> str | None:
        """See `Reader.moved`."""
        article_id = self.generation.former_addresses.get(former_id)
        return None if article_id is None or self._columns.number(article_id) is None else article_id

    def info(self) -> IndexInfo:
        """See `Reader.info`."""
        return self.generation.info

    def vocabulary(self) -> TextVocabulary:
        """See `Reader.vocabulary`."""
        return self.generation.vocabulary

    def short_forms(self) -> ShortForms:
        """See `Reader.short_forms`."""
        return self.generation.short_forms

    def boilerplate(self) -> Sequence[BoilerplateLine]:
        """See `Reader.boilerplate`."""
        return self.generation.boilerplate

    def relatives(self) -> Stories:
        """See `Reader.relatives`."""
        return self.generation.relatives

    def check(self) -> Iterator[str]:
        """See `Reader.check`."""
        return problems(self.generation)

    @cached_property
    def _meanings(self) -> ExpansionContext:
        """What query expansion uses. It does not refer to this reader, so reference counting alone frees both."""
        generation, facets = self.generation, self._columns.facets
        return ExpansionContext(generation.short_forms, generation.vocabulary, lambda field: facets[field].values)

    def _undated_left_out(self, tree: Node, matching: Numbers, passing: FilterMasks, found: int) -> int:
        """How many documents are not found only since their dates are too uncertain for a filter or the query text."""
        perhaps = with_possible_dates(tree)
        if perhaps is tree:
            return passing.undated_left_out(matching)
        return passing.perhaps(self._evaluator.evaluate(perhaps).documents) - found

    def _read_hits(self, places: Iterator[PageHit], *, texts: bool) -> Iterator[Match]:
        """Read the articles of hits, a window at a time."""
        generation, ids = self.generation, self._columns.ids
        while window := list(islice(places, WINDOW if texts else WINDOW_OF_FACTS)):
            documents = [place.document for place in window]
            stories = ids.taken(self._columns.stories.of[documents])
            for place, article, story in zip(window, generation.articles(documents, texts=texts), stories, strict=True):
                copies = tuple([ids[copy] for copy in place.copies]) if place.copies else ()
                yield Match(article, place.score, story, copies)

    def _matching(self, query: Query) -> tuple[Node, Numbers]:
        """The tree of a query, and the documents that match it and pass its filters."""
        tree = parse_and_expand(query, self._meanings)
        mask = self._filters.masks(query).without(frozenset())
        return tree, self._evaluator.evaluate(tree).filtered(mask).documents

    def _matches(self, places: Sequence[PageHit]) -> list[Match]:
        """Read the articles of some hits."""
        return [
            Match(
                self.generation.article(place.document),
                place.score,
                self._columns.story_id(place.document),
                tuple(self._columns.ids[copy] for copy in place.copies),
            )
            for place in places
        ]
