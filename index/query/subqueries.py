"""Subqueries: splits a query into its required parts, combines parts into new queries, and adds to them.

The zero-results page searches for parts one by one, leaves some out, or makes them alternatives. An expanded name of
several words is one part, and so is a phrase unless it is split.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain

from index.query.language import parse
from index.query.leaf_parsing import ANY_VALUE
from index.query.leaves import leaves
from index.query.tree import TEXT_FIELDS, And, DateRange, Everything, Expanded, Node, Or, Phrase, Wildcard, Word
from index.query.writing import as_typed
from index.words.stop_words import FUNCTION_WORDS, QUESTION_WORDS


def required_parts(tree: Node) -> tuple[Node, ...]:
    """The parts that must all match, as typed. An expanded name of several words is one part."""
    if isinstance(tree, Everything):
        return ()
    parts = tree.parts if isinstance(tree, And) else (tree,)
    return tuple(part.asked if isinstance(part, Expanded) else part for part in parts)


def split_phrase(part: Node) -> tuple[Node, ...]:
    """The words of a phrase in a text field; any other part stays whole."""
    if isinstance(part, Phrase) and part.field in TEXT_FIELDS and len(part.forms) > 1:
        return tuple(Word(form, part.span, part.field) for form in dict.fromkeys(part.forms))
    return (part,)


def split_words(parts: Iterable[Node]) -> list[Node]:
    """The parts, with phrases and names split into words."""
    named = chain.from_iterable(part.parts if isinstance(part, And) else (part,) for part in parts)
    return list(chain.from_iterable(map(split_phrase, named)))


def without_value(text: str, field: str) -> str:
    """The query text that also asks for articles without any value of a fact: `harga (a OR b) -outlet:*`.

    Raises BadQuery if the text cannot be read.
    """
    tree = parse(text)
    asked = as_typed(tree, text)  # without punctuation, which would take the place of what follows it
    if isinstance(tree, Or):
        asked = f"({asked})"
    return f"{asked} -{field}:{ANY_VALUE}".lstrip()


def all_of(parts: Sequence[Node]) -> Node:
    """Combine the parts with AND. There must be at least one."""
    flat = tuple(chain.from_iterable(part.parts if isinstance(part, And) else (part,) for part in parts))
    return And(flat, flat[0].span) if len(flat) > 1 else flat[0]


def any_of(parts: Sequence[Node]) -> Node:
    """Combine the parts with OR. There must be at least one."""
    flat = tuple(chain.from_iterable(part.parts if isinstance(part, Or) else (part,) for part in parts))
    return Or(flat, flat[0].span) if len(flat) > 1 else flat[0]


def is_stop_word(part: Node) -> bool:
    """Whether a part is a question word or function word."""
    return isinstance(part, Word) and not part.capitals and part.form in QUESTION_WORDS | FUNCTION_WORDS


def with_possible_dates(tree: Node) -> Node:
    """The tree with articles that may lie in its ranges of days; the same tree if it has none that is required."""
    match tree:
        case DateRange():
            return replace(tree, possibly=True)
        case And(parts) | Or(parts):
            found = tuple(map(with_possible_dates, parts))
            changed = any(one is not other for one, other in zip(found, parts, strict=True))
            return replace(tree, parts=found) if changed else tree
        case _:
            return tree


def searches_text(node: Node) -> bool:
    """Whether a node requires words in a text field, rather than only negated words, facts or dates."""
    asked = leaves(node, negated=False)
    return any(isinstance(leaf, Word | Phrase | Wildcard) and leaf.field in TEXT_FIELDS for leaf in asked)
