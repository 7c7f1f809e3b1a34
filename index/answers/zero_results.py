"""The zero-results page: explains why a query found nothing, and which similar queries find something.

It searches for each part alone, for the query without some parts, with phrases as plain words, and without each filter,
and finally for any of its words, ranked. That is some dozen small queries, made only when nothing was found. All counts
respect the filters of the query unless stated otherwise.

The parts of least worth are left out first: question words before function words, common words before rare ones.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import chain, combinations
from math import log
from typing import Final

from archive.article import Article
from index.answers.expansion_report import WordForms, far_relatives
from index.answers.hints.addresses import article_with_address
from index.answers.hints.did_you_mean import Correction, clearer_correction, correction, has_unknown_word
from index.answers.hints.operator_hints import OperatorQuery, operator_query
from index.answers.hints.unmatched_facts import UnmatchedFact, unmatched_facts
from index.answers.marking.highlighting import build_highlighter
from index.answers.marking.part_finder import PartFinder
from index.answers.search import Hit, Results, hits_of
from index.engine import EngineAnswer, Reader
from index.query.errors import BadQuery
from index.query.request import DEFAULT_PAGE_SIZE, Query, Sort
from index.query.subqueries import (
    all_of,
    any_of,
    is_stop_word,
    required_parts,
    searches_text,
    split_phrase,
    split_words,
)
from index.query.tree import Node, Not, Word
from index.query.writing import as_typed
from index.ranking import weight

MAX_LEFT_OUT: Final = 3  # parts left out at once
MAX_DROPPABLE: Final = 10  # parts of least worth, from which the ones to leave out are chosen; ten give 175 choices
TRIED: Final = 48  # choices that are searched: some 20 ms
SHOWN: Final = 3  # choices that are reported
DAYS: Final = "days"  # filter name of the date range
FORMS: Final = "forms"  # filter name of switched-off forms and expansions
FAR: Final = "far"  # filter name of the far relatives of the words, which are left out unless they are switched on


@dataclass(frozen=True, slots=True)
class AlternativeQuery:
    """A similar query, the words or values in which it differs from the original, and how much it finds."""

    words: tuple[str, ...]
    query: Query
    articles: int
    stories: int


@dataclass(frozen=True, slots=True)
class Part:
    """A part searched alone. If that finds nothing: what it finds without filters, and its spelling correction."""

    alone: AlternativeQuery
    unfiltered: AlternativeQuery | None
    correction: Correction | None


@dataclass(frozen=True, slots=True)
class BlockingFilter:
    """A filter without which the query finds something; an empty name stands for all filters together."""

    name: str
    without: AlternativeQuery


@dataclass(frozen=True, slots=True)
class PartialHit:
    """A hit that matches some of the words, and the words it lacks."""

    hit: Hit
    lacking: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartialMatches:
    """The best partial matches, and the query that finds all of them."""

    any_of: AlternativeQuery
    hits: tuple[PartialHit, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why nothing was found: a correction, what each part finds, what to leave out, and partial matches.

    For a query that found something, only what may be meant is told.
    """

    correction: Correction | None = None
    operator: OperatorQuery | None = None
    unmatched: tuple[UnmatchedFact, ...] = ()
    address: Article | None = None
    parts: tuple[Part, ...] = ()
    without: tuple[AlternativeQuery, ...] = ()
    unquoted: AlternativeQuery | None = None
    blamed: tuple[BlockingFilter, ...] = ()
    partial: PartialMatches | None = None


def explain(reader: Reader, results: Results) -> Explanation:
    """Explain an answer, in full if nothing was found. Raises what the engine raises."""
    query = results.query
    address = article_with_address(reader, query.text)
    unmatched = unmatched_facts(reader, query, results.tree)
    operator = operator_query(reader, results.query, results.articles)
    if results.articles:
        return Explanation(_more_meant(reader, results), operator, unmatched, address)
    asked = _FailedQuery(reader, results)
    meant = correction(reader, query)
    parts = asked.alone()
    return Explanation(
        meant,
        operator,
        unmatched,
        address,
        tuple(asked.part(one, meant) for one in parts),
        asked.without(parts),
        asked.unquoted(),
        asked.blamed(),
        asked.partial(),
    )


