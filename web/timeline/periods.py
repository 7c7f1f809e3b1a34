"""Periods: years, months and days in ISO 8601 (2018, 2018-05, 2018-05-31), and the days that the filters leave.

A period is at once a facet value, one end of a date range and the place of a bar of the timeline.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from index.query.date_ranges import first_day, last_day
from index.query.request import Query


@dataclass(frozen=True, slots=True)
class Days:
    """All days from `first` to `last`."""

    first: date
    last: date

    @property
    def count(self) -> int:
        """How many they are; below 1 for filters that contradict each other."""
        return (self.last - self.first).days + 1

    @property
    def whole_months(self) -> "Days":
        """The months in which they lie."""
        last = self.last.replace(day=monthrange(self.last.year, self.last.month)[1])
        return Days(self.first.replace(day=1), last)

    @property
    def whole_years(self) -> "Days":
        """The years in which they lie."""
        return Days(date(self.first.year, 1, 1), date(self.last.year, 12, 31))


def filtered_days(query: Query) -> Days | None:
    """Return the days that the filters leave: range, single year, single month; None if an end is open."""
    ends = [value for name in ("year", "month") if len(value := query.chosen.get(name, ())) == 1]
    firsts = [first_day(value) for (value,) in ends] + ([first_day(query.since)] if query.since else [])
    lasts = [last_day(value) for (value,) in ends] + ([last_day(query.until)] if query.until else [])
    return Days(max(firsts), min(lasts)) if firsts and lasts else None


def years(first: int, last: int) -> list[str]:
    """Return the years from `first` to `last`."""
    return [f"{year:04}" for year in range(first, last + 1)]


def months(days: Days) -> list[str]:
    """Return the months of some days."""
    return list(_months(days))


def dates(days: Days) -> list[str]:
    """Return some days, each as a period."""
    return [(days.first + timedelta(number)).isoformat() for number in range(days.count)]


def _months(days: Days) -> Iterator[str]:
    for number in range(days.first.year * 12 + days.first.month - 1, days.last.year * 12 + days.last.month):
        yield f"{number // 12:04}-{number % 12 + 1:02}"
