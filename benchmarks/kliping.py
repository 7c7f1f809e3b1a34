"""Kliping as a contestant, through its engine interface only: once on exact words, twice on stems.

Words in quotation marks are searched in the exact field, as peers do. Bare words are searched in the stemmed field;
they find more, so they are reported but not compared. Bare words also get the full ranking: surface form and title next
to the stem, and adjacency of words. Sorted by date they find the same without ranking, so the difference is the cost of
ranking. Unlike its peers, Kliping also folds copies into stories and counts the stories. Every engine returns the ten
best by number; reading their texts is not part of a request.
"""

from dataclasses import dataclass

from benchmarks.contestants import Asked
from benchmarks.requests import TOP, Answer, Operator, Request
from index.engine import Engine, EngineAnswer
from index.query.request import Query, Sort

STEMMED = frozenset({Operator.ALL, Operator.ANY})  # phrases and wildcards are always exact
JOINTS = {Operator.ALL: " ", Operator.ANY: " OR "}


def find(engine: Engine, query: Query) -> EngineAnswer:
    """The single place where the engine is queried; it counts the facets that peers count."""
    return engine.find(query, facets=("outlet", "year"))


def query_for(request: Request, *, stemmed: bool = False, sort: Sort = Sort.RELEVANCE) -> Query:
    """A request in our query language. A year becomes a range of days, so that it narrows every facet."""
    year = request.year or None
    return Query(_text(request, stemmed=stemmed), since=year, until=year, sort=sort, size=TOP)


@dataclass(frozen=True, slots=True)
class Kliping:
    """Our engine, queried by exact words or by stems, best or newest first."""

    engine: Engine
    stemmed: bool = False
    sort: Sort = Sort.RELEVANCE

    @property
    def name(self) -> str:
        """Its name in the tables."""
        by_date = "" if self.sort is Sort.RELEVANCE else ", by date"
        return f"Kliping, stemmed{by_date}" if self.stemmed else f"Kliping{by_date}"

    def answers(self, request: Request) -> bool:
        """Any request; on stems, only where stems make a difference."""
        return not self.stemmed or request.operator in STEMMED

    def ask(self, request: Request) -> Asked:
        """Answer from a query text, as a page does, parsing included."""
        return Asked(find(self.engine, query_for(request, stemmed=self.stemmed, sort=self.sort)))

    def read(self, reply: object) -> Answer:
        """The totals of articles."""
        assert isinstance(reply, EngineAnswer)
        outlets, years = (
            {value: count.articles for value, count in reply.counts[facet].items()} for facet in ("outlet", "year")
        )
        return Answer(reply.articles, outlets, years)


def _text(request: Request, *, stemmed: bool) -> str:
    match request.operator:
        case Operator.EVERYTHING:
            return ""
        case Operator.PHRASE:
            return f'"{" ".join(request.words)}"'
        case Operator.PREFIX:
            return f"{request.words[0]}*"
        case _:
            words = request.words if stemmed else (f'"{word}"' for word in request.words)
            return JOINTS[request.operator].join(words)


def ours(engine: Engine) -> tuple[Kliping, ...]:
    """Our engine in every way it is queried."""
    return Kliping(engine), Kliping(engine, stemmed=True), Kliping(engine, stemmed=True, sort=Sort.NEWEST)
