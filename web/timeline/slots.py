"""The slots of the timeline: which periods are drawn, which empty ones are closed, and which far ones are left out.

An archive may hold a few hits decades away from all others. Drawn to scale they would leave no room for the rest, so
empty years are closed to one slot, and a handful of hits beyond them is only counted. The page says both.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Final

from web.timeline import periods

MOST_SLOTS: Final = 120  # a bar of a phone's timeline is then two pixels wide
CLOSED: Final = 4  # empty years in a row from which on they are closed
FAR: Final = 5  # years between the others and hits that are left out
FEW: Final = 6  # years that leave room for far ones
HANDFUL: Final = 20  # hits at each end that may be left out
SMALL_SHARE: Final = 0.05  # of all hits, the most that may be left out at each end


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for a bar: one period, or several empty ones that are closed."""

    first: str
    last: str

    @property
    def closed(self) -> bool:
        """Whether it stands for empty periods."""
        return self.first != self.last


@dataclass(frozen=True, slots=True)
class YearSlots:
    """The slots of a timeline of years, and the first and last year that is drawn."""

    slots: tuple[Slot, ...]
    first: int
    last: int


def plain(names: Sequence[str]) -> tuple[Slot, ...]:
    """Return one slot for each period."""
    return tuple(Slot(name, name) for name in names)


def year_slots(found: Mapping[int, int]) -> YearSlots:
    """Return the slots for years with hits; `found` holds the number of hits of each, none of them 0."""
    first, last = _near(found)
    slots = _closed(found, first, last)
    if len(slots) > MOST_SLOTS:
        first, last = _fullest(found)
        slots = _closed(found, first, last)
    return YearSlots(slots, first, last)


def _near(found: Mapping[int, int]) -> tuple[int, int]:
    """The first and last year, without a handful of hits far from the others."""
    years, most = sorted(found), min(HANDFUL, SMALL_SHARE * sum(found.values()))
    first, last = _start(found, years, most), _start(found, years[::-1], most)
    return (first, last) if last - first >= FEW else (years[0], years[-1])


def _start(found: Mapping[int, int], years: list[int], most: float) -> int:
    start, before = years[0], 0
    for year, following in pairwise(years):
        before += found[year]
        if before > most:
            break
        if abs(following - year) > FAR:
            start = following
    return start


def _fullest(found: Mapping[int, int]) -> tuple[int, int]:
    """The MOST_SLOTS consecutive years with the most hits, the latest of these."""
    years = sorted(found)
    sums = [0, *accumulate(found[year] for year in years)]
    hits = (
        (sums[place + 1] - sums[bisect_left(years, last - MOST_SLOTS + 1)], last) for place, last in enumerate(years)
    )
    last = max(hits)[1]
    return years[bisect_left(years, last - MOST_SLOTS + 1)], last


def _closed(found: Mapping[int, int], first: int, last: int) -> tuple[Slot, ...]:
    drawn = [year for year in sorted(found) if first <= year <= last]
    slots = [Slot(*periods.years(drawn[0], drawn[0]) * 2)]
    for year, following in pairwise(drawn):
        between = periods.years(year + 1, following - 1)
        slots += [Slot(between[0], between[-1])] if len(between) >= CLOSED else plain(between)
        slots += plain(periods.years(following, following))
    return tuple(slots)
