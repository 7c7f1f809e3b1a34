"""The coverage of the front page: the outlets with the most articles by years, each cell a search."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final

from index.answers.coverage import Coverage, OutletRow
from index.query.request import Query
from web.workbench.coverage_picture import level

MOST_ROWS: Final = 10
MOST_COLUMNS: Final = 16  # a column is 15 px wide on a page of 320 px; of more years, several share one
OTHERS: Final = "others"
UNNAMED: Final = "unnamed"


@dataclass(frozen=True, slots=True)
class Column:
    """One year, or several; `label` is short, `query` finds its articles."""

    first: str
    last: str
    label: str
    query: Query


@dataclass(frozen=True, slots=True)
class Cell:
    """The articles of a row in a column, the shade of their number, and the query that finds them; None if none does.

    A `gap` has no articles, but lies between columns that have.
    """

    articles: int
    level: int
    gap: bool
    query: Query | None


@dataclass(frozen=True, slots=True)
class Row:
    """An outlet, or what is left: `kind` is "" for an outlet, OTHERS or UNNAMED for what has no name of its own."""

    kind: str
    outlet: str
    articles: int
    query: Query | None
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class CoverageTable:
    """The columns, the rows, and the number of outlets that share the row of the others."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    others: int


def coverage_table(coverage: Coverage) -> CoverageTable:
    """Lay out a coverage by years."""
    span = ceil(len(coverage.bins) / MOST_COLUMNS) or 1
    columns = tuple(_column(coverage.bins[start : start + span]) for start in range(0, len(coverage.bins), span))
    named, others = coverage.rows[:MOST_ROWS], coverage.rows[MOST_ROWS:]
    rows = [_row("", row, columns, span) for row in named]
    rows += [_row(OTHERS, _joined(others), columns, span)] if others else []
    unnamed = OutletRow("", sum(coverage.unnamed), 0, coverage.unnamed)
    rows += [_row(UNNAMED, unnamed, columns, span)] if unnamed.articles else []
    return CoverageTable(columns, tuple(rows), len(others) + coverage.further)


def _column(years: Sequence[str]) -> Column:
    first, last = years[0], years[-1]
    if first == last:
        return Column(first, last, first, Query().narrowed("year", first))
    return Column(first, last, f"{first}–{last[-2:]}", Query().dated(first, last))


def _joined(rows: Sequence[OutletRow]) -> OutletRow:
    counts = tuple(map(sum, zip(*(row.counts for row in rows), strict=True)))
    return OutletRow("", sum(row.articles for row in rows), 0, counts)


def _row(kind: str, row: OutletRow, columns: Sequence[Column], span: int) -> Row:
    query = None if kind else Query().narrowed("outlet", row.outlet)
    return Row(kind, row.outlet, row.articles, query, tuple(_cells(row, columns, span, query)))


def _cells(row: OutletRow, columns: Sequence[Column], span: int, query: Query | None) -> Iterator[Cell]:
    counts = [sum(row.counts[start : start + span]) for start in range(0, len(row.counts), span)]
    held = [place for place, count in enumerate(counts) if count]
    for place, (count, column) in enumerate(zip(counts, columns, strict=True)):
        found = column.query.narrowed("outlet", row.outlet) if query and count else None
        yield Cell(count, level(count), not count and bool(held) and held[0] < place < held[-1], found)
