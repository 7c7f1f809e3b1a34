"""The parser of query texts: turns words, phrases, wildcards, fields and dates into tree nodes.

The grammar is in grammar.lark. The parser calls `_Builder` bottom-up while it parses, so that the tree is built in one
pass and a query that is nested too deeply is rejected before any code recurses into it. A part without anything to
search for (`&`, `!!!`) becomes None and is dropped.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Final

from lark import Lark, Token, Transformer, v_args
from lark.exceptions import UnexpectedInput

from index.query.errors import BadQuery, Problem
from index.query.leaf_parsing import exact_forms, read_dates, read_near, read_phrase, read_word, start_of
from index.query.story_sizes import MEASURES, read_sizes
from index.query.syntax_errors import explain_syntax_error
from index.query.tree import And, Node, Not, Or, Phrase, Span, Wildcard, Word, with_parts

MAX_DEPTH: Final = 20  # far more than anyone types, far below the recursion limit of Python
# Every name of a field → its name in the tree.
FIELDS: Final = {
    "title": "title",
    "judul": "title",
    "outlet": "outlet",
    "media": "outlet",
    "bureau": "bureau",
    "biro": "bureau",
    "section": "section",
    "rubrik": "section",
    "kategori": "section",
    "agency": "agency",
    "kantor": "agency",
    "reporter": "reporter",
    "pewarta": "reporter",
    "penulis": "reporter",
    "editor": "editor",
    "place": "place",
    "tempat": "place",
    "date": "date",
    "tanggal": "date",
    "versions": "versions",
    "versi": "versions",
    "outlets": "outlets",
    "sebaran": "outlets",
}
# Fields that hold no words, and what is wrong with a phrase or a group of words there.
NO_WORDS: Final[dict[str, Problem]] = {"date": Problem.BAD_DATE, **{str(one): Problem.BAD_SIZE for one in MEASURES}}
# A range of another query language. It is no word, so that it cannot be told from its words one by one.
_FOREIGN_RANGE: Final = re.compile(r"[\[{][^\s\[\]{}\"]* TO [^\s\[\]{}\"]*[\]}]")


def parse_tree(text: str) -> Node | None:
    """Parse a query text. Returns None if it has nothing to search for. Raises BadQuery for a syntax error."""
    if found := _FOREIGN_RANGE.search(text):
        raise BadQuery(Problem.UNSUPPORTED, found.start(), found[0])
    try:
        tree: Node | None = _parser().parse(text)  # type: ignore[assignment]  # lark does not type its transformer
    except UnexpectedInput as error:
        raise explain_syntax_error(text, error, _parser().lex(text)) from None
    return tree


@cache
def _parser() -> Lark:
    grammar = Path(__file__).with_name("grammar.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", lexer="basic", transformer=_Builder())


@v_args(inline=True)
class _Builder(Transformer[Token, Node | None]):
    """Builds the node of each grammar rule. It is stateless, so that threads can share it."""

    def start(self, found: Node | None) -> Node | None:
        return found

    def either(self, *parts: Node | None) -> Node | None:
        return _join(Or, parts)

    def both(self, *parts: Node | None) -> Node | None:
        return _join(And, parts)

    def negated(self, sign: Token, part: Node | None) -> Node | None:
        return part and _check_depth(Not(part, Span(start_of(sign), part.span.end)))

    def near(self, *parts: Token | Node | None) -> Phrase:
        signs = [part for part in parts if isinstance(part, Token)]
        return read_near([part for part in parts if not isinstance(part, Token)], signs)

    def word(self, word: Token) -> Node | None:
        if word.endswith(":") and word[:-1].casefold() in FIELDS:
            raise BadQuery(Problem.MISSING_VALUE, start_of(word), word)
        return _join(And, read_word(word, start_of(word), None))

    def phrase(self, phrase: Token) -> Node:
        return read_phrase(phrase, start_of(phrase), None)

    def exactly(self, group: Node | None) -> Node | None:
        return group and _each_leaf(group, _exact)

    def fielded_word(self, name: Token, word: Token) -> Node:
        field = _field(name)
        if field in MEASURES:
            return read_sizes(field, word, start_of(name))
        dated = field == "date"
        found = read_dates(word, start_of(name)) if dated else _join(And, read_word(word, start_of(word), field))
        if found is None:
            raise BadQuery(Problem.MISSING_VALUE, start_of(name), name)
        one = isinstance(found, Word | Wildcard | Phrase)
        return replace(found, span=Span(start_of(name), found.span.end)) if one else found

    def fielded_phrase(self, name: Token, phrase: Token) -> Node:
        field = _field(name)
        if field in NO_WORDS:
            raise BadQuery(NO_WORDS[field], start_of(phrase), phrase)
        found = read_phrase(phrase, start_of(phrase), field)
        return replace(found, span=Span(start_of(name), found.span.end))

    def fielded_group(self, name: Token, group: Node | None) -> Node:
        field = _field(name)
        if field in NO_WORDS:
            raise BadQuery(NO_WORDS[field], start_of(name), name)
        if group is None:
            raise BadQuery(Problem.MISSING_VALUE, start_of(name), name)
        return _each_leaf(group, lambda leaf: _with_field(leaf, field))

    def fielded_exactly(self, name: Token, group: Node | None) -> Node:
        return self.fielded_group(name, group and _each_leaf(group, _exact))


def _join(kind: type[And] | type[Or], parts: Iterable[Node | None]) -> Node | None:
    """Join parts under one node. A part of the same kind is flattened into it; a single part is returned as it is."""
    found = [part for part in parts if part is not None]
    flat = tuple(inner for part in found for inner in (part.parts if isinstance(part, kind) else (part,)))
    if len(flat) < 2:
        return flat[0] if flat else None
    return _check_depth(kind(flat, Span(flat[0].span.start, flat[-1].span.end)))


def _check_depth(node: And | Or | Not) -> Node:
    """Return the node unless it is nested too deeply. Checking every new node bounds the recursion."""
    if _depth(node) > MAX_DEPTH:
        raise BadQuery(Problem.TOO_DEEP, node.span.start, str(MAX_DEPTH))
    return node


def _depth(node: Node) -> int:
    match node:
        case And(parts) | Or(parts):
            return 1 + max(map(_depth, parts))
        case Not(part):
            return 1 + _depth(part)
        case _:
            return 0


def _each_leaf(node: Node, change: Callable[[Node], Node]) -> Node:
    """Apply a change to every leaf of a node."""
    if isinstance(node, And | Or | Not):
        return with_parts(node, lambda part: _each_leaf(part, change))
    return change(node)


def _with_field(leaf: Node, field: str) -> Node:
    """Set the field of a leaf."""
    match leaf:
        case Word(field=None):
            return replace(leaf, field=field, capitals=leaf.capitals and field == "title")
        case Phrase(field=None) | Wildcard(field=None):
            return replace(leaf, field=field)
        case _:
            raise BadQuery(Problem.FIELD_IN_FIELD, leaf.span.start, getattr(leaf, "field", None) or "date")


def _exact(leaf: Node) -> Node:
    """Make a word match only its exact form; other leaves match exactly already."""
    if isinstance(leaf, Phrase):
        return replace(leaf, typed_as_word=False)
    return Phrase(exact_forms(leaf), leaf.span, field=leaf.field) if isinstance(leaf, Word) else leaf


def _field(name: Token) -> str:
    typed = name.removesuffix(":")
    field = FIELDS.get(typed.casefold())
    if field is None:
        raise BadQuery(Problem.UNKNOWN_FIELD, start_of(name), typed, ", ".join(FIELDS))
    return field
