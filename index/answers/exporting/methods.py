"""Methods: the facts about a search that a paper tells, so that others can repeat it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from archive.article import Article, DateBasis, DatePrecision
from index.answers.expansion_report import Expansion, expansions, offered
from index.answers.exporting.query_as_read import as_read
from index.engine import EngineAnswer, Reader
from index.facets import NO_BASIS
from index.query.leaves import leaves
from index.query.request import Copies, Query, Sort
from index.query.tree import TEXT_FIELDS, Node, Word

STATED = frozenset({DateBasis.GIVEN.value, DateBasis.URL.value})


@dataclass(frozen=True, slots=True)
class Methods:
    """The facts about a search.

    Attributes:
        query: The query as asked.
        read_as: The query as it was read, with all that was searched beside it; "" if it asks for every article.
        inflected: The words that were searched in all their near forms.
        searched: The expansions that were searched.
        offered: Those that were offered and not searched, and those that were switched off.
        answer: The totals and the index.
        first: The day, month or year of the oldest article, as far as it is known; "" if none is dated.
        last: The same of the newest.
        undated: How many of the articles have no date.
        inferred: How many have a date that their publisher does not state.
    """

    query: Query
    read_as: str
    inflected: tuple[str, ...]
    searched: tuple[Expansion, ...]
    offered: tuple[Expansion, ...]
    answer: EngineAnswer
    first: str
    last: str
    undated: int
    inferred: int


def methods(reader: Reader, query: Query) -> Methods:
    """Return the facts about a search. Raises BadQuery and EngineError, like the reader."""
    one = replace(query, page=1, size=1, copies=Copies.SHOW)
    found = reader.find(one.sorted_by(Sort.OLDEST), facets=("precision", "basis"))
    newest = reader.find(one.sorted_by(Sort.NEWEST), facets=())
    beside = expansions(found.tree, query.text)
    return Methods(
        query=query,
        read_as=as_read(found.tree, query.text),
        inflected=tuple(dict.fromkeys(_inflected(found.tree))),
        searched=tuple(one for one in beside if not one.off),
        offered=(*offered(found.tree, query.text), *(one for one in beside if one.off)),
        answer=found,
        first=_date([match.article for match in found.matches]),
        last=_date([match.article for match in newest.matches]),
        undated=_counted(found, query, "precision", {DatePrecision.UNKNOWN.value}),
        inferred=_counted(found, query, "basis", {basis.value for basis in DateBasis} - STATED - {NO_BASIS}),
    )


def _inflected(tree: Node) -> Iterator[str]:
    """The words that are searched in all their near forms."""
    for leaf in leaves(tree, expansions=True):
        if isinstance(leaf, Word) and leaf.field in TEXT_FIELDS and not leaf.capitals:
            yield leaf.form


def _date(articles: list[Article]) -> str:
    return (articles[0].date.value or "") if articles else ""


def _counted(found: EngineAnswer, query: Query, facet: str, values: set[str]) -> int:
    """The number of articles with some values of a facet, whose counts leave out the choices made in it."""
    chosen = set(query.chosen.get(facet, values)) - set(query.excluded.get(facet, ()))
    return sum(count.articles for value, count in found.counts[facet].items() if value in values & chosen)
