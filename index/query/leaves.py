"""The leaves of a query tree: its words, phrases, wildcards, ranges and facts, in the order of the text."""

from collections.abc import Iterator

from index.query.tree import (
    TEXT_FIELDS,
    And,
    Everything,
    Expanded,
    Leaf,
    Node,
    Not,
    Or,
    Phrase,
    TextLeaf,
    Wildcard,
    Word,
)


def leaves(tree: Node, *, negated: bool = True, expansions: bool = False) -> list[Leaf]:
    """The leaves of a tree; none for `Everything`.

    Without `negated`, those below a `Not` are left out. With `expansions`, what is searched in addition to a part
    follows it.
    """
    return list(_leaves(tree, negated=negated, expansions=expansions))


def text_leaves(tree: Node) -> Iterator[TextLeaf]:
    """The leaves of a tree and of its expansions that have places: those that search texts and are not negated."""
    for leaf in leaves(tree, negated=False, expansions=True):
        if isinstance(leaf, Word | Phrase | Wildcard) and leaf.field in TEXT_FIELDS:
            yield leaf


def _leaves(node: Node, *, negated: bool, expansions: bool) -> Iterator[Leaf]:
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _leaves(part, negated=negated, expansions=expansions)
        case Not(part):
            if negated:
                yield from _leaves(part, negated=negated, expansions=expansions)
        case Expanded(asked=asked, also=also):
            yield from _leaves(asked, negated=negated, expansions=expansions)
            if expansions:
                yield from (other.leaf for other in also)
        case Everything():
            return
        case _:
            yield node
