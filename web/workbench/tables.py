"""Tables as CSV for spreadsheets: with a byte order mark, and no cell that a spreadsheet would run as a formula."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from itertools import chain, islice
from typing import Final

from flask import Response, make_response, stream_with_context

Cell = str | int | float | None

BYTE_ORDER_MARK: Final = "\ufeff"  # without it, a spreadsheet takes é for two letters
ROWS_AT_ONCE: Final = 200  # rows of a stream that are written together
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def csv_response(name: str, rows: Iterable[Sequence[Cell]]) -> Response:
    """Return rows as a CSV file to be saved under a name."""
    return _named(make_response(BYTE_ORDER_MARK + csv_text(rows)), name)


def csv_stream(name: str, rows: Iterable[Sequence[Cell]]) -> Response:
    """Return rows as a CSV file that is sent while its rows are made."""
    going = iter(rows)
    pieces = iter(lambda: csv_text(islice(going, ROWS_AT_ONCE)), "")
    return _named(Response(stream_with_context(chain([BYTE_ORDER_MARK], pieces))), name)


def csv_text(rows: Iterable[Sequence[Cell]]) -> str:
    """Return rows as CSV; an absent cell is empty."""
    held = StringIO()
    writer = csv.writer(held, lineterminator="\r\n")
    writer.writerows([_guarded(cell) for cell in row] for row in rows)
    return held.getvalue()


def _named(response: Response, name: str) -> Response:
    response.mimetype = "text/csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _guarded(cell: Cell) -> Cell:
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(_FORMULA) else cell
    return "" if cell is None else cell
