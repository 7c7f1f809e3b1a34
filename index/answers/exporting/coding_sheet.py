"""Coding sheets: a sample of a result to be read and coded by people, as a table with empty columns for their codes.

Coders fill copies of one sheet in; `agreement` compares them.
"""

from collections.abc import Iterator
from typing import Final

from index.answers.exporting import delimited, spreadsheet
from index.answers.exporting.columns import COLUMNS
from index.answers.exporting.export import Export
from index.answers.exporting.tables import Table

READ: Final = ("id", "outlet", "date", "title", "text", "address")
UNIT: Final = "id"
SHEET: Final = "coding"  # in a workbook
CODER: Final = "coder"
REMARKS: Final = "remarks"
DEFAULT_CODES: Final = ("code",)


def write(export: Export) -> Iterator[bytes]:
    """Yield a sheet as a CSV file."""
    return delimited.table(_sheet(export))


def write_workbook(export: Export) -> Iterator[bytes]:
    """Yield a sheet as a workbook."""
    return spreadsheet.table(_sheet(export))


def _sheet(export: Export) -> Table:
    """What is read of each article, and empty columns for the coder, the codes and remarks."""
    codes = export.request.codes or DEFAULT_CODES
    empty = [""] * (len(codes) + 2)
    rows = ([*(COLUMNS[name](row) for name in READ), *empty] for row in export.rows)
    held = export.provenance
    facts = held.facts() if export.request.introduced else {}
    return Table(SHEET, facts, (*READ, CODER, *codes, REMARKS), rows, held.rows, held.exported)
