"""Outliers: dates read from a text that lie far from all dates stated in the archive.

Where publishers state the days of an archive from 2012 to 2026, an article of 1967 is nearly always one of 2017 that
tells of 1967, or a slip of the pen. Its year may still be right, so it stays as a year; it is never a day.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import numpy.typing as npt

from archive.article import READ_FROM_TEXT, ArticleDate, DatePrecision

FAR_YEARS = 10  # beyond the stated dates
FEWEST_STATED = 20  # stated days; fewer say nothing about the rest of an archive
STRAY = 0.005  # share of the stated days at either end that may be wrong themselves


@dataclass(frozen=True, slots=True)
class StatedYears:
    """The years in which nearly all stated days of an archive lie."""

    first: int = date.min.year
    last: int = date.max.year

    @classmethod
    def of(cls, days: npt.NDArray[np.integer] | Sequence[int]) -> "StatedYears":
        """The years of stated days, given as proleptic Gregorian ordinals; all years if there are few."""
        if len(days) < FEWEST_STATED:
            return cls()
        first, last = np.quantile(np.asarray(days), [STRAY, 1 - STRAY], method="nearest").tolist()
        return cls(date.fromordinal(int(first)).year, date.fromordinal(int(last)).year)

    @property
    def near(self) -> tuple[date, date]:
        """The first and last day that is not far from these years."""
        earliest, latest = max(self.first - FAR_YEARS, date.min.year), min(self.last + FAR_YEARS, date.max.year)
        return date(earliest, 1, 1), date(latest, 12, 31)

    def plausible(self, day: ArticleDate) -> ArticleDate:
        """A date, or its year alone if it was read from a text and lies far from these years."""
        earliest, latest = self.near
        if day.first is None or day.basis not in READ_FROM_TEXT or earliest <= day.first <= latest:
            return day
        return replace(day, first=date(day.first.year, 1, 1), precision=DatePrecision.YEAR)
