"""Tables in HTML that are named like a spreadsheet (.xls), as Excel and many web applications save them.

The rows of each table are those of a sheet. Cells have what is shown, since HTML has no values behind it.
"""

from collections.abc import Iterator

from lxml.etree import ParserError, XMLSyntaxError
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from archive.reading.documents.document import BadDocument
from archive.reading.documents.spreadsheets import AT_ONCE

MOST_SPANNED = 100  # columns that one cell may take; the tables of news have fewer
WITHOUT_TABLE = (
    "a spreadsheet in HTML without a table in it; if Excel saved its sheets beside it, save it as .xlsx from there"
)


def html_sheet_rows(raw: bytes) -> Iterator[object]:
    """Yield the rows of each table as `spreadsheets.sheet_rows` does those of a sheet; `raw` is in UTF-8."""
    try:
        tree = document_fromstring(raw.replace(b"\0", b""), parser=HTMLParser(encoding="utf-8", huge_tree=True))
    except (ParserError, XMLSyntaxError):
        raise BadDocument(WITHOUT_TABLE, judged=True) from None
    tables = tree.xpath("//table[not(ancestor::table)]")
    if not tables:
        raise BadDocument(WITHOUT_TABLE, judged=True)
    for number, table in enumerate(tables, 1):
        first, rows = 1, []
        for row in table.xpath("./tr | ./thead/tr | ./tbody/tr | ./tfoot/tr"):
            rows.append([cell for element in row.xpath("./td | ./th") for cell in _cells(element)])
            if len(rows) == AT_ONCE:
                yield {"sheet": f"table {number}", "first": first, "rows": rows}
                first, rows = first + len(rows), []
        yield {"sheet": f"table {number}", "first": first, "rows": rows}


def _cells(element: HtmlElement) -> Iterator[str]:
    """The text of a cell, with empty ones after it for the columns that it takes."""
    for line_break in element.iter("br"):
        line_break.tail = "\n" + (line_break.tail or "")
    lines = (" ".join(line.split()) for line in element.text_content().split("\n"))
    yield "\n".join(filter(None, lines))
    spanned = str(element.get("colspan", "")).strip()
    if spanned.isascii() and spanned.isdigit():
        yield from [""] * (min(int(spanned[:4]), MOST_SPANNED) - 1)
