"""The timeline: when the found articles appeared, as bars that filter.

It shows years, or months where one year is chosen or all that was found lies within a few. Bars stand at equal
distances from the first year found to the last, those without a hit included, because a gap is a finding too.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from math import ceil
from typing import Final

from index.answers.search import Results
from index.facets import Facet, Value
from index.query.request import Copies, Query
from web import labels, params

WIDTH: Final = 1000  # units of the drawing, which is stretched to the width of the page
HEIGHT: Final = 60
BROADEST_BAR: Final = 44  # units; a broader one would look like a wall
MOST_YEARS_BY_MONTH: Final = 3  # an answer gives the counts of 40 months
LABELS: Final = 8  # as many four-digit labels as stand side by side on a page 320 px wide
LEAST_BAR: Final = 2.0  # units: one hit must be seen beside a thousand


@dataclass(frozen=True, slots=True)
class Bar:
    """One year or month: its label, how many hits it has, its place in the drawing, and where a click on it leads."""

    label: str
    tick: str
    count: int
    left: float
    top: float
    selected: bool
    address: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """The bars, the query for all years where one is chosen, and how many articles found have no date to stand at."""

    facet: str
    bars: tuple[Bar, ...]
    wider: Query | None
    undated: int = 0

    @property
    def cell(self) -> float:
        """How far bars stand from one another."""
        return round(WIDTH / len(self.bars), 3)

    @property
    def bar(self) -> float:
        """The width of a bar, which leaves at least a fifth of its cell as air."""
        return round(min(self.cell * 0.8, BROADEST_BAR), 3)


def timeline(results: Results, query: Query) -> Timeline | None:
    """The timeline of an answer, None where nothing found has a year."""
    drawn = _timeline(results, query)
    return drawn and replace(drawn, undated=_undated(results, query))


def _undated(results: Results, query: Query) -> int:
    """How many articles found have no year; 0 where the query asks for dates, which leaves them out anyway."""
    if {"year", "month"} & {*query.chosen, *query.excluded}:
        return 0
    years = next(facet for facet in results.facets if facet.name == "year")
    return max(0, results.articles - sum(value.count.articles for value in years.values))


def _timeline(results: Results, query: Query) -> Timeline | None:
    facets = {facet.name: facet for facet in results.facets}
    chosen = query.chosen.get("year", ())
    if len(chosen) == 1:
        return _drawn(facets["month"], _months(range(int(chosen[0]), int(chosen[0]) + 1)), query)
    found = [int(value.value) for value in facets["year"].values if shown(value, query)]
    if not found:
        return None
    years = range(min(found), max(found) + 1)
    if not chosen and len(years) <= MOST_YEARS_BY_MONTH:
        return _drawn(facets["month"], _months(years), query)
    return _drawn(facets["year"], [f"{year:04}" for year in years], query)


def shown(value: Value, query: Query) -> int:
    """The count a reader sees: of stories, or of articles where copies are shown one by one."""
    return value.count.articles if query.copies is Copies.SHOW else value.count.stories


def _months(years: Iterable[int]) -> list[str]:
    return [f"{year:04}-{month:02}" for year in years for month in range(1, 13)]


def _drawn(facet: Facet, names: list[str], query: Query) -> Timeline:
    values = {value.value: value for value in facet.values}
    counts = [shown(values[name], query) if name in values else 0 for name in names]
    most, address = max(1, *counts), _addresses(facet.name, query)
    bars = tuple(
        Bar(
            label=labels.value(facet.name, name),
            tick=tick,
            count=count,
            left=round(WIDTH * place / len(names), 2),
            top=_top(count, most),
            selected=name in query.chosen.get(facet.name, ()),
            address=address(name),
        )
        for place, (name, count, tick) in enumerate(zip(names, counts, _ticks(facet.name, names), strict=True))
    )
    chosen = query.chosen.get("year", ())
    return Timeline(facet.name, bars, query.widened("year", chosen[0]) if len(chosen) == 1 else None)


def _addresses(facet: str, query: Query) -> Callable[[str], str]:
    """What makes the address of a click on a bar: the query narrowed by it, or widened again."""
    chosen, excluded = query.chosen.get(facet, ()), query.excluded.get(facet, ())
    narrowed = params.narrowing("pages.search", query, facet)
    named = {name: query.narrowed(facet, name) for name in excluded}
    named |= {name: query.widened(facet, name) for name in chosen}
    return lambda name: params.url("pages.search", named[name]) if name in named else narrowed(name)


def _top(count: int, most: int) -> float:
    height = max(LEAST_BAR, HEIGHT * count / most) if count else 0.0
    return round(HEIGHT - height, 2)


def _ticks(facet: str, names: list[str]) -> list[str]:
    """What stands below each bar: month names within a year, else years, only as many as have room."""
    if facet == "month":
        single = len(names) == 12
        return [labels.month_name(name) if single else name[:4] if name.endswith("-01") else "" for name in names]
    every, room = ceil(len(names) / LABELS), len(names) / LABELS * 0.8  # a label reaches into the cells after its own
    return [name if place % every == 0 and len(names) - place >= room else "" for place, name in enumerate(names)]
