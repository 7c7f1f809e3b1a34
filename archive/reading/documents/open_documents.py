"""OpenDocument texts (.odt), as LibreOffice writes them: headings, paragraphs, lists and tables, changes accepted.

The content is XML, read by lxml without entities or network. Elements are known by their local names. Comments,
footnotes, headers and footers are no part of the article.
"""

import zipfile
from collections.abc import Iterator
from io import BytesIO

from lxml import etree

from archive.reading.documents.document import damaged, encrypted
from archive.reading.documents.press_exports import articles_of_export, numbered
from archive.reading.documents.titles import LONGEST_TITLE, title_and_text

CONTENT = "content.xml"
MANIFEST = "META-INF/manifest.xml"
LARGEST_CONTENT = 1 << 28  # bytes of XML; a book takes ten million
MOST_BLANKS = 100  # that one element may stand for
REMOVED = frozenset({"tracked-changes", "annotation", "annotation-end", "note", "table-of-content", "sequence-decls"})
CHARACTERS = {"tab": "\t", "line-break": "\n"}
TITLE_STYLES = frozenset({"Title", "Heading_20_1"})


def open_document_article(raw: bytes) -> Iterator[object]:
    """Yield the article in a document: its heading as title, a line for each paragraph and each row of a table."""
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            if MANIFEST in archive.NameToInfo and b"encryption-data" in archive.read(MANIFEST)[:LARGEST_CONTENT]:
                raise encrypted("document")
            if archive.getinfo(CONTENT).file_size > LARGEST_CONTENT:
                raise damaged("document")
            parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
            tree = etree.fromstring(archive.read(CONTENT), parser)
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError):
        raise damaged("document") from None
    body = tree.find(".//{*}body/{*}text")
    if body is None:
        raise damaged("document")
    titles = TITLE_STYLES | {_attribute(one, "name") for one in tree.iter("{*}style") if _parent(one) in TITLE_STYLES}
    lines = list(_lines(body, titles))
    texts = [text for text, _ in lines]
    if articles := articles_of_export(texts):
        yield from numbered(articles)
        return
    first = next((at for at, text in enumerate(texts) if text), 0)
    if lines and lines[first][1] and len(texts[first]) <= LONGEST_TITLE:
        yield {"fields": {"title": texts[first], "text": "\n".join(filter(None, texts[first + 1 :]))}}
    else:
        yield {"fields": title_and_text(texts)}


def _lines(part: etree._Element, titles: frozenset[str]) -> Iterator[tuple[str, bool]]:
    """The lines of a part of the document, each with whether it is a title."""
    for element in part:
        name = _name(element)
        if name in {"p", "h"}:
            is_title = _attribute(element, "style-name") in titles or _attribute(element, "outline-level") == "1"
            for line in "".join(_text(element)).split("\n"):
                yield " ".join(line.split()), is_title
            for box in element.iter("{*}text-box"):
                yield from _lines(box, titles)
        elif name == "table-row":
            cells = [list(_lines(cell, titles)) for cell in element if _name(cell) == "table-cell"]
            if len(cells) == 1:
                yield from cells[0]
            else:
                yield "\t".join(" ".join(filter(None, (text for text, _ in cell))) for cell in cells), False
        elif name not in REMOVED:
            yield from _lines(element, titles)


def _text(element: etree._Element) -> Iterator[str]:
    """The text of a paragraph, without notes, comments and text boxes."""
    yield element.text or ""
    for child in element:
        name = _name(child)
        if name == "s":
            count = _attribute(child, "c")
            yield " " * min(int(count) if count.isdigit() else 1, MOST_BLANKS)
        elif name in CHARACTERS:
            yield CHARACTERS[name]
        elif name not in REMOVED and name != "frame":
            yield from _text(child)
        yield child.tail or ""


def _parent(style: etree._Element) -> str:
    return _attribute(style, "parent-style-name")


def _name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _attribute(element: etree._Element, name: str) -> str:
    """An attribute by its local name."""
    return next((str(value) for key, value in element.items() if str(key).rpartition("}")[2] == name), "")
