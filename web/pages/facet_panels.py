"""Facet panels beside the hits: which facets are shown, in which order, with how many values.

Readers see counts of stories, or of articles where copies are shown separately; a panel has the values with the highest
of these counts.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from math import ceil
from typing import Final, NamedTuple

from archive.article import DatePrecision
from index.answers.bounded_facts import LONGEST_FACT, shortened
from index.answers.search import Results
from index.facets import BY_TIME, OF_STORIES, Count, Facet, FacetCounts, Value, present
from index.query.grammar import FIELDS
from index.query.language import MAX_LENGTH
from index.query.request import Copies, Query
from index.query.subqueries import without_value
from web import labels, params
from web.i18n import gettext
from web.timeline.timeline import displayed_count

PANEL_ORDER: Final = (
    "year",
    "month",
    "outlet",
    "section",
    "bureau",
    "agency",
    "place",
    "reporter",
    "editor",
    "versions",
    "outlets",
    "precision",
    "basis",
)
TECHNICAL: Final = frozenset({"precision", "basis"})  # folded at the end
VALUES_PER_PANEL: Final = 6  # the others are on the page of the facet
LONG: Final = 12  # values; with more, a box finds some
SHARES: Final = 20  # steps of the bars behind the counts


class Row(NamedTuple):
    """A facet value for readers: `address` is the URL that chooses it, `other` the URL that excludes it.

    `otherwise` is the label of the second link. If the value is already chosen or excluded, both URLs remove it. A
    value of monstrous length is shown cut, without URLs: no server would take them. `number` is its count as text, and
    `share` the length of the bar behind it, from 0 to SHARES for the largest count of the list.
    """

    label: str
    number: str
    selected: bool
    excluded: bool
    address: str
    other: str
    otherwise: str
    share: int


@dataclass(frozen=True, slots=True)
class Lacking:
    """What has no value of a facet: its name, how much, and the URL that finds it, "" if there is no such query."""

    label: str
    count: str
    address: str


@dataclass(frozen=True, slots=True)
class Panel:
    """A facet beside the hits: the values shown, the number of all, and whether only few readers need it."""

    name: str
    rows: tuple[Row, ...]
    total: int
    technical: bool
    lacking: Lacking | None

    @property
    def narrows(self) -> bool:
        """Whether it leaves a choice: another value, what has none, or one that was made."""
        if not self.rows:
            return False
        lacks = self.lacking is not None and self.name not in OF_STORIES  # the facet of outlets tells of these
        return self.total > 1 or lacks or self.rows[0].selected or self.rows[0].excluded

    @property
    def more(self) -> int:
        """The number of values that are not shown."""
        return self.total - len(self.rows)

    @property
    def long(self) -> bool:
        """Whether it has too many values to look through, and these have no order that helps."""
        return self.total > LONG and self.name not in BY_TIME


def panels(results: Results, query: Query) -> tuple[Panel, ...]:
    """Return the facets that can narrow this answer; months only for a single year, or if months are filtered.

    A single value that all hits have narrows nothing.

    Args:
        results: The answer with the counts of its facets.
        query: The query of the answer.
    """
    years, urls = len(results.counts["year"]), params.UrlBuilder("pages.search", query)
    names = (name for name in PANEL_ORDER if name != "month" or _month_helps(years, query))
    found = (_panel(name, results.counts[name], query, urls) for name in names)
    return tuple(panel for panel in found if panel.narrows)


def number_of_filters(query: Query) -> int:
    """Return how many filters a query has: values chosen or excluded, and the date range."""
    values = (*query.chosen.values(), *query.excluded.values())
    return sum(map(len, values)) + bool(query.since or query.until)


def ordered_values(facet: Facet, query: Query) -> tuple[Value, ...]:
    """Sort facet values by the displayed count; a value without hits is kept only if it is chosen or excluded."""
    values = [value for value in facet.values if displayed_count(value.hits, query) or value.selected or value.excluded]
    if facet.name in BY_TIME | OF_STORIES:
        return tuple(values)
    return tuple(sorted(values, key=lambda value: (-displayed_count(value.hits, query), value.value)))


def rows(name: str, values: Sequence[Value], query: Query, urls: params.UrlBuilder) -> Iterator[Row]:
    """Yield a row with its links to the search page for each value of a facet."""
    label_of, exclude = labels.value_labeller(name), gettext("Kecualikan %(value)s")
    most = max([displayed_count(one.hits, query) for one in values], default=0)
    choosing, excluding = urls.adding(name), urls.adding(params.NOT + name)
    for one in values:
        label, shown = shortened(label_of(one.value)), displayed_count(one.hits, query)
        if one.selected or one.excluded:
            without = params.url("pages.search", query.widened(name, one.value))
            addresses, otherwise = (without, without), gettext("Hapus %(value)s", value=label)
        elif len(one.value) > LONGEST_FACT:
            addresses, otherwise = ("", ""), ""
        else:
            addresses = choosing(one.value), excluding(one.value)
            otherwise = exclude % {"value": label}
        share = ceil(SHARES * shown / most) if most else 0
        yield Row(label, labels.number(shown), one.selected, one.excluded, *addresses, otherwise, share)


def lacking(name: str, missing: Count, query: Query, urls: params.UrlBuilder) -> Lacking | None:
    """What has no value of a facet, in the unit that readers see; None for nothing."""
    count = displayed_count(missing, query)
    if not count:
        return None
    return Lacking(labels.without_value(name), labels.number(count), _url_without_value(name, query, urls))


def _panel(name: str, counts: FacetCounts, query: Query, urls: params.UrlBuilder) -> Panel:
    facet = present(name, counts, query, VALUES_PER_PANEL, by_stories=query.copies is not Copies.SHOW)
    shown = tuple(rows(name, facet.values, query, urls))
    return Panel(name, shown, facet.total, name in TECHNICAL, lacking(name, facet.missing, query, urls))


def _url_without_value(name: str, query: Query, urls: params.UrlBuilder) -> str:
    """The URL of the query for what has no value of a facet, if there is such a query; its own choices are left out."""
    own = (*query.chosen.get(name, ()), *query.excluded.get(name, ()))
    wider = reduce(lambda found, value: found.widened(name, value), own, query)
    if name == "year":
        return params.url("pages.search", wider.narrowed("precision", DatePrecision.UNKNOWN.value))
    text = without_value(query.text, name) if name in FIELDS else ""
    if not 0 < len(text) <= MAX_LENGTH:
        return ""
    return params.url("pages.search", wider.with_text(text)) if own else urls.with_text(text)


def _month_helps(years: int, query: Query) -> bool:
    return bool(query.chosen.get("month") or query.excluded.get("month")) or (
        len(query.chosen.get("year", ())) == 1 or years == 1
    )