def _more_meant(reader: Reader, results: Results) -> Correction | None:
    """A correction that finds more than the query if that has an unknown word, and clearly more if it has none."""
    query = results.query
    unknown = has_unknown_word(reader, query)
    meant = correction(reader, query) if unknown else clearer_correction(reader, query, results.articles)
    if meant is None or meant.articles <= results.articles or meant.query.text.casefold() == query.text.casefold():
        return None
    return meant


class _FailedQuery:
    """A query that found nothing, and the similar queries derived from it."""

    def __init__(self, reader: Reader, results: Results) -> None:
        self._reader = reader
        self._query = results.query
        self._bare = results.query.unfiltered()
        self._size = results.index.articles
        self._parts = required_parts(results.tree)
        self._words = results.words
        self._found: dict[str, EngineAnswer | None] = {}

    def alone(self) -> tuple[AlternativeQuery, ...]:
        """Each part searched alone; a single part is split into its words. Empty for a single word."""
        nodes: list[Node] = [node for node in self._parts if not isinstance(node, Not)]
        nodes = nodes if len(nodes) > 1 else split_words(nodes)
        asked = (self._search_for((), node) for node in nodes) if len(nodes) > 1 else ()
        return tuple(one for one in asked if one is not None)

    def part(self, alone: AlternativeQuery, meant: Correction | None) -> Part:
        """Report on a part. It gets a correction only if the whole query has none."""
        if alone.articles:
            return Part(alone, None, None)
        bare = self._bare.with_text(alone.query.text)
        anywhere = self._search(alone.words, bare) if bare != alone.query else None
        if anywhere and anywhere.articles:
            return Part(alone, anywhere, None)
        return Part(alone, None, None if meant else correction(self._reader, bare))

    def without(self, parts: Sequence[AlternativeQuery]) -> tuple[AlternativeQuery, ...]:
        """The query without some parts, those of least worth first. Parts that find nothing are always left out."""
        finding = {one.words[0]: one.articles for one in parts}
        gone = [node for node in self._parts if finding.get(self._typed(node), 1) == 0]
        worth = {node: self._worth(node, finding) for node in self._parts if node not in gone}
        droppable = sorted(worth, key=worth.__getitem__)[:MAX_DROPPABLE]
        core = self._leaving_out((*gone, *droppable)) if len(worth) > len(droppable) else None
        if core and not core.articles:  # leaving out fewer parts cannot find more
            return ()
        choices = chain.from_iterable(combinations(droppable, number) for number in range(MAX_LEFT_OUT + 1))
        reported: dict[frozenset[Node], AlternativeQuery] = {}
        for choice in sorted(choices, key=lambda some: sum(map(worth.__getitem__, some)))[:TRIED]:
            if any(found <= set(choice) for found in reported):
                continue
            one = self._leaving_out((*gone, *choice))
            if one and one.articles:
                reported[frozenset(choice)] = one
            if len(reported) == SHOWN:
                break
        return tuple(reported.values())

    def unquoted(self) -> AlternativeQuery | None:
        """The query with its phrases as plain words."""
        loose = tuple(chain.from_iterable(map(split_phrase, self._parts)))
        one = None if loose == self._parts else self._search_for((), all_of(loose))
        return one if one and one.articles else None

    def blamed(self) -> tuple[BlockingFilter, ...]:
        """Each filter without which something is found; if there is none, all filters together if that helps."""
        filters = [*_filters(self._query), *_left_out(self._query, self._words)]
        found = [(name, self._search(words, without)) for name, words, without in filters]
        if len(filters) > 1 and not any(one and one.articles for _, one in found):
            found = [("", self._search((), replace(self._bare, expand=True, off=())))]
        return tuple(BlockingFilter(name, one) for name, one in found if one and one.articles)

    def partial(self) -> PartialMatches | None:
        """Articles with any of the content words that meet all other conditions; None for a single word."""
        words = split_words(filter(searches_text, self._parts))
        content_words = [word for word in words if not is_stop_word(word)] or words
        if len(words) < 2:
            return None
        rest = [node for node in self._parts if not searches_text(node)]
        asked = self._search_for((), all_of((any_of(content_words), *rest)))
        if asked is None or not asked.articles:
            return None
        ranked = replace(asked, query=replace(asked.query, sort=Sort.RELEVANCE, size=DEFAULT_PAGE_SIZE))
        found = self._reader.find(ranked.query, facets=())
        return PartialMatches(
            ranked, tuple(self._lacking(content_words, hits_of(self._reader, found, build_highlighter(found.tree))))
        )

    def _lacking(self, words: Sequence[Node], hits: Iterable[Hit]) -> Iterator[PartialHit]:
        """The hits with the content words they lack; if they lack none, the parts of the query they lack."""
        parts = [node for node in self._parts if searches_text(node)]
        asked = [[self._typed(node) for node in some] for some in (words, parts)]
        finders = [PartFinder([self._tree(node) for node in some]) for some in (words, parts)]
        for hit in hits:
            paragraphs = hit.match.article.title, *hit.match.article.paragraphs
            lacking = (
                tuple(said for said, found in zip(some, finder.found_in(paragraphs), strict=True) if not found)
                for some, finder in zip(asked, finders, strict=True)
            )
            yield PartialHit(hit, next(filter(None, lacking), ()))

    def _tree(self, node: Node) -> Node:
        """A part searched alone: its expanded tree."""
        found = self._find_text(self._typed(node))
        return node if found is None else found.tree

    def _worth(self, node: Node, finding: dict[str, int]) -> float:
        """The worth of a part: its weight times its rarity. Negated parts have none."""
        if isinstance(node, Not):
            return 0.0
        rarity = log((self._size + 1) / (finding.get(self._typed(node), 0) + 1))
        return weight(node, asking=True) * rarity if isinstance(node, Word) else rarity

    def _leaving_out(self, dropped: Collection[Node]) -> AlternativeQuery | None:
        kept = [node for node in self._parts if node not in dropped]
        if not dropped or all(isinstance(node, Not) for node in kept):  # negated parts alone are not a query
            return None
        return self._search_for(tuple(self._typed(node) for node in self._parts if node in dropped), all_of(kept))

    def _search_for(self, words: tuple[str, ...], node: Node) -> AlternativeQuery | None:
        said = self._typed(node)
        return _alternative(words or (said,), self._query.with_text(said), self._find_text(said))

    def _search(self, words: tuple[str, ...], query: Query) -> AlternativeQuery | None:
        return _alternative(words, query, self._find(query))

    def _find_text(self, text: str) -> EngineAnswer | None:
        """The answer to another text with the filters of the query; each text is searched once."""
        if text not in self._found:
            self._found[text] = self._find(self._query.with_text(text))
        return self._found[text]

    def _find(self, query: Query) -> EngineAnswer | None:
        try:
            return self._reader.find(replace(query, page=1, size=1, sort=Sort.NEWEST), facets=())
        except BadQuery:  # rewritten, a text can be too long
            return None

    def _typed(self, node: Node) -> str:
        return as_typed(node, self._query.text)


def _alternative(words: tuple[str, ...], query: Query, found: EngineAnswer | None) -> AlternativeQuery | None:
    return None if found is None else AlternativeQuery(words, query, found.articles, found.stories)


def _filters(query: Query) -> Iterator[tuple[str, tuple[str, ...], Query]]:
    """Yield each filter of a query: its name, its values, and the query without it."""
    for choices in (query.chosen, query.excluded):
        for name, values in choices.items():
            yield name, values, reduce(lambda wider, value: wider.widened(name, value), values, query)
    if query.since or query.until:
        yield DAYS, tuple(filter(None, (query.since, query.until))), query.dated(None, None)
    if query.off or not query.expand:
        yield FORMS, query.off, replace(query, expand=True, off=(), page=1)


def _left_out(query: Query, words: Iterable[WordForms]) -> Iterator[tuple[str, tuple[str, ...], Query]]:
    """Yield the query with the far relatives of its words, as a filter that is left out, if there are any."""
    far = tuple(dict.fromkeys(form.form for word in words for form in far_relatives(word)))
    if far:
        yield FAR, far, reduce(Query.with_far, far, query)
