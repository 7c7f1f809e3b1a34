"""Explaining why a query found nothing, and what would find something.

Each part of it is asked alone, the query without a few of its parts, with its phrases as plain words, without each of
its filters; and last any of its words, ranked. All of that is some dozen small questions to the index, asked only
where nothing was found. What is told holds under the query's filters, unless it says otherwise.

Parts are left out by what they are *worth*: rather a question word than a function word, rather a common word than a
rare one, so that what is left says as much as it can of what was asked.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import chain, combinations
from math import log
from typing import Final

from index.answers.did_you_mean import Correction, correction, lacks_a_word
from index.answers.highlighting import holds
from index.answers.search import Hit, Results, hits_of
from index.answers.snippets import Marker, marker
from index.engine import Engine, Found
from index.query.language import BadQuery, typed
from index.query.request import DEFAULT_PAGE_SIZE, NO_CHOICES, Query, Sort
from index.query.subqueries import all_of, any_of, asks_text, loosened, pieces_of, says_little, words_of
from index.query.tree import Node, Not, Word
from index.ranking import weight
from index.words.tokenizer import written

LEFT_OUT: Final = 3  # parts at once at most
LEAVABLE: Final = 10  # parts among which those left out are chosen, the least worth; of ten there are 175 choices
TRIED: Final = 48  # choices asked of the index: some 20 ms
SHOWN: Final = 3  # choices told
DAYS: Final = "days"  # the range of days, as the name of a filter
FORMS: Final = "forms"  # what is switched off, as the name of a filter


@dataclass(frozen=True, slots=True)
class Instead:
    """Another query, the words or values in which it differs from what was asked, and how much it finds."""

    words: tuple[str, ...]
    query: Query
    articles: int
    stories: int


@dataclass(frozen=True, slots=True)
class Part:
    """A part asked alone; where that finds nothing, what it finds without filters, and what it may be a slip of."""

    alone: Instead
    unfiltered: Instead | None
    correction: Correction | None


@dataclass(frozen=True, slots=True)
class Blamed:
    """A filter without which the query finds something; without a name, all of them."""

    name: str
    without: Instead


@dataclass(frozen=True, slots=True)
class PartialHit:
    """A hit of any of the words, and the words it has not."""

    hit: Hit
    lacking: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Partial:
    """The best articles that have some of what was asked, and the query for all of them."""

    any_of: Instead
    hits: tuple[PartialHit, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why nothing was found: what was meant, what each part finds, what to leave out, what matches in part.

    Of a query that found something, only what was meant can be told.
    """

    correction: Correction | None = None
    parts: tuple[Part, ...] = ()
    without: tuple[Instead, ...] = ()
    unquoted: Instead | None = None
    blamed: tuple[Blamed, ...] = ()
    partial: Partial | None = None


def explain(engine: Engine, results: Results) -> Explanation:
    """What helps on from an answer: all there is to tell where nothing was found; raises what the engine does."""
    query = results.query
    if results.articles:
        return Explanation(_more_meant(engine, results))
    asked = _Asked(engine, results)
    meant = correction(engine, query)
    parts = asked.alone()
    return Explanation(
        meant,
        tuple(asked.part(one, meant) for one in parts),
        asked.without(parts),
        asked.unquoted(),
        asked.blamed(),
        asked.partial(),
    )


def _more_meant(engine: Engine, results: Results) -> Correction | None:
    """What finds more than an answer whose query has a word that the archive has not."""
    query = results.query
    meant = correction(engine, query) if lacks_a_word(engine, query) else None
    if meant is None or meant.articles <= results.articles or meant.query.text.casefold() == query.text.casefold():
        return None
    return meant


