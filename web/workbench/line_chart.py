"""Line charts as numbers: where lines, dots, ticks, grey bands and labels stand, in SVG units.

Templates draw them; nothing here knows markup but the data of a path. A value of None is a gap in a line. Lines are
told apart by dash and colour, which the style of their number gives.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from index.answers.trends import Line, TrendReport
from web import i18n
from web.workbench.chart_axes import short_name, time_labels, value_ticks
from web.workbench.peak_labels import LABEL_HEIGHT, Edges, Label, Peak, PeakLabels

PER_MILLE: Final = 1000
MOST_DOTS: Final = 130  # bins with a dot each; with more, dots hide the line
LEAST_STEP: Final = 4.0  # from dot to dot; closer ones run together
MOST_LINKED: Final = 400  # dots that are links; a page with more is slow, and the table has them all
WIDEST_BAR: Final = 9.0

Address = Callable[[Line, str], str]


@dataclass(frozen=True, slots=True)
class Frame:
    """The size of a drawing, the edges of its plot, and how many labels of the time axis have room."""

    width: float
    height: float
    left: float
    labels: int

    @property
    def top(self) -> float:
        """The upper edge of the plot, below the labels of peaks."""
        return 2 * LABEL_HEIGHT

    @property
    def right(self) -> float:
        """The right edge of the plot."""
        return self.width - 12

    @property
    def bottom(self) -> float:
        """The base line."""
        return self.height - 26


WIDE: Final = Frame(960, 320, 46, 10)
NARROW: Final = Frame(360, 260, 38, 4)
PANEL: Final = Frame(360, 200, 38, 4)


@dataclass(frozen=True, slots=True)
class Dot:
    """One bin of a line: its place, what it says, and where it leads; hollow where the archive is thin."""

    x: float
    y: float
    label: str
    address: str
    hollow: bool


@dataclass(frozen=True, slots=True)
class Curve:
    """One line: its number, its path, its dots, the bars of what rests on uncertain dates, the label of its peak."""

    number: int
    path: str
    dots: tuple[Dot, ...]
    uncertain: str
    peak: Label | None


@dataclass(frozen=True, slots=True)
class Tick:
    """A label of an axis and its place on it."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing; `thin` are the grey bands of bins with few articles: (left edge, width).

    `first` is the name of the first bin drawn, and `cut` the number of bins with hits that are not drawn, since they
    lie beyond the bins with enough articles. `clipped` tells whether a share of a thin bin exceeds the plot.
    """

    frame: Frame
    first: str
    cut: int
    rows: tuple[Tick, ...]
    columns: tuple[Tick, ...]
    thin: tuple[tuple[float, float], ...]
    curves: tuple[Curve, ...]
    clipped: bool


def panels(report: TrendReport, address: Address) -> tuple[Chart, ...]:
    """Lay out a small chart for each line, all with the same axes."""
    return tuple(chart(report, PANEL, address, only) for only in range(len(report.lines)))


def chart(report: TrendReport, frame: Frame, address: Address, only: int | None = None) -> Chart:
    """Lay out a chart, from the first to the last bin with enough articles, or all bins if none has.

    With `only`, a single line is drawn, solid, on the axes of all; grey are the bins in which its own archive is thin.
    Shares are per thousand; those of thin bins may reach beyond the plot, and are cut there.
    """
    share, drawn_bins = report.request.share, window(report)
    values = [_shown(line, share=share) for line in report.lines]
    drawn = [[value if place in drawn_bins else None for place, value in enumerate(shown)] for shown in values]
    top, rows = value_ticks(_highest(report, drawn))
    scale = _Scale(frame, drawn_bins, top)
    drawing = _Drawing(report, scale, address, PeakLabels(Edges(frame.left, frame.right, frame.bottom)))
    hits = {place for shown in values for place, value in enumerate(shown) if value}
    return Chart(
        frame=frame,
        first=report.bins[drawn_bins.start],
        cut=len(hits - set(drawn_bins)),
        rows=tuple(Tick(scale.y(value), i18n.number(value)) for value in rows),
        columns=tuple(
            Tick(scale.x(drawn_bins.start + place), label)
            for place, label in time_labels(report.bins[drawn_bins.start : drawn_bins.stop], report.by, frame.labels)
        ),
        thin=tuple(scale.bands(report.thin if only is None else report.lines[only].thin)),
        curves=tuple(drawing.curve(number, shown) for number, shown in enumerate(drawn))
        if only is None
        else (replace(drawing.curve(only, drawn[only]), number=0),),
        clipped=any(value is not None and value > top for shown in drawn for value in shown),
    )


def window(report: TrendReport) -> range:
    """The bins to draw."""
    steady = [place for place, thin in enumerate(report.thin) if not thin]
    return range(steady[0], steady[-1] + 1) if len(steady) > 1 else range(len(report.bins))


def _highest(report: TrendReport, drawn: Sequence[Sequence[float | None]]) -> float:
    """The value that the scale must hold: the highest one, of shares the highest one that is not of a thin bin."""
    steady = [
        value
        for line, shown in zip(report.lines, drawn, strict=True)
        for value, thin in zip(shown, line.thin, strict=True)
        if value is not None and not (report.request.share and thin)
    ]
    return max(steady, default=0.0) or max((value or 0.0 for shown in drawn for value in shown), default=0.0)


def _shown(line: Line, *, share: bool) -> list[float | None]:
    factor = PER_MILLE if share else 1
    return [None if value is None else value * factor for value in line.values(share=share)]


@dataclass(frozen=True, slots=True)
class _Scale:
    frame: Frame
    window: range
    most: float

    @property
    def step(self) -> float:
        return (self.frame.right - self.frame.left) / len(self.window)

    def x(self, place: float) -> float:
        """The middle of a bin."""
        return round(self.frame.left + (place - self.window.start + 0.5) * self.step, 1)

    def y(self, value: float) -> float:
        """The height of a value, at most that of the plot."""
        share = min(value / self.most, 1.0) if self.most else 0.0
        return round(self.frame.bottom - share * (self.frame.bottom - self.frame.top), 1)

    def bands(self, thin: Sequence[bool]) -> Iterator[tuple[float, float]]:
        """Runs of thin bins: (left edge, width)."""
        place = self.window.start
        for is_thin, run in groupby(thin[self.window.start : self.window.stop]):
            length = len(list(run))
            if is_thin:
                yield round(self.x(place - 0.5), 1), round(length * self.step, 1)
            place += length


@dataclass(frozen=True, slots=True)
class _Drawing:
    """Draws the lines of a report, one after another."""

    report: TrendReport
    scale: _Scale
    address: Address
    labels: PeakLabels

    def curve(self, number: int, shown: Sequence[float | None]) -> Curve:
        line = self.report.lines[number]
        peak = line.peak(share=self.report.request.share)
        peak = peak if peak in self.scale.window else None
        told = [place for place, value in enumerate(shown) if value]
        if len(self.scale.window) > MOST_DOTS or self.scale.step < LEAST_STEP:
            told = [place for place in told if place == peak or _alone(shown, place)]
        linked = told if len(told) <= MOST_LINKED else [peak]
        return Curve(
            number,
            _path(shown, self.scale),
            tuple(self._dot(line, place, shown[place] or 0, linked=place in linked) for place in told),
            _uncertain(line, shown, self.scale),
            None if peak is None else self._peak(peak, shown),
        )

    def _dot(self, line: Line, place: int, value: float, *, linked: bool) -> Dot:
        name = self.report.bins[place]
        address = self.address(line, name) if linked else ""
        x, y = self.scale.x(place), self.scale.y(value)
        return Dot(
            x, y, f"{short_name(name, self.report.by)}: {i18n.number(round(value, 1))}", address, line.thin[place]
        )

    def _peak(self, place: int, shown: Sequence[float | None]) -> Label:
        text = f"{short_name(self.report.bins[place], self.report.by)} · {i18n.number(round(shown[place] or 0, 1))}"
        heights = [self.scale.y(value or 0) for value in shown]
        return self.labels.place(Peak(self.scale.x(place), place, heights, self.scale.step), text)


def _alone(shown: Sequence[float | None], place: int) -> bool:
    before = shown[place - 1] if place else None
    after = shown[place + 1] if place + 1 < len(shown) else None
    return before is None and after is None


def _path(shown: Sequence[float | None], scale: _Scale) -> str:
    steps = []
    drawn = False
    for place, value in enumerate(shown):
        if value is not None:
            steps.append(f"{'L' if drawn else 'M'}{scale.x(place)} {scale.y(value)}")
        drawn = value is not None
    return " ".join(steps)


def _uncertain(line: Line, shown: Sequence[float | None], scale: _Scale) -> str:
    """The path of bars from what is sure to what is shown."""
    width = round(min(scale.step * 0.8, WIDEST_BAR), 1)
    bars = []
    for place, value in enumerate(shown):
        if value and line.uncertain[place]:
            sure = value * (1 - line.uncertain[place] / line.counts[place])
            top, bottom = scale.y(value), scale.y(sure)
            bars.append(f"M{round(scale.x(place) - width / 2, 1)} {top}h{width}v{round(bottom - top, 1)}h-{width}z")
    return "".join(bars)
