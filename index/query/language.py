"""The query language: text into tree, and a tree back into text.

    kunjungan presiden             both words, each in every inflected form
    korupsi OR suap                either; ATAU is the same, AND and DAN may be written out
    korupsi NOT (suap OR "uang")   without; -suap and BUKAN suap are the same
    KPK  AS                        a word in capitals, where it stands in capitals (as finds both)
    "Kim Jong Un"                  these very words side by side
    =pertemuan                     this very form, as "pertemuan" does; =(a OR b) each of them
    "nuklir sanksi"~5              in this order, each at most 5 positions after the one before it
    denuklir*  *isasi  k?rupsi     any letters, one letter (a ? that ends a word is punctuation)
    title:nuklir  judul:(a OR b)   in the title; outlet, bureau, agency, reporter, editor, place ask facts
    date:2018-05..2019             days, months or years, both ends included; either end may be left out

Operators are capitals; NOT binds closest, then AND, then OR. What cannot be read is a `BadQuery`, never another query.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import chain, groupby
from typing import Final, assert_never

from index.query.date_ranges import first_day, last_day
from index.query.errors import BadQuery, Problem
from index.query.grammar import FIELDS, read
from index.query.tree import And, DateRange, Everything, Expanded, Leaf, Node, Not, Or, Phrase, Span, Wildcard, Word

__all__ = [
    "FIELDS",
    "MAX_LEAVES",
    "MAX_LENGTH",
    "BadQuery",
    "Problem",
    "in_small_letters",
    "leaves",
    "or_else",
    "parse",
    "show",
    "typed",
    "without",
]

MAX_LENGTH: Final = 1_000  # characters of a query text; an address can carry no more in every browser
MAX_LEAVES: Final = 60  # words, phrases and dates of a query; each costs a pass over the index
KEPT_TREES: Final = 256  # of texts read before: engine, marks and chips of a page, and its other pages, ask the same


@lru_cache(KEPT_TREES)
def parse(text: str) -> Node:
    """The tree of a query text, `Everything` for a blank one; raises BadQuery and nothing else."""
    if len(text) > MAX_LENGTH:
        raise BadQuery(Problem.TOO_LONG, MAX_LENGTH, str(MAX_LENGTH))
    if not text.strip():
        return Everything(Span(0, len(text)))
    tree = read(text)
    if tree is None:
        raise BadQuery(Problem.NOTHING_TO_SEARCH, 0, text.strip())
    asked = leaves(tree)
    if len(asked) > MAX_LEAVES:
        raise BadQuery(Problem.TOO_MANY_WORDS, asked[MAX_LEAVES].span.start, str(MAX_LEAVES))
    return tree


def leaves(tree: Node) -> list[Leaf]:
    """What a tree asks for, in the order of the text; nothing for `Everything`."""
    match tree:
        case And(parts) | Or(parts):
            return [leaf for part in parts for leaf in leaves(part)]
        case Not(part) | Expanded(asked=part):
            return leaves(part)
        case Everything():
            return []
        case _:
            return [tree]


def show(tree: Node) -> str:
    """The text that says a tree in the plainest way; parsed again it gives the same tree, but for its spans."""
    return _said(tree, _plain)


def without(text: str, span: Span) -> str:
    """A query text less the leaves within `span` and the operators that joined them; all of it if none is there.

    What remains is said as in `show`, but each leaf as its writer typed it wherever that means the same.
    """
    kept = _less(parse(text), span)
    return "" if kept is None else _said(kept, lambda leaf: _as_written(leaf, text))


def or_else(tree: Node, text: str, span: Span, other: Leaf) -> str:
    """A query text that takes another leaf as well for what stands at `span`; the rest is said as in `without`."""

    def joined(node: Node) -> Node:
        return Or((node, other), span) if node.span == span else node

    return _said(_changed(tree, joined), lambda leaf: _as_written(leaf, text))


def typed(node: Node, text: str) -> str:
    """A part of a query text as a text of its own; each leaf is said as in `without`."""
    return _said(node, lambda leaf: _as_written(leaf, text))


def in_small_letters(text: str) -> str:
    """A query text whose words in capitals are asked in any letters; the rest is said as in `without`."""

    def small(node: Node) -> Node:
        return replace(node, capitals=False) if isinstance(node, Word) else node

    return _said(_changed(parse(text), small), lambda leaf: _as_written(leaf, text))


def _changed(node: Node, change: Callable[[Node], Node]) -> Node:
    """The tree with every node changed from above; below what was changed nothing is."""
    changed = change(node)
    if changed is not node:
        return changed
    match node:
        case And(parts) | Or(parts):
            return replace(node, parts=tuple(_changed(part, change) for part in parts))
        case Expanded(asked=asked):
            return _changed(asked, change)
        case Not(part):
            return replace(node, part=_changed(part, change))
        case _:
            return node


def _less(node: Node, span: Span) -> Node | None:
    match node:
        case And(parts) | Or(parts):
            kept = tuple(part for part in (_less(part, span) for part in parts) if part is not None)
            return type(node)(kept, node.span) if len(kept) > 1 else kept[0] if kept else None
        case Expanded(asked=asked):
            return _less(asked, span)
        case Not(part):
            left = _less(part, span)
            return None if left is None else Not(left, node.span)
        case _:
            inside = span.start <= node.span.start and node.span.end <= span.end
            return None if inside or isinstance(node, Everything) else node


def _said(node: Node, leaf_said: Callable[[Leaf], str]) -> str:
    match node:
        case And(parts):
            return " ".join(_pieces(chain.from_iterable(map(_typed_in_all, parts)), " ", leaf_said))
        case Or(parts):
            return " OR ".join(_pieces(parts, " OR ", leaf_said))
        case Expanded(asked=asked):
            return _said(asked, leaf_said)
        case Not(part):
            return "-" + _atom(part, leaf_said)
        case _:
            return leaf_said(node)


def _typed_in_all(part: Node) -> tuple[Node, ...]:
    """The parts that a part of an And was typed as: those of a name stood beside the others."""
    asked = part.asked if isinstance(part, Expanded) else part
    return asked.parts if isinstance(asked, And) else (asked,)


def _pieces(parts: Iterable[Node], joint: str, leaf_said: Callable[[Leaf], str]) -> Iterator[str]:
    """The parts as text; neighbours that ask the same field name it once, or the text could outgrow its limit."""
    for field, neighbours in groupby(parts, _field):
        group = list(neighbours)
        if field and len(group) > 1:
            yield f"{field}:({joint.join(_atom(_bare(part), leaf_said) for part in group)})"
        else:
            yield from (_atom(part, leaf_said) for part in group)


def _atom(part: Node, leaf_said: Callable[[Leaf], str]) -> str:
    part = part.asked if isinstance(part, Expanded) else part
    said = _said(part, leaf_said)
    return f"({said})" if isinstance(part, And | Or) and not _field(part) else said


def _field(node: Node) -> str | None:
    """The field that every leaf of a node asks, if it is one."""
    asked = {getattr(leaf, "field", None) for leaf in leaves(node)}
    return asked.pop() if len(asked) == 1 else None


def _bare(node: Node) -> Node:
    """The node without its field."""
    match node:
        case And(parts) | Or(parts):
            return replace(node, parts=tuple(map(_bare, parts)))
        case Expanded(asked=asked):
            return _bare(asked)
        case Not(part):
            return replace(node, part=_bare(part))
        case Word() | Phrase() | Wildcard():
            return replace(node, field=None)
        case _:
            return node


def _as_written(leaf: Leaf, text: str) -> str:
    """The leaf in its writer's letters, with its field if it was named for a group; plainly where those fail."""
    written, plain = text[leaf.span.start : leaf.span.end], _plain(leaf)
    candidates = (written, f"{_field(leaf)}:{written}")
    return next((said for said in candidates if _means(said, plain)), plain)


