"""Query texts with a change: without a part, with an alternative, exact, in lower case.

What is not changed is written as the user typed it (`writing.as_typed`).
"""

from collections.abc import Callable
from dataclasses import replace

from index.query.language import parse
from index.query.leaves import leaves
from index.query.tree import And, DateRange, Everything, Expanded, Leaf, Node, Not, Or, Phrase, Span, Word, with_parts
from index.query.writing import as_typed


def without(text: str, span: Span) -> str:
    """A query text without the leaves within `span` and the operators that joined them.

    Without a leaf within `span`, nothing is removed; without any leaf left, the text is empty.
    """
    kept = _without_span(parse(text), span)
    return "" if kept is None else as_typed(kept, text)


def without_dates(text: str) -> str:
    """A query text without the ranges of days that it requires."""
    spans = [leaf.span for leaf in leaves(parse(text), negated=False) if isinstance(leaf, DateRange)]
    return without_dates(without(text, spans[0])) if spans else text


def with_alternative(tree: Node, text: str, span: Span, other: Leaf) -> str:
    """A query text with another leaf as an alternative to the node at `span`."""

    def joined(node: Node) -> Node:
        return Or((node, other), span) if node.span == span else node

    return as_typed(_change_nodes(tree, joined), text)


def exactly(text: str, span: Span) -> str:
    """A query text whose word at `span` matches only in this very form."""

    def exact(node: Node) -> Node:
        return Phrase((node.form,), span, field=node.field) if isinstance(node, Word) and node.span == span else node

    return as_typed(_change_nodes(parse(text), exact), text)


def in_lowercase(text: str) -> str:
    """A query text whose all-caps words match in any case."""

    def small(node: Node) -> Node:
        return replace(node, capitals=False) if isinstance(node, Word) else node

    return as_typed(_change_nodes(parse(text), small), text)


def _change_nodes(node: Node, change: Callable[[Node], Node]) -> Node:
    """Apply a change to the nodes of a tree from the top down. The children of a changed node are left alone."""
    changed = change(node)
    if changed is not node:
        return changed
    return with_parts(node, lambda part: _change_nodes(part, change))


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
