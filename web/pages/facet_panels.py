"""How facets stand beside the hits: which of them, in what order, with how many of their values.

An answer cuts its facets by their counts of articles. Where readers see counts of stories, a value that was left out
may have more of them than one that was not; the whole facet is then asked for, and only then.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from index.answers.search import Results
from index.facets import BY_TIME, Facet, Value
from index.query.request import Copies, Query
from web import labels, params
from web.i18n import gettext
from web.pages.timeline import shown

ORDER: Final = ("year", "month", "outlet", "bureau", "agency", "place", "reporter", "editor", "precision", "basis")
VALUES_BESIDE: Final = 6  # of each facet; the rest has a page


@dataclass(frozen=True, slots=True)
class Row:
    """A value as a reader sees it, with the address that chooses it, and one that excludes it, said in `otherwise`.

    Where it is chosen or excluded already, both addresses are of the query without it.
    """

    label: str
    count: str
    selected: bool
    excluded: bool
    address: str
    other: str
    otherwise: str


@dataclass(frozen=True, slots=True)
class Panel:
    """A facet beside the hits: the values shown there, and how many more there are."""

    name: str
    rows: tuple[Row, ...]
    more: int


def panels(results: Results, query: Query, whole: Callable[[str], Facet]) -> tuple[Panel, ...]:
    """The facets that can narrow this answer; months only where years are few enough for them to mean something.

    `whole` gives a facet with all its values, asked for where the answer's own do not settle which are first.
    """
    facets = {facet.name: facet for facet in results.facets}
    names = [name for name in ORDER if name != "month" or _month_helps(facets["year"], query)]
    settled = (facets[name] if _settled(facets[name], query) else whole(name) for name in names)
    found = (_panel(facet, query) for facet in settled)
    return tuple(panel for panel in found if panel.rows)


def ordered(facet: Facet, query: Query) -> tuple[Value, ...]:
    """The values of a facet by the count a reader sees; those without a hit only where they were chosen or excluded."""
    values = [value for value in facet.values if shown(value, query) or value.selected or value.excluded]
    if facet.name in BY_TIME:
        return tuple(values)
    return tuple(sorted(values, key=lambda value: (-shown(value, query), value.value)))


def rows(name: str, values: Sequence[Value], query: Query) -> Iterator[Row]:
    """Values of a facet as readers see them, each with its addresses on the search page."""
    choosing = params.narrowing("pages.search", query, name)
    excluding = params.narrowing("pages.search", query, name, excluding=True)
    for one in values:
        label, count = labels.value(name, one.value), labels.number(shown(one, query))
        if one.selected or one.excluded:
            without = params.url("pages.search", query.widened(name, one.value))
            addresses, otherwise = (without, without), gettext("Hapus %(value)s", value=label)
        else:
            addresses = choosing(one.value), excluding(one.value)
            otherwise = gettext("Kecualikan %(value)s", value=label)
        yield Row(label, count, one.selected, one.excluded, *addresses, otherwise)


def _panel(facet: Facet, query: Query) -> Panel:
    values = ordered(facet, query)
    beside = tuple(v for place, v in enumerate(values) if place < VALUES_BESIDE or v.selected or v.excluded)
    hidden = facet.total - len(facet.values) + len(values) - len(beside)
    return Panel(facet.name, tuple(rows(facet.name, beside, query)), hidden)


def _settled(facet: Facet, query: Query) -> bool:
    """Whether no value left out can belong among the first; none has more articles than any that was kept by rank."""
    if facet.name in BY_TIME or query.copies is Copies.SHOW or len(facet.values) == facet.total:
        return True
    most = min((v.count.articles for v in facet.values if not (v.selected or v.excluded)), default=0)
    first = ordered(facet, query)[:VALUES_BESIDE]
    return len(first) == VALUES_BESIDE and shown(first[-1], query) > most


def _month_helps(years: Facet, query: Query) -> bool:
    return bool(query.chosen.get("month") or query.excluded.get("month")) or (
        len(query.chosen.get("year", ())) == 1 or years.total == 1
    )
