"""The axes of charts: the scale of values and its ticks, the labels of time, and the short names of bins."""

from collections.abc import Iterator, Sequence
from math import ceil, floor, log10
from typing import Final

from index.trends import Interval, first_day
from web import i18n

STEPS: Final = (1.0, 2.0, 2.5, 5.0, 10.0)  # the distance of two ticks is one of these times a power of ten
MOST_TICKS: Final = 5


def short_name(name: str, by: Interval) -> str:
    """The name of a bin in few letters."""
    form = {Interval.YEAR: "yyyy", Interval.MONTH: "MMM yyyy"}.get(by, "d MMM yyyy")
    day = i18n.day(first_day(name, by), form)
    return i18n.gettext("pekan %(day)s", day=day) if by is Interval.WEEK else day


def value_ticks(most: float) -> tuple[float, list[float]]:
    """The end of a scale and its ticks, at least two and at most six of them."""
    if not most:
        return 1.0, [0.0, 1.0]
    power = 10.0 ** floor(log10(most / 4))
    step = next(power * factor for factor in STEPS if most / (power * factor) <= MOST_TICKS)
    count = ceil(most / step)
    return step * count, [round(step * number, 6) for number in range(count + 1)]


def time_labels(bins: Sequence[str], by: Interval, most: int) -> list[tuple[int, str]]:
    """Labels of the time axis, at most some: (index of the bin, year, month or day that begins there).

    The first period may end soon after the first bin. Its label then would run into the next one, and is left out.
    """
    found = list(_boundaries(bins, by))
    if len(found) > 2 and 2 * (found[1][0] - found[0][0]) < found[2][0] - found[1][0]:
        found = found[1:]
    return found[:: max(1, ceil(len(found) / most))]


def _boundaries(bins: Sequence[str], by: Interval) -> Iterator[tuple[int, str]]:
    days = [first_day(name, by) for name in bins]
    years, months = len({day.year for day in days}), len({(day.year, day.month) for day in days})
    if by is Interval.YEAR or years > 2:
        form, key = "yyyy", [day.year for day in days]
    elif by is Interval.MONTH or months > 2:
        form, key = "MMM yyyy", [day.year * 12 + day.month for day in days]
    else:
        form, key = "d MMM", [day.toordinal() for day in days]
    for place, day in enumerate(days):
        if place == 0 or key[place] != key[place - 1]:
            yield place, i18n.day(day, form)
