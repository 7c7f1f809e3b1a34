"""Examples of the query language, shown as links on the home page and the help page."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Example:
    """A query text and the name of the syntax it shows."""

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
