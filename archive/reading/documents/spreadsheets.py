"""Spreadsheets (.xlsx, .xlsm, .xlsb, .xls, .ods) by calamine: the rows of each sheet as text.

Dates are read from cells that are formatted as dates, whatever the display format; a formula counts as its last value.
"""

from collections.abc import Iterator
from datetime import datetime, time
from io import BytesIO

from python_calamine import CalamineError, PasswordError, SheetTypeEnum, load_workbook

from archive.reading.documents.document import damaged, encrypted

AT_ONCE = 256  # rows in an answer
MIDNIGHT = time()
LARGEST_WHOLE = 10**15  # numbers of cells are exact to 15 digits


def sheet_rows(raw: bytes) -> Iterator[object]:
    """Yield `{"sheet": name, "first": number, "rows": […]}` for some rows of a sheet after the other, from row 1 on."""
    try:
        workbook = load_workbook(BytesIO(raw))
    except PasswordError:
        raise encrypted("spreadsheet") from None
    except CalamineError:
        raise damaged("spreadsheet") from None
    names = [sheet.name for sheet in workbook.sheets_metadata if sheet.typ is SheetTypeEnum.WorkSheet]
    for name in names:
        rows: list[list[str]] = []
        first = 1
        for row in workbook.get_sheet_by_name(name).iter_rows():
            rows.append([cell_text(cell) for cell in row])
            if len(rows) == AT_ONCE:
                yield {"sheet": name, "first": first, "rows": rows}
                first, rows = first + len(rows), []
        yield {"sheet": name, "first": first, "rows": rows}


def cell_text(value: object) -> str:
    """The value of a cell as text: a date as ISO 8601, a whole number without a fraction."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer() and abs(value) < LARGEST_WHOLE:
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == MIDNIGHT else value.isoformat(" ", "seconds")
    return "" if value is None else str(value)
