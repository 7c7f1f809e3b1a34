"""Leaves: parses a typed word, a quoted phrase, words joined by NEAR, or a date into leaves of the tree."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from lark import Token

from index.query.date_ranges import first_day, last_day
from index.query.errors import BadQuery, Problem
from index.query.tree import DateRange, Leaf, Node, Phrase, Span, Wildcard, Word
from index.words.roots.affixes import CLITICS
from index.words.stemming import stem
from index.words.tokenizer import Token as Part
from index.words.tokenizer import is_all_caps, iter_runs, run_tokens, tokenize

MAX_DISTANCE: Final = 100  # words; further apart they are unrelated
NEAR: Final = 10  # words between which NEAR without a number finds; about a clause
ANY_VALUE: Final = "*"  # of a fact
SHORTEST_WILDCARD: Final = 3  # letters in a row beside * and ?; fewer match a large part of the vocabulary
EXACTLY: Final = "="  # before a word: match this exact form
# In all caps these are operators, so that no all-caps word of a query can have these forms.
OPERATORS: Final = frozenset({"or", "atau", "and", "dan", "not", "bukan", "near"})
CLOSING_QUOTES: Final = '"“”„‟«»＂'
# Placeholders for wildcards while a word is tokenized: two letters that do not occur in Indonesian news.
_ANY, _ONE = "\ua66e", "\ua000"
_TO_LETTERS: Final = str.maketrans({"*": _ANY, "?": _ONE, _ANY: " ", _ONE: " "})
_TO_SIGNS: Final = str.maketrans({_ANY: "*", _ONE: "?"})
_WILDCARD_SIGN: Final = re.compile(r"[*?]")
_QUESTION_MARK: Final = re.compile(r"(?<![^\W_]|[*?])\?+|\?(?!\?*(?:[^\W_]|\*))")  # not inside a word: punctuation
_WILDCARD: Final = re.compile(r"(?<!\S)\S*(?:\*|[^\W_]\?+[^\W_])\S*")
_ADDRESS: Final = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)  # what is in it is no sign of this language
# Operators of other query languages.
_FOREIGN_OPERATOR: Final = re.compile(
    r"~.*|.*~\d*|.*\^\d+|.*(?:\|\||&&|\\|\[\^?[^\W_]-[^\W_]).*|!+[^\W_].*|\+[^\W\d_].*"
)
_DISTANCE: Final = re.compile(r"[0-9]{1,3}")


def read_word(typed: str, offset: int, field: str | None) -> Sequence[Leaf]:
    """Parse a typed word into one leaf, or several if it consists of several words (AS/Korut, Jong-un).

    A number or a single letter is not specific enough alone: the parts of U-19 or 10/9/2019 become a phrase.
    """
    if _ADDRESS.fullmatch(typed):
        return [Word(part.form, span, field) for part, span in _tokens(typed, offset)]
    if _FOREIGN_OPERATOR.fullmatch(typed):
        raise BadQuery(Problem.UNSUPPORTED, offset, typed)
    lettered = _QUESTION_MARK.sub(" ", typed).translate(_TO_LETTERS)
    found = [leaf for run, start in iter_runs(lettered) for leaf in _leaves(run, offset + start, field)]
    words = [leaf for leaf in found if isinstance(leaf, Word)]
    if not words or len(words) < len(found):
        return found
    exactly = typed.startswith(EXACTLY)
    if exactly or (len(words) > 1 and any(word.form.isdigit() or len(word.form) == 1 for word in words)):
        forms = (token.form.translate(_TO_SIGNS).rstrip("?") for token in tokenize(lettered))
        span = Span(offset if exactly else words[0].span.start, words[-1].span.end)
        return [Phrase(tuple(filter(None, forms)), span, field=field, typed_as_word=not exactly)]
    return found


def is_address(text: str) -> bool:
    """Whether a text is the address of a web page and nothing else."""
    return _ADDRESS.fullmatch(text) is not None


def _tokens(typed: str, offset: int) -> Iterator[tuple[Part, Span]]:
    """The words of a typed text, each with its position in the query."""
    return ((part, Span(offset + part.start, offset + part.end)) for part in tokenize(typed))


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
            yield Wildcard(_check_wildcard(form, span, field), span, field)
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


def _check_wildcard(pattern: str, span: Span, field: str | None) -> str:
    """The pattern, if it is long enough; `outlet:*` is any value of a fact, which fits no words of texts."""
    if pattern == ANY_VALUE and field not in {None, "title"}:
        return pattern
    if max(sum(map(str.isalnum, part)) for part in _WILDCARD_SIGN.split(pattern)) < SHORTEST_WILDCARD:
        raise BadQuery(Problem.SHORT_WILDCARD, span.start, pattern)
    return pattern


def read_phrase(quoted: Token, offset: int, field: str | None) -> Phrase:
    """Parse a phrase with its distance. Any kind of double quotation marks is accepted."""
    end = max(map(quoted.rfind, CLOSING_QUOTES))
    words, distance = quoted[1:end], quoted[end + 1 :]
    wildcard = _WILDCARD.search(words)
    if wildcard and not _ADDRESS.fullmatch(wildcard[0]):
        raise BadQuery(Problem.WILDCARD_IN_PHRASE, offset + 1 + wildcard.start(), wildcard[0])
    forms = tuple(token.form for token in tokenize(words))
    if not forms:
        raise BadQuery(Problem.EMPTY_PHRASE, offset, quoted)
    span, slop = Span(offset, offset + len(quoted)), _slop(distance, offset + end + 1)
    return Phrase(forms, span, slop, field, ordered=len(forms) == 1 or not distance.startswith("~~"))


def read_near(parts: Sequence[Node | None], signs: Sequence[Token]) -> Phrase:
    """The words on both sides of one or more NEAR, as an unordered phrase."""
    forms: list[str] = []
    for part in parts:
        if not isinstance(part, Word | Phrase) or part.field or not _is_one_word(part):
            raise BadQuery(Problem.NEAR_NEEDS_WORDS, start_of(signs[0]), signs[0])
        forms += exact_forms(part)
    slash = len("NEAR")
    distances = {_slop(sign[slash:], start_of(sign) + slash) if "/" in sign else NEAR for sign in signs}
    if len(distances) > 1:
        raise BadQuery(Problem.BAD_DISTANCE, start_of(signs[1]), signs[1])
    first, last = (part.span for part in (parts[0], parts[-1]) if part is not None)
    return Phrase(tuple(forms), Span(first.start, last.end), distances.pop(), ordered=False)


def _is_one_word(leaf: Word | Phrase) -> bool:
    return isinstance(leaf, Word) or leaf.typed_as_word or len(leaf.forms) == 1


def exact_forms(leaf: Word | Phrase) -> tuple[str, ...]:
    """The exact forms that a leaf asks for, in order."""
    return leaf.forms if isinstance(leaf, Phrase) else tuple(leaf.form.split("-"))


def _slop(distance: str, position: int) -> int:
    if not distance:
        return 1
    number = distance.lstrip("~/")
    if not _DISTANCE.fullmatch(number) or not 1 <= int(number) <= MAX_DISTANCE:
        raise BadQuery(Problem.BAD_DISTANCE, position, distance)
    return int(number)


def read_dates(typed: Token, start: int) -> DateRange:
    """Parse a day, month or year, or a range of them with one or both ends."""
    begin, dots, end = typed.partition("..")
    try:
        first = first_day(begin) if begin or not dots else None
        last = last_day(end) if end else None if dots else last_day(begin)
    except ValueError:
        raise BadQuery(Problem.BAD_DATE, start_of(typed), typed) from None
    if first is None and last is None:
        raise BadQuery(Problem.BAD_DATE, start_of(typed), typed)
    if first is not None and last is not None and first > last:
        raise BadQuery(Problem.REVERSED_DATES, start_of(typed), typed)
    return DateRange(first, last, Span(start, start_of(typed) + len(typed)))


def start_of(token: Token) -> int:
    """The position of a token in the query."""
    return token.start_pos or 0
