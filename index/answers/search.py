"""Search: the single path from a query to the results that page, API and command line render.

The engine returns articles and counts. This module adds snippets, highlighting, copies and facets, in the same way for
every engine and every output format.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from math import ceil
from time import perf_counter

from archive.article import Article
from archive.copies.relatives import Relative, relatives
from index.answers.bounded_facts import bounded
from index.answers.expansion_report import Expansion, WordForms, expansions, offered, word_forms
from index.answers.fragments import Fragment
from index.answers.marking.highlighting import Highlighter, build_highlighter
from index.answers.snippets import snippet
from index.engine import EngineAnswer, IndexInfo, Match, Reader
from index.facets import FACETS, Facet, FacetCounts, estimated, present
from index.query.request import Query, Sort
from index.query.tree import Node

FACET_SIZE = 40  # values of one facet in an answer; a page of its own shows the rest
WHOLE_FACETS = frozenset({"year"})  # facets returned with all values: a timeline must be complete
COPIES_SHOWN = 10  # copies of a hit returned with title and outlet; the others are returned as ids
COPIES_READ = 500_000  # characters of the copies of one hit; longer copies are returned as ids too


@dataclass(frozen=True, slots=True)
class Hit:
    """A match with its snippet, and the first copies folded under it with their relation to it.

    `since` is since when the index has had the article, told where hits are ordered by it (`Reader.first_seen`).
    """

    match: Match
    snippet: tuple[Fragment, ...]
    copies: tuple[Relative, ...]
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Results:
    """The results as users see them: the parsed query, exact totals, hits, facets, the index and the time taken.

    `expansions` were searched or are switched off; `offered` were not searched because they are uncertain; `words` are
    the words that were searched in all their forms. `undated_left_out` is the number of articles that match except
    that their date is too uncertain for the date range. `hits_in_all` is the number of hits on all pages: stories,
    loose groups or articles. `counts` are those of all values of each facet; `facets` presents them. `last` is the
    article from whose place a walk through all hits goes on. `highlighter` marks what matched, in titles too.
    """

    query: Query
    tree: Node
    expansions: tuple[Expansion, ...]
    offered: tuple[Expansion, ...]
    words: tuple[WordForms, ...]
    articles: int
    stories: int
    hits_in_all: int
    hits: tuple[Hit, ...]
    counts: Mapping[str, FacetCounts]
    index: IndexInfo
    seconds: float
    highlighter: Highlighter = field(compare=False, repr=False)
    undated_left_out: int = 0
    last: str | None = None

    @property
    def estimated(self) -> bool:
        """Whether the numbers of stories are estimates."""
        return estimated((self.stories, self.hits_in_all))

    @property
    def pages(self) -> int:
        """The number of pages with hits."""
        return ceil(self.hits_in_all / self.query.size)

    @property
    def facets(self) -> tuple[Facet, ...]:
        """The facets, truncated to FACET_SIZE values where they are long; made anew each time, since pages show few."""
        return tuple(self.facet(name) for name in FACETS if name in self.counts)

    def facet(self, name: str) -> Facet:
        """One of the facets."""
        return present(name, self.counts[name], self.query, None if name in WHOLE_FACETS else FACET_SIZE)


def search(reader: Reader, query: Query, *, facets: bool = True) -> Results:
    """Answer a query, with facets or without. Raises BadQuery and EngineError, like the reader."""
    start = perf_counter()
    found = reader.find(query) if facets else reader.find(query, facets=())
    highlighter = build_highlighter(found.tree)
    return Results(
        query=query,
        tree=found.tree,
        expansions=expansions(found.tree, query.text),
        offered=offered(found.tree, query.text),
        words=word_forms(found.tree, query.text, reader.vocabulary()),
        articles=found.articles,
        stories=found.stories,
        hits_in_all=found.hits,
        hits=hits_of(reader, found, highlighter, told_since=query.sort is Sort.INDEXED),
        counts=found.counts,
        index=found.index,
        seconds=perf_counter() - start,
        highlighter=highlighter,
        undated_left_out=found.undated_left_out,
        last=found.last,
    )


def hits_of(
    reader: Reader, found: EngineAnswer, highlighter: Highlighter, *, told_since: bool = False
) -> tuple[Hit, ...]:
    """The hits of an engine's answer, with snippets and copies."""
    since = reader.first_seen([match.article.id for match in found.matches]) if told_since else {}
    return tuple(
        Hit(
            _bounded(match),
            snippet(match.article, highlighter),
            _copies(reader, match),
            since.get(match.article.id),
        )
        for match in found.matches
    )


def whole_facet(reader: Reader, query: Query, name: str) -> Facet:
    """One facet of an answer with all its values."""
    return present(name, reader.find(query, facets=(name,)).counts[name], query, None)


def evaluated(reader: Reader, query: Query) -> Node:
    """The expanded tree of a query, to highlight an article outside of a result list."""
    return reader.find(query.at(1), facets=()).tree


def _copies(reader: Reader, match: Match) -> tuple[Relative, ...]:
    if not match.copies:
        return ()
    return relatives(reader.relatives(), match.article, list(_read_copies(reader, match)))


def _read_copies(reader: Reader, match: Match) -> Iterator[Article]:
    read = 0
    for copy in match.copies[:COPIES_SHOWN]:
        if found := reader.get(copy):
            read += len(found.article.text)
            if read > COPIES_READ:
                break
            yield bounded(found.article)


def _bounded(match: Match) -> Match:
    article = bounded(match.article)
    return match if article is match.article else replace(match, article=article)
