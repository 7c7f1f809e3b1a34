"""Date ranges as users type them: each end is 2018, 2018-05 or 2018-05-31, and both ends are inclusive."""

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import Final

KEPT: Final = 4_096  # days read before: a timeline names the same ones on every page
_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)


@lru_cache(KEPT)
def first_day(text: str) -> date:
    """The first day of the year, month or day in `text`. Raises ValueError for a bad date."""
    year, month, day = _parts(text)
    return date(year, _or(month, 1), _or(day, 1))


def last_day(text: str) -> date:
    """The last day of the year, month or day in `text`. Raises ValueError for a bad date."""
    year, month, day = _parts(text)
    return date(year, _or(month, 12), _or(day, monthrange(year, _or(month, 12))[1]))


def days(since: str | None, until: str | None) -> tuple[date | None, date | None]:
    """The first and last day of a range; None for an open end. Raises ValueError for a bad date."""
    return first_day(since) if since else None, last_day(until) if until else None


def _parts(text: str) -> tuple[int, int | None, int | None]:
    found = _DAY.fullmatch(text.strip())
    if not found:
        raise ValueError(f"{text!r} is not a date; write YYYY, YYYY-MM or YYYY-MM-DD")
    year, month, day = (None if part is None else int(part) for part in found.groups())
    try:
        date(_or(year, 1), _or(month, 1), _or(day, 1))
    except ValueError as error:
        raise ValueError(f"{text!r} is not a date: {error}") from None
    return _or(year, 1), month, day


def _or(part: int | None, otherwise: int) -> int:
    return otherwise if part is None else part
