"""Which parser reads which kind of document, and what becomes of its errors.

A parser yields values for JSON. One that cannot read its file raises BadDocument with the reason; any other exception
of a library means that the file is damaged.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from archive.reading.documents.document import BadDocument, damaged
from archive.reading.documents.feeds import feed_articles
from archive.reading.documents.html_sheets import html_sheet_rows
from archive.reading.documents.mail import mail_parts
from archive.reading.documents.open_documents import open_document_article
from archive.reading.documents.pdf import pdf_article
from archive.reading.documents.rich_text import rich_text_article
from archive.reading.documents.spreadsheets import sheet_rows
from archive.reading.documents.word_documents import word_article

PARSERS: Final[Mapping[str, Callable[[bytes], Iterator[object]]]] = {
    "Word document": word_article,
    "feed": feed_articles,
    "e-mail": mail_parts,
    "PDF file": pdf_article,
    "rich text": rich_text_article,
    "spreadsheet": sheet_rows,
    "spreadsheet in HTML": html_sheet_rows,
    "OpenDocument text": open_document_article,
}


def parse_document(parser: str, raw: bytes) -> Iterator[object]:
    """What a parser yields for the bytes of a file; where it fails, `{"error": reason, "judged": …}` at the end."""
    try:
        yield from PARSERS[parser](raw)
    except MemoryError:
        raise
    except BadDocument as error:
        yield {"error": str(error), "judged": error.judged}
    except Exception:  # noqa: BLE001  # what the libraries raise for damaged files is not documented
        yield {"error": str(damaged(parser)), "judged": False}
