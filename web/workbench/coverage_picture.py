"""The picture of a coverage: a cell for each outlet and bin, darker for more articles, as numbers for a template."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final

from index.answers.coverage import Coverage
from index.trends import Interval, first_day
from web import i18n
from web.workbench.chart_axes import short_name

MOST_OUTLETS: Final = 40  # rows of a whole picture; the table and the CSV have all
LEVELS: Final = (1, 10, 100, 1000)  # articles from which a cell has the next shade
WIDTH: Final = 720  # SVG units of all cells
ROW: Final = 18
WIDEST_CELL: Final = 40.0
MOST_TICKS: Final = 5  # as many as fit beside each other on a page 320 px wide


@dataclass(frozen=True, slots=True)
class CoverageCell:
    """A bin of an outlet with articles (level 1 to 4), or a gap (level 0) between two of its bins."""

    x: float
    level: int
    gap: bool
    title: str


@dataclass(frozen=True, slots=True)
class CoverageLine:
    """One outlet of the picture; `y` is the upper edge of its cells."""

    outlet: str
    articles: str
    y: float
    cells: tuple[CoverageCell, ...]


@dataclass(frozen=True, slots=True)
class CoveragePicture:
    """The rows of cells, and the label below each bin."""

    lines: tuple[CoverageLine, ...]
    cell: float
    width: float
    ticks: tuple[str, ...]

    @property
    def height(self) -> float:
        """The height of all rows."""
        return len(self.lines) * ROW


def level(count: int) -> int:
    """The shade of a number of articles: 0 for none, 4 for the darkest."""
    return sum(count >= least for least in LEVELS)


def coverage_picture(coverage: Coverage, most: int = MOST_OUTLETS) -> CoveragePicture:
    """Lay out the picture of the outlets with the most articles."""
    cell = round(min(WIDTH / max(len(coverage.bins), 1), WIDEST_CELL), 3)
    names = [short_name(name, coverage.by) for name in coverage.bins]
    lines = tuple(
        CoverageLine(
            row.outlet, i18n.number(row.articles), place * ROW, tuple(_cells(row.counts, row.gaps, names, cell))
        )
        for place, row in enumerate(coverage.rows[:most])
    )
    return CoveragePicture(lines, cell, round(cell * len(names), 1), tuple(_ticks(coverage)))


def _cells(counts: Sequence[int], gaps: Sequence[bool], names: list[str], cell: float) -> Iterator[CoverageCell]:
    for place, (count, gap) in enumerate(zip(counts, gaps, strict=True)):
        if count or gap:
            yield CoverageCell(round(place * cell, 2), level(count), gap, f"{names[place]}: {i18n.number(count)}")


def _ticks(coverage: Coverage) -> Iterator[str]:
    """The label below each bin: a year where one begins, or a month if there are few; "" where no label has room."""
    few = coverage.by is Interval.MONTH and len(coverage.bins) <= 12
    places = [
        place
        for place, name in enumerate(coverage.bins)
        if few or coverage.by is Interval.YEAR or place == 0 or name.endswith("-01")
    ]
    shown = set(places[:: max(1, ceil(len(places) / MOST_TICKS))])
    for place, name in enumerate(coverage.bins):
        yield i18n.day(first_day(name, coverage.by), "MMM" if few else "yyyy") if place in shown else ""
