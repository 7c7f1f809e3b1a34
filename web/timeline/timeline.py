"""The timeline: a bar chart of the publication dates of the hits; each bar is a filter.

It has one bar per year, month or day, whichever shows the hits best: days for two months or less, months for three
years or less. Empty periods keep their place, because a gap is a finding too, until they would take all the room.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from index.answers.search import Results
from index.facets import Count
from index.query.date_ranges import first_day, last_day
from index.query.request import Copies, Query
from index.trends import Interval, Tally
from web import app_engine, labels, params
from web.i18n import N_, gettext, ngettext
from web.timeline import periods
from web.timeline.drawing import Drawing, draw
from web.timeline.periods import Days
from web.timeline.slots import Slot, plain, year_slots

MOST_DAYS: Final = 62  # two months of bars of days; each is then as wide as a bar of years usually is
MOST_YEARS_BY_MONTH: Final = 3  # 36 bars of months
_STORIES_PER: Final = {
    Interval.YEAR: N_("Berita per tahun"),
    Interval.MONTH: N_("Berita per bulan"),
    Interval.DAY: N_("Berita per hari"),
}
_ARTICLES_PER: Final = {
    Interval.YEAR: N_("Artikel per tahun"),
    Interval.MONTH: N_("Artikel per bulan"),
    Interval.DAY: N_("Artikel per hari"),
}


@dataclass(frozen=True, slots=True)
class Bar:
    """One period with hits: its name, its count, all that is said of it, and its link."""

    period: str
    count: int
    told: str
    selected: bool
    address: str


@dataclass(frozen=True, slots=True)
class Wider:
    """The query for a longer period, and the name of that period."""

    label: str
    query: Query


@dataclass(frozen=True, slots=True)
class Left:
    """Hits that are not drawn, because they are far from the others: how many, and the query for them."""

    count: int
    query: Query


@dataclass(frozen=True, slots=True)
class Timeline:
    """The timeline of an answer.

    Attributes:
        caption: What is counted, and by what.
        bars: The periods with hits, oldest first.
        drawing: Where everything is drawn.
        wider: A longer period to go back to, if this one was chosen.
        earlier: Hits before the first bar.
        later: Hits after the last bar.
        not_drawn: How many articles found have no bar, because their date is not known well enough; "" if none.
        ranges: The URL of the query without any choice of time, for ranges chosen on the drawing.
    """

    caption: str
    bars: tuple[Bar, ...]
    drawing: Drawing
    wider: Wider | None
    earlier: Left | None
    later: Left | None
    not_drawn: str
    ranges: str


@dataclass(frozen=True, slots=True)
class _View:
    """What is drawn: the unit, its slots and their counts; `around` says that these count more than was found."""

    unit: Interval
    slots: Sequence[Slot]
    counts: Mapping[str, Count]
    wider: Wider | None = None
    earlier: Left | None = None
    later: Left | None = None
    around: bool = False


def timeline(results: Results, query: Query) -> Timeline | None:
    """Return the timeline of an answer, or None if nothing found has a date."""
    view = _view(results, query)
    if view is None:
        return None
    held = app_engine.archive_counts(view.unit)
    bars = _bars(view, query, held)
    if not bars:
        return None
    heights = {bar.period: bar.count for bar in bars}
    names = ["" if slot.closed or results.articles == results.index.articles else slot.first for slot in view.slots]
    coverage = [displayed_count(held[name], query) if name in held else 0 for name in names]
    return Timeline(
        gettext((_ARTICLES_PER if query.copies is Copies.SHOW else _STORIES_PER)[view.unit]),
        bars,
        draw(view.unit, view.slots, heights, coverage),
        view.wider,
        view.earlier,
        view.later,
        _not_drawn(results, view, query),
        params.url("pages.search", _timeless(query)),
    )


def _view(results: Results, query: Query) -> _View | None:
    within = periods.filtered_days(query)
    shown = ((int(year), displayed_count(count, query)) for year, count in results.counts["year"].items())
    years = {year: count for year, count in shown if count}
    if within is None and years and max(years) - min(years) < MOST_YEARS_BY_MONTH:
        within = _days_of_months(results, query)
    elif within is not None and within.count > MOST_YEARS_BY_MONTH * 366:
        within = None
    if within is None:
        return _by_year(results, query, years) if years else None
    if within.count < 1:
        return None
    if within.whole_months.count <= MOST_DAYS and (days := _by_day(query, within)).counts:
        return days
    slots = plain(periods.months(within.whole_years))
    return _View(Interval.MONTH, slots, dict(results.counts["month"].items()), _wider_than_months(query))


def _days_of_months(results: Results, query: Query) -> Days | None:
    """The days from the first month with hits to the last; None if a year is chosen, or no month is known."""
    months = sorted(name for name, count in results.counts["month"].items() if displayed_count(count, query))
    if not months or query.chosen.get("year"):
        return None
    return Days(first_day(months[0]), last_day(months[-1]))


def _by_day(query: Query, within: Days) -> _View:
    shown = within.whole_months
    around = query.dated(shown.first.isoformat(), shown.last.isoformat()) if query.since and query.until else query
    found = _tallied(app_engine.reader().trends(around, Interval.DAY).bins)
    wider = _wider_than_days(query, within)
    return _View(Interval.DAY, plain(periods.dates(shown)), found, wider, around=around is not query)


def _by_year(results: Results, query: Query, years: Mapping[int, int]) -> _View:
    held = year_slots(years)
    before = sum(count for year, count in years.items() if year < held.first)
    after = sum(count for year, count in years.items() if year > held.last)
    return _View(
        Interval.YEAR,
        held.slots,
        dict(results.counts["year"].items()),
        Wider(gettext("semua tahun"), query.dated(None, None)) if query.since or query.until else None,
        Left(before, query.dated(query.since, f"{held.first - 1:04}")) if before else None,
        Left(after, query.dated(f"{held.last + 1:04}", query.until)) if after else None,
    )


def _wider_than_months(query: Query) -> Wider | None:
    if len(chosen := query.chosen.get("year", ())) == 1:
        return Wider(gettext("semua tahun"), query.widened("year", chosen[0]))
    return Wider(gettext("semua tahun"), query.dated(None, None)) if query.since or query.until else None


def _wider_than_days(query: Query, within: Days) -> Wider | None:
    if len(chosen := query.chosen.get("month", ())) == 1:
        year = query.chosen.get("year", ())
        return Wider(year[0] if len(year) == 1 else gettext("semua tahun"), query.widened("month", chosen[0]))
    if not (query.since or query.until):
        return None
    months = within.whole_months
    wider = months if within != months else months.whole_years
    form = slice(7) if wider is months else slice(4)
    ends = [day.isoformat()[form] for day in (wider.first, wider.last)]
    label = "–".join(dict.fromkeys(map(labels.partial_day, ends)))
    return Wider(label, query.dated(*ends))


def _bars(view: _View, query: Query, archive: Mapping[str, Tally]) -> tuple[Bar, ...]:
    none, unheld, address, selected = (
        Count(0, 0),
        Tally(),
        _bar_url_builder(view.unit, query),
        _selected(view.unit, query),
    )
    return tuple(
        Bar(
            name,
            displayed_count(count, query),
            _told(name, count, archive.get(name, unheld), query),
            name in selected,
            address(name),
        )
        for name in (slot.first for slot in view.slots if not slot.closed)
        if displayed_count(count := view.counts.get(name, none), query)
    )


def _told(period: str, count: Count, held: Tally, query: Query) -> str:
    """Describe a bar: its period, its stories and articles, and how many the archive holds of that period."""
    when, shown, all_ = labels.partial_day(period), displayed_count(count, query), displayed_count(held, query)
    counts = labels.number(shown)
    if shown != count.articles:
        counts = gettext("%(stories)s (%(articles)s artikel)", stories=counts, articles=labels.number(count.articles))
    return gettext("%(when)s: %(counts)s dari %(all)s di arsip", when=when, counts=counts, all=labels.number(all_))


def _bar_url_builder(unit: Interval, query: Query) -> Callable[[str], str]:
    """Return a function that builds the URL of a bar: the query filtered by its period, or without it if chosen."""
    if unit is Interval.DAY:
        timeless, selected = _timeless(query), _selected(unit, query)
        months = {day: day[:7] for day in selected}  # a chosen day leads back to its month
        return lambda day: params.url("pages.search", timeless.dated(*[months.get(day, day)] * 2))
    chosen, excluded = query.chosen.get(unit, ()), query.excluded.get(unit, ())
    narrowed = params.UrlBuilder("pages.search", query).adding(unit)
    named = {name: query.narrowed(unit, name) for name in excluded}
    named |= {name: query.widened(unit, name) for name in chosen}
    return lambda name: params.url("pages.search", named[name]) if name in named else narrowed(name)


def _selected(unit: Interval, query: Query) -> frozenset[str]:
    """The periods that are chosen: of days only some of the months shown, since else none would stand out."""
    if unit is not Interval.DAY:
        return frozenset(query.chosen.get(unit, ()))
    within = periods.filtered_days(query)
    if within is None or within == within.whole_months:
        return frozenset()
    return frozenset(periods.dates(within))


def _timeless(query: Query) -> Query:
    """The query without any choice of time."""
    for name in ("year", "month"):
        for value in query.chosen.get(name, ()):
            query = query.widened(name, value)
    return query.dated(None, None)


def _not_drawn(results: Results, view: _View, query: Query) -> str:
    """Say how many articles found have no bar; nothing if the bars count other articles too, which are filtered out."""
    filters = {*query.chosen, *query.excluded}
    if (
        view.around
        or (view.unit is not Interval.DAY and view.unit in filters)
        or (view.unit is Interval.YEAR and "month" in filters)
    ):
        return ""
    count = results.articles - sum(count.articles for count in view.counts.values())
    if count <= 0:
        return ""
    if view.unit is Interval.YEAR:
        return ngettext("%(count)s artikel tanpa tanggal", "%(count)s artikel tanpa tanggal", count)
    return ngettext("%(count)s artikel tanpa tanggal setepat itu", "%(count)s artikel tanpa tanggal setepat itu", count)


def _tallied(bins: Mapping[str, Tally]) -> dict[str, Count]:
    return {name: Count(tally.articles, tally.stories) for name, tally in bins.items()}


def displayed_count(count: Count | Tally, query: Query) -> int:
    """Return the count shown to readers: stories, or articles if copies are shown separately."""
    return count.articles if query.copies is Copies.SHOW else count.stories
