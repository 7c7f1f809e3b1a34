"""The drawing of the timeline: positions and heights, labels, a gridline, and the coverage of the archive.

Across, everything is a share of the width in percent, so the drawing fits any width and its letters keep their shape.
Down, everything is in pixels.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, log10
from typing import Final, NamedTuple

from index.trends import Interval
from web import labels
from web.timeline.slots import Slot

HEIGHT: Final = 62  # pixels: the bars with the labels above them, and the axis
FLOOR: Final = 48  # the line that the bars stand on
CEILING: Final = 11  # the top of the highest bar; above it is the room for its label
LEAST_TOP: Final = 5  # hits; a single one must not look like the peak of hundreds
MOST_LABELS: Final = 14  # four-digit labels that fit side by side beside the total
MOST_LABELS_ON_PHONES: Final = 7
FILLED: Final = 0.74  # of its cell, by a bar
WIDEST: Final = 6.0  # percent; a wider bar would look like a wall
EDGE: Final = 4.0  # percent; a label so near to the left edge begins there
LABEL_HEIGHT: Final = 12
DIGIT: Final = 2.9  # percent; the width of a digit of a label where the drawing is narrowest, on a phone
UNITS_ACROSS: Final = 10  # of the path of coverage, for each slot


class DrawnBar(NamedTuple):
    """A bar in its cell: left edges and widths in percent, top in pixels."""

    cell: float
    left: float
    top: float
    height: float


class Label(NamedTuple):
    """A text at a place across; `end` says which of its ends stands there; `minor` ones are left out on phones."""

    text: str
    x: float
    y: float = HEIGHT
    end: str = "middle"
    minor: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything that is drawn; `cell` and `bar` are widths in percent.

    `coverage` is a path over a field of `across` by FLOOR units, stretched to the whole width; "" without coverage.
    """

    cell: float
    bar: float
    bars: tuple[DrawnBar, ...]
    ticks: tuple[Label, ...]
    counts: tuple[Label, ...]
    grid: Label
    gaps: tuple[tuple[float, str], ...]
    coverage: str
    across: int


def draw(unit: Interval, slots: Sequence[Slot], counts: Mapping[str, int], coverage: Sequence[int]) -> Drawing:
    """Draw the counts of the periods with hits, and how much the archive holds of every slot."""
    cell = 100 / len(slots)
    width = min(cell * FILLED, WIDEST)
    top = max(LEAST_TOP, *counts.values())
    names = ["" if slot.closed else slot.first for slot in slots]
    places = [(place, counts[name]) for place, name in enumerate(names) if name in counts]
    bars = tuple(_bar(place * cell, (cell - width) / 2, count, top) for place, count in places)
    grid = _gridline(top)
    return Drawing(
        round(cell, 3),
        round(width, 3),
        bars,
        _ticks(unit, slots),
        _count_labels([count for _, count in places], bars, cell),
        Label(labels.number(grid), 100, round(FLOOR - _height(grid, top), 1), "start"),
        tuple((round((place + 0.5) * cell, 2), _years(slot)) for place, slot in enumerate(slots) if slot.closed),
        _coverage_path(coverage),
        len(slots) * UNITS_ACROSS,
    )


def _bar(left: float, margin: float, count: int, top: int) -> DrawnBar:
    height = round(_height(count, top), 1)
    return DrawnBar(round(left, 3), round(left + margin, 3), round(FLOOR - height, 1), height)


def _height(count: int, top: int) -> float:
    """Proportional, but for very small bars, whose least height grows with their count: 1 never looks like 473."""
    return max((FLOOR - CEILING) * count / top, 1.5 + 1.5 * log10(count))


def _gridline(top: int) -> int:
    """A round number of hits between a quarter and three quarters of the height."""
    power: int = 10 ** int(log10(top * 0.75))
    return next(step * power for step in (5, 2, 1) if step * power <= top * 0.75)


def _count_labels(counts: Sequence[int], bars: Sequence[DrawnBar], cell: float) -> tuple[Label, ...]:
    """The counts of the peak and of the last bar, beside each other where both have no room above their bars."""
    peak, last = counts.index(max(counts)), len(counts) - 1
    beside = abs(bars[last].top - bars[peak].top) < LABEL_HEIGHT
    room = (len(labels.number(counts[peak])) + len(labels.number(counts[last])) + 1) / 2 * DIGIT
    near = peak != last and beside and bars[last].cell - bars[peak].cell < room
    ends = {peak: "end" if near else "middle", last: "start" if near else "middle"}
    shifts = {"end": cell, "middle": cell / 2, "start": 0.0}
    return tuple(
        Label(labels.number(counts[at]), round(bars[at].cell + shifts[end], 2), round(bars[at].top - 3, 1), end)
        for at, end in ends.items()
    )


def _ticks(unit: Interval, slots: Sequence[Slot]) -> tuple[Label, ...]:
    cell = 100 / len(slots)
    texts = {Interval.YEAR: _year_ticks, Interval.MONTH: _month_ticks, Interval.DAY: _day_ticks}[unit](
        [slot.first for slot in slots]
    )
    shown = [(place, text) for place, text in enumerate(texts) if text and not slots[place].closed]
    every = ceil(len(shown) / MOST_LABELS_ON_PHONES)
    return tuple(
        Label(
            text,
            round((place + 0.5) * cell, 2) if (place + 0.5) * cell > EDGE else 0,
            end="middle" if (place + 0.5) * cell > EDGE else "start",
            minor=number % every != 0,
        )
        for number, (place, text) in enumerate(shown)
    )


def _year_ticks(names: Sequence[str]) -> list[str]:
    every = ceil(len(names) / MOST_LABELS)
    return [name if (len(names) - 1 - place) % every == 0 else "" for place, name in enumerate(names)]


def _month_ticks(names: Sequence[str]) -> list[str]:
    if len(names) <= 12:
        return [labels.month_name(name) for name in names]
    return [name[:4] if name.endswith("-01") else "" for name in names]


def _day_ticks(names: Sequence[str]) -> list[str]:
    """Every seventh day; the first of a month with its name."""
    numbers = [int(name[-2:]) for name in names]
    return [
        f"1 {labels.month_name(name[:7])}" if number == 1 else str(number) if number in {8, 15, 22, 29} else ""
        for name, number in zip(names, numbers, strict=True)
    ]


def _years(slot: Slot) -> str:
    return f"{slot.first}–{slot.last}"


def _coverage_path(coverage: Sequence[int]) -> str:
    """Steps over the slots, as high as the drawing where the archive holds most."""
    most = max(coverage)
    if not most:
        return ""
    steps = (
        f"V{FLOOR - (FLOOR - CEILING) * count / most:.1f}H{(place + 1) * UNITS_ACROSS}"
        for place, count in enumerate(coverage)
    )
    return f"M0 {FLOOR}{''.join(steps)}V{FLOOR}"
