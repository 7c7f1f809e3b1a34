"""Chips: a query as it was read, part by part, each part with the query that lacks it.

The words come from the tree the engine evaluates and not from the box, so that what is shown is what was asked.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from index.language import leaves, show, without
from index.query import Query
from index.tree import And, DateRange, Everything, Leaf, Node, Not, Or, Phrase, Span, Wildcard, Word
from web import labels
from web.words import gettext


@dataclass(frozen=True, slots=True)
class Chip:
    """One part of a query: what it is of (a filter's name, or nothing), what it says, and the query without it."""

    kind: str
    text: str
    negative: bool
    rest: Query


def chips(query: Query, tree: Node) -> tuple[Chip, ...]:
    """All parts of a query that can be taken away, in the order of reading."""
    return (*_words(query, tree), *_filters(query), *_days(query))


def any_of(query: Query, tree: Node) -> Query | None:
    """The query with any of its words instead of all, None where it does not ask for several."""
    if not isinstance(tree, And) or any(isinstance(part, And | Or | Not) for part in tree.parts):
        return None
    return query.saying(show(Or(tree.parts, tree.span)))


def _words(query: Query, tree: Node) -> Iterator[Chip]:
    parts = tree.parts if isinstance(tree, And) else (tree,)
    for part in parts:
        if not isinstance(part, Everything):
            shown = part.part if isinstance(part, Not) else part
            rest = query.saying(_less(query.text, parts, part))
            yield Chip(_kind(shown), _said(shown, query.text), isinstance(part, Not), rest)


def _less(text: str, parts: tuple[Node, ...], part: Node) -> str:
    """The query text without one of its parts, in its writer's letters where the part is a single word or phrase."""
    asked, others = leaves(part), tuple(other for other in parts if other is not part)
    if len(asked) == 1:
        return without(text, asked[0].span)
    return show(And(others, part.span)) if others else ""


def _filters(query: Query) -> Iterator[Chip]:
    for choices, negative in ((query.chosen, False), (query.excluded, True)):
        for name, values in choices.items():
            for value in values:
                yield Chip(labels.facet(name), labels.value(name, value), negative, query.widened(name, value))


def _days(query: Query) -> Iterator[Chip]:
    since, until = query.since, query.until
    if since:
        yield Chip(gettext("Sejak"), labels.partial_day(since), negative=False, rest=query.dated(None, until))
    if until:
        yield Chip(gettext("Sampai"), labels.partial_day(until), negative=False, rest=query.dated(since, None))


def _kind(node: Node) -> str:
    field = getattr(node, "field", None)
    if field is not None:
        return gettext("Judul") if field == "title" else labels.facet(field)
    match node:
        case Phrase(slop=1):
            return gettext("Persis")
        case Phrase(slop=slop):
            return gettext("Berjarak paling jauh %(count)s kata", count=slop)
        case DateRange():
            return gettext("Tanggal")
        case _:
            return ""


def _said(node: Node, text: str) -> str:
    match node:
        case And(parts=parts):
            return gettext(" dan ").join(_inside(part, text) for part in parts)
        case Or(parts=parts):
            return gettext(" atau ").join(_inside(part, text) for part in parts)
        case Not(part=part):
            return gettext("bukan %(words)s", words=_inside(part, text))
        case _:
            return _asked(node, text)


def _asked(leaf: Leaf, text: str) -> str:
    match leaf:
        case DateRange(first=first, last=last):
            return "–".join(labels.partial_day(end.isoformat()) if end else "…" for end in (first, last))
        case Phrase(forms=forms):
            return f"“{' '.join(forms)}”"
        case Wildcard(pattern=pattern):
            return pattern
        case Word(span=span):
            return _typed(text, span)
        case Everything():
            return gettext("semua artikel")


def _inside(node: Node, text: str) -> str:
    said = _said(node, text)
    return f"({said})" if isinstance(node, And | Or) else said


def _typed(text: str, span: Span) -> str:
    """A word as the reader typed it, without the name of the field before it."""
    return text[span.start : span.end].rpartition(":")[2].strip("\"“”' ")
