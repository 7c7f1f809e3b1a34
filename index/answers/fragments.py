"""Fragments: a text split at its marks, as pages and JSON show it. Neighbouring marks are shown as one."""

import re
from typing import Final, NamedTuple

from index.answers.marking.highlighting import Highlighter, Mark, find_marks

_BETWEEN: Final = re.compile(r"\s+\(?|[-/]")  # what may stand between two marks that are shown as one


class Fragment(NamedTuple):
    """A stretch of text and whether it matched the query; a tuple, because a page makes some hundreds of them."""

    text: str
    matched: bool


def highlighted(text: str, highlighter: Highlighter) -> tuple[Fragment, ...]:
    """Split a whole text into fragments, marked and unmarked; neighbouring marks are one."""
    return fragments(text, shown_marks(text, highlighter), 0, len(text))


def shown_marks(text: str, highlighter: Highlighter) -> list[Mark]:
    """The marks in a text as they are shown and counted: neighbouring ones are one."""
    return joined(text, find_marks(text, highlighter))


def joined(text: str, found: list[Mark]) -> list[Mark]:
    """Join marks with nothing between them but blanks, a hyphen or a parenthesis: “bahan bakar minyak (BBM)” is one."""
    made: list[Mark] = []
    for mark in found:
        if made and _BETWEEN.fullmatch(text, made[-1].end, mark.start):
            before = made.pop()
            close = text[before.end : mark.start].endswith("(") and text[mark.end : mark.end + 1] == ")"
            made.append(Mark(before.start, mark.end + close, before.terms | mark.terms))
        else:
            made.append(mark)
    return made


def fragments(text: str, found: list[Mark], start: int, end: int) -> tuple[Fragment, ...]:
    """Split `text[start:end]` into fragments. Marks that cross a boundary are cut there."""
    made, place = [], start
    for mark in found:
        if mark.end <= start or mark.start >= end:
            continue
        begin, stop = max(mark.start, start), min(mark.end, end)
        made += [Fragment(text[place:begin], matched=False), Fragment(text[begin:stop], matched=True)]
        place = stop
    made.append(Fragment(text[place:end], matched=False))
    return tuple(fragment for fragment in made if fragment.text)
