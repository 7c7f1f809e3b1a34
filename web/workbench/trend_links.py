"""Links from a trend to the articles behind it: those of a line in a bin, as a search of the same articles."""

from dataclasses import replace
from types import MappingProxyType
from typing import Final

from index.answers.trends import Measure
from index.query.date_ranges import days
from index.query.request import Copies, Query
from index.trends import Interval, first_day, last_day
from web import params

_FOLDED: Final = {Measure.STORIES: Copies.FOLD}


def articles_url(query: Query, name: str, by: Interval, measure: Measure) -> str:
    """The URL of the search for the articles of a query in a bin."""
    return search_url(within(query, name, by), measure)


def search_url(query: Query, measure: Measure) -> str:
    """The URL of a search, with copies folded if stories are counted."""
    return params.url("pages.search", replace(query, copies=_FOLDED.get(measure, Copies.SHOW)))


def within(query: Query, name: str, by: Interval) -> Query:
    """A query within a bin."""
    if by in {Interval.MONTH, Interval.YEAR}:
        return replace(query, chosen=MappingProxyType({**query.chosen, by.value: (name,)}))
    since, until = days(query.since, query.until)
    first, last = first_day(name, by), last_day(name, by)
    begin, end = max(first, since or first), min(last, until or last)
    return query.dated(begin.isoformat(), end.isoformat())
