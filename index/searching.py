"""Search: the one path from a query to what page, API and command line render.

The engine answers with articles and counts; here snippets, marks and facets are made of that answer, once, the same for
every engine and every rendering.
"""

from dataclasses import dataclass
from math import ceil
from time import perf_counter

from archive.article import Article
from index.engine import Engine, IndexInfo, Match
from index.facets import FACETS, Facet, present
from index.language import parse
from index.query import Query
from index.snippets import Fragment, marker, snippet
from index.tree import Node

FACET_SIZE = 40  # values of one facet in an answer; the rest has a page of its own
WHOLE_FACETS = frozenset({"year"})  # given with all values: a timeline must not lose its beginning
COPIES_SHOWN = 10  # copies of one story given with title and outlet; the others by id


@dataclass(frozen=True, slots=True)
class Hit:
    """A match with its snippet and the first few of the copies folded under it."""

    match: Match
    snippet: tuple[Fragment, ...]
    copies: tuple[Article, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """An answer as users see it: the query as read, exact totals, hits, facets, its index and the seconds it took."""

    query: Query
    tree: Node
    articles: int
    stories: int
    hits: tuple[Hit, ...]
    facets: tuple[Facet, ...]
    index: IndexInfo
    seconds: float

    @property
    def hits_in_all(self) -> int:
        """How many hits all pages together have: stories, or articles where copies are shown."""
        return self.stories if self.query.copies == "fold" else self.articles

    @property
    def pages(self) -> int:
        """How many pages have hits on them."""
        return ceil(self.hits_in_all / self.query.size)


def search(engine: Engine, query: Query) -> Results:
    """Answer a query; raises BadQuery and EngineError as the engine does."""
    start = perf_counter()
    tree = parse(query.text)
    found = engine.find(query)
    mark = marker(tree)
    hits = tuple(Hit(match, snippet(match.article, mark), _copies(engine, match)) for match in found.matches)
    facets = tuple(
        present(name, found.counts[name], query, None if name in WHOLE_FACETS else FACET_SIZE) for name in FACETS
    )
    seconds = perf_counter() - start
    return Results(query, tree, found.articles, found.stories, hits, facets, found.index, seconds)


def whole_facet(engine: Engine, query: Query, name: str) -> Facet:
    """One facet of an answer with all its values."""
    return present(name, engine.find(query, facets=(name,)).counts[name], query, None)


def _copies(engine: Engine, match: Match) -> tuple[Article, ...]:
    held = (engine.get(copy) for copy in match.copies[:COPIES_SHOWN])
    return tuple(found[0] for found in held if found is not None)
