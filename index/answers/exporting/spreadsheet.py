"""Excel: a workbook with the sheets `about`, where the table comes from, and that of the table, sent as it is written.

XlsxWriter makes the workbook without its rows: the sheet `about`, formats, widths and the names of columns. By itself
it could give the first byte only after the last row, since it writes its parts at the end. So the workbook is copied
into another archive here, and rows go into their sheets on the way.

Cells are texts, numbers or truth values, never formulas. A sheet has 1,048,576 rows and a cell 32,767 characters: more
rows go on in a further sheet, and a longer text is cut and ends in “…”. Excel keeps 15 digits of a number: one of more
is a text.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from itertools import islice
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from index.answers.exporting.columns import COLUMNS
from index.answers.exporting.delimited import SEVERAL
from index.answers.exporting.export import Export
from index.answers.exporting.tables import Cell, Table
from index.answers.exporting.text_encoding import CHUNK, encoded
from index.answers.exporting.zip_buffer import ZipBuffer

MOST_ROWS: Final = 1_048_576  # of a sheet, by the format
LONGEST_CELL: Final = 32_767  # characters, by the format: units of UTF-16, of which an emoji has two
UNITS: Final = "utf-16-le"
CUT: Final = f"texts of more than {LONGEST_CELL:,} characters end in “…”; csv has them whole"
ABOUT: Final = "about"  # the sheet on where a table comes from
EXACT: Final = 10**15  # numbers from here on are rounded by Excel, such as a long seed
WIDTHS: Final = {"id": 18, "title": 60, "outlet": 18, "date": 11, "address": 30, "url": 30, "text": 60}
LEVEL: Final = 1  # of deflate, as for texts
ZIP64_ROWS: Final = 100_000  # sheets of more may exceed 2 GB; Excel mistrusts small files that say they could
_ROWS_END: Final = "</sheetData>"
_SIZE = re.compile(r'(<dimension ref="A1:[A-Z]+)1"')
_SHEET = re.compile(r"xl/worksheets/sheet(\d+)\.xml")
# Ends of lines of other systems, what XML cannot hold, and what begins the code of a character in a workbook (_x0041_).
_SPECIAL = re.compile("\r\n?|[\0-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_WRITTEN: Final = {"\r\n": "\n", "\r": "\n", "_": "_x005F_"}


def write(export: Export) -> Iterator[bytes]:
    """Yield an export as a workbook."""
    held, columns = export.provenance, [COLUMNS[name] for name in export.columns]
    rows = ([column(row) for column in columns] for row in export.rows)
    return table(Table("articles", held.facts(), export.columns, rows, held.rows, held.exported))


def table(held: Table) -> Iterator[bytes]:
    """Yield a table as a workbook."""
    left, a_sheet = held.count, MOST_ROWS - 1
    sizes = [min(a_sheet, left - start) for start in range(0, left, a_sheet)] or [0]
    rows, out = iter(held.rows), ZipBuffer()
    with (
        ZipFile(_without_rows(held, len(sizes))) as workbook,
        ZipFile(out, "w", ZIP_DEFLATED, compresslevel=LEVEL) as archive,  # type: ignore[call-overload]  # needs no positions
    ):
        for name in workbook.namelist():
            info = ZipInfo(name, (*held.made.timetuple()[:3], 0, 0, 0))
            sheet = _SHEET.fullmatch(name)
            if sheet is None or sheet[1] == "1":
                archive.writestr(info, workbook.read(name), ZIP_DEFLATED)
                continue
            size = sizes[int(sheet[1]) - 2]
            info.compress_type = ZIP_DEFLATED
            with archive.open(info, "w", force_zip64=size > ZIP64_ROWS) as member:
                for part in _filled(workbook.read(name).decode(), islice(rows, size), size):
                    member.write(part.encode())
                    yield from out.taken(CHUNK)
    yield from out.taken()


def _without_rows(held: Table, sheets: int) -> BytesIO:
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_urls": False}) as workbook:
        bold = workbook.add_format({"bold": True})
        about = workbook.add_worksheet(ABOUT)
        about.set_column(0, 0, 18)
        about.set_column(1, 1, 90)
        for number, (name, fact) in enumerate([*held.facts.items(), ("cells", CUT)]):
            about.write_string(number, 0, name, bold)
            if isinstance(fact, int) and abs(fact) < EXACT:
                about.write_number(number, 1, fact)
            else:
                about.write_string(number, 1, _whole(str(fact)))
        for number in range(sheets):
            _add_sheet(workbook, held.name if not number else f"{held.name} {number + 1}", held.columns, bold)
        workbook.worksheets()[1].activate()
    file.seek(0)
    return file


def _add_sheet(workbook: Any, name: str, columns: Sequence[str], bold: Any) -> None:
    sheet = workbook.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, WIDTHS.get(column, 12))
        sheet.write_string(0, place, _whole(column), bold)


def _whole(text: str) -> str:
    """A text as XlsxWriter takes it; it leaves out one that is too long."""
    return encoded(_shortened(text)).decode()


def _filled(sheet: str, rows: Iterable[Sequence[Cell]], size: int) -> Iterator[str]:
    """Yield a sheet, which has the names of columns only, with so many rows."""
    head, end, tail = sheet.partition(_ROWS_END)
    yield _SIZE.sub(rf'\g<1>{size + 1}"', head)
    letters: list[str] = []
    for number, row in enumerate(rows, 2):
        letters = letters or [xl_col_to_name(place) for place in range(len(row))]
        yield _row(letters, number, row)
    yield end + tail


def _row(letters: Sequence[str], number: int, row: Sequence[Cell]) -> str:
    cells = "".join([_cell(f"{column}{number}", value) for column, value in zip(letters, row, strict=True)])
    return f'<row r="{number}">{cells}</row>'


def _cell(place: str, value: Cell) -> str:
    if isinstance(value, tuple):
        value = SEVERAL.join(value)
    if isinstance(value, bool):
        return f'<c r="{place}" t="b"><v>{value:d}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{place}"><v>{value}</v></c>'
    if not value:
        return ""
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{_escaped(_shortened(value))}</t></is></c>'


def _shortened(text: str) -> str:
    if len(text) <= LONGEST_CELL // 2:
        return text
    units = text.encode(UNITS, "surrogatepass")
    return text if len(units) <= 2 * LONGEST_CELL else units[: 2 * (LONGEST_CELL - 1)].decode(UNITS, "ignore") + "…"


def _escaped(text: str) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _SPECIAL.sub(lambda found: _WRITTEN.get(found[0], "\ufffd"), text)
