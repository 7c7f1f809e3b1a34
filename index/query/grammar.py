"""The parser of query texts: turns words, phrases, wildcards, fields and dates into tree nodes.

The grammar is in grammar.lark. The parser calls `_Builder` bottom-up while it parses, so that the tree is built in one
pass and a query that is nested too deeply is rejected before any code recurses into it. A part without anything to
search for (`&`, `!!!`) becomes None and is dropped.
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
from index.query.syntax_errors import explain_syntax_error
from index.query.tree import And, DateRange, Leaf, Node, Not, Or, Phrase, Span, Wildcard, Word
from index.words.roots.affixes import CLITICS
from index.words.stemming import stem
from index.words.tokenizer import Token as Part
from index.words.tokenizer import is_all_caps, iter_runs, run_tokens, tokenize

MAX_DEPTH: Final = 20  # far more than anyone types, far below the recursion limit of Python
MAX_DISTANCE: Final = 100  # words; further apart they are unrelated
SHORTEST_WILDCARD: Final = 3  # letters besides * and ?; fewer match a large part of the vocabulary
# Every name of a field → its name in the tree.
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
EXACTLY: Final = "="  # before a word: match this exact form
# In all caps these are operators, so that no all-caps word of a query can have these forms.
OPERATORS: Final = frozenset({"or", "atau", "and", "dan", "not", "bukan"})
CLOSING_QUOTES: Final = '"“”„‟«»＂'
# Placeholders for wildcards while a word is tokenized: two letters that do not occur in Indonesian news.
_ANY, _ONE = "\ua66e", "\ua000"
_TO_LETTERS: Final = str.maketrans({"*": _ANY, "?": _ONE, _ANY: " ", _ONE: " "})
_TO_SIGNS: Final = str.maketrans({_ANY: "*", _ONE: "?"})
_QUESTION_MARK: Final = re.compile(r"\?(?!\?*(?:[^\W_]|\*))")  # at the end of a word it is punctuation, not a wildcard
_WILDCARD: Final = re.compile(r"(?<!\S)\S*(?:\*|[^\W_]\?+[^\W_])\S*")
# Operators of other query languages.
_FOREIGN_OPERATOR: Final = re.compile(r"~.*|.*~\d*|.*\^\d+|.*\|\|.*|!+[^\W_].*")
_DISTANCE: Final = re.compile(r"[0-9]{1,3}")


def parse_tree(text: str) -> Node | None:
    """Parse a query text. Returns None if it has nothing to search for. Raises BadQuery for a syntax error."""
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
        return part and _check_depth(Not(part, Span(_offset(sign), part.span.end)))

    def word(self, word: Token) -> Node | None:
        if word.endswith(":") and word[:-1].casefold() in FIELDS:
            raise BadQuery(Problem.MISSING_VALUE, _offset(word), word)
        return _word_node(word, _offset(word), None)

    def phrase(self, phrase: Token) -> Node:
        return _phrase(phrase, _offset(phrase), None)

    def exactly(self, group: Node | None) -> Node | None:
        return group and _each_leaf(group, _exact)

    def fielded_word(self, name: Token, word: Token) -> Node:
        field = _field(name)
        found = _date_range(word, _offset(name)) if field == "date" else _word_node(word, _offset(word), field)
        if found is None:
            raise BadQuery(Problem.MISSING_VALUE, _offset(name), name)
        one = isinstance(found, Word | Wildcard | Phrase)
        return replace(found, span=Span(_offset(name), found.span.end)) if one else found

    def fielded_phrase(self, name: Token, phrase: Token) -> Node:
        field = _field(name)
        if field == "date":
            raise BadQuery(Problem.BAD_DATE, _offset(phrase), phrase)
        found = _phrase(phrase, _offset(phrase), field)
        return replace(found, span=Span(_offset(name), found.span.end))

    def fielded_group(self, name: Token, group: Node | None) -> Node:
        field = _field(name)
        if field == "date":
            raise BadQuery(Problem.BAD_DATE, _offset(name), name)
        if group is None:
            raise BadQuery(Problem.MISSING_VALUE, _offset(name), name)
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
    match node:
        case And(parts) | Or(parts):
            return replace(node, parts=tuple(_each_leaf(part, change) for part in parts))
        case Not(part):
            return replace(node, part=_each_leaf(part, change))
        case _:
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
    return Phrase(tuple(leaf.form.split("-")), leaf.span, field=leaf.field) if isinstance(leaf, Word) else leaf


def _field(name: Token) -> str:
    typed = name.removesuffix(":")
    field = FIELDS.get(typed.casefold())
    if field is None:
        raise BadQuery(Problem.UNKNOWN_FIELD, _offset(name), typed, ", ".join(FIELDS))
    return field


def _word_node(typed: str, offset: int, field: str | None) -> Node | None:
    """Parse a typed word into one leaf, or several if it consists of several words (AS/Korut, Jong-un).

    A number or a single letter is not specific enough alone: the parts of U-19 or 10/9/2019 become a phrase.
    """
    if _FOREIGN_OPERATOR.fullmatch(typed):
        raise BadQuery(Problem.UNSUPPORTED, offset, typed)
    lettered = _QUESTION_MARK.sub(" ", typed).translate(_TO_LETTERS)
    found = [leaf for run, start in iter_runs(lettered) for leaf in _leaves(run, offset + start, field)]
    words = [leaf for leaf in found if isinstance(leaf, Word)]
    if not words or len(words) < len(found):
        return _join(And, found)
    exactly = typed.startswith(EXACTLY)
    if exactly or (len(words) > 1 and any(word.form.isdigit() or len(word.form) == 1 for word in words)):
        forms = (token.form.translate(_TO_SIGNS).rstrip("?") for token in tokenize(lettered))
        span = Span(offset if exactly else words[0].span.start, words[-1].span.end)
        return Phrase(tuple(filter(None, forms)), span, field=field, typed_as_word=not exactly)
    return _join(And, found)


def _leaves(run: str, offset: int, field: str | None) -> Iterator[Leaf]:
    """The leaves of a run: one where the stemmer sees one word in it (anak-anak, KTP-nya), else one for each part."""
    found = run_tokens(run)
    unit = found[0].unit if found else ""
    if len(found) > 1 and "-" in unit and unit == unit.translate(_TO_SIGNS) and "-" not in stem(unit):
        yield _single_word(run, found, offset, field)
        return
    for part in found:
        span = Span(offset + part.start, offset + part.end)
        form = part.form.translate(_TO_SIGNS).rstrip("?")
        if "*" in form or "?" in form:
            yield Wildcard(_check_wildcard(form, span), span, field)
        elif form:
            yield Word(form, span, field, _must_match_caps(run, part, field))


def _single_word(run: str, found: Sequence[Part], offset: int, field: str | None) -> Word:
    """Return the word of a run that is one word. In KTP-nya, KTP is an all-caps word and the clitic is dropped."""
    first, *others = found
    span = Span(offset + first.start, offset + found[-1].end)
    if _must_match_caps(run, first, field) and all(part.form in CLITICS or part.form == first.form for part in others):
        return Word(first.form, span, field, capitals=True)
    return Word(first.unit, span, field)


def _must_match_caps(run: str, part: Part, field: str | None) -> bool:
    """Whether a part must match in all caps: it is typed so, and its field distinguishes case."""
    return field in {None, "title"} and is_all_caps(run[part.start : part.end]) and part.form not in OPERATORS


def _check_wildcard(pattern: str, span: Span) -> str:
    if sum(map(str.isalnum, pattern)) < SHORTEST_WILDCARD:
        raise BadQuery(Problem.SHORT_WILDCARD, span.start, pattern)
    return pattern


def _phrase(quoted: Token, offset: int, field: str | None) -> Phrase:
    """Parse a phrase with its distance. Any kind of double quotation marks is accepted."""
    end = max(map(quoted.rfind, CLOSING_QUOTES))
    words, distance = quoted[1:end], quoted[end + 1 :]
    wildcard = _WILDCARD.search(words)
    if wildcard:
        raise BadQuery(Problem.WILDCARD_IN_PHRASE, offset + 1 + wildcard.start(), wildcard[0])
    forms = tuple(token.form for token in tokenize(words))
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


def _date_range(typed: Token, start: int) -> DateRange:
    """Parse a day, month or year, or a range of them with one or both ends."""
    begin, dots, end = typed.partition("..")
    try:
        first = first_day(begin) if begin or not dots else None
        last = last_day(end) if end else None if dots else last_day(begin)
    except ValueError:
        raise BadQuery(Problem.BAD_DATE, _offset(typed), typed) from None
    if first is None and last is None:
        raise BadQuery(Problem.BAD_DATE, _offset(typed), typed)
    if first is not None and last is not None and first > last:
        raise BadQuery(Problem.REVERSED_DATES, _offset(typed), typed)
    return DateRange(first, last, Span(start, _offset(typed) + len(typed)))


def _offset(token: Token) -> int:
    return token.start_pos or 0
