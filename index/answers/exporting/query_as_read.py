"""The query as it was read: a query tree as text in the query language, with all that was searched beside it.

It is the same in every language of the pages, so a file or paper that has it can be checked: typed into the search box
with expansion switched off, it searches the same.
"""

from datetime import date

from index.query.tree import And, DateRange, Everything, Expanded, Leaf, Node, Not, Or, Phrase, Wildcard, Word


def as_read(tree: Node) -> str:
    """Return a tree as a query text; "" if it matches every article."""
    return "" if isinstance(tree, Everything) else _text(tree)


def _text(node: Node) -> str:
    match node:
        case And(parts):
            return " ".join(map(_grouped, parts))
        case Or(parts):
            return " OR ".join(map(_grouped, parts))
        case Expanded(asked, also):
            return " OR ".join(map(_grouped, [asked, *(other.leaf for other in also)])) if also else _text(asked)
        case Not(part):
            return f"-{_grouped(part)}"
        case _:
            return _leaf(node)


def _grouped(node: Node) -> str:
    joined = isinstance(node, And | Or) or (isinstance(node, Expanded) and (node.also or isinstance(node.asked, And)))
    return f"({_text(node)})" if joined else _text(node)


def _leaf(leaf: Leaf) -> str:
    if isinstance(leaf, Everything):
        return "*"
    if isinstance(leaf, DateRange):
        return "date:" + _range(leaf.first, leaf.last)
    field = f"{leaf.field}:" if leaf.field else ""
    match leaf:
        case Word(form, capitals=capitals):
            return field + (form.upper() if capitals else form)
        case Phrase(forms, slop=slop, ordered=ordered):
            distance = f"~{slop}" if slop > 1 else ""
            return f'{field}"{" ".join(forms)}"' + (distance if ordered else f"~~{slop}")
        case Wildcard(pattern):
            return field + pattern


def _range(first: date | None, last: date | None) -> str:
    if first == last and first is not None:
        return first.isoformat()
    return "..".join(day.isoformat() if day else "" for day in (first, last))
