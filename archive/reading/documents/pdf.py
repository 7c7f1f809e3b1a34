"""PDF files by PDFium: the text layer in reading order, as one article.

Lines that the pages repeat at their edges (names of papers, numbers of pages, addresses of printed web pages) are no
text; an address in them is that of the article. The title is what stands first in larger letters. What the file itself
calls its title is used only if it reads like one, since it is often the name of a file.
"""

import ctypes
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain

from pypdfium2 import PdfDocument, PdfiumError, PdfTextPage, raw

from archive.reading.documents.document import BadDocument, damaged, encrypted
from archive.reading.documents.line_joining import Line, joined_paragraphs, leading, paragraphs, with_whole_words
from archive.reading.documents.page_layout import Block, Word, blocks_of
from archive.reading.documents.press_exports import articles_of_export, numbered
from archive.reading.documents.titles import LONGEST_TITLE, is_title, title_and_text

MOST_PAGES = 2_000  # of a file; an issue of a newspaper has a hundred
LEAST_LETTERS = 20  # of a file with a text layer
NEEDS_PASSWORD = 4  # an error of PDFium
HYPHEN = 2  # what PDFium makes of a hyphen at the end of a line
LARGER = 1.15  # times the usual size of letters: a title
USUAL_LEADING = 1.2  # the distance of lines as a share of the height of letters, where no two lines tell it
EDGE_LINES = 2  # lines at the top and the bottom of a page that may be repeated
REPEATED = 0.5  # the share of the pages that repeat them
DIGITS = re.compile(r"\d+")
ADDRESS = re.compile(r"https?://[^\s/]+/[^\s]{4,}")
PAGE_NUMBER = re.compile(r"(?:hal(?:aman)?|page)?\W*\d{1,4}(?:\s*(?:/|dari|of)\s*\d{1,4})?\W*", re.IGNORECASE)
# What programs call a file that nobody gave a title.
NO_TITLE = re.compile(
    r"(?:microsoft \w+|powerpoint|untitled|document\d*|dokumen\d*|print|layout)\b|[^ ]*$|.*\.\w{2,4}$", re.IGNORECASE
)
CANNOT_BE_READ = (
    "it has no text layer: its pages are pictures. Run a program for OCR over it first, for example "
    "ocrmypdf --language ind, and read what that makes"
)


def pdf_article(content: bytes) -> Iterator[object]:
    """Yield the article, after an empty value for each page, so that a page takes the time of an answer."""
    try:
        document = PdfDocument(content)
    except PdfiumError as error:
        raise (encrypted if error.err_code == NEEDS_PASSWORD else damaged)("PDF file") from None
    if len(document) > MOST_PAGES:
        raise BadDocument(f"more than {MOST_PAGES:,} pages; split it", judged=True)
    pages: list[list[list[Line]]] = []
    empty = []
    for number in range(len(document)):
        pages.append([list(block.lines()) for block in _page_blocks(document, number)])
        if not pages[-1]:
            empty.append(number + 1)
        yield {}
    if sum(letter.isalpha() for line in _all_lines(pages) for letter in line.text) < LEAST_LETTERS:
        raise BadDocument(CANNOT_BE_READ, judged=True)
    articles = articles_of_export([line.text for line in _all_lines(pages)])
    own_title = str(document.get_metadata_value("Title"))
    yield from numbered(articles) if articles else [{"fields": _fields(pages, own_title)}]
    if empty:
        listed = ", ".join(map(str, empty[:10])) + (", …" if len(empty) > 10 else "")
        raise BadDocument(f"no text on page {listed}; where that is a picture of text: {CANNOT_BE_READ}", judged=True)


def _page_blocks(document: PdfDocument, number: int) -> list[Block]:
    """The blocks of text on a page, in reading order."""
    try:
        page = document[number]
        text = page.get_textpage()
    except PdfiumError:
        raise damaged("PDF file") from None
    found = blocks_of(list(_words(text)))
    text.close()
    page.close()
    return found


