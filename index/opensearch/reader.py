"""One published generation, opened for reading: implements `engine.Reader`. It never changes and serves all threads."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property, lru_cache, partial
from itertools import islice
from typing import Any, Final

from archive.article import Article
from archive.copies.stories import Stories
from archive.meanings.short_forms import ShortForms
from archive.press.boilerplate import BoilerplateLine
from index.concordance import Concordance, Lines
from index.engine import EngineAnswer, GroupedArticle, IndexInfo, Match
from index.expansion.query_expansion import ExpansionContext, parse_and_expand
from index.facets import FACETS
from index.opensearch.checking import problems
from index.opensearch.counting import facet_counts, word_statistics
from index.opensearch.counting.distinct import Choosing, Way, corrected, scripts_run
from index.opensearch.counting.occurrences import times_in_a_row
from index.opensearch.counting.trend_counts import TrendCounts
from index.opensearch.counting.word_statistics import MOST_ARTICLES, ArchiveStems
from index.opensearch.generations import Generations
from index.opensearch.hits import Hit, HitReader, Wish, page_search
from index.opensearch.learned import Learned
from index.opensearch.mapping import Similarity
from index.opensearch.published import Published
from index.opensearch.querying.counted import ArticleCounts
from index.opensearch.querying.filters import Filters, all_of
from index.opensearch.querying.leaves import Dsl, Leaves, TermScoring
from index.opensearch.querying.proximity import Proximity
from index.opensearch.querying.similarity import sharing
from index.opensearch.querying.trees import QueryMaker
from index.opensearch.stored_articles import PORTION
from index.opensearch.vocabulary import ClusterVocabulary
from index.query.request import Copies, Query, Sort
from index.query.subqueries import with_possible_dates
from index.query.tree import Node
from index.ranking import idf
from index.snapshots import LazyMatches
from index.storage.failures import TooMuchToRead
from index.trends import Interval, Split, Trend
from index.word_statistics import Collocates, CollocatesWanted, Keywords, KeywordsWanted, Similar, SimilarWanted

Body = dict[str, Any]
EVERY: Final = tuple(FACETS)


class GenerationReader:
    """What answers questions from one generation."""

    def __init__(self, generations: Generations, meta: str) -> None:
        self._cluster = generations.cluster
        self.published = Published(generations, meta)
        self.manifest = self.published.manifest
        self._texts = self.manifest.texts
        self._articles = self.published.articles
        self._learned = Learned(self.published)
        self._hits = HitReader(self._cluster, self._texts)
        self._fact_values = lru_cache(None)(self._values)

    def info(self) -> IndexInfo:
        """See `Reader.info`."""
        return self._info

    @cached_property
    def _info(self) -> IndexInfo:
        return self.published.info(scripted=self._choosing.scripted)

    def get(self, article_id: str) -> GroupedArticle | None:
        """See `Reader.get`."""
        found = self._articles.find(article_id)
        return None if found is None else GroupedArticle(found.article, found.story)

    def story_sizes(self, stories: Collection[str]) -> Mapping[str, tuple[int, int]]:
        """See `Reader.story_sizes`."""
        return self._hits.story_sizes(stories)

    def first_seen(self, ids: Collection[str]) -> Mapping[str, datetime]:
        """See `Reader.first_seen`."""
        return self._hits.first_seen(ids)

    def moved(self, former_id: str) -> str | None:
        """See `Reader.moved`."""
        article_id = self._learned.former_addresses.get(former_id)
        return None if article_id is None or self._articles.find(article_id) is None else article_id

    def find(self, query: Query, facets: Collection[str] = EVERY) -> EngineAnswer:
        """See `Reader.find`."""
        tree = parse_and_expand(query, self.meanings)
        matching, filters = self._queries.matching(tree), Filters(query)
        found = all_of(matching, filters.without())
        wish = self._wish(tree, query)
        own = [name for name in facets if not filters.touch(FACETS[name])]
        others = [name for name in facets if name not in own]
        lefts = [all_of(matching, filters.without(FACETS[name])) for name in others]
        way = self._choosing.ways([found, *lefts]).stories
        body: Body = {"size": 0, "query": found, "track_total_hits": True}
        main = {**body, "aggs": {**facet_counts.totals(way), **facet_counts.of_facets(self._sizes(own, way), way)}}
        bodies = [main, self._page_body(wish, query)]
        for name, left in zip(others, lefts, strict=True):
            bodies.append({**body, "query": left, "aggs": facet_counts.of_facets(self._sizes([name], way), way)})
        if (perhaps := self._perhaps(tree, filters)) is not None:
            bodies.append({**body, "query": perhaps})
        told, page, *more = self._cluster.searches(self._texts, bodies)
        articles = told["hits"]["total"]["value"]
        counts = facet_counts.counts(own, told["aggregations"])
        for name, one in zip(others, more, strict=False):
            counts |= facet_counts.counts([name], one["aggregations"])
        stories = facet_counts.stories_of(articles, told["aggregations"])
        groups = facet_counts.groups_of(articles, told["aggregations"])
        hits, last = self._page(wish, query, page["hits"]["hits"])
        counted = {Copies.FOLD: stories, Copies.LOOSE: groups, Copies.SHOW: articles}[query.copies]
        in_all = corrected(counted, query, len(hits))
        return EngineAnswer(
            articles,
            in_all if query.copies is Copies.FOLD else stories,
            hits=in_all,
            matches=LazyMatches(self.matches, hits),
            counts={name: counts[name] for name in facets},
            index=self.info(),
            tree=tree,
            undated_left_out=0 if perhaps is None else more[-1]["hits"]["total"]["value"] - articles,
            last=last,
        )

    @property
    def _built_in(self) -> bool:
        """Whether the servers' own similarity scores."""
        return self.manifest.similarity is Similarity.BUILT_IN

    def _sizes(self, facets: Iterable[str], way: Way) -> Mapping[str, int]:
        """How many values facets have, where estimates depend on it."""
        return {name: len(self._fact_values(name)) if way is Way.ESTIMATED else 0 for name in facets}

    def _wish(self, tree: Node, query: Query) -> Wish:
        """What is wanted of an answer, with scores."""
        passing = Filters(query).without()
        ranked: Dsl = {"bool": {"must": [self._queries.ranked(tree)], "filter": [passing] if passing else []}}
        return Wish(ranked, query.sort, query.copies, query.lead, self._built_in)

    def _page_body(self, wish: Wish, query: Query) -> Body:
        if query.after is not None:  # read separately
            return {"size": 0, "query": {"match_none": {}}}
        return page_search(wish, query.page, query.size)

    def _page(self, wish: Wish, query: Query, told: Sequence[Any]) -> tuple[list[Hit], str | None]:
        if query.after is None:
            return self._hits.folded(wish, told), None
        hits, more = self._hits.some(wish, query.after, query.size)
        return hits, hits[-1].place.id if more else None

    def _perhaps(self, tree: Node, filters: Filters) -> Dsl | None:
        """What passes all filters as far as is known of its date; None if no date is asked for."""
        possible = with_possible_dates(tree)
        if possible is tree and not filters.is_dated:
            return None
        return all_of(self._queries.matching(possible), filters.without(possibly=True))

    def trends(self, query: Query, by: Interval, split: Split | None = None) -> Trend:
        """See `Reader.trends`."""
        tree = parse_and_expand(query, self.meanings)
        filters = Filters(query)
        found = all_of(self._queries.matching(tree), filters.without())
        return self._trends.trend(found, self._perhaps(tree, filters), by, split)

    def walk(self, query: Query, *, texts: bool = True) -> Iterator[Match]:
        """See `Reader.walk`."""
        wish = self._unranked(query)
        return self._matches(self._hits.every(wish), texts=texts)

    def facts(self, query: Query, names: Sequence[str]) -> Iterator[tuple[str, ...]]:
        """See `Reader.facts`."""
        return self._hits.facts(self._unranked(query), names)

    def digests(self) -> Iterator[tuple[str, str]]:
        """See `Reader.digests`."""
        return ((article_id, held.digest) for article_id, held in sorted(self.published.ledger.entries.items()))

    def _unranked(self, query: Query) -> Wish:
        tree = parse_and_expand(query, self.meanings)
        found = all_of(self._queries.matching(tree), Filters(query).without())
        return Wish(found, Sort.OLDEST, query.copies, query.lead)

    def _matches(self, hits: Iterator[Hit], *, texts: bool) -> Iterator[Match]:
        while some := list(islice(hits, PORTION)):
            stored = self._articles.read([hit.lead.id for hit in some], texts=texts)
            for hit, held in zip(some, stored, strict=True):
                article = held.article if texts else replace(held.article, text="", passages=())
                yield Match(article, 0.0, hit.lead.story, hit.copies)

    def matches(self, hits: Sequence[Hit]) -> list[Match]:
        """The hits with their articles."""
        stored = self._articles.read([hit.lead.id for hit in hits])
        return [
            Match(held.article, hit.score, hit.lead.story, hit.copies) for hit, held in zip(hits, stored, strict=True)
        ]

    def concordance(self, query: Query, wanted: Lines) -> Concordance:
        """See `Reader.concordance`."""
        tree, articles = self._read(query, once=wanted.stories_once)
        return word_statistics.concordance(articles, tree, wanted)

    def collocates(self, query: Query, wanted: CollocatesWanted) -> Collocates:
        """See `WordStatisticsReader.collocates`."""
        tree, articles = self._read(query, once=wanted.stories_once)
        return word_statistics.collocates(articles, tree, wanted, self.vocabulary())

    def keywords(self, query: Query, wanted: KeywordsWanted) -> Keywords:
        """See `WordStatisticsReader.keywords`."""
        tree, articles = self._read(query, once=False)
        if wanted.against is None:
            around = ArchiveStems(self.vocabulary(), self.manifest.articles)
            return word_statistics.keywords(articles, tree, wanted, around)
        held = list(articles)
        beside = self._read(wanted.against, once=False)[1]
        every = {article.id: article for article in (*held, *beside)}
        return word_statistics.keywords(held, tree, wanted, word_statistics.stems_of(every.values()))

    def similar(self, wanted: SimilarWanted) -> Sequence[Similar]:
        """See `WordStatisticsReader.similar`."""
        having = self.vocabulary().articles_with_stem
        built_in = self._built_in  # the servers multiply by the rarity themselves
        found = sharing(wanted, lambda stem: 1.0 if built_in else idf(self.manifest.articles, having(stem)))
        body = page_search(Wish(found, Sort.RELEVANCE, Copies.FOLD, counting=built_in), 1, wanted.most)
        hits = self._cluster.search(self._texts, body)["hits"]["hits"]
        shared = ([stem for stem in wanted.stems if stem in hit["matched_queries"]] for hit in hits)
        return [Similar(hit["fields"]["id"][0], tuple(stems)) for hit, stems in zip(hits, shared, strict=True)]

    def _read(self, query: Query, *, once: bool) -> tuple[Node, Iterable[Article]]:
        """The tree of a query and all articles that match, oldest first; of a story only the first, if wanted."""
        tree = parse_and_expand(query, self.meanings)
        asked = replace(query, copies=Copies.FOLD if once else Copies.SHOW, lead=type(query.lead).BEST)
        wish = self._unranked(asked)
        body: Body = {"size": 0, "query": wish.query, "track_total_hits": True}
        total = self._cluster.search(self._texts, body)["hits"]["total"]["value"]
        if total > MOST_ARTICLES:
            raise TooMuchToRead(total, MOST_ARTICLES)
        return tree, (match.article for match in self._matches(self._hits.every(wish), texts=True))

    def vocabulary(self) -> ClusterVocabulary:
        """See `Reader.vocabulary`."""
        return self._vocabulary

    @cached_property
    def _vocabulary(self) -> ClusterVocabulary:
        return ClusterVocabulary(self._learned.words, partial(times_in_a_row, self._cluster, self._texts))

    @cached_property
    def _counts(self) -> ArticleCounts:
        return ArticleCounts(self._cluster, self._texts)

    @cached_property
    def _choosing(self) -> Choosing:
        return Choosing(scripts_run(self._cluster, self._texts), self._counts)

    @cached_property
    def _trends(self) -> TrendCounts:
        return TrendCounts(self._cluster, self._texts, self._choosing, self._fact_values)

    @cached_property
    def _queries(self) -> QueryMaker:
        scoring = TermScoring(self.manifest.similarity, self.manifest.length)
        leaves = Leaves(self.vocabulary(), self._fact_values, scoring)
        proximity = Proximity(self._cluster, self._texts, self._articles)
        return QueryMaker(leaves, self._counts, proximity, self.manifest.articles)

    @cached_property
    def meanings(self) -> ExpansionContext:
        """What query expansion uses."""
        return ExpansionContext(self.short_forms(), self.vocabulary(), self._fact_values)

    def _values(self, name: str) -> Sequence[str]:
        told = self._cluster.search(self._texts, {"size": 0, "aggs": {"values": facet_counts.values(name)}})
        return sorted(bucket["key"] for bucket in facet_counts.buckets(told["aggregations"]["values"]))

    def short_forms(self) -> ShortForms:
        """See `Reader.short_forms`."""
        return self._learned.short_forms

    def boilerplate(self) -> Sequence[BoilerplateLine]:
        """See `Reader.boilerplate`."""
        return self._learned.boilerplate

    def relatives(self) -> Stories:
        """See `Reader.relatives`."""
        return self._learned.relatives

    def check(self) -> Iterator[str]:
        """See `Reader.check`."""
        return problems(self.published)
