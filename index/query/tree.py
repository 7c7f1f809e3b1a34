"""The tree a query text is read into: what every engine evaluates and what the page shows as chips.

Each node knows where in the query text it stands (`span`, character offsets), so that an error can point at it and a
chip can remove it. Leaves carry the field they ask: None means the whole article, "title" its title, and the name of a
facet ("outlet", "editor", …) the values of that fact.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Span:
    """Where in the query text something stands: `text[start:end]`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Word:
    """A bare word, found in every inflected form: `form` is normalised as the tokeniser does it.

    One in capitals (AS, KPK) is found only where it stands in capitals, and in no other form. `without` are the
    inflected forms that the reader has switched off.
    """

    form: str
    span: Span
    field: str | None = None
    capitals: bool = False
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Phrase:
    """Exact words in order: each may stand at most `slop` positions from the one before it; 1 is side by side."""

    forms: tuple[str, ...]
    span: Span
    slop: int = 1
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Wildcard:
    """A pattern over exact words: `*` is any run of characters, `?` exactly one."""

    pattern: str
    span: Span
    field: str | None = None


@dataclass(frozen=True, slots=True)
class DateRange:
    """Articles known to have appeared from `first` to `last`, both included; None leaves that end open."""

    first: date | None
    last: date | None
    span: Span


@dataclass(frozen=True, slots=True)
class And:
    """All of the parts."""

    parts: "tuple[Node, ...]"
    span: Span


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of the parts."""

    parts: "tuple[Node, ...]"
    span: Span


@dataclass(frozen=True, slots=True)
class Not:
    """Everything but the part."""

    part: "Node"
    span: Span


class Because(StrEnum):
    """Why something else than what was typed is searched as well."""

    SHORT_FORM = "short_form"
    LONG_FORM = "long_form"
    SPELLING = "spelling"


@dataclass(frozen=True, slots=True)
class Alternative:
    """What is searched beside what was typed, and why; `written` is how a reader would write it."""

    leaf: Word | Phrase
    because: Because
    written: str


@dataclass(frozen=True, slots=True)
class Expanded:
    """A part of a query or anything that means the same; the parser never makes one, `expansion` does.

    Only `also` is searched. `off` are those the reader has switched off, `offered` those that are too unsure to be
    searched unasked; they stand here for the page to show. Any of the three may be empty.
    """

    asked: "Node"
    also: tuple[Alternative, ...]
    span: Span
    off: tuple[Alternative, ...] = ()
    offered: tuple[Alternative, ...] = ()


@dataclass(frozen=True, slots=True)
class Everything:
    """The empty query: every article."""

    span: Span = Span(0, 0)


Leaf = Word | Phrase | Wildcard | DateRange | Everything
Node = Leaf | And | Or | Not | Expanded
