"""Trees as query texts: in the plainest way, or as the user typed them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import chain, groupby

from index.query.errors import BadQuery
from index.query.language import TREE_CACHE_SIZE, parse
from index.query.leaf_parsing import ANY_VALUE
from index.query.leaf_writing import plain_text
from index.query.leaves import leaves
from index.query.tree import And, Expanded, Leaf, Node, Not, Or, Phrase, Wildcard, Word, with_parts


def to_text(tree: Node) -> str:
    """The plainest query text of a tree. Parsing it gives the same tree, except for the spans."""
    return _text_of(tree, plain_text)


def as_typed(node: Node, text: str) -> str:
    """A part of a query as a text of its own; each leaf as the user typed it, if that has the same meaning."""
    return _text_of(node, lambda leaf: _as_typed_leaf(leaf, text))


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
    """The field of a node, if all its leaves have the same one and can be written in a group."""
    asked = {None if _is_any_value(leaf) else getattr(leaf, "field", None) for leaf in leaves(node)}
    return asked.pop() if len(asked) == 1 else None


def _is_any_value(leaf: Leaf) -> bool:
    """Whether a leaf asks for any value of a fact: `*`, which is too short unless its field stands before it."""
    return isinstance(leaf, Wildcard) and leaf.pattern == ANY_VALUE


def _without_field(node: Node) -> Node:
    """Remove the field from a node."""
    if isinstance(node, Word | Phrase | Wildcard):
        return replace(node, field=None)
    return with_parts(node, _without_field)


def _as_typed_leaf(leaf: Leaf, text: str) -> str:
    """The leaf as the user typed it, with a field prefix if it was in a group; plain if that has another meaning."""
    written, plain = text[leaf.span.start : leaf.span.end], plain_text(leaf)
    if _has_same_meaning(written, plain):
        return written
    fielded = f"{_field(leaf)}:{written}"
    return fielded if _has_same_meaning(fielded, plain) else plain


@lru_cache(TREE_CACHE_SIZE)
def _has_same_meaning(said: str, plain: str) -> bool:
    try:
        return to_text(parse(said)) == plain
    except BadQuery:
        return False