class _Asked:
    """A query that found nothing, and the other queries made of it."""

    def __init__(self, engine: Engine, results: Results) -> None:
        self._engine = engine
        self._query = results.query
        self._bare = replace(results.query, chosen=NO_CHOICES, excluded=NO_CHOICES, since=None, until=None, page=1)
        self._size = results.index.articles
        self._pieces = pieces_of(results.tree)
        self._markers: dict[str, Marker] = {}

    def alone(self) -> tuple[Instead, ...]:
        """Each part alone; the words of a phrase where that is all there is. Nothing for a single word."""
        pieces: list[Node] = [piece for piece in self._pieces if not isinstance(piece, Not)]
        pieces = pieces if len(pieces) > 1 else words_of(pieces)
        asked = (self._saying((), piece) for piece in pieces) if len(pieces) > 1 else ()
        return tuple(one for one in asked if one is not None)

    def part(self, alone: Instead, meant: Correction | None) -> Part:
        """What there is to tell of a part; a slip only where the whole query has no correction."""
        if alone.articles:
            return Part(alone, None, None)
        bare = self._bare.saying(alone.query.text)
        anywhere = self._asking(alone.words, bare) if bare != alone.query else None
        if anywhere and anywhere.articles:
            return Part(alone, anywhere, None)
        return Part(alone, None, None if meant else correction(self._engine, bare))

    def without(self, parts: Sequence[Instead]) -> tuple[Instead, ...]:
        """The query less some of its parts, the least worth first; those that find nothing always go."""
        finding = {one.words[0]: one.articles for one in parts}
        gone = [piece for piece in self._pieces if finding.get(self._typed(piece), 1) == 0]
        worth = {piece: self._worth(piece, finding) for piece in self._pieces if piece not in gone}
        leavable = sorted(worth, key=worth.__getitem__)[:LEAVABLE]
        core = self._less((*gone, *leavable)) if len(worth) > len(leavable) else None
        if core and not core.articles:  # what finds nothing without all of them finds nothing without some
            return ()
        choices = chain.from_iterable(combinations(leavable, number) for number in range(LEFT_OUT + 1))
        told: dict[frozenset[Node], Instead] = {}
        for choice in sorted(choices, key=lambda some: sum(map(worth.__getitem__, some)))[:TRIED]:
            if any(found <= set(choice) for found in told):
                continue
            one = self._less((*gone, *choice))
            if one and one.articles:
                told[frozenset(choice)] = one
            if len(told) == SHOWN:
                break
        return tuple(told.values())

    def unquoted(self) -> Instead | None:
        """The query with its phrases as words that may stand anywhere."""
        loose = tuple(chain.from_iterable(map(loosened, self._pieces)))
        one = None if loose == self._pieces else self._saying((), all_of(loose))
        return one if one and one.articles else None

    def blamed(self) -> tuple[Blamed, ...]:
        """The filters without any one of which something is found; else all of them, if that helps."""
        filters = list(_filters(self._query))
        found = [(name, self._asking(words, without)) for name, words, without in filters]
        if len(filters) > 1 and not any(one and one.articles for _, one in found):
            found = [("", self._asking((), replace(self._bare, expand=True, off=())))]
        return tuple(Blamed(name, one) for name, one in found if one and one.articles)

    def partial(self) -> Partial | None:
        """What has any of the words that say something, under everything else asked; None for a single word."""
        words = words_of(filter(asks_text, self._pieces))
        telling = [word for word in words if not says_little(word)] or words
        if len(words) < 2:
            return None
        rest = [piece for piece in self._pieces if not asks_text(piece)]
        asked = self._saying((), all_of((any_of(telling), *rest)))
        if asked is None or not asked.articles:
            return None
        ranked = replace(asked, query=replace(asked.query, sort=Sort.RELEVANCE, size=DEFAULT_PAGE_SIZE))
        found = self._engine.find(ranked.query, facets=())
        return Partial(ranked, tuple(self._lacking(telling, hits_of(self._engine, found))))

    def _lacking(self, words: Sequence[Node], hits: Iterable[Hit]) -> Iterator[PartialHit]:
        """The hits with the words they lack: those that say something, else a part of the query as it was typed."""
        asked = words, [piece for piece in self._pieces if asks_text(piece)]
        for hit in hits:
            text = "\n".join((hit.match.article.title, *hit.match.article.paragraphs))
            runs = frozenset(run for run, _ in written(text))
            lacking = (
                tuple(said for said, mark in map(self._marker, some) if not holds(text, runs, mark)) for some in asked
            )
            yield PartialHit(hit, next(filter(None, lacking), ()))

    def _marker(self, node: Node) -> tuple[str, Marker]:
        """A word or part as it was typed, and what it marks."""
        said = self._typed(node)
        if said not in self._markers:
            found = self._found(self._query.saying(said))
            self._markers[said] = marker(found.tree if found else node)
        return said, self._markers[said]

    def _worth(self, piece: Node, finding: dict[str, int]) -> float:
        """What is lost with a part; what is denied may go first."""
        if isinstance(piece, Not):
            return 0.0
        rarity = log((self._size + 1) / (finding.get(self._typed(piece), 0) + 1))
        return weight(piece, asking=True) * rarity if isinstance(piece, Word) else rarity

    def _less(self, dropped: Collection[Node]) -> Instead | None:
        kept = [piece for piece in self._pieces if piece not in dropped]
        if not dropped or all(isinstance(piece, Not) for piece in kept):  # what is denied alone asks for nothing
            return None
        return self._saying(tuple(self._typed(piece) for piece in self._pieces if piece in dropped), all_of(kept))

    def _saying(self, words: tuple[str, ...], node: Node) -> Instead | None:
        said = self._typed(node)
        return self._asking(words or (said,), self._query.saying(said))

    def _asking(self, words: tuple[str, ...], query: Query) -> Instead | None:
        found = self._found(query)
        return None if found is None else Instead(words, query, found.articles, found.stories)

    def _found(self, query: Query) -> Found | None:
        try:
            return self._engine.find(replace(query, page=1, size=1, sort=Sort.NEWEST), facets=())
        except BadQuery:  # said otherwise, a text can be too long
            return None

    def _typed(self, node: Node) -> str:
        return typed(node, self._query.text)


def _filters(query: Query) -> Iterator[tuple[str, tuple[str, ...], Query]]:
    """Each filter of a query: its name, its values, and the query without it."""
    for choices in (query.chosen, query.excluded):
        for name, values in choices.items():
            yield name, values, reduce(lambda wider, value: wider.widened(name, value), values, query)
    if query.since or query.until:
        yield DAYS, tuple(filter(None, (query.since, query.until))), query.dated(None, None)
    if query.off or not query.expand:
        yield FORMS, query.off, replace(query, expand=True, off=(), page=1)
