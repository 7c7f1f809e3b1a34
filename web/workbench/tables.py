"""Tables as CSV for spreadsheets: with a byte order mark, and no cell that a spreadsheet would run as a formula."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Final

from flask import Response, make_response

Cell = str | int | float | None

BYTE_ORDER_MARK: Final = "\ufeff"  # without it, a spreadsheet takes é for two letters
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def csv_response(name: str, rows: Iterable[Sequence[Cell]]) -> Response:
    """Return rows as a CSV file to be saved under a name."""
    response = make_response(csv_text(rows))
    response.mimetype = "text/csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def csv_text(rows: Iterable[Sequence[Cell]]) -> str:
    """Return rows as the text of a CSV file; an absent cell is empty."""
    held = StringIO()
    writer = csv.writer(held, lineterminator="\r\n")
    writer.writerows([_guarded(cell) for cell in row] for row in rows)
    return BYTE_ORDER_MARK + held.getvalue()


def _guarded(cell: Cell) -> Cell:
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(_FORMULA) else cell
    return "" if cell is None else cell
