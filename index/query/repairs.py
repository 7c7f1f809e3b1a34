"""Repairs of a query text that cannot be parsed: the part to mark, and the text that was probably meant.

A repair changes the offending part and as little else as possible. It is only ever offered, and only if it parses.
"""

import re
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from typing import Final

from index.query.errors import BadQuery, Problem
from index.query.grammar import FIELDS
from index.query.language import parse
from index.query.leaf_parsing import MAX_DISTANCE
from index.query.tree import Span

MOST_REPAIRS: Final = 8  # faults of one text that are repaired, one after the other

_TO_THE_END: Final = frozenset(
    {Problem.TOO_LONG, Problem.TOO_MANY_WORDS, Problem.UNCLOSED_QUOTE, Problem.UNCLOSED_PARENTHESIS}
)
_CLASS: Final = re.compile(r"\[[^\]\s]*\]?[*+?]*")  # of characters: 201[0-9]
_RANGE: Final = re.compile(r"[\[{](\S*) TO (\S*)[\]}]")
_NUMBER: Final = re.compile(r"\d{1,9}", re.ASCII)
_AFTER_WORD: Final = re.compile(r"[~^]\d*$")
_FOREIGN_SIGN: Final = re.compile(r"^[+~]+")
_DATE_START: Final = re.compile(r"\d{4}(?:-\d{1,2}(?=-))?")

_Repair = Callable[[str, Span, BadQuery], str]  # text, offending part, error → repaired text


def offending_part(text: str, error: BadQuery) -> Span:
    """The part of a query text that an error is about; at least one character, or the end of the text."""
    start = error.position
    if error.code in _TO_THE_END:
        return Span(start, len(text))
    if error.code is Problem.EMPTY_PARENTHESES:
        return Span(start, text.find(")", start) + 1)
    if error.code is Problem.FIELD_IN_FIELD:
        return Span(start, start + len(text[start:].split(maxsplit=1)[0].rstrip(")")))
    detail = f"{error.detail}:" if error.code is Problem.UNKNOWN_FIELD else error.detail
    found = text.find(detail, start) if error.detail else -1
    return Span(found, found + len(detail)) if found >= 0 else Span(start, min(start + 1, len(text)))


def repaired(text: str) -> str | None:
    """What was probably meant by a text that cannot be parsed; None if nothing can be told."""
    for _ in range(MOST_REPAIRS):
        try:
            parse(text)
        except BadQuery as error:
            repair = _REPAIRS.get(error.code)
            if repair is None:
                return None
            text = repair(text, offending_part(text, error), error)
            continue
        return text.strip() or None
    return None


def _with(text: str, part: Span, other: str) -> str:
    """The text with another part instead of one of its own; what becomes of blanks around it is tidied."""
    before, after = text[: part.start], text[part.end :]
    if not other and before[-1:].isspace():
        after = after.lstrip()
    return before + other + after if other or after else before.rstrip()


def _without(text: str, part: Span, _error: BadQuery) -> str:
    return _with(text, part, "")


def _closed(text: str, part: Span, _error: BadQuery) -> str:
    return text.rstrip() + ('"' if text[part.start] != "(" else ")")


def _joined_value(text: str, part: Span, error: BadQuery) -> str:
    """`outlet: antara` is `outlet:antara`; a field without any value goes."""
    rest = text[part.end :].lstrip()
    return text[: part.end] + rest if rest and rest[0].isalnum() else _without(text, part, error)


def _known_field(text: str, part: Span, error: BadQuery) -> str:
    near = get_close_matches(error.detail.casefold(), FIELDS, n=1, cutoff=0.7)
    return _with(text, part, f"{near[0]}:" if near else f"{error.detail}: ")


def _outside_field(text: str, part: Span, _error: BadQuery) -> str:
    """Words of another field inside a group go behind it."""
    typed = text[part.start : part.end]
    return _with(text, part, "").rstrip(" )") + ") " + typed


def _plausible_date(text: str, part: Span, error: BadQuery) -> str:
    """The year of a day that does not exist, or its year and month; what is no date at all goes."""
    found = _DATE_START.match(error.detail)
    if found is None or found[0] == error.detail:
        start = text.rfind(" ", 0, part.start) + 1
        return _with(text, Span(start, part.end), "")
    return _with(text, part, found[0])


def _swapped(text: str, part: Span, error: BadQuery) -> str:
    begin, _, end = error.detail.partition("..")
    return _with(text, part, f"{end}..{begin}")


def _plausible_size(text: str, part: Span, error: BadQuery) -> str:
    """The first number of what was typed, and what is above it where the sign says so: >=5, 5+, 5-."""
    number = _NUMBER.search(error.detail)
    if number is None:
        return _without(text, part, error)
    above = any(sign in error.detail for sign in (">", "+", "..", "*"))
    return _with(text, part, number[0] + ".." * above)


def _within_bounds(text: str, part: Span, error: BadQuery) -> str:
    """The nearest distance that is possible."""
    sign, number = error.detail.rstrip("0123456789"), error.detail.lstrip("~/")
    if not number.isdecimal():
        return _with(text, part, "")
    return _with(text, part, f"{sign[:2]}{min(max(int(number[:4]), 1), MAX_DISTANCE)}")


def _without_wildcards(text: str, part: Span, error: BadQuery) -> str:
    other = error.detail.replace("*", "").replace("?", " ").strip()
    return _with(text, part, other)


def _in_this_language(text: str, part: Span, error: BadQuery) -> str:
    """Signs of other languages as signs of this one, where it has them."""
    if dates := _RANGE.fullmatch(error.detail):
        field = "" if text[: part.start].endswith(":") else "date:"
        return _with(text, part, f"{field}{dates[1]}..{dates[2]}".replace("*", ""))
    return _with(text, part, "".join(_translated(error.detail)).strip())


def _translated(typed: str) -> Iterator[str]:
    typed = _AFTER_WORD.sub("", _FOREIGN_SIGN.sub("", _CLASS.sub("*", typed.replace("\\", " "))))
    typed = "-" + typed.lstrip("!") if typed.startswith("!") else typed
    yield typed.replace("&&", " ").replace("||", " OR ")


_REPAIRS: Final[dict[Problem, _Repair]] = {
    Problem.UNCLOSED_QUOTE: _closed,
    Problem.UNCLOSED_PARENTHESIS: _closed,
    Problem.STRAY_PARENTHESIS: _without,
    Problem.EMPTY_PARENTHESES: _without,
    Problem.EMPTY_PHRASE: _without,
    Problem.DANGLING_OPERATOR: _without,
    Problem.MISSING_VALUE: _joined_value,
    Problem.UNKNOWN_FIELD: _known_field,
    Problem.FIELD_IN_FIELD: _outside_field,
    Problem.BAD_DATE: _plausible_date,
    Problem.REVERSED_DATES: _swapped,
    Problem.BAD_SIZE: _plausible_size,
    Problem.BAD_DISTANCE: _within_bounds,
    Problem.NEAR_NEEDS_WORDS: _without,
    Problem.SHORT_WILDCARD: _without_wildcards,
    Problem.WILDCARD_IN_PHRASE: _without_wildcards,
    Problem.UNSUPPORTED: _in_this_language,
}
