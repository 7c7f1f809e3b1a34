"""The time axis of a story: when its versions appeared, by outlet, as positions for a drawing.

A version dated to a day is a dot, in proportion to time; one dated to a month or a year is a bar over the days it may
be from; one without a date is named beside the axis. Dots that are too close to each other share a label, which spans
them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

from archive.article import Article, DatePrecision
from web import labels
from web.i18n import gettext
from web.story_versions import Story

CLOSE: Final = 9.0  # per cent of the axis; closer labels would overlap on a page of 320 px
FIRST: Final = 3.0  # per cent from the left edge, and from the right edge
MOST_LETTERS: Final = 4  # in a label; more are told as a range
MOST_ROWS: Final = 12  # outlets with a row of their own; the others share the last one


@dataclass(frozen=True, slots=True)
class Dot:
    """A day with versions of an outlet: its place in per cent, and whether all its dates are inferred."""

    place: float
    inferred: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """The days that a version may be from, in per cent, as far as they are on the axis."""

    start: float
    width: float


@dataclass(frozen=True, slots=True)
class Label:
    """The letters of the versions at a place of the axis, or from one place to another."""

    first: float
    last: float
    letters: str

    @property
    def place(self) -> float:
        """The middle of what the label spans."""
        return round((self.first + self.last) / 2, 2)


@dataclass(frozen=True, slots=True)
class Row:
    """The versions of an outlet, or of all that have no row of their own."""

    outlet: str
    dots: tuple[Dot, ...]
    bars: tuple[Bar, ...]
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Axis:
    """The rows, the two ends as readers write them, the letters of versions without a date, and all of it in words."""

    rows: tuple[Row, ...]
    first: str
    last: str
    undated: str
    words: str


@dataclass(frozen=True, slots=True)
class _Scale:
    """The first and the last day of the axis."""

    first: date
    last: date

    def place(self, day: date) -> float:
        """The place of a day in per cent; days before and after the axis are at its ends."""
        share = (day - self.first).days / (self.last - self.first).days
        return round(FIRST + (100 - 2 * FIRST) * min(max(share, 0), 1), 2)


def axis(story: Story, letters: Mapping[str, str]) -> Axis | None:
    """Return the axis of a story; None if fewer than two days are known."""
    articles = [version.article for version in story.versions]
    days = [one.date.first for one in articles if one.date.precision is DatePrecision.DAY and one.date.first]
    if len(set(days)) < 2:
        return None
    scale = _Scale(min(days), max(days))
    dated = [one for one in articles if one.date.first]
    return Axis(
        tuple(_row(name, held, scale, letters) for name, held in _by_outlet(dated)),
        labels.partial_day(scale.first.isoformat()),
        labels.partial_day(scale.last.isoformat()),
        ", ".join(letters[one.id] for one in articles if not one.date.first),
        "; ".join(_in_words(dated, letters)),
    )


def _by_outlet(articles: Sequence[Article]) -> list[tuple[str, list[Article]]]:
    """The articles by outlet, in the order in which the outlets come first; the last ones together."""
    found: dict[str, list[Article]] = {}
    for article in articles:
        found.setdefault(article.outlet or labels.without_value("outlet"), []).append(article)
    rows = list(found.items())
    if len(rows) <= MOST_ROWS:
        return rows
    others = [article for _, held in rows[MOST_ROWS - 1 :] for article in held]
    return [
        *rows[: MOST_ROWS - 1],
        (gettext("media lainnya"), sorted(others, key=lambda one: one.date.last or date.max)),
    ]


def _row(outlet: str, articles: Sequence[Article], scale: _Scale, letters: Mapping[str, str]) -> Row:
    exact = [one for one in articles if one.date.precision is DatePrecision.DAY]
    vague = [one for one in articles if one.date.precision is not DatePrecision.DAY]
    dots, named = [], []
    for day, group in groupby(exact, key=lambda one: one.date.first):
        held = list(group)
        if day is not None:
            dots.append(Dot(scale.place(day), all(labels.inferred(one.date) for one in held)))
            named.append((dots[-1].place, [letters[one.id] for one in held]))
    bars = []
    for one in vague:
        if one.date.first and one.date.last:
            start, end = scale.place(one.date.first), scale.place(one.date.last)
            bars.append(Bar(start, max(round(end - start, 2), 1.0)))
            named.append((round((start + end) / 2, 2), [letters[one.id]]))
    return Row(outlet, tuple(dots), tuple(bars), _labels(sorted(named, key=lambda held: held[0])))


def _labels(named: Sequence[tuple[float, list[str]]]) -> tuple[Label, ...]:
    """Return the labels, each with the letters of all days that are too close for labels of their own."""
    gathered: list[tuple[list[float], list[str]]] = []
    for place, names in named:
        if gathered and place - (gathered[-1][0][0] + gathered[-1][0][-1]) / 2 < CLOSE:
            gathered[-1][0].append(place)
            gathered[-1][1].extend(names)
        else:
            gathered.append(([place], list(names)))
    return tuple(Label(places[0], places[-1], _shown(names)) for places, names in gathered)


def _shown(names: Sequence[str]) -> str:
    return " ".join(names) if len(names) <= MOST_LETTERS else f"{names[0]} … {names[-1]} ({len(names)})"


def _in_words(articles: Sequence[Article], letters: Mapping[str, str]) -> list[str]:
    """Each date with the letters of its versions, in order."""
    groups = groupby(articles, key=lambda one: labels.day(one.date))
    return [f"{day}: {', '.join(letters[one.id] for one in held)}" for day, held in groups]