def _means(said: str, plain: str) -> bool:
    try:
        return show(parse(said)) == plain
    except BadQuery:
        return False


def _plain(leaf: Leaf) -> str:
    match leaf:
        case Everything():
            return ""
        case DateRange():
            return "date:" + _plain_days(leaf)
        case Word(form=form):
            words = form.upper() if leaf.capitals else form
        case Wildcard(pattern=words):
            pass
        case Phrase(forms, _, slop):
            words = f'"{" ".join(forms)}"' + (f"~{slop}" if slop != 1 else "")
        case _:
            assert_never(leaf)
    return f"{leaf.field}:{words}" if leaf.field else words


def _plain_days(days: DateRange) -> str:
    """The range as short as it can be said: 2018, 2018-05..2019, ..2018-05-30."""
    first, last = _shortest(days.first, first_day), _shortest(days.last, last_day)
    for whole in (first, last):
        if whole and (first_day(whole), last_day(whole)) == (days.first, days.last):
            return whole
    return f"{first}..{last}"


def _shortest(end: date | None, day: Callable[[str], date]) -> str:
    """The year, month or day whose first or last day (as `day` tells) is the end of a range."""
    if end is None:
        return ""
    written = end.isoformat()
    return next(short for short in (written[:4], written[:7], written) if day(short) == end)
