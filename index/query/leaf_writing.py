"""Leaves as text: how each would be typed if nothing were known of what the user typed."""

from collections.abc import Callable
from datetime import date
from typing import assert_never

from index.query.date_ranges import first_day, last_day
from index.query.story_sizes import sizes_as_text
from index.query.tree import DateRange, Everything, Leaf, Phrase, StorySize, Wildcard, Word


def plain_text(leaf: Leaf) -> str:
    """Return the text of a leaf; parsed again, it means the same."""
    match leaf:
        case Everything():
            return ""
        case DateRange():
            return "date:" + _plain_days(leaf)
        case StorySize():
            return sizes_as_text(leaf)
        case Word(form=form):
            words = form.upper() if leaf.capitals else form
        case Wildcard(pattern=words):
            pass
        case Phrase(forms):
            words = f'"{" ".join(forms)}"' + _plain_distance(leaf)
        case _:
            assert_never(leaf)
    return f"{leaf.field}:{words}" if leaf.field else words


def _plain_distance(phrase: Phrase) -> str:
    if not phrase.ordered:
        return f"~~{phrase.slop}"
    return f"~{phrase.slop}" if phrase.slop != 1 else ""


def _plain_days(days: DateRange) -> str:
    """The shortest text of a range: 2018, 2018-05..2019, ..2018-05-30."""
    first, last = _shortest(days.first, first_day), _shortest(days.last, last_day)
    for whole in (first, last):
        if whole and (first_day(whole), last_day(whole)) == (days.first, days.last):
            return whole
    return f"{first}..{last}"


def _shortest(end: date | None, day: Callable[[str], date]) -> str:
    """The shortest year, month or day whose first or last day (given by `day`) is the end of a range."""
    if end is None:
        return ""
    written = end.isoformat()
    return next(short for short in (written[:4], written[:7], written) if day(short) == end)
