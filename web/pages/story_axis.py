"""The time axis of a story: when its versions appeared, as positions for a drawing.

Versions dated to a day stand on the axis in proportion to time. Days that are too close to each other share a label.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

from archive.article import Article, DatePrecision
from web import labels
from web.story_versions import Story

CLOSE: Final = 9.0  # per cent of the axis; closer labels would overlap on a page of 320 px
FIRST: Final = 3.0  # per cent from the left edge, and from the right edge
MOST_LETTERS: Final = 4  # in a label; more are told as a range


@dataclass(frozen=True, slots=True)
class Day:
    """A day with versions: its place in per cent, and whether all its dates are inferred."""

    place: float
    inferred: bool


@dataclass(frozen=True, slots=True)
class Label:
    """The letters of the versions at a place of the axis."""

    place: float
    letters: str


@dataclass(frozen=True, slots=True)
class Axis:
    """The days on the axis, the labels above them, the two ends as readers write them, and all of it in words."""

    days: tuple[Day, ...]
    labels: tuple[Label, ...]
    first: str
    last: str
    words: str


def axis(story: Story, letters: Mapping[str, str]) -> Axis | None:
    """Return the axis of a story; None if fewer than two days are known."""
    dated = sorted(_dated(story), key=lambda held: held[0])
    days = [(day, [article for _, article in found]) for day, found in groupby(dated, key=lambda held: held[0])]
    if len(days) < 2:
        return None
    first, last = days[0][0], days[-1][0]
    scale = (100 - 2 * FIRST) / (last - first).days
    places = [round(FIRST + (day - first).days * scale, 2) for day, _ in days]
    named = [[letters[article.id] for article in articles] for _, articles in days]
    return Axis(
        tuple(
            Day(place, all(labels.inferred(one.date) for one in articles))
            for place, (_, articles) in zip(places, days, strict=True)
        ),
        _labels(places, named),
        labels.day(days[0][1][0].date),
        labels.day(days[-1][1][0].date),
        "; ".join(
            f"{labels.day(articles[0].date)}: {', '.join(names)}"
            for (_, articles), names in zip(days, named, strict=True)
        ),
    )


def _dated(story: Story) -> list[tuple[date, Article]]:
    articles = (version.article for version in story.versions)
    return [
        (one.date.last, one)
        for one in articles
        if one.date.precision is DatePrecision.DAY and one.date.last is not None
    ]


def _labels(places: Sequence[float], named: Sequence[list[str]]) -> tuple[Label, ...]:
    """Return the labels, each with the letters of all days that are too close for labels of their own."""
    gathered: list[tuple[float, list[str]]] = []
    for place, names in zip(places, named, strict=True):
        if gathered and place - gathered[-1][0] < CLOSE:
            gathered[-1][1].extend(names)
        else:
            gathered.append((place, list(names)))
    return tuple(Label(place, _shown(names)) for place, names in gathered)


def _shown(names: Sequence[str]) -> str:
    return " ".join(names) if len(names) <= MOST_LETTERS else f"{names[0]} … {names[-1]} ({len(names)})"
