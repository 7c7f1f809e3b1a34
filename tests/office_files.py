"""Makes small files of office programs for tests: spreadsheets of all kinds, and documents."""

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from xml.sax.saxutils import escape

from openpyxl import Workbook

Row = Sequence[object]
SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def xlsx(sheets: Mapping[str, Sequence[Row]]) -> bytes:
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    made = io.BytesIO()
    workbook.save(made)
    return made.getvalue()


def ods(sheets: Mapping[str, Sequence[Row]]) -> bytes:
    tables = "".join(
        f'<table:table table:name="{escape(name)}">'
        + "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
        + "</table:table>"
        for name, rows in sheets.items()
    )
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = f"<office:document-content {spaces}><office:body><office:spreadsheet>{tables}"
    return zip_file(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content + "</office:spreadsheet></office:body></office:document-content>",
            "META-INF/manifest.xml": '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        }
    )


def _ods_cell(value: object) -> str:
    if isinstance(value, date):
        return f'<table:table-cell office:value-type="date" office:date-value="{value.isoformat()}"/>'
    if isinstance(value, int | float):
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
    if value is None:
        return "<table:table-cell/>"
    return f'<table:table-cell office:value-type="string"><text:p>{escape(str(value))}</text:p></table:table-cell>'


WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(body: str, styles: str = "", part: str = "word/document.xml") -> bytes:
    """A Word document with this XML in its body."""
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    spaces = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    return zip_file(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": f'<R><Relationship Type="{relation}" Target="/{part}"/></R>',
            "docProps/core.xml": "<p><creator>Juru Ketik</creator><title>Document1</title></p>",
            part: f"<w:document {WORD} {spaces}><w:body>{body}</w:body></w:document>",
            "word/styles.xml": f"<w:styles {WORD}>{styles}</w:styles>",
            "word/footer1.xml": f"<w:ftr {WORD}><w:p><w:r><w:t>Halaman 1</w:t></w:r></w:p></w:ftr>",
        }
    )


def odt(body: str, styles: str = "", manifest: str = "") -> bytes:
    """An OpenDocument text with this XML in its body."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text", "style", "drawing")
    )
    end = "</office:text></office:body></office:document-content>"
    content = f"<office:document-content {spaces}><office:automatic-styles>{styles}</office:automatic-styles>"
    return zip_file(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"{content}<office:body><office:text>{body}{end}",
            "META-INF/manifest.xml": f"<manifest>{manifest}</manifest>",
            "meta.xml": "<meta><creator>Juru Ketik</creator></meta>",
        }
    )


def paragraph(text: str, style: str = "") -> str:
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{named}<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def zip_file(members: Mapping[str, str | bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()


def xls(sheet: str, rows: Sequence[Sequence[str | date | float]]) -> bytes:
    """A workbook of Excel 97 with one sheet: its records in BIFF8, in a compound file."""
    cells = b"".join(_biff_cell(at, place, cell) for at, row in enumerate(rows) for place, cell in enumerate(row))
    part = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0)) + cells + _record(0x0A, b"")
    formats = b"".join(_record(0xE0, struct.pack("<HH16x", 0, number)) for number in (0, 14))
    name = sheet.encode("latin-1")

    def workbook(start: int) -> bytes:
        named = _record(0x85, struct.pack("<IHBB", start, 0, len(name), 0) + name)
        return _record(0x809, struct.pack("<HHHHII", 0x600, 0x05, 0, 0, 0, 0)) + formats + named + _record(0x0A, b"")

    return compound_file("Workbook", workbook(len(workbook(0))) + part)


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _biff_cell(row: int, column: int, value: str | date | float) -> bytes:
    if isinstance(value, str):
        text = value.encode("utf-16-le")
        return _record(0x204, struct.pack("<HHHHB", row, column, 0, len(value), 1) + text)
    style = 1 if isinstance(value, date) else 0
    number = (value - date(1899, 12, 30)).days if isinstance(value, date) else value
    return _record(0x203, struct.pack("<HHHd", row, column, style, number))


def compound_file(stream: str, content: bytes) -> bytes:
    """A file of an old Office with one stream."""
    content += bytes(max(4096, -(-len(content) // SECTOR) * SECTOR) - len(content))
    sectors = len(content) // SECTOR
    chain = [*range(1, sectors), END, END, FAT]  # of the content, the directory and this table
    table = struct.pack("<128I", *chain, *[FREE] * (128 - len(chain)))
    entries = _directory_entry("Root Entry", 5, 1, END, 0) + _directory_entry(stream, 2, FREE, 0, len(content))
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIIII",
        *(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6),
        *(0, 1, sectors, 0, 4096, END, 0, END, 0, sectors + 1),
    )
    return header.ljust(SECTOR, b"\xff") + content + entries.ljust(SECTOR, b"\0") + table


def _directory_entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    encoded = name.encode("utf-16-le") + b"\0\0"
    return encoded.ljust(64, b"\0") + struct.pack("<HBBIII36xIQ", len(encoded), kind, 1, FREE, FREE, child, start, size)


def moment(year: int, month: int, day: int, hour: int, minute: int) -> datetime:
    return datetime(year, month, day, hour, minute)  # noqa: DTZ001  # cells have no zone
