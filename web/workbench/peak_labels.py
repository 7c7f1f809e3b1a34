"""Labels of peaks: where each stands, so that none covers another and none seems to tell of another point.

A peak is the highest bin with enough articles, so thin bins beside it may be higher. A label above those would be read
as theirs; it stands on the lower side of its peak then.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final

LABEL_HEIGHT: Final = 16.0
LETTER: Final = 6.6  # width of a letter of a label; wide enough for any font
_BESIDE: Final = 7.0  # from a peak to a label on its side
_DOT: Final = 4.0  # half the width of a dot with its outline
_BELOW_DOT: Final = 5.5  # the base line of a dot that was a letter; a label right above it is clear of it


@dataclass(frozen=True, slots=True)
class Label:
    """A label beside a peak, and the side of its place that the text is on: start, middle or end."""

    x: float
    y: float
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Edges:
    """The edges between which labels stand, in the units of the drawing."""

    left: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Peak:
    """A peak of a line: where it is across, which bin it is, and the heights (from above) of all, `step` apart."""

    x: float
    place: int
    heights: Sequence[float]
    step: float

    def highest(self, before: int, after: int) -> float:
        """The height of the highest point from some bins before the peak to some after it."""
        return min(self.heights[max(0, self.place - before) : self.place + after + 1])


class PeakLabels:
    """Places labels one after another; each moves up until it is free."""

    def __init__(self, edges: Edges) -> None:
        self._edges = edges
        self._taken: list[tuple[float, float, float]] = []  # left, right, base line

    def place(self, peak: Peak, text: str) -> Label:
        """Return the label of a peak."""
        width = len(text) * LETTER
        y, reach = peak.heights[peak.place], ceil(width / peak.step)
        self._taken.append((peak.x - _DOT, peak.x + _DOT, y + _BELOW_DOT))  # no label covers a dot, its own included
        half = ceil(reach / 2)
        above = peak.highest(half, half)
        if above < y:
            if peak.x - width - _BESIDE >= self._edges.left and peak.highest(reach, 0) == y:
                return self._free(Label(peak.x - _BESIDE, y, text, "end"))
            if peak.x + width + _BESIDE <= self._edges.right and peak.highest(0, reach) == y:
                return self._free(Label(peak.x + _BESIDE, y, text, "start"))
        left, right = peak.x - width / 2 < self._edges.left, peak.x + width / 2 > self._edges.right
        return self._free(Label(peak.x, above, text, "start" if left else "end" if right else "middle"))

    def _free(self, label: Label) -> Label:
        """The label where nothing is covered: above its place, or below where there is no room."""
        width = len(label.text) * LETTER
        left = label.x - {"start": 0.0, "middle": width / 2, "end": width}[label.anchor]
        base = label.y - 9
        while base > LABEL_HEIGHT and self._covers(left, left + width, base):
            base -= 4
        while self._covers(left, left + width, base) and base < self._edges.bottom:
            base += 4
        self._taken.append((left, left + width, base))
        return Label(label.x, round(base, 1), label.text, label.anchor)

    def _covers(self, left: float, right: float, base: float) -> bool:
        return any(
            left < other_right and right > other_left and abs(base - other) < LABEL_HEIGHT - 2
            for other_left, other_right, other in self._taken
        )
