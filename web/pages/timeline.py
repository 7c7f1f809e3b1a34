"""The timeline: a bar chart of the publication dates of the hits; each bar is a filter.

It has one bar per year, or per month if one year is chosen or all hits lie within a few years. Bars are evenly spaced
from the first year with hits to the last. Periods without hits keep their place, because a gap is a finding too.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import accumulate
from math import ceil
from typing import Final

from index.answers.search import Results
from index.facets import Facet, Value
from index.query.request import Copies, Query
from web import labels, params

WIDTH: Final = 1000  # SVG units; the drawing is stretched to the width of the page
HEIGHT: Final = 60
MAX_BAR_WIDTH: Final = 44  # SVG units; a wider bar would look like a wall
MAX_YEARS_BY_MONTH: Final = 3  # an answer has the counts of 40 months
MAX_YEARS: Final = 300  # bars of years; a wrong date can be thousands of years from the others
MAX_LABELS: Final = 8  # the number of four-digit labels that fit side by side on a page 320 px wide
MIN_BAR_HEIGHT: Final = 2.0  # SVG units; one hit must be visible beside a thousand


@dataclass(frozen=True, slots=True)
class Bar:
    """One year or month: its label, its label on the axis (`tick`), its number of hits, its position and its link."""

    label: str
    tick: str
    count: int
    left: float
    top: float
    selected: bool
    address: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """The bars; `wider` is the query for all years if one is chosen, `undated` counts the articles without a year.

    `cut` says whether years with hits are missing, because they are too far from the others.
    """

    facet: str
    bars: tuple[Bar, ...]
    wider: Query | None
    undated: int = 0
    cut: bool = False

    @property
    def cell(self) -> float:
        """The distance between the left edges of two bars, in SVG units."""
        return round(WIDTH / len(self.bars), 3)

    @property
    def bar(self) -> float:
        """The width of a bar in SVG units; at least a fifth of its cell stays empty."""
        return round(min(self.cell * 0.8, MAX_BAR_WIDTH), 3)


def timeline(results: Results, query: Query) -> Timeline | None:
    """Return the timeline of an answer, or None if no article found has a year."""
    drawn = _timeline(results, query)
    return drawn and replace(drawn, undated=_undated(results, query))


def _undated(results: Results, query: Query) -> int:
    """Return the number of articles found without a year; 0 if a year or month is filtered, which leaves them out."""
    if {"year", "month"} & {*query.chosen, *query.excluded}:
        return 0
    years = next(facet for facet in results.facets if facet.name == "year")
    return max(0, results.articles - sum(value.count.articles for value in years.values))


def _timeline(results: Results, query: Query) -> Timeline | None:
    facets = {facet.name: facet for facet in results.facets}
    chosen = query.chosen.get("year", ())
    if len(chosen) == 1:
        return _draw(facets["month"], _months(range(int(chosen[0]), int(chosen[0]) + 1)), query)
    counts = {int(value.value): displayed_count(value, query) for value in facets["year"].values}
    found = {year: count for year, count in counts.items() if count}
    if not found:
        return None
    years = range(min(found), max(found) + 1)
    if len(years) > MAX_YEARS:
        drawn = _draw(facets["year"], [f"{year:04}" for year in _fullest_years(found)], query)
        return replace(drawn, cut=True)
    if not chosen and len(years) <= MAX_YEARS_BY_MONTH:
        return _draw(facets["month"], _months(years), query)
    return _draw(facets["year"], [f"{year:04}" for year in years], query)


def _fullest_years(found: Mapping[int, int]) -> range:
    """Return the MAX_YEARS consecutive years with the most hits, the latest of these."""
    years = sorted(found)
    sums = [0, *accumulate(found[year] for year in years)]
    hits = (
        (sums[place + 1] - sums[bisect_left(years, last - MAX_YEARS + 1)], last) for place, last in enumerate(years)
    )
    last = max(hits)[1]
    return range(max(0, last - MAX_YEARS + 1), last + 1)


def displayed_count(value: Value, query: Query) -> int:
    """Return the count shown to readers: stories, or articles if copies are shown separately."""
    return value.count.articles if query.copies is Copies.SHOW else value.count.stories


def _months(years: Iterable[int]) -> list[str]:
    return [f"{year:04}-{month:02}" for year in years for month in range(1, 13)]


def _draw(facet: Facet, names: list[str], query: Query) -> Timeline:
    values = {value.value: value for value in facet.values}
    counts = [displayed_count(values[name], query) if name in values else 0 for name in names]
    most, address = max(1, *counts), _bar_url_builder(facet.name, query)
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


def _bar_url_builder(facet: str, query: Query) -> Callable[[str], str]:
    """Return a function that builds the URL of a bar: the query filtered by its value, or without it if chosen."""
    chosen, excluded = query.chosen.get(facet, ()), query.excluded.get(facet, ())
    narrowed = params.filter_url_builder("pages.search", query, facet)
    named = {name: query.narrowed(facet, name) for name in excluded}
    named |= {name: query.widened(facet, name) for name in chosen}
    return lambda name: params.url("pages.search", named[name]) if name in named else narrowed(name)


def _top(count: int, most: int) -> float:
    height = max(MIN_BAR_HEIGHT, HEIGHT * count / most) if count else 0.0
    return round(HEIGHT - height, 2)


def _ticks(facet: str, names: list[str]) -> list[str]:
    """Return the axis label of each bar: month names for a single year, else years, as many as fit; "" for no label."""
    if facet == "month":
        single = len(names) == 12
        return [labels.month_name(name) if single else name[:4] if name.endswith("-01") else "" for name in names]
    # A label extends into the cells after its own.
    every, room = ceil(len(names) / MAX_LABELS), len(names) / MAX_LABELS * 0.8
    return [name if place % every == 0 and len(names) - place >= room else "" for place, name in enumerate(names)]
