"""CSV: a table that spreadsheets, pandas and R read.

    BOM                         without it, Excel takes UTF-8 for another encoding
    # query,"harga beras"       where the table comes from: rows of a name that begins with "# " and a fact; one of them
    # rows,2636                 is the number of rows, by which a reader can tell a file that broke off
    id,title,…                  the names of the columns
    "…","…",…                   one row for each hit

Texts are always quoted, so a "#" in one begins no comment. `csv` of Python takes nine times as long to find out whether
a text needs quotation marks as it takes to write them.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Final

from index.answers.exporting.columns import COLUMNS, RECURRING, Value
from index.answers.exporting.export import Export
from index.answers.exporting.tables import Cell, Table
from index.answers.exporting.text_encoding import in_chunks

BOM: Final = "\ufeff"
SEVERAL: Final = "; "  # between the values of one cell
EMPTY: Final = '""'  # a row of one cell without a value; readers pass over a blank line
# What makes a spreadsheet take a cell for a formula; an apostrophe before it makes it a text.
FORMULA: Final = frozenset("=+-@\t\r\n\0＝＋－＠")


def write(export: Export) -> Iterator[bytes]:
    """Yield an export as a CSV file."""
    columns = [(COLUMNS[name], _Cells().__getitem__ if name in RECURRING else cell) for name in export.columns]
    rows = ([write_cell(column(row)) for column, write_cell in columns] for row in export.rows)
    return _table(export.provenance.facts() if export.request.introduced else {}, export.columns, rows)


def table(held: Table) -> Iterator[bytes]:
    """Yield a table as a CSV file."""
    return _table(held.facts, held.columns, (map(cell, row) for row in held.rows))


def _table(facts: Mapping[str, str | int], names: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[bytes]:
    head = (BOM, *introduction(facts.items()), ",".join(map(_name, names)) + "\r\n")
    return in_chunks(chain(head, ((",".join(row) or EMPTY) + "\r\n" for row in rows)))


def introduction(facts: Iterable[tuple[str, str | int]]) -> Iterator[str]:
    """Yield rows that say where a table comes from."""
    return (f"# {name},{cell(_one_line(fact))}\r\n" for name, fact in facts)


def _name(column: str) -> str:
    return column if column.isidentifier() else cell(column)


def cell(value: Cell) -> str:
    """Return a value as a cell; None is empty, and so is a text of no characters."""
    if value is None:
        return ""
    if isinstance(value, str):
        if not value:
            return ""
        if '"' in value:
            value = value.replace('"', '""')
        return f'"\'{value}"' if value[0] in FORMULA else f'"{value}"'
    return cell(SEVERAL.join(value)) if isinstance(value, tuple) else str(value).lower()


class _Cells(dict[Value, str]):
    """The cells of one column whose values recur, made at the first look-up."""

    def __missing__(self, value: Value) -> str:
        found = self[value] = cell(value)
        return found


def _one_line(fact: str | int) -> str | int:
    return " ".join(fact.split()) if isinstance(fact, str) else fact
