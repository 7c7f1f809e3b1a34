"""The syntax tree of a query: every engine evaluates it, and the search page shows it as chips.

Each node has its position in the query text (`span`, character offsets), so that an error can point at it and a chip
can remove it. Leaves have the field they search: None for the whole article, "title" for its title, and the name of a
facet ("outlet", "editor", …) for the values of that fact. JSON answers contain the class names in lower case
(except "dates" for DateRange and "size" for StorySize).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field
from datetime import date
from enum import StrEnum
from typing import Final

TEXT_FIELDS: Final = frozenset({None, "title"})  # fields of leaves that search texts; all others are facts


@dataclass(frozen=True, slots=True)
class Span:
    """A position in the query text: `text[start:end]`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Word:
    """A bare word, which matches its inflected forms. `form` is normalized by the tokenizer.

    With `capitals`, the word (AS, KPK) matches only itself in all caps. `without` are the forms that are not
    searched: far relatives, and what the user has switched off.
    """

    form: str
    span: Span
    field: str | None = None
    capitals: bool = False
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Phrase:
    """Exact words in order, each at most `slop` positions after the previous one; 1 means adjacent.

    If not `ordered`, the words stand in any order, and the first and the last of them at most `slop` positions apart.
    `typed_as_word` tells that the user typed one word and no phrase (U-23, B.J.). Only expansion looks at it.
    """

    forms: tuple[str, ...]
    span: Span
    slop: int = 1
    field: str | None = None
    typed_as_word: bool = dataclass_field(default=False, compare=False)
    ordered: bool = True


@dataclass(frozen=True, slots=True)
class Wildcard:
    """A pattern over exact words: `*` matches any number of characters, `?` exactly one."""

    pattern: str
    span: Span
    field: str | None = None


@dataclass(frozen=True, slots=True)
class DateRange:
    """Articles known to have appeared from `first` to `last`, both inclusive; None is an open end.

    With `possibly`, also those whose date is too uncertain to tell. The parser never sets it.
    """

    first: date | None
    last: date | None
    span: Span
    possibly: bool = dataclass_field(default=False, compare=False)


class StoryMeasure(StrEnum):
    """What the size of a story is counted in: its articles, or the outlets that have one of them."""

    VERSIONS = "versions"
    OUTLETS = "outlets"


@dataclass(frozen=True, slots=True)
class StorySize:
    """Articles whose story has from `least` to `most` versions or outlets, both inclusive; None is an open end."""

    measure: StoryMeasure
    least: int | None
    most: int | None
    span: Span


@dataclass(frozen=True, slots=True)
class And:
    """Articles that match all parts."""

    parts: "tuple[Node, ...]"
    span: Span


@dataclass(frozen=True, slots=True)
class Or:
    """Articles that match at least one part."""

    parts: "tuple[Node, ...]"
    span: Span


@dataclass(frozen=True, slots=True)
class Not:
    """Articles that do not match the part."""

    part: "Node"
    span: Span


class ExpansionReason(StrEnum):
    """Why an alternative is searched in addition to the typed words."""

    SHORT_FORM = "short_form"
    LONG_FORM = "long_form"
    SPELLING = "spelling"
    JOINT = "joint"
    SYNONYM = "synonym"
    VALUE = "value"


@dataclass(frozen=True, slots=True)
class Alternative:
    """A term searched in addition to the typed words, and why. `written` is the term as a user would write it."""

    leaf: Word | Phrase
    because: ExpansionReason
    written: str


@dataclass(frozen=True, slots=True)
class Expanded:
    """A part of a query with its expansions. The parser never creates one; `index.expansion` does.

    `asked` and `also` are searched. `off` are the alternatives that the user has switched off, and `offered` those that
    are too uncertain to be searched without being asked for; both are kept for display. Each of the three may be empty.
    """

    asked: "Node"
    also: tuple[Alternative, ...]
    span: Span
    off: tuple[Alternative, ...] = ()
    offered: tuple[Alternative, ...] = ()


@dataclass(frozen=True, slots=True)
class Everything:
    """The empty query, which matches every article."""

    span: Span = Span(0, 0)


TextLeaf = Word | Phrase | Wildcard
Leaf = TextLeaf | DateRange | StorySize | Everything
Node = Leaf | And | Or | Not | Expanded


def with_parts(node: Node, change: Callable[[Node], Node]) -> Node:
    """A node with each of its parts changed, where it has parts. The alternatives of an expansion stay as they are."""
    match node:
        case And(parts) | Or(parts):
            return replace(node, parts=tuple(map(change, parts)))
        case Not(part):
            return replace(node, part=change(part))
        case Expanded(asked=asked):
            return replace(node, asked=change(asked))
        case _:
            return node
