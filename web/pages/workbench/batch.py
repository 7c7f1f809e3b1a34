"""The page of batches: a list of queries, what each finds in all, by period and by outlet; and the tables."""

from collections import Counter
from dataclasses import dataclass, replace
from typing import Final

from flask import request
from werkzeug.datastructures import MultiDict

from index.answers.batch import BatchCounts
from index.query.errors import BadQuery
from index.query.request import Query
from index.trends import Interval
from web import error_messages, params
from web.i18n import gettext, number
from web.pages.workbench.trend_tables import INTERVALS
from web.parameter_errors import BadParameter, Valid
from web.workbench import batch_arguments, trend_arguments
from web.workbench.batch import Batch, BatchEntry, batch_of
from web.workbench.batch_arguments import QUERIES, BatchArguments
from web.workbench.chart_axes import short_name
from web.workbench.trend_links import within

MOST_PERIODS: Final = 60  # columns of a table; the file has all
MOST_OUTLETS: Final = 12
FILE: Final = "file"  # the field of a form with a file of queries
PAGE: Final = "page"  # the value of `format` that asks for the page
FIELDS: Final = (QUERIES, FILE, *batch_arguments.NAMES)


@dataclass(frozen=True, slots=True)
class BatchCell:
    """The stories of a query in a period or an outlet, and its search."""

    shown: str
    address: str


@dataclass(frozen=True, slots=True)
class BatchRow:
    """A query: its name, its totals, its search, and its cells; or what is wrong with it.

    `unplaced` articles are in no period, `unnamed` ones in no outlet.
    """

    line: int
    label: str
    error: str
    stories: str
    articles: str
    unplaced: str
    unnamed: str
    address: str
    periods: tuple[BatchCell, ...]
    outlets: tuple[BatchCell, ...]


@dataclass(frozen=True, slots=True)
class BatchPage:
    """What the template of batches shows; `batch` is None before a list is given.

    `cut` older periods and `further` smaller outlets are in the file alone.
    """

    listed: str
    by: Interval
    batch: Batch | None
    periods: tuple[str, ...]
    cut: int
    outlets: tuple[str, ...]
    further: int
    rows: tuple[BatchRow, ...]

    @property
    def intervals(self) -> list[tuple[str, str]]:
        """The values and names of the lengths of a period."""
        return [(by.value, gettext(name)) for by, name in INTERVALS.items()]


def asked() -> tuple[BatchArguments, str]:
    """Read a form: its arguments and its list, from the field or the file. BadParameter if one cannot be read."""
    listed = _sent_list()
    listed = listed if listed.strip() else request.form.get(QUERIES, "")
    given = MultiDict(
        (name, value) for name, value in request.form.items(multi=True) if name not in {QUERIES, FILE} and value != PAGE
    )
    params.require_known(given, (*params.NAMES, *batch_arguments.NAMES))
    return batch_arguments.read(given, listed), listed


def _sent_list() -> str:
    """The list in the file that was sent; never one in which letters are replaced, which would be other queries."""
    sent = request.files.get(FILE)
    try:
        return sent.read().decode() if sent else ""
    except UnicodeDecodeError:
        raise BadParameter(FILE, (sent and sent.filename) or "", Valid.UTF8) from None


def empty_page() -> BatchPage:
    """The page before a list is given."""
    return BatchPage("", Interval.YEAR, None, (), 0, (), 0, ())


def batch_page(wanted: BatchArguments, listed: str) -> BatchPage:
    """The page of a list."""
    batch = batch_of(wanted)
    counted = [entry.counts for entry in batch.entries if entry.counts]
    names = list(counted[0].bins) if counted else []  # all have the same
    periods = tuple(names[-MOST_PERIODS:])
    outlets = _largest(counted)
    return BatchPage(
        listed=listed,
        by=wanted.by,
        batch=batch,
        periods=tuple(short_name(name, wanted.by) for name in periods),
        cut=len(names) - len(periods),
        outlets=outlets,
        further=len({outlet for counts in counted for outlet in counts.outlets}) - len(outlets),
        rows=tuple(_row(entry, wanted.by, periods, outlets) for entry in batch.entries),
    )


def _largest(counted: list[BatchCounts]) -> tuple[str, ...]:
    """The outlets with the most stories of all queries."""
    stories: Counter[str] = Counter()
    for counts in counted:
        stories.update({outlet: series.total.stories for outlet, series in counts.outlets.items()})
    return tuple(sorted(stories, key=lambda outlet: (-stories[outlet], outlet))[:MOST_OUTLETS])


def _row(entry: BatchEntry, by: Interval, periods: tuple[str, ...], outlets: tuple[str, ...]) -> BatchRow:
    counts, query = entry.counts, entry.query
    if counts is None or query is None:
        return BatchRow(entry.listed.line, entry.label, _error(entry), "", "", "", "", "", (), ())
    label = entry.listed.name or trend_arguments.label(query)
    in_periods = (counts.bins[name].stories for name in periods)
    in_outlets = (counts.outlets[name].total.stories if name in counts.outlets else 0 for name in outlets)
    return BatchRow(
        line=entry.listed.line,
        label=label,
        error="",
        stories=number(counts.total.stories),
        articles=number(counts.total.articles),
        unplaced=number(counts.unplaced),
        unnamed=number(counts.unnamed),
        address=params.url("pages.search", query),
        periods=tuple(_cell(count, within(query, name, by)) for count, name in zip(in_periods, periods, strict=True)),
        outlets=tuple(_cell(count, _of(query, name)) for count, name in zip(in_outlets, outlets, strict=True)),
    )


def _error(entry: BatchEntry) -> str:
    """What is wrong with a query, in the language of the page."""
    match entry.cause:
        case BadQuery() as error:
            return error_messages.bad_query(error)
        case BadParameter() as error:
            return error_messages.bad_parameter(error)
        case _:
            return gettext("Waktunya habis; hitung lebih sedikit pencarian sekaligus.")


def _cell(count: int, query: Query) -> BatchCell:
    return BatchCell(number(count) if count else "", params.url("pages.search", query) if count else "")


def _of(query: Query, outlet: str) -> Query:
    return replace(query, chosen={**query.chosen, "outlet": (outlet,)})
