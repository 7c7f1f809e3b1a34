"""What a reader is told of a query beside its words: what was searched with them, what could be, which forms they have.

An expansion the reader has not typed must be seen and be revocable, so each is told with the words it belongs to, the
reason, and whether it is on. Page, API and command line show the same lists.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from index.engine import Vocabulary
from index.expansion import TEXT_FIELDS
from index.query.language import or_else
from index.query.request import Query
from index.query.tree import Alternative, And, Because, Expanded, Node, Or, Phrase, Span, Word
from index.words.stemming import stem


@dataclass(frozen=True, slots=True)
class Beside:
    """What means the same as the words at `span`: the words it is switched off by, why, and whether it is searched."""

    span: Span
    asked: str
    also: str
    because: Because
    leaf: Word | Phrase
    off: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """An inflected form, in how many articles of the whole archive it stands, and whether it is switched off."""

    form: str
    articles: int
    off: bool


@dataclass(frozen=True, slots=True)
class Forms:
    """A word of a query and the forms of it that the archive has, the most frequent first."""

    span: Span
    word: str
    forms: tuple[Form, ...]


def beside(tree: Node, text: str) -> tuple[Beside, ...]:
    """What was searched beside the words of a query text, or would be were it not switched off."""
    return tuple(
        _told(node, other, text, off=off)
        for node in _expanded(tree)
        for others, off in ((node.also, False), (node.off, True))
        for other in others
    )


def offered(tree: Node, text: str) -> tuple[Beside, ...]:
    """What some words may mean too, too unsurely to be searched unasked."""
    return tuple(_told(node, other, text, off=True) for node in _expanded(tree) for other in node.offered)


def with_offered(query: Query, tree: Node, one: Beside) -> Query:
    """The query that searches what was only offered as well; `tree` is the query as it was read."""
    return query.saying(or_else(tree, query.text, one.span, one.leaf))


def forms(tree: Node, text: str, vocabulary: Vocabulary) -> tuple[Forms, ...]:
    """Every word of a query text that was searched in all its forms, each stem once, with those forms."""
    words = {stem(word.form): word for word in reversed(list(_bare(tree)))}
    return tuple(_forms(words[root], root, text, vocabulary) for root in reversed(words))


def _forms(word: Word, root: str, text: str, vocabulary: Vocabulary) -> Forms:
    held = tuple(Form(form, count, form in word.without) for form, count in vocabulary.forms(root))
    return Forms(word.span, said(text, word.span), held)


def said(text: str, span: Span) -> str:
    """The words at a place of a query text as the reader typed them, without the name of the field before them."""
    return text[span.start : span.end].rpartition(":")[2].strip("\"“”' ")


def _told(node: Expanded, other: Alternative, text: str, *, off: bool) -> Beside:
    return Beside(node.span, said(text, node.span), other.written, other.because, other.leaf, off)


def _expanded(node: Node) -> Iterator[Expanded]:
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _expanded(part)
        case Expanded():
            yield node


def _bare(node: Node) -> Iterator[Word]:
    """The words searched in all their forms; what is denied has none worth telling."""
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _bare(part)
        case Expanded(asked=asked):
            yield from _bare(asked)
        case Word(field=field, capitals=False) if field in TEXT_FIELDS:
            yield node
