"""How the parser's findings become a tree: the meaning of words, phrases, wildcards, fields and dates in a query.

The grammar itself stands in grammar.lark. The parser calls `_Builder` bottom-up while it reads, so that a tree is built
without a second walk and a query nested too deeply is refused before anything recurses into it. A part that holds
nothing to search for (`&`, `!!!`) is None and falls out of what surrounds it.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Final

from lark import Lark, Token, Transformer, v_args
from lark.exceptions import UnexpectedInput

from index.query.date_ranges import first_day, last_day
from index.query.errors import BadQuery, Problem
from index.query.syntax_errors import explained
from index.query.tree import And, DateRange, Leaf, Node, Not, Or, Phrase, Span, Wildcard, Word
from index.words.roots.affixes import CLITICS
from index.words.stemming import stem
from index.words.tokenizer import Token as Part
from index.words.tokenizer import in_capitals, parts, tokens, written

MAX_DEPTH: Final = 20  # far more than anybody writes, far less than Python can recurse
MAX_DISTANCE: Final = 100  # words; further apart they have nothing to do with each other
SHORTEST_WILDCARD: Final = 3  # letters beside the signs; fewer fit a large part of the vocabulary
# Every name a field goes by → the name the tree gives it.
FIELDS: Final = {
    "title": "title",
    "judul": "title",
    "outlet": "outlet",
    "media": "outlet",
    "bureau": "bureau",
    "biro": "bureau",
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
}
EXACTLY: Final = "="  # before a word: this very form
# In capitals these are operators, so that no word of a query can mean them in capitals.
OPERATORS: Final = frozenset({"or", "atau", "and", "dan", "not", "bukan"})
CLOSING_QUOTES: Final = '"“”„‟«»＂'
# While a word is cut and folded, its wildcard signs are two letters that no Indonesian news is written in.
_ANY, _ONE = "\ua66e", "\ua000"
_TO_LETTERS: Final = str.maketrans({"*": _ANY, "?": _ONE, _ANY: " ", _ONE: " "})
_TO_SIGNS: Final = str.maketrans({_ANY: "*", _ONE: "?"})
_QUESTION_MARK: Final = re.compile(r"\?(?!\?*(?:[^\W_]|\*))")  # one that ends a word is punctuation, not a wildcard
_WILDCARD: Final = re.compile(r"\S*(?:\*|[^\W_]\?+[^\W_])\S*")
# What other search languages would take for an operator.
_FOREIGN: Final = re.compile(r"~.*|.*~\d*|.*\^\d+|.*\|\|.*|!+[^\W_].*")
_DISTANCE: Final = re.compile(r"[0-9]{1,3}")


def read(text: str) -> Node | None:
    """The tree of a text, None where nothing in it can be searched for; BadQuery where it cannot be read."""
    try:
        tree: Node | None = _parser().parse(text)  # type: ignore[assignment]  # lark knows not what a transformer makes
    except UnexpectedInput as error:
        raise explained(text, error, _parser().lex(text)) from None
    return tree


@cache
def _parser() -> Lark:
    grammar = Path(__file__).with_name("grammar.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", lexer="basic", transformer=_Builder())


@v_args(inline=True)
class _Builder(Transformer[Token, Node | None]):
    """Makes the node of each rule; keeps no state, so that threads may share it."""

    def start(self, found: Node | None) -> Node | None:
        return found

    def either(self, *parts: Node | None) -> Node | None:
        return _joined(Or, parts)

    def both(self, *parts: Node | None) -> Node | None:
        return _joined(And, parts)

    def negated(self, sign: Token, part: Node | None) -> Node | None:
        return part and _shallow(Not(part, Span(_start(sign), part.span.end)))

    def word(self, word: Token) -> Node | None:
        if word.endswith(":") and word[:-1].casefold() in FIELDS:
            raise BadQuery(Problem.MISSING_VALUE, _start(word), word)
        return _words(word, _start(word), None)

    def phrase(self, phrase: Token) -> Node:
        return _phrase(phrase, _start(phrase), None)

    def exactly(self, group: Node | None) -> Node | None:
        return group and _each_leaf(group, _exact)

    def fielded_word(self, name: Token, word: Token) -> Node:
        field = _field(name)
        found = _days(word, _start(name)) if field == "date" else _words(word, _start(word), field)
        if found is None:
            raise BadQuery(Problem.MISSING_VALUE, _start(name), name)
        one = isinstance(found, Word | Wildcard | Phrase)
        return replace(found, span=Span(_start(name), found.span.end)) if one else found

    def fielded_phrase(self, name: Token, phrase: Token) -> Node:
        field = _field(name)
        if field == "date":
            raise BadQuery(Problem.BAD_DATE, _start(phrase), phrase)
        found = _phrase(phrase, _start(phrase), field)
        return replace(found, span=Span(_start(name), found.span.end))

    def fielded_group(self, name: Token, group: Node | None) -> Node:
        field = _field(name)
        if field == "date":
            raise BadQuery(Problem.BAD_DATE, _start(name), name)
        if group is None:
            raise BadQuery(Problem.MISSING_VALUE, _start(name), name)
        return _each_leaf(group, lambda leaf: _asking(leaf, field))

    def fielded_exactly(self, name: Token, group: Node | None) -> Node:
        return self.fielded_group(name, group and _each_leaf(group, _exact))


def _joined(kind: type[And] | type[Or], parts: Iterable[Node | None]) -> Node | None:
    """The parts under one node; a part of the same kind gives its own parts, and a single part needs no node."""
    found = [part for part in parts if part is not None]
    flat = tuple(inner for part in found for inner in (part.parts if isinstance(part, kind) else (part,)))
    if len(flat) < 2:
        return flat[0] if flat else None
    return _shallow(kind(flat, Span(flat[0].span.start, flat[-1].span.end)))


def _shallow(node: And | Or | Not) -> Node:
    """The node, if it is not nested too deeply; asked of every node as it is made, which bounds the recursion."""
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
    """The node with all its leaves changed."""
    match node:
        case And(parts) | Or(parts):
            return replace(node, parts=tuple(_each_leaf(part, change) for part in parts))
        case Not(part):
            return replace(node, part=_each_leaf(part, change))
        case _:
            return change(node)


def _asking(leaf: Node, field: str) -> Node:
    """The leaf asking a field."""
    match leaf:
        case Word(field=None):
            return replace(leaf, field=field, capitals=leaf.capitals and field == "title")
        case Phrase(field=None) | Wildcard(field=None):
            return replace(leaf, field=field)
        case _:
            raise BadQuery(Problem.FIELD_IN_FIELD, leaf.span.start, getattr(leaf, "field", None) or "date")


def _exact(leaf: Node) -> Node:
    """The leaf, a word asked in the very form it is typed in."""
    return Phrase(tuple(leaf.form.split("-")), leaf.span, field=leaf.field) if isinstance(leaf, Word) else leaf


def _field(name: Token) -> str:
    typed = name.removesuffix(":")
    field = FIELDS.get(typed.casefold())
    if field is None:
        raise BadQuery(Problem.UNKNOWN_FIELD, _start(name), typed, ", ".join(FIELDS))
    return field


def _words(typed: str, offset: int, field: str | None) -> Node | None:
    """A typed word: one leaf, or several where it holds several (AS/Korut, Jong-un).

    A number or a single letter says little alone: those of U-19 or 10/9/2019 are wanted side by side.
    """
    if _FOREIGN.fullmatch(typed):
        raise BadQuery(Problem.UNSUPPORTED, offset, typed)
    lettered = _QUESTION_MARK.sub(" ", typed).translate(_TO_LETTERS)
    found = [leaf for run, start in written(lettered) for leaf in _leaves(run, offset + start, field)]
    words = [leaf for leaf in found if isinstance(leaf, Word)]
    if not words or len(words) < len(found):
        return _joined(And, found)
    exactly = typed.startswith(EXACTLY)
    if exactly or (len(words) > 1 and any(word.form.isdigit() or len(word.form) == 1 for word in words)):
        forms = (token.form.translate(_TO_SIGNS).rstrip("?") for token in tokens(lettered))
        span = Span(offset if exactly else words[0].span.start, words[-1].span.end)
        return Phrase(tuple(filter(None, forms)), span, field=field)
    return _joined(And, found)


def _leaves(run: str, offset: int, field: str | None) -> Iterator[Leaf]:
    """The leaves of a run: one where the stemmer sees one word in it (anak-anak, KTP-nya), else one for each part."""
    found = parts(run)
    unit = found[0].unit if found else ""
    if len(found) > 1 and "-" in unit and unit == unit.translate(_TO_SIGNS) and "-" not in stem(unit):
        yield _whole(run, found, offset, field)
        return
    for part in found:
        span = Span(offset + part.start, offset + part.end)
        form = part.form.translate(_TO_SIGNS).rstrip("?")
        if "*" in form or "?" in form:
            yield Wildcard(_wide_enough(form, span), span, field)
        elif form:
            yield Word(form, span, field, _capitals(run, part, field))


def _whole(run: str, found: Sequence[Part], offset: int, field: str | None) -> Word:
    """A run that is one word; the KTP of KTP-nya is meant in capitals, the clitic says nothing."""
    first, *others = found
    span = Span(offset + first.start, offset + found[-1].end)
    if _capitals(run, first, field) and all(part.form in CLITICS or part.form == first.form for part in others):
        return Word(first.form, span, field, capitals=True)
    return Word(first.unit, span, field)


def _capitals(run: str, part: Part, field: str | None) -> bool:
    """Whether a part is meant in capitals: it is typed in them, and its field is one that tells letters apart."""
    return field in {None, "title"} and in_capitals(run[part.start : part.end]) and part.form not in OPERATORS


def _wide_enough(pattern: str, span: Span) -> str:
    if sum(map(str.isalnum, pattern)) < SHORTEST_WILDCARD:
        raise BadQuery(Problem.SHORT_WILDCARD, span.start, pattern)
    return pattern


def _phrase(quoted: Token, offset: int, field: str | None) -> Phrase:
    """A phrase with its distance; the quotation marks may be of any shape."""
    end = max(map(quoted.rfind, CLOSING_QUOTES))
    words, distance = quoted[1:end], quoted[end + 1 :]
    wildcard = _WILDCARD.search(words)
    if wildcard:
        raise BadQuery(Problem.WILDCARD_IN_PHRASE, offset + 1 + wildcard.start(), wildcard[0])
    forms = tuple(token.form for token in tokens(words))
    if not forms:
        raise BadQuery(Problem.EMPTY_PHRASE, offset, quoted)
    return Phrase(forms, Span(offset, offset + len(quoted)), _slop(distance, offset + end + 1), field)


def _slop(distance: str, position: int) -> int:
    if not distance:
        return 1
    number = distance.removeprefix("~")
    if not _DISTANCE.fullmatch(number) or not 1 <= int(number) <= MAX_DISTANCE:
        raise BadQuery(Problem.BAD_DISTANCE, position, distance)
    return int(number)


def _days(typed: Token, start: int) -> DateRange:
    """A day, month or year, or a range of them with one or both ends."""
    begin, dots, end = typed.partition("..")
    try:
        first = first_day(begin) if begin or not dots else None
        last = last_day(end) if end else None if dots else last_day(begin)
    except ValueError:
        raise BadQuery(Problem.BAD_DATE, _start(typed), typed) from None
    if first is None and last is None:
        raise BadQuery(Problem.BAD_DATE, _start(typed), typed)
    if first is not None and last is not None and first > last:
        raise BadQuery(Problem.REVERSED_DATES, _start(typed), typed)
    return DateRange(first, last, Span(start, _start(typed) + len(typed)))


def _start(token: Token) -> int:
    return token.start_pos or 0
