"""Word documents (.docx, .docm): paragraphs and tables of the body, with all tracked changes accepted.

The parts of a document are XML, read by lxml without entities or network. Headers, footers, comments and the document's
properties are no part of the article. Elements are known by their local names, which both dialects of the format share.
"""

import zipfile
from collections.abc import Iterator
from io import BytesIO

from lxml import etree

from archive.reading.documents.document import damaged
from archive.reading.documents.press_exports import articles_of_export, numbered
from archive.reading.documents.titles import LONGEST_TITLE, title_and_text

DOCUMENT = "word/document.xml"
STYLES = "word/styles.xml"
LARGEST_PART = 1 << 28  # bytes of XML; a book takes ten million
REMOVED = frozenset({"del", "moveFrom", "delText", "instrText", "delInstrText", "Fallback", "pPr", "rPr", "sectPr"})
CHARACTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
BOX = "txbxContent"  # of a text box, which is anchored in a paragraph
TITLE_STYLES = frozenset({"title", "heading 1"})  # the names of styles, in English in every language of Word


def word_article(raw: bytes) -> Iterator[object]:
    """Yield the article in a document: its heading as title, a line for each paragraph and each row of a table."""
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            body = _part(archive, _main_part(archive)).find("{*}body")
            styles = _title_styles(archive)
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError):
        raise damaged("document") from None
    if body is None:
        raise damaged("document")
    lines = list(_lines(body, styles))
    heading = next((at for at, (_, is_heading) in enumerate(lines) if is_heading), None)
    texts = [text for text, _ in lines]
    if articles := articles_of_export(texts):
        yield from numbered(articles)
        return
    if heading is not None and not any(texts[:heading]) and len(texts[heading]) <= LONGEST_TITLE:
        yield {"fields": {"title": texts[heading], "text": "\n".join(filter(None, texts[heading + 1 :]))}}
    else:
        yield {"fields": title_and_text(texts)}


def _main_part(archive: zipfile.ZipFile) -> str:
    """The part that is the document, which some programs call otherwise."""
    if DOCUMENT in archive.NameToInfo:
        return DOCUMENT
    for relation in _part(archive, "_rels/.rels"):
        if str(relation.get("Type")).endswith("/officeDocument"):
            return str(relation.get("Target")).lstrip("/")
    return DOCUMENT


def _part(archive: zipfile.ZipFile, name: str) -> etree._Element:
    if archive.getinfo(name).file_size > LARGEST_PART:
        raise damaged("document")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(archive.read(name), parser)


def _title_styles(archive: zipfile.ZipFile) -> frozenset[str]:
    """The ids of the styles of titles and first headings."""
    if STYLES not in archive.NameToInfo:
        return frozenset({"Title", "Heading1"})
    found = set()
    for style in _part(archive, STYLES).iterfind("{*}style"):
        name = style.find("{*}name")
        if name is not None and _value(name).lower() in TITLE_STYLES:
            found.add(_attribute(style, "styleId"))
    return frozenset(found)


def _lines(body: etree._Element, title_styles: frozenset[str]) -> Iterator[tuple[str, bool]]:
    """The lines of a part of the document, each with whether it is a title."""
    begun = ""  # paragraphs whose marks are deleted go on in the next
    for block in _blocks(body):
        if _name(block) == "tbl":
            yield from _rows(block, title_styles)
            continue
        text = begun + "".join(_text(block))
        if block.find("{*}pPr/{*}rPr/{*}del") is not None:
            begun = text
            continue
        begun = ""
        style = block.find("{*}pPr/{*}pStyle")
        is_title = style is not None and _value(style) in title_styles
        for line in text.split("\n"):
            yield " ".join(line.split()), is_title
        for box in block.iter("{*}" + BOX):
            if not any(_name(above) == "Fallback" for above in box.iterancestors()):
                yield from _lines(box, title_styles)
    if begun:
        yield " ".join(begun.split()), False


def _blocks(part: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs and tables of a part, also those inside controls and inserted ranges."""
    for element in part:
        name = _name(element)
        if name in {"p", "tbl"}:
            yield element
        elif name not in REMOVED:
            yield from _blocks(element)


def _rows(table: etree._Element, title_styles: frozenset[str]) -> Iterator[tuple[str, bool]]:
    """The rows of a table; a row with a single cell lays out its paragraphs."""
    for row in table.iter("{*}tr"):
        if row.find("{*}trPr/{*}del") is not None or next(row.iterancestors("{*}tbl"), None) is not table:
            continue
        cells = [list(_lines(cell, title_styles)) for cell in row.iterfind(".//{*}tc") if _row_of(cell) is row]
        if len(cells) == 1:
            yield from cells[0]
        else:
            yield "\t".join(" ".join(filter(None, (text for text, _ in cell))) for cell in cells), False


def _row_of(cell: etree._Element) -> etree._Element | None:
    return next(cell.iterancestors("{*}tr"), None)


def _text(element: etree._Element) -> Iterator[str]:
    """The text of a paragraph, without what is deleted and what is in text boxes."""
    for child in element:
        name = _name(child)
        if name == "t":
            yield child.text or ""
        elif name in CHARACTERS:
            yield CHARACTERS[name]
        elif name not in REMOVED and name != BOX:
            yield from _text(child)


def _name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _value(element: etree._Element) -> str:
    return _attribute(element, "val")


def _attribute(element: etree._Element, name: str) -> str:
    """An attribute of the element's own namespace."""
    space = str(element.tag).rpartition("}")[0]
    return str(element.get(f"{space}}}{name}" if space else name, ""))
