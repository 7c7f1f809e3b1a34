"""Examples of the query language, shown on the first page and in the help; each is a link that runs."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Example:
    """A query text, and the name of what it shows."""

    text: str
    shows: str


EXAMPLES: Final = (
    Example("perundingan Korut", "words"),
    Example('"Kim Jong Un"', "phrase"),
    Example("Trump OR Pompeo", "or"),
    Example("vaksin*", "wildcard"),
    Example("date:2018..2020", "dates"),
    Example("Korea -Jepang", "not"),
    Example("(harga OR banjir) Sulawesi", "group"),
    Example('"Donald Kim"~5', "near"),
    Example("AS", "capitals"),
    Example("=pertemuan", "exact"),
    Example("title:Korea", "title"),
    Example("outlet:antara", "field"),
)
