"""The query as it was read: a query tree as text in the query language, with all that was searched beside it.

It is the same in every language of the pages, so a file or paper that has it can be checked: typed into the search box
with expansion switched off, it searches the same. A word typed with `=` keeps it; others that are exact are quoted.
"""

from datetime import date

from index.query.leaf_writing import plain_text
from index.query.tree import (
    And,
    DateRange,
    Everything,
    Expanded,
    Leaf,
    Node,
    Not,
    Or,
    Phrase,
    StorySize,
    Wildcard,
    Word,
)


def as_read(tree: Node, typed: str = "") -> str:
    """Return a tree, that of a typed text, as a query text; "" if it matches every article."""
    return "" if isinstance(tree, Everything) else _text(tree, typed)


def _text(node: Node, typed: str) -> str:
    match node:
        case And(parts):
            return " ".join(_grouped(part, typed) for part in parts)
        case Or(parts):
            return " OR ".join(_grouped(part, typed) for part in parts)
        case Expanded(asked, also) if also:
            return " OR ".join([_grouped(asked, typed), *(_leaf(other.leaf, "") for other in also)])
        case Expanded(asked):
            return _text(asked, typed)
        case Not(part):
            return f"-{_grouped(part, typed)}"
        case _:
            return _leaf(node, typed)


def _grouped(node: Node, typed: str) -> str:
    joined = isinstance(node, And | Or) or (isinstance(node, Expanded) and (node.also or isinstance(node.asked, And)))
    return f"({_text(node, typed)})" if joined else _text(node, typed)


def _leaf(leaf: Leaf, typed: str) -> str:
    if isinstance(leaf, Everything | StorySize):
        return plain_text(leaf) or "*"
    if isinstance(leaf, DateRange):
        return "date:" + _range(leaf.first, leaf.last)
    field = f"{leaf.field}:" if leaf.field else ""
    match leaf:
        case Word(form, capitals=capitals):
            return field + (form.upper() if capitals else form)
        case Phrase((form,), span=span) if typed[span.start : span.end].rpartition(":")[2].startswith("="):
            return f"{field}={form}"
        case Phrase(forms, slop=slop, ordered=ordered):
            distance = f"~{slop}" if slop > 1 else ""
            return f'{field}"{" ".join(forms)}"' + (distance if ordered else f"~~{slop}")
        case Wildcard(pattern):
            return field + pattern


def _range(first: date | None, last: date | None) -> str:
    if first == last and first is not None:
        return first.isoformat()
    return "..".join(day.isoformat() if day else "" for day in (first, last))
