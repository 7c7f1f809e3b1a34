"""The page of coverage: the picture of outlets by year or month, the table of its numbers, and the table as a file."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from index.answers.coverage import Coverage, OutletRow
from index.answers.exporting import provenance
from index.answers.exporting.tables import Cell
from index.query.request import Copies, Query
from index.trends import Interval
from web import labels, params
from web.i18n import gettext, number
from web.pages.workbench.files import PageTable
from web.workbench.answers import coverage_of
from web.workbench.batch import ALL, NONE
from web.workbench.chart_axes import short_name
from web.workbench.coverage_arguments import CoverageArguments
from web.workbench.coverage_picture import CoveragePicture, coverage_picture, level
from web.workbench.trend_links import within

MOST_ROWS: Final = 200  # outlets in the table of a page
MOST_COLUMNS: Final = 40  # bins in the table of a page: more do not fit beside each other


@dataclass(frozen=True, slots=True)
class NumberCell:
    """The articles of an outlet in a bin: the number, its shade, whether it is a gap, and its articles."""

    shown: str
    level: int
    gap: bool
    address: str


@dataclass(frozen=True, slots=True)
class NumberRow:
    """One outlet of the table, and the link to its articles."""

    label: str
    address: str
    total: str
    cells: tuple[NumberCell, ...]


@dataclass(frozen=True, slots=True)
class CoveragePage:
    """What the template of coverage shows; the table has one of `years`, or the years themselves."""

    asked: CoverageArguments
    coverage: Coverage
    picture: CoveragePicture
    table: Coverage
    rows: tuple[NumberRow, ...]
    columns: tuple[tuple[str, str], ...]


def coverage_page(asked: CoverageArguments) -> CoveragePage:
    """What the page of some arguments shows. Months of many years are drawn, but the table is by year then."""
    found = coverage_of(asked)
    by_year = asked.by is Interval.MONTH and len(found.bins) > MOST_COLUMNS
    table = coverage_of(replace(asked, by=Interval.YEAR)) if by_year else found
    columns = tuple((short_name(name, table.by), _column_url(asked, table, name)) for name in table.bins)
    rows = tuple(_row(asked.query, table, row) for row in table.rows[:MOST_ROWS])
    return CoveragePage(asked, found, coverage_picture(found), table, (*rows, *_others(table)), columns)


def coverage_table(asked: CoverageArguments, found: Coverage) -> PageTable:
    """A coverage as a table: a row for each outlet, for articles that name none, and for all."""
    facts = {
        **dict(provenance.query_facts(asked.query, None)),
        "by": found.by.value,
        "articles": found.articles,
        "undated": found.undated,
        "outside": found.outside,
    }
    rows: list[list[Cell]] = [[row.outlet, row.articles, *row.counts] for row in found.rows]
    rows.append([NONE, sum(found.unnamed), *found.unnamed])
    rows.append([ALL, found.articles, *found.all])
    names = ("outlet", "articles", *found.bins)
    page = asked.url("pages.coverage")
    return PageTable("coverage", asked.query.text, page, facts, len(rows), names, rows, found.index)


def _column_url(asked: CoverageArguments, table: Coverage, name: str) -> str:
    """A year leads to its months, a month to its articles."""
    if table.by is Interval.YEAR:
        return replace(asked, query=within(asked.query, name, table.by), by=Interval.MONTH).url("pages.coverage")
    return _url(within(asked.query, name, table.by))


def _row(query: Query, table: Coverage, row: OutletRow) -> NumberRow:
    own = replace(query, chosen=MappingProxyType({**query.chosen, "outlet": (row.outlet,)}))
    cells = tuple(
        NumberCell(
            number(count) if count else "", level(count), gap, _url(within(own, name, table.by)) if count else ""
        )
        for name, count, gap in zip(table.bins, row.counts, row.gaps, strict=True)
    )
    return NumberRow(row.outlet, _url(own), number(row.articles), cells)


def _others(table: Coverage) -> Iterator[NumberRow]:
    """The rows below the outlets: articles that name no outlet, and all articles."""
    for label, total, counts in (
        (labels.without_value("outlet"), sum(table.unnamed), table.unnamed),
        (gettext("seluruhnya"), table.articles, table.all),
    ):
        cells = tuple(NumberCell(number(count) if count else "", 0, gap=False, address="") for count in counts)
        yield NumberRow(label, "", number(total), cells)


def _url(query: Query) -> str:
    return params.url("pages.search", replace(query, copies=Copies.SHOW))
