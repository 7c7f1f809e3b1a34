"""Our engine as a contestant, through its interface alone: once over exact words, twice over stems.

A word in quotation marks is asked of the exact field, as peers are asked; a bare word of the stemmed one, which finds
more and is therefore reported beside it, not compared. Bare words are also what most of the ranking is about: form and
title beside the stem, words side by side. Asked once more by date, they find the same and are ranked by none of it, so
that the difference is what ranking costs. Beyond what peers answer, ours folds copies into stories and
counts them. The ten best are known by number in every engine; reading their texts is no part of the request.
"""

from dataclasses import dataclass

from benchmarks.contestants import Asked
from benchmarks.requests import TOP, Answer, Operator, Request
from index.engine import Engine, Found
from index.query.request import Query, Sort

STEMMED = frozenset({Operator.ALL, Operator.ANY})  # phrases and wildcards are exact, however they are asked
JOINTS = {Operator.ALL: " ", Operator.ANY: " OR "}


def find(engine: Engine, query: Query) -> Found:
    """The one place where the engine is asked; it counts the facets that peers count."""
    return engine.find(query, facets=("outlet", "year"))


def query_for(request: Request, *, stemmed: bool = False, sort: Sort = Sort.RELEVANCE) -> Query:
    """A request in our query language. A year is asked as a range of days, so that it narrows every facet."""
    year = request.year or None
    return Query(_text(request, stemmed=stemmed), since=year, until=year, sort=sort, size=TOP)


@dataclass(frozen=True, slots=True)
class Kliping:
    """Our engine, asked for exact words or for stems, the best or the newest first."""

    engine: Engine
    stemmed: bool = False
    sort: Sort = Sort.RELEVANCE

    @property
    def name(self) -> str:
        """What the tables call it."""
        by_date = "" if self.sort is Sort.RELEVANCE else ", by date"
        return f"Kliping, stemmed{by_date}" if self.stemmed else f"Kliping{by_date}"

    def answers(self, request: Request) -> bool:
        """Every request; the stemmed one only where stems make a difference."""
        return not self.stemmed or request.operator in STEMMED

    def ask(self, request: Request) -> Asked:
        """Answer from a query text, as a page does: parsing is part of it."""
        return Asked(find(self.engine, query_for(request, stemmed=self.stemmed, sort=self.sort)))

    def read(self, reply: object) -> Answer:
        """The totals of articles."""
        assert isinstance(reply, Found)
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
    """Our engine in every way it is asked."""
    return Kliping(engine), Kliping(engine, stemmed=True), Kliping(engine, stemmed=True, sort=Sort.NEWEST)
