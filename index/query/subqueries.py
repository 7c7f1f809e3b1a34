"""Pieces: a query as parts that are all wanted, to be asked one by one, in part, or as alternatives.

A name of several words that is searched with its short form is one piece; so is a phrase, unless it is taken apart.
"""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Final

from index.query.tree import And, Everything, Expanded, Node, Or, Phrase, Wildcard, Word
from index.words.stop_words import FUNCTION_WORDS, QUESTION_WORDS

_TEXT_FIELDS: Final = frozenset({None, "title"})


def pieces_of(tree: Node) -> tuple[Node, ...]:
    """The parts that are all wanted, as they were typed; a name of several words is one."""
    if isinstance(tree, Everything):
        return ()
    parts = tree.parts if isinstance(tree, And) else (tree,)
    return tuple(part.asked if isinstance(part, Expanded) else part for part in parts)


def loosened(piece: Node) -> tuple[Node, ...]:
    """A part, or the words of a phrase of the text."""
    if isinstance(piece, Phrase) and piece.field in _TEXT_FIELDS and len(piece.forms) > 1:
        return tuple(Word(form, piece.span, piece.field) for form in dict.fromkeys(piece.forms))
    return (piece,)


def words_of(pieces: Iterable[Node]) -> list[Node]:
    """The parts, with phrases and names as their words."""
    named = chain.from_iterable(piece.parts if isinstance(piece, And) else (piece,) for piece in pieces)
    return list(chain.from_iterable(map(loosened, named)))


def all_of(pieces: Sequence[Node]) -> Node:
    """The pieces under one node, all of them wanted; there must be one at least."""
    flat = tuple(chain.from_iterable(piece.parts if isinstance(piece, And) else (piece,) for piece in pieces))
    return And(flat, flat[0].span) if len(flat) > 1 else flat[0]


def any_of(pieces: Sequence[Node]) -> Node:
    """The pieces under one node as alternatives; there must be one at least."""
    flat = tuple(chain.from_iterable(piece.parts if isinstance(piece, Or) else (piece,) for piece in pieces))
    return Or(flat, flat[0].span) if len(flat) > 1 else flat[0]


def says_little(piece: Node) -> bool:
    """Whether a piece is a word that asks, or one that stands in any text."""
    return isinstance(piece, Word) and not piece.capitals and piece.form in QUESTION_WORDS | FUNCTION_WORDS


def asks_text(node: Node) -> bool:
    """Whether a node asks for words of texts, and not only what they are not or which facts they have."""
    match node:
        case And(parts) | Or(parts):
            return any(map(asks_text, parts))
        case Expanded(asked=asked):
            return asks_text(asked)
        case Word(field=field) | Phrase(field=field) | Wildcard(field=field):
            return field in _TEXT_FIELDS
        case _:
            return False
