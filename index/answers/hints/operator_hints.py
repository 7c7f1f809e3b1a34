"""Operator hints: a small `atau` or `near` between words is searched as a word; the query with the operator is offered.

The words on both sides of it become the operands. Where the query has other words, they are put in parentheses.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from index.engine import Reader
from index.query.errors import BadQuery
from index.query.language import parse
from index.query.leaf_parsing import NEAR
from index.query.request import Query
from index.query.tree import And, Node, Not, Or, Phrase, Span, Word
from index.query.writing import as_typed

# Small words that are operators in all caps. AND needs no operator: words side by side are all required.
OPERATORS: Final = {"or": "OR", "atau": "OR", "and": "AND", "dan": "AND", "near": f"NEAR/{NEAR}"}


@dataclass(frozen=True, slots=True)
class OperatorHint:
    """A small word of a query, the operator that it may be meant as, and the query text with it."""

    word: str
    operator: str
    text: str


@dataclass(frozen=True, slots=True)
class OperatorQuery:
    """The query with a small word read as an operator, and how much it finds."""

    hint: OperatorHint
    query: Query
    articles: int
    stories: int


def operator_query(reader: Reader, query: Query, articles: int) -> OperatorQuery | None:
    """The query with a small word read as an operator, if it finds another number of articles than the query does."""
    hint = operator_hint(query.text)
    if hint is None:
        return None
    meant = query.with_text(hint.text)
    try:
        found = reader.find(replace(meant, size=1), facets=())
    except BadQuery:  # rewritten, a text can be too long
        return None
    return OperatorQuery(hint, meant, found.articles, found.stories) if found.articles != articles else None


def operator_hint(text: str) -> OperatorHint | None:
    """The first small word of a query that may be meant as an operator. Raises BadQuery for bad query text."""
    tree = parse(text)
    for word, operator, meant in _readings(tree):
        return OperatorHint(text[word.span.start : word.span.end], operator, as_typed(meant, text))
    return None


def _readings(node: Node) -> Iterator[tuple[Word, str, Node]]:
    """Each small word that may be an operator, the operator, and the tree with it."""
    match node:
        case And(parts) | Or(parts):
            if isinstance(node, And):
                yield from (read for place in range(1, len(parts) - 1) for read in _readings_at(node, place))
            for place, part in enumerate(parts):
                for word, operator, meant in _readings(part):
                    yield word, operator, replace(node, parts=(*parts[:place], meant, *parts[place + 1 :]))
        case Not(part):
            yield from ((word, operator, replace(node, part=meant)) for word, operator, meant in _readings(part))


def _readings_at(node: And, place: int) -> Iterator[tuple[Word, str, Node]]:
    """The reading of a part with parts on both sides; further ones with the same operator are joined with it."""
    parts, word = node.parts, node.parts[place]
    operator = _operator(word)
    if not isinstance(word, Word) or operator is None or _operator(parts[place - 1]) or _operator(parts[place + 1]):
        return
    end = place + 1
    while end + 2 < len(parts) and _operator(parts[end + 1]) == operator and not _operator(parts[end + 2]):
        end += 2
    joined = _joined(operator, parts[place - 1 : end + 1 : 2])
    if joined:
        left = (*parts[: place - 1], *joined, *parts[end + 1 :])
        yield word, operator, And(left, node.span) if len(left) > 1 else left[0]


def _joined(operator: str, operands: tuple[Node, ...]) -> tuple[Node, ...]:
    """The operands joined by an operator; none if it cannot join them."""
    span = Span(operands[0].span.start, operands[-1].span.end)
    if operator == "AND":
        return operands
    if operator == "OR":
        return (Or(operands, span),)
    words = [one for one in operands if isinstance(one, Word) and one.field is None]
    forms = tuple(form for word in words for form in word.form.split("-"))
    return (Phrase(forms, span, NEAR, ordered=False),) if len(words) == len(operands) else ()


def _operator(part: Node) -> str | None:
    return OPERATORS.get(part.form) if isinstance(part, Word) and part.field is None else None
