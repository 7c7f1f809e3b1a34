"""What is asked: one request is what a researcher's page needs, in words every engine can put into its own idiom.

Every answer has the ten best by BM25, the exact total, and how many documents each outlet and each year has, in full.
"""

from dataclasses import dataclass
from enum import StrEnum

TOP = 10  # hits asked for: one page


class Operator(StrEnum):
    """What a request does with its words."""

    ALL = "all"
    ANY = "any"
    PHRASE = "phrase"
    PREFIX = "prefix"
    EVERYTHING = "everything"


class Kind(StrEnum):
    """The classes of requests that figures are given for."""

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
        """The request as a person would name it."""
        return " ".join((f"{self.operator}({' '.join(self.words)})", self.year)).rstrip()


@dataclass(frozen=True, slots=True)
class Answer:
    """What must be the same whoever answers: the total, and the documents of each outlet and year."""

    total: int
    outlets: dict[str, int]
    years: dict[str, int]