def _words(text: PdfTextPage) -> Iterator[Word]:
    """The words on a page, in the order of the file: letters without a blank or a jump between."""
    letters: list[Word] = []
    for at in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, at)
        letter = "-" if code == HYPHEN else chr(code) if code else ""
        if not letter.strip() or 0xD800 <= code < 0xE000:
            yield from _joined(letters)
            letters = []
            continue
        box = raw.FS_RECTF()
        if not raw.FPDFText_GetLooseCharBox(text, at, ctypes.byref(box)):
            continue
        found = Word(letter, box.left, box.bottom, box.right, box.top)
        if letters and not found.follows(letters[-1]):
            yield from _joined(letters)
            letters = []
        letters.append(found)
    yield from _joined(letters)


def _joined(letters: Sequence[Word]) -> Iterator[Word]:
    if letters:
        yield Word(
            "".join(letter.text for letter in letters),
            letters[0].left,
            min(letter.bottom for letter in letters),
            letters[-1].right,
            max(letter.top for letter in letters),
        )


def _all_lines(pages: Sequence[Sequence[Sequence[Line]]]) -> Iterator[Line]:
    for page in pages:
        yield from chain.from_iterable(page)


def _fields(pages: list[list[list[Line]]], own_title: str) -> dict[str, str]:
    edges = _repeated_at_edges(pages)
    address = next((found[0] for line in edges.values() if (found := ADDRESS.search(line))), None)
    blocks = [[line for line in block if id(line) not in edges] for page in pages for block in page]
    blocks = [block for block in blocks if block]
    title = _heading(blocks)
    usual = Counter(chain.from_iterable(map(leading, blocks))).most_common(1)
    texts = joined_paragraphs(paragraphs(block, usual[0][0] if usual else USUAL_LEADING) for block in blocks)
    if title:
        fields = {"title": title, "text": "\n".join(texts)}
    elif own_title and is_title(own_title) and not NO_TITLE.match(own_title):
        fields = {"title": own_title, "text": "\n".join(text for text in texts if text != own_title)}
    else:
        fields = title_and_text(texts)
    return fields | ({"url": address} if address else {})


def _repeated_at_edges(pages: Sequence[Sequence[Sequence[Line]]]) -> dict[int, str]:
    """The lines at the edges of pages that are repeated, apart from numbers, or only number the page."""
    edges = []
    for page in pages:
        lines = sorted(chain.from_iterable(page), key=lambda line: -line.bottom)
        edges.append([*lines[:EDGE_LINES], *lines[max(EDGE_LINES, len(lines) - EDGE_LINES) :]])
    counted = Counter(form for lines in edges for form in {_form(line) for line in lines})
    often = max(2, REPEATED * len(pages))
    return {
        id(line): line.text
        for lines in edges
        for line in lines
        if counted[_form(line)] >= often or PAGE_NUMBER.fullmatch(line.text)
    }


def _form(line: Line) -> str:
    return DIGITS.sub("0", line.text)


def _heading(blocks: list[list[Line]]) -> str:
    """Take off the title: the largest letters among the first blocks, if they are larger than those of the text."""
    sizes = Counter(chain.from_iterable([round(line.size, 1)] * len(line.text) for block in blocks for line in block))
    if not sizes:
        return ""
    usual = sizes.most_common(1)[0][0]
    first = [block for block in blocks[:4] if max(line.size for line in block) > LARGER * usual]
    if not first:
        return ""
    block = max(first, key=lambda block: max(line.size for line in block))
    largest = max(line.size for line in block)
    lines = [line for line in block if line.size > largest / LARGER]
    title = " ".join(with_whole_words(paragraphs(lines)))
    if len(title) > LONGEST_TITLE or not any(letter.isalpha() for letter in title):
        return ""
    block[:] = [line for line in block if line not in lines]
    return title
