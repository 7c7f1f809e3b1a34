"""Search: the one path from a query to what page, API and command line render.

The engine answers with articles and counts; here snippets, marks and facets are made of that answer, once, the same for
every engine and every rendering.
"""

from dataclasses import dataclass
from math import ceil
from time import perf_counter

from archive.copies.relatives import Relative, relatives
from index.answers.expansion_report import Beside, Forms, beside, forms, offered
from index.answers.snippets import Fragment, marker, snippet
from index.engine import Engine, Found, IndexInfo, Match
from index.facets import FACETS, Facet, present
from index.query.request import Query
from index.query.tree import Node

FACET_SIZE = 40  # values of one facet in an answer; the rest has a page of its own
WHOLE_FACETS = frozenset({"year"})  # given with all values: a timeline must not lose its beginning
COPIES_SHOWN = 10  # copies of one story given with title and outlet; the others by id


@dataclass(frozen=True, slots=True)
class Hit:
    """A match with its snippet and the first few of the copies folded under it, with what each is to it."""

    match: Match
    snippet: tuple[Fragment, ...]
    copies: tuple[Relative, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """An answer as users see it: the query as read, exact totals, hits, facets, its index and the seconds it took.

    `expansions` were searched beside the words typed, or are switched off; `offered` were not, for they are unsure;
    `words` are those that were searched in all their forms. `undated_left_out` articles match but for the range of
    days, in which they may lie as well. `hits_in_all` are those of all pages: stories, loose groups or articles.
    """

    query: Query
    tree: Node
    expansions: tuple[Beside, ...]
    offered: tuple[Beside, ...]
    words: tuple[Forms, ...]
    articles: int
    stories: int
    hits_in_all: int
    hits: tuple[Hit, ...]
    facets: tuple[Facet, ...]
    index: IndexInfo
    seconds: float
    undated_left_out: int = 0

    @property
    def pages(self) -> int:
        """How many pages have hits on them."""
        return ceil(self.hits_in_all / self.query.size)


def search(engine: Engine, query: Query) -> Results:
    """Answer a query; raises BadQuery and EngineError as the engine does."""
    start = perf_counter()
    found = engine.find(query)
    return Results(
        query=query,
        tree=found.tree,
        expansions=beside(found.tree, query.text),
        offered=offered(found.tree, query.text),
        words=forms(found.tree, query.text, engine.vocabulary()),
        articles=found.articles,
        stories=found.stories,
        hits_in_all=found.hits,
        hits=hits_of(engine, found),
        facets=facets_of(found, query),
        index=found.index,
        seconds=perf_counter() - start,
        undated_left_out=found.undated_left_out,
    )


def hits_of(engine: Engine, found: Found) -> tuple[Hit, ...]:
    """The hits of an engine's answer, with snippets and copies."""
    mark = marker(found.tree)
    return tuple(Hit(match, snippet(match.article, mark), _copies(engine, match)) for match in found.matches)


def facets_of(found: Found, query: Query) -> tuple[Facet, ...]:
    """The facets of an engine's answer, the long ones cut to their first values."""
    sizes = ((name, None if name in WHOLE_FACETS else FACET_SIZE) for name in FACETS)
    return tuple(present(name, found.counts[name], query, size) for name, size in sizes)


def whole_facet(engine: Engine, query: Query, name: str) -> Facet:
    """One facet of an answer with all its values."""
    return present(name, engine.find(query, facets=(name,)).counts[name], query, None)


def evaluated(engine: Engine, query: Query) -> Node:
    """A query as an engine evaluates it, with what it searches beside what was typed, for marks without hits."""
    return engine.find(query.at(1), facets=()).tree


def _copies(engine: Engine, match: Match) -> tuple[Relative, ...]:
    if not match.copies:
        return ()
    held = (engine.get(copy) for copy in match.copies[:COPIES_SHOWN])
    return relatives(engine.relatives(), match.article, [found[0] for found in held if found is not None])
