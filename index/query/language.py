"""The query language: parses text into a tree and turns a tree back into text.

Operators are in all caps. NEAR binds tightest, then NOT, then AND, then OR. See docs/architecture/query.md.
    kunjungan presiden KPK         all words, in any form that means the same; an all-caps word only in all caps
    korupsi OR suap                either; also ATAU. AND and DAN may be written out
    korupsi NOT (suap OR "uang")   without; also -suap and BUKAN suap
    "Kim Jong Un"  =pertemuan      exact words, adjacent; this exact form, like "pertemuan"
    "nuklir sanksi"~5              in this order, each at most 5 positions after the previous one
    nuklir NEAR/5 sanksi           in any order, the first and the last at most 5 positions apart; also "…"~~5
    denuklir*  *isasi  k?rupsi     any letters; one letter (? at the end of a word is punctuation)
    judul:nuklir  date:2018..2019  a field; a date range with both ends inclusive
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import chain, groupby
from typing import Final

from index.query.errors import BadQuery, Problem
from index.query.grammar import FIELDS, parse_tree
from index.query.leaf_writing import plain_text
from index.query.tree import (
    TEXT_FIELDS,
    And,
    DateRange,
    Everything,
    Expanded,
    Leaf,
    Node,
    Not,
    Or,
    Phrase,
    Span,
    TextLeaf,
    Wildcard,
    Word,
)

__all__ = [
    "FIELDS",
    "MAX_LEAVES",
    "MAX_LENGTH",
    "BadQuery",
    "Problem",
    "as_typed",
    "exactly",
    "in_lowercase",
    "leaves",
    "parse",
    "to_text",
    "with_alternative",
    "without",
    "without_dates",
]

MAX_LENGTH: Final = 1_000  # characters of a query text; more would not fit into a URL in every browser
MAX_LEAVES: Final = 60  # words, phrases and dates of a query; each is looked up in the index
TREE_CACHE_SIZE: Final = 256  # engine, highlighting and chips of a page parse the same text, and so do its other pages


@lru_cache(TREE_CACHE_SIZE)
def parse(text: str) -> Node:
    """Parse a query text into a tree: `Everything` for a blank text. Raises nothing but BadQuery."""
    if len(text) > MAX_LENGTH:
        raise BadQuery(Problem.TOO_LONG, MAX_LENGTH, str(MAX_LENGTH))
    if not text.strip():
        return Everything(Span(0, len(text)))
    tree = parse_tree(text)
    if tree is None:
        raise BadQuery(Problem.NOTHING_TO_SEARCH, 0, text.strip())
    asked = leaves(tree)
    if len(asked) > MAX_LEAVES:
        raise BadQuery(Problem.TOO_MANY_WORDS, asked[MAX_LEAVES].span.start, str(MAX_LEAVES))
    return tree


def leaves(tree: Node) -> list[Leaf]:
    """The leaves of a tree in text order, including negated ones but not expansions; none for `Everything`."""
    match tree:
        case And(parts) | Or(parts):
            return [leaf for part in parts for leaf in leaves(part)]
        case Not(part) | Expanded(asked=part):
            return leaves(part)
        case Everything():
            return []
        case _:
            return [tree]


def text_leaves(tree: Node) -> Iterator[TextLeaf]:
    """The leaves of a tree and of its expansions that have places: those that search texts and are not negated."""
    match tree:
        case And(parts) | Or(parts):
            for part in parts:
                yield from text_leaves(part)
        case Expanded(asked=asked, also=also):
            yield from text_leaves(asked)
            for other in also:
                yield from text_leaves(other.leaf)
        case Word() | Phrase() | Wildcard() if tree.field in TEXT_FIELDS:
            yield tree
        case _:  # negated, a date, a fact, or `Everything`
            return


def searched_leaves(tree: Node) -> list[Leaf]:
    """The leaves of a tree and of its expansions, including negated ones; each expansion follows what was asked."""
    match tree:
        case And(parts) | Or(parts):
            return [leaf for part in parts for leaf in searched_leaves(part)]
        case Not(part):
            return searched_leaves(part)
        case Expanded(asked=asked, also=also):
            return [*searched_leaves(asked), *(one.leaf for one in also)]
        case _:
            return leaves(tree)


def to_text(tree: Node) -> str:
    """The plainest query text of a tree. Parsing it gives the same tree, except for the spans."""
    return _text_of(tree, plain_text)


def without(text: str, span: Span) -> str:
    """A query text without the leaves within `span` and the operators that joined them.

    The rest is written like `to_text`, but each leaf as the user typed it if that has the same meaning. Without a leaf
    within `span`, nothing is removed; without any leaf left, the text is empty.
    """
    kept = _without_span(parse(text), span)
    return "" if kept is None else _text_of(kept, lambda leaf: _as_typed_leaf(leaf, text))


def without_dates(text: str) -> str:
    """A query text without the ranges of days that it requires; the rest is written as in `without`."""
    spans = [leaf.span for leaf in _required_dates(parse(text))]
    return without_dates(without(text, spans[0])) if spans else text


def _required_dates(node: Node) -> Iterator[DateRange]:
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _required_dates(part)
        case DateRange():
            yield node


def with_alternative(tree: Node, text: str, span: Span, other: Leaf) -> str:
    """A query text with another leaf as an alternative to the node at `span`; the rest is written as in `without`."""

    def joined(node: Node) -> Node:
        return Or((node, other), span) if node.span == span else node

    return _text_of(_change_nodes(tree, joined), lambda leaf: _as_typed_leaf(leaf, text))


def as_typed(node: Node, text: str) -> str:
    """A part of a query as a text of its own; each leaf is written as in `without`."""
    return _text_of(node, lambda leaf: _as_typed_leaf(leaf, text))


def exactly(text: str, span: Span) -> str:
    """A query text whose word at `span` matches only in this very form; the rest is written as in `without`."""

    def exact(node: Node) -> Node:
        return Phrase((node.form,), span, field=node.field) if isinstance(node, Word) and node.span == span else node

    return _text_of(_change_nodes(parse(text), exact), lambda leaf: _as_typed_leaf(leaf, text))


def in_lowercase(text: str) -> str:
    """A query text whose all-caps words match in any case; the rest is written as in `without`."""

    def small(node: Node) -> Node:
        return replace(node, capitals=False) if isinstance(node, Word) else node

    return _text_of(_change_nodes(parse(text), small), lambda leaf: _as_typed_leaf(leaf, text))


def _change_nodes(node: Node, change: Callable[[Node], Node]) -> Node:
    """Apply a change to the nodes of a tree from the top down. The children of a changed node are left alone."""
    changed = change(node)
    if changed is not node:
        return changed
    match node:
        case And(parts) | Or(parts):
            return replace(node, parts=tuple(_change_nodes(part, change) for part in parts))
        case Expanded(asked=asked):
            return _change_nodes(asked, change)
        case Not(part):
            return replace(node, part=_change_nodes(part, change))
        case _:
            return node


def _without_span(node: Node, span: Span) -> Node | None:
    match node:
        case And(parts) | Or(parts):
            kept = tuple(part for part in (_without_span(part, span) for part in parts) if part is not None)
            return type(node)(kept, node.span) if len(kept) > 1 else kept[0] if kept else None
        case Expanded(asked=asked):
            return _without_span(asked, span)
        case Not(part):
            left = _without_span(part, span)
            return None if left is None else Not(left, node.span)
        case _:
            inside = span.start <= node.span.start and node.span.end <= span.end
            return None if inside or isinstance(node, Everything) else node


def _text_of(node: Node, leaf_text: Callable[[Leaf], str]) -> str:
    match node:
        case And(parts):
            return " ".join(_part_texts(chain.from_iterable(map(_typed_parts, parts)), " ", leaf_text))
        case Or(parts):
            return " OR ".join(_part_texts(parts, " OR ", leaf_text))
        case Expanded(asked=asked):
            return _text_of(asked, leaf_text)
        case Not(part):
            return "-" + _atom(part, leaf_text)
        case _:
            return leaf_text(node)


def _typed_parts(part: Node) -> tuple[Node, ...]:
    """The parts of an And as they were typed: an expanded name is split into its words again."""
    asked = part.asked if isinstance(part, Expanded) else part
    return asked.parts if isinstance(asked, And) else (asked,)


def _part_texts(parts: Iterable[Node], joint: str, leaf_text: Callable[[Leaf], str]) -> Iterator[str]:
    """The parts as text. Adjacent parts share one field prefix, or the text could exceed MAX_LENGTH."""
    for field, neighbours in groupby(parts, _field):
        group = list(neighbours)
        if field and len(group) > 1:
            yield f"{field}:({joint.join(_atom(_without_field(part), leaf_text) for part in group)})"
        else:
            yield from (_atom(part, leaf_text) for part in group)


def _atom(part: Node, leaf_text: Callable[[Leaf], str]) -> str:
    part = part.asked if isinstance(part, Expanded) else part
    said = _text_of(part, leaf_text)
    return f"({said})" if isinstance(part, And | Or) and not _field(part) else said


def _field(node: Node) -> str | None:
    """The field of a node, if all its leaves have the same one."""
    asked = {getattr(leaf, "field", None) for leaf in leaves(node)}
    return asked.pop() if len(asked) == 1 else None


def _without_field(node: Node) -> Node:
    """Remove the field from a node."""
    match node:
        case And(parts) | Or(parts):
            return replace(node, parts=tuple(map(_without_field, parts)))
        case Expanded(asked=asked):
            return _without_field(asked)
        case Not(part):
            return replace(node, part=_without_field(part))
        case Word() | Phrase() | Wildcard():
            return replace(node, field=None)
        case _:
            return node


def _as_typed_leaf(leaf: Leaf, text: str) -> str:
    """The leaf as the user typed it, with a field prefix if it was in a group; plain if that has another meaning."""
    written, plain = text[leaf.span.start : leaf.span.end], plain_text(leaf)
    candidates = (written, f"{_field(leaf)}:{written}")
    return next((said for said in candidates if _has_same_meaning(said, plain)), plain)


@lru_cache(TREE_CACHE_SIZE)
def _has_same_meaning(said: str, plain: str) -> bool:
    try:
        return to_text(parse(said)) == plain
    except BadQuery:
        return False
