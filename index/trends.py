"""Trends: how many articles, stories, outlets and words an answer has in each day, week, month or year.

An article lies in a bin if its whole date span does: one dated to a month lies in a month and in a year, but in no day
or week. Bins are named in ISO 8601: 2018-05-31, 2018-W22, 2018-05, 2018.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Final, NamedTuple

from archive.article import ArticleDate

DAYS_OF_A_WEEK = 7
KNOWN_AXES = 16  # axes in memory; nearly all answers have that of the archive


class Interval(StrEnum):
    """The length of a bin, shortest first. Weeks begin on Monday."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class Tally(NamedTuple):
    """What some articles amount to: their number, their distinct stories and outlets, the words of their bodies.

    Articles without an outlet add none to the outlets. Words are those of all articles, copies included.
    """

    articles: int = 0
    stories: int = 0
    outlets: int = 0
    words: int = 0


@dataclass(frozen=True, slots=True)
class Split:
    """A facet by whose values an answer is split, and how many values are wanted: those with the most articles."""

    facet: str
    most: int


EVERY_VALUE: Final = 1_000_000  # more values than a facet of any archive has
EVERY_OUTLET: Final = Split("outlet", EVERY_VALUE)


@dataclass(frozen=True, slots=True)
class Trend:
    """An answer over time. Bins without articles are left out; bins are in order of time.

    Stories and outlets of bins do not add up to `total`, since a story may span several bins. `undated` is the number
    of articles that match but lie in no bin, because their dates are unknown, or wider than a bin, or too uncertain
    for the date range of the query. `values` has the wanted values of a split, each with all its articles and its bins.
    """

    total: Tally
    bins: Mapping[str, Tally]
    undated: int
    values: Mapping[str, "Series"]


@dataclass(frozen=True, slots=True)
class Series:
    """The articles with one value of a split: all of them, also those that lie in no bin, and those of each bin."""

    total: Tally
    bins: Mapping[str, Tally]


def bin_of(day: ArticleDate, by: Interval) -> str | None:
    """The bin that contains the whole of a date, or None if there is none."""
    if day.first is None or day.last is None:
        return None
    first, last = bin_name(day.first, by), bin_name(day.last, by)
    return first if first == last else None


def bin_name(day: date, by: Interval) -> str:
    """The name of the bin that contains a day."""
    if by is Interval.WEEK:
        year, week, _ = day.isocalendar()
        return f"{year:04}-W{week:02}"
    return day.isoformat()[: {Interval.DAY: 10, Interval.MONTH: 7, Interval.YEAR: 4}[by]]


def first_day(name: str, by: Interval) -> date:
    """The first day of a bin."""
    if by is Interval.WEEK:
        return date.fromisocalendar(int(name[:4]), int(name[6:]), 1)
    return date.fromisoformat(name + "-01-01"[len(name) - 4 :])


def last_day(name: str, by: Interval) -> date:
    """The last day of a bin."""
    return _next(first_day(name, by), by, last=True)


@lru_cache(KNOWN_AXES)
def bins_between(first: str, last: str, by: Interval) -> tuple[str, ...]:
    """The names of all bins from one to another, both inclusive; nearly all axes are that of the archive."""
    names: list[str] = []
    day, end = first_day(first, by), first_day(last, by)
    while day < end:
        names.append(bin_name(day, by))
        day = _next(day, by)
    return (*names, last)


def number_of_bins(first: str, last: str, by: Interval) -> int:
    """How many bins there are from one to another, both inclusive."""
    begin, end = first_day(first, by), first_day(last, by)
    months = (end.year - begin.year) * 12 + end.month - begin.month
    days = (end - begin).days
    return 1 + {Interval.DAY: days, Interval.WEEK: days // DAYS_OF_A_WEEK, Interval.MONTH: months}.get(by, months // 12)


def _next(day: date, by: Interval, *, last: bool = False) -> date:
    """The first day of the bin after the one that begins on a day, or the last day of that one."""
    match by:
        case Interval.DAY:
            end = day
        case Interval.WEEK:
            end = _plus(day, DAYS_OF_A_WEEK - 1)
        case Interval.MONTH:
            end = _plus(date(day.year, day.month, 28), 4)
            end = end if end == date.max else end - timedelta(days=end.day)
        case Interval.YEAR:
            end = date(day.year, 12, 31)
    return end if last else _plus(end, 1)


def _plus(day: date, days: int) -> date:
    """A day some days later, at most the last of the calendar."""
    return min(day, date.max - timedelta(days=days)) + timedelta(days=days)
