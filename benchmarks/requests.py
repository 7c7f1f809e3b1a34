"""Requests: what a search page needs, in a form that every engine can translate to its own query language.

Every answer has the ten best by BM25, the exact total, and full outlet and year facets.
"""

from dataclasses import dataclass
from enum import StrEnum

TOP = 10  # hits asked for: one page


class Operator(StrEnum):
    """How a request combines its words."""

    ALL = "all"
    ANY = "any"
    PHRASE = "phrase"
    PREFIX = "prefix"
    EVERYTHING = "everything"


class Kind(StrEnum):
    """The classes of requests for which figures are reported."""

    RARE = "rare word"
    MIDDLING = "middling word"
    COMMON = "very common word"
    AND_2 = "AND of 2"
    OR_3 = "OR of 3"
    OR_5 = "OR of 5"
    PHRASE = "phrase"
    STOP_PHRASE = "phrase of 2 very common words"
    PREFIX = "prefix wildcard"
    YEAR = "filter by year"
    EVERYTHING = "everything"


@dataclass(frozen=True, slots=True)
class Request:
    """One request: its class, operator and words; with a year, only documents of that year."""

    kind: Kind
    operator: Operator
    words: tuple[str, ...] = ()
    year: str = ""

    def __str__(self) -> str:
        """The request in readable form."""
        return " ".join((f"{self.operator}({' '.join(self.words)})", self.year)).rstrip()


@dataclass(frozen=True, slots=True)
class Answer:
    """What every engine must agree on: the total, and the documents of each outlet and year."""

    total: int
    outlets: dict[str, int]
    years: dict[str, int]
