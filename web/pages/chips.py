"""Chips: a query as it was read, part by part, each part with the query that lacks it.

The words come from the tree the engine evaluates and not from the box, so that what is shown is what was asked. What
was searched beside a part stands with its chip, each with the query that lacks it or, switched off, has it again.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from index.answers.expansion_report import beside, offered, said, with_offered
from index.query.language import in_small_letters, leaves, without
from index.query.request import Query
from index.query.tree import And, DateRange, Everything, Expanded, Leaf, Node, Not, Or, Phrase, Wildcard, Word
from index.words.tokenizer import tokens
from web import labels
from web.i18n import gettext


@dataclass(frozen=True, slots=True)
class Companion:
    """What means the same as a part: how it is related to it, and the query in which it is searched or no longer is."""

    kind: str
    text: str
    off: bool
    switched: Query


@dataclass(frozen=True, slots=True)
class Chip:
    """One part of a query: what it is of (a filter's name, or nothing), what it says, and the query without it.

    `also` was searched with it, or was switched off; `offered` may mean the same and is only searched when asked for.
    """

    kind: str
    text: str
    negative: bool
    rest: Query
    also: tuple[Companion, ...] = ()
    offered: tuple[Companion, ...] = ()


def chips(query: Query, tree: Node) -> tuple[Chip, ...]:
    """All parts of a query that can be taken away, in the order of reading."""
    return (*_words(query, tree), *_filters(query), *_days(query))


def small_letters(query: Query, tree: Node) -> Query | None:
    """The query with its words in any letters, None where none was asked in capitals."""
    if not any(isinstance(leaf, Word) and leaf.capitals for leaf in leaves(tree)):
        return None
    return query.saying(in_small_letters(query.text))


def _words(query: Query, tree: Node) -> Iterator[Chip]:
    parts = tree.parts if isinstance(tree, And) else (tree,)
    for part in parts:
        if not isinstance(part, Everything):
            shown = part.part if isinstance(part, Not) else part
            rest = query.saying(without(query.text, part.span))
            said_of_it = _kind(shown), _said(shown, query.text)
            yield Chip(*said_of_it, isinstance(part, Not), rest, _also(query, part), _offered(query, tree, part))


def _also(query: Query, part: Node) -> tuple[Companion, ...]:
    return tuple(
        Companion(
            labels.because(one.because),
            one.also,
            one.off,
            query.switched_on(one.also) if one.off else query.switched_off(one.also),
        )
        for one in beside(part, query.text)
    )


def _offered(query: Query, tree: Node, part: Node) -> tuple[Companion, ...]:
    return tuple(
        Companion(labels.because(one.because), one.also, one.off, with_offered(query, tree, one))
        for one in offered(part, query.text)
    )


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
    """Of which fact a part asks, or how its words are meant."""
    leaf = leaves(node)[0] if isinstance(node, Expanded) else node
    field = getattr(leaf, "field", None)
    if field is None:
        return _manner(leaf)
    if field != "title":
        return labels.facet(field)
    return gettext("Judul, huruf besar") if isinstance(leaf, Word) and leaf.capitals else gettext("Judul")


def _manner(node: Node) -> str:
    match node:
        case Word(capitals=True):
            return gettext("Huruf besar")
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
        case Expanded(asked=And(span=span)):
            return said(text, span)
        case Expanded(asked=asked):
            return _said(asked, text)
        case Not(part=part):
            return gettext("bukan %(words)s", words=_inside(part, text))
        case _:
            return _asked(node, text)


def _asked(leaf: Leaf, text: str) -> str:
    match leaf:
        case DateRange(first=first, last=last):
            return "–".join(labels.partial_day(end.isoformat()) if end else "…" for end in (first, last))
        case Phrase(forms=forms, span=span):
            return f"“{_quoted(forms, text[span.start : span.end])}”"
        case Wildcard(pattern=pattern):
            return pattern
        case Word(span=span):
            return said(text, span)
        case Everything():
            return gettext("semua artikel")


def _quoted(forms: tuple[str, ...], typed: str) -> str:
    """The words of a phrase in the letters they were typed in: Kim Jong-Un."""
    found = tokens(typed)
    for first, last in zip(found, found[len(forms) - 1 :], strict=False):
        words = typed[first.start : last.end]
        if tuple(token.form for token in tokens(words)) == forms:
            return words
    return " ".join(forms)


def _inside(node: Node, text: str) -> str:
    words = _said(node, text)
    return f"({words})" if isinstance(node, And | Or) else words
