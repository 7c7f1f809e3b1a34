"""The arguments of trends and coverage: which queries are drawn on one axis, and how they are counted.

A series is a query text, or a query string of search arguments such as `q=banjir&outlet=Kompas.com`. The filters beside
the series hold for all of them; a filter or date of a series takes the place of the shared one of the same name. `q` is
one more series, so that the address of a search becomes that of its trend.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final
from urllib.parse import parse_qsl, urlencode

from flask import g
from werkzeug.datastructures import MultiDict

from index.answers.trends import MOST_SERIES, Measure, TooManyBins, TrendRequest
from index.facets import BY_TIME, FACETS
from index.query.errors import BadQuery
from index.query.language import parse
from index.query.request import Choices, Query
from index.trends import Interval
from web import labels, params
from web.i18n import gettext
from web.parameter_errors import BadParameter, LongAxis, MissingQuery, Valid

SERIES, BY, COUNT, SHARE, SPLIT, UNCERTAIN = "series", "by", "count", "share", "split", "uncertain"
NAMES: Final = (SERIES, BY, COUNT, SHARE, SPLIT, UNCERTAIN)
SPLITS: Final = tuple(name for name in FACETS if name not in BY_TIME)
_QUERY_STRING = re.compile(rf"(?:{'|'.join(map(re.escape, params.NAMES))})=")


@dataclass(frozen=True, slots=True)
class TrendArguments:
    """The arguments of a trend as given; None is a default that depends on what is asked.

    `series` are the series as written, without empty ones. `shared` has the filters of all series, and no text.
    """

    series: tuple[str, ...]
    shared: Query
    by: Interval | None = None
    count: Measure = Measure.STORIES
    share: bool | None = None
    split: str | None = None
    uncertain: bool = True

    @property
    def queries(self) -> tuple[Query, ...]:
        """The query of each series. Raises BadParameter for a series that cannot be parsed."""
        return tuple(series_query(one, self.shared) for one in self.series)

    @property
    def request(self) -> TrendRequest:
        """What is to be counted; without any series, the archive itself, which is no share of anything."""
        queries = self.queries or (self.shared,)
        share = any(query.text for query in queries) if self.share is None else self.share
        return TrendRequest(queries, self.shared, self.by, self.count, share, self.split, self.uncertain)

    def pairs(self) -> list[tuple[str, str]]:
        """The arguments beside those of `shared`, in a fixed order, without defaults."""
        pairs = [(SERIES, one) for one in self.series]
        pairs += [(BY, self.by.value)] if self.by else []
        pairs += [(COUNT, self.count.value)] if self.count is not Measure.STORIES else []
        pairs += [(SHARE, "on" if self.share else "off")] if self.share is not None else []
        pairs += [(SPLIT, self.split)] if self.split else []
        return pairs + ([] if self.uncertain else [(UNCERTAIN, "off")])

    def url(self, endpoint: str) -> str:
        """The URL of an endpoint for these arguments."""
        return params.url(endpoint, self.shared, *self.pairs())

    def without_filters(self) -> "TrendArguments":
        """With the same series, and no filters that they share."""
        return replace(self, shared=self.shared.unfiltered())

    def without(self, place: int) -> "TrendArguments":
        """Without one of the series."""
        return replace(self, series=self.series[:place] + self.series[place + 1 :])


def read(args: MultiDict[str, str]) -> TrendArguments:
    """Parse the arguments of a URL.

    Raises:
        BadParameter: If an argument cannot be parsed, or if there are too many series.
    """
    shared = params.read(args)
    require_first_page(shared)
    given = [*([shared.text] if shared.text else []), *(one for one in args.getlist(SERIES) if one.strip())]
    series = tuple(dict.fromkeys(one.strip() for one in given))
    if len(series) > MOST_SERIES:
        raise BadParameter(SERIES, series[MOST_SERIES], Valid.AT_MOST_TIMES, most=MOST_SERIES)
    split = params.single(args, SPLIT)
    if split and split not in SPLITS:
        raise BadParameter(SPLIT, split, Valid.ONE_OF, names=", ".join(SPLITS))
    if split and len(series) > 1:
        raise BadParameter(SPLIT, split, Valid.SINGLE_SERIES)
    share = params.one_of(params.Switch, args, SHARE, None)
    found = TrendArguments(
        series=series,
        shared=replace(shared.selection(), text=""),
        by=params.one_of(Interval, args, BY, None),
        count=params.one_of(Measure, args, COUNT, Measure.STORIES) or Measure.STORIES,
        share=None if share is None else share is params.Switch.ON,
        split=split or None,
        uncertain=params.one_of(params.Switch, args, UNCERTAIN, params.Switch.ON) is params.Switch.ON,
    )
    _ = found.queries  # a series that cannot be parsed is an error of this address
    return found


def label(query: Query, shared: Query | None = None) -> str:
    """A query in a few words: its text and the values of its filters, without those that it shares with others."""
    text = query.text or gettext("semua artikel")
    filters = ", ".join(one for one in _filters(query) if shared is None or one not in set(_filters(shared)))
    return f"{text} · {filters}" if filters else text


def subject(asked: TrendArguments) -> str:
    """What all lines of a drawing share, in a few words: the query that is split, else their filters; "" if nothing."""
    return label(asked.request.queries[0]) if asked.split else filters_label(asked.shared)


def filters_label(query: Query) -> str:
    """The filters of a query in a few words; "" if it has none."""
    return ", ".join(_filters(query))


def _filters(query: Query) -> Iterator[str]:
    """The filters of a query; that uncertain dates are left out is told elsewhere."""
    for name, values in query.chosen.items():
        yield from (labels.value(name, value) for value in values)
    for name, values in query.excluded.items():
        yield from ("−" + labels.value(name, value) for value in values)
    since, until = (labels.partial_day(day) if day else "" for day in (query.since, query.until))
    if since and until:
        yield since if since == until else f"{since} – {until}"
    elif since or until:
        yield gettext("sejak %(day)s", day=since) if since else gettext("sampai %(day)s", day=until)


def query_string(query: Query) -> str:
    """A query as arguments of a search."""
    return urlencode(params.write(query))


def too_many_bins(error: TooManyBins) -> LongAxis:
    """The error of an axis that is too long, which names the remedy."""
    intervals = [by.value for by in Interval]
    return LongAxis(BY, error.by.value, error.bins, tuple(intervals[intervals.index(error.by.value) + 1 :]))


def require_first_page(query: Query) -> None:
    """Refuse a page of what is counted over a whole result. Raises BadParameter."""
    if query.page != 1:
        raise BadParameter(params.PAGE, str(query.page), Valid.NO_PAGE_OF_COUNTS)


def require_query(query: Query) -> None:
    """Refuse words around places, or lines, that are asked for without a query text. Raises MissingQuery."""
    if not query.text.strip():
        raise MissingQuery(params.TEXT)


def series_query(one: str, shared: Query) -> Query:
    """The query of a series as written, under the shared filters. Raises BadParameter, or BadQuery."""
    query = _read(one, shared)
    try:
        parse(query.text)
    except BadQuery:
        g.query_text = query.text  # its place is in this text
        raise
    return query


def _read(one: str, shared: Query) -> Query:
    if not _QUERY_STRING.match(one):
        return replace(shared, text=one)
    args = MultiDict(parse_qsl(one.lstrip("?"), keep_blank_values=True))
    params.require_known(args)
    own = params.read(args)
    return replace(
        own.selection(),
        chosen=_merged(shared.chosen, own.chosen),
        excluded=_merged(shared.excluded, own.excluded),
        since=own.since or shared.since,
        until=own.until or shared.until,
        expand=own.expand and shared.expand,
        off=tuple(dict.fromkeys((*shared.off, *own.off))),
        on=tuple(dict.fromkeys((*shared.on, *own.on))),
    )


def _merged(shared: Choices, own: Choices) -> Choices:
    return MappingProxyType({**shared, **own})
