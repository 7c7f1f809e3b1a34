"""Ranges of story sizes in a query text: `versions:5..`, `outlets:2..4`, `versions:3`; both ends are inclusive."""

import re
from typing import Final

from lark import Token

from index.query.errors import BadQuery, Problem
from index.query.tree import Span, StoryMeasure, StorySize

MEASURES: Final = frozenset(StoryMeasure)
# Nine digits are far beyond any story, and still a small integer in every engine.
_RANGE: Final = re.compile(r"(\d{1,9})|(\d{0,9})\.\.(\d{0,9})", re.ASCII)


def read_sizes(measure: str, typed: Token, start: int) -> StorySize:
    """Parse a number, or a range of numbers with one or both ends.

    Raises:
        BadQuery: If it is neither.
    """
    place = typed.start_pos or 0
    found = _RANGE.fullmatch(typed)
    if found is None or typed == "..":
        raise BadQuery(Problem.BAD_SIZE, place, typed)
    least, most = (_number(end) for end in ((found[1], found[1]) if found[1] else (found[2], found[3])))
    if least is not None and most is not None and least > most:
        raise BadQuery(Problem.REVERSED_DATES, place, typed)
    return StorySize(StoryMeasure(measure), least, most, Span(start, place + len(typed)))


def sizes_as_text(leaf: StorySize) -> str:
    """Return the range as it is typed: versions:5.."""
    least, most = ("" if end is None else str(end) for end in (leaf.least, leaf.most))
    return f"{leaf.measure}:{least if least == most else f'{least}..{most}'}"


def _number(end: str) -> int | None:
    return int(end) if end else None
