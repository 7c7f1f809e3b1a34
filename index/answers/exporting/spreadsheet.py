"""Excel: a workbook with the sheets `about` and `articles`.

Cells are texts, numbers or truth values, never formulas. A sheet has 1,048,576 rows and a cell 32,767 characters: more
rows go on in a further sheet, and a longer text is cut and ends in “…”. The workbook is written to a temporary file
first, since its parts are complete only at its end.
"""

import re
from collections.abc import Iterator
from tempfile import TemporaryDirectory, TemporaryFile
from typing import Any, Final

import xlsxwriter

from index.answers.exporting.columns import COLUMNS, Value
from index.answers.exporting.delimited import SEVERAL
from index.answers.exporting.export import Export
from index.answers.exporting.text_encoding import CHUNK

MOST_ROWS: Final = 1_048_576
LONGEST_CELL: Final = 32_767
CUT: Final = f"texts of more than {LONGEST_CELL:,} characters end in “…”; csv and jsonl have them whole"
WIDTHS: Final = {"id": 18, "title": 60, "outlet": 18, "date": 11, "address": 30, "url": 30, "text": 60}
_UNWRITABLE = re.compile("[\ud800-\udfff\0]")


def write(export: Export) -> Iterator[bytes]:
    """Yield an export as a workbook."""
    with TemporaryFile() as file, TemporaryDirectory() as folder:
        options = {"constant_memory": True, "tmpdir": folder, "strings_to_urls": False}
        with xlsxwriter.Workbook(file, options) as workbook:
            _write(workbook, export)
        file.seek(0)
        while data := file.read(CHUNK):
            yield data


def _write(workbook: Any, export: Export) -> None:
    bold = workbook.add_format({"bold": True})
    about = workbook.add_worksheet("about")
    about.set_column(0, 0, 18)
    about.set_column(1, 1, 90)
    for number, (name, fact) in enumerate(export.provenance.facts().items()):
        about.write_string(number, 0, name, bold)
        _write_cell(about, number, 1, fact)
    about.write_string(number + 1, 0, "cells", bold)
    about.write_string(number + 1, 1, CUT)
    sheets = 0
    number = MOST_ROWS
    columns = [COLUMNS[name] for name in export.columns]
    for row in export.rows:
        if number == MOST_ROWS:
            sheets += 1
            sheet = _new_sheet(workbook, "articles" if sheets == 1 else f"articles {sheets}", export.columns, bold)
            number = 1
        for place, column in enumerate(columns):
            _write_cell(sheet, number, place, column(row))
        number += 1
    if not sheets:
        _new_sheet(workbook, "articles", export.columns, bold)


def _new_sheet(workbook: Any, name: str, columns: tuple[str, ...], bold: Any) -> Any:
    sheet = workbook.add_worksheet(name)
    if name == "articles":
        sheet.activate()
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, WIDTHS.get(column, 12))
        sheet.write_string(0, place, column, bold)
    return sheet


def _write_cell(sheet: Any, number: int, place: int, value: Value) -> None:
    if isinstance(value, tuple):
        value = SEVERAL.join(value)
    if isinstance(value, bool):
        sheet.write_boolean(number, place, value)
    elif isinstance(value, int):
        sheet.write_number(number, place, value)
    elif value:
        text = value if len(value) <= LONGEST_CELL else value[: LONGEST_CELL - 1] + "…"
        sheet.write_string(number, place, _UNWRITABLE.sub("\ufffd", text))
