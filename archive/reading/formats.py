"""Format detection: determines a file's format, by content before name.

An HTML page saved as `.txt` is still a page, and so are JSON Lines and a table whose head names known fields. The
extension decides only where the content does not, for example whether a line with commas is a table.
"""

import re
from enum import StrEnum
from pathlib import Path
from zipfile import ZipFile

from archive.reading import json_records, page_signs, tables
from archive.reading.containers import web_archives
from archive.reading.containers.decompression import PACKED_SUFFIXES, UnreadableFile, UnsuitableFile
from archive.reading.containers.tar_archives import is_tar
from archive.reading.containers.zip_archives import small_member
from archive.reading.decoding import decode_preview


class FileFormat(StrEnum):
    """The supported file formats."""

    TEXT = "text"
    JSON = "JSON"
    JSON_LINES = "JSON Lines"
    TABLE = "table"
    PAGE = "web page"
    SPREADSHEET = "spreadsheet"
    SHEET_IN_HTML = "spreadsheet in HTML"
    WORD = "Word document"
    OPEN_TEXT = "OpenDocument text"
    RICH_TEXT = "rich text"
    PDF = "PDF file"
    FEED = "feed"
    MAIL = "e-mail"
    ZIP = "zip archive"
    TAR = "tar archive"
    WARC = "web archive"
    OLE = "file of an old Office"
    SEVEN_ZIP = "7z archive"
    RAR = "RAR archive"


FORMATS = {
    ".txt": FileFormat.TEXT,
    ".json": FileFormat.JSON,
    ".jsonl": FileFormat.JSON_LINES,
    ".jl": FileFormat.JSON_LINES,  # as Scrapy calls it
    ".ndjson": FileFormat.JSON_LINES,
    ".csv": FileFormat.TABLE,
    ".tsv": FileFormat.TABLE,
    ".html": FileFormat.PAGE,
    ".htm": FileFormat.PAGE,
    ".xlsx": FileFormat.SPREADSHEET,
    ".xlsm": FileFormat.SPREADSHEET,
    ".xlsb": FileFormat.SPREADSHEET,
    ".xls": FileFormat.SPREADSHEET,
    ".ods": FileFormat.SPREADSHEET,
    ".docx": FileFormat.WORD,
    ".docm": FileFormat.WORD,
    ".doc": FileFormat.WORD,  # what is named so and is none: pages and rich text
    ".odt": FileFormat.OPEN_TEXT,
    ".pdf": FileFormat.PDF,
    ".rtf": FileFormat.RICH_TEXT,
    ".xml": FileFormat.FEED,
    ".rss": FileFormat.FEED,
    ".atom": FileFormat.FEED,
    ".eml": FileFormat.MAIL,
    ".mhtml": FileFormat.MAIL,
    ".mht": FileFormat.MAIL,
    ".warc": FileFormat.WARC,
    ".zip": FileFormat.ZIP,
    ".tar": FileFormat.TAR,
    ".tgz": FileFormat.TAR,
}
DOCUMENT_KINDS = frozenset(
    {
        *(
            FileFormat.SPREADSHEET,
            FileFormat.SHEET_IN_HTML,
            FileFormat.WORD,
            FileFormat.OPEN_TEXT,
            FileFormat.RICH_TEXT,
        ),
        *(FileFormat.PDF, FileFormat.FEED, FileFormat.MAIL),
    }
)
SHEETS = frozenset({FileFormat.SPREADSHEET, FileFormat.SHEET_IN_HTML})
BINARY = frozenset({FileFormat.ZIP, FileFormat.TAR, FileFormat.WARC, FileFormat.OLE, *DOCUMENT_KINDS})
SIGNATURES = {
    b"PK\x03\x04": FileFormat.ZIP,
    b"PK\x05\x06": FileFormat.ZIP,
    b"{\\rtf": FileFormat.RICH_TEXT,
    web_archives.MAGIC: FileFormat.WARC,
    b"%PDF-": FileFormat.PDF,
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": FileFormat.OLE,
    b"7z\xbc\xaf\x27\x1c": FileFormat.SEVEN_ZIP,
    b"Rar!\x1a\x07": FileFormat.RAR,
}
UNREAD = {  # kinds that are known and not read, with what to do
    FileFormat.SEVEN_ZIP: "a 7z archive, which is not read; unpack it, or pack it as .zip",
    FileFormat.RAR: "a RAR archive, which is not read; unpack it, or pack it as .zip",
}
FEED_TAG = re.compile(
    r"\s*+(?:<\?[^>]*+>\s*+|<!DOCTYPE[^>]*+>\s*+|(?><!--.*?-->)\s*+)*+<(?:rss|feed|(?:\w++:)?RDF)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
# A field of the head of an e-mail, with the begin of the line that follows.
HEADER = re.compile(r"(?:From [^\n]*\n)?[!-9;-~]+:[ \t]?[^\n]*\n[!-9;-~\s]")
TABLE_TAG = re.compile(r"<(?:table|tr)\b", re.IGNORECASE)
EXCEL_IN_XML = re.compile(
    r"<\?mso-application[^>]{0,100}?Excel|urn:schemas-microsoft-com:office:spreadsheet", re.IGNORECASE
)
NOT_AS_NAMED = {
    FileFormat.FEED: "XML, and neither RSS nor Atom; other XML is not read: export it as CSV or JSON",
}
SUPPORTED = (
    "what is read is .txt, .html, .mhtml, .eml, .docx, .odt, .rtf, .pdf, .jsonl, .json, .csv, .tsv, .xlsx, .xls, .ods, "
    "feeds (.xml) and web archives (.warc), "
    "each also packed (.gz, .zst, .bz2, .xz) and in a container (.zip, .tar)"
)


def suffixes(name: str) -> tuple[str, str]:
    """The lowercase extension that names the format, and the whole suffix to remove from ids."""
    path = Path(name)
    packed = path.suffix if path.suffix.lower() in PACKED_SUFFIXES else ""
    kind = path.with_suffix("").suffix if packed else path.suffix
    known = kind.lower() in FORMATS
    return kind.lower(), (kind if known else "") + packed


def binary_format(head: bytes) -> FileFormat | None:
    """The format that the first bytes show; None if they may be text, or nothing that is known.

    Raises UnsuitableFile for a kind that is known and not read.
    """
    if is_tar(head):
        return FileFormat.TAR
    kind = next((kind for magic, kind in SIGNATURES.items() if head.startswith(magic)), None)
    if kind in UNREAD:
        raise UnsuitableFile(UNREAD[kind])
    return kind


def text_format(raw: bytes, named: FileFormat) -> FileFormat:
    """The format that the first bytes show, decoded, else the one that the name says; UnsuitableFile if it is not."""
    head = decode_preview(raw)
    if named is FileFormat.SPREADSHEET:
        return _format_of_sheet(head)
    if page_signs.FIRST_TAG.match(head):
        return FileFormat.PAGE
    if FEED_TAG.match(head):
        return FileFormat.FEED
    kind = _detect_format(head, named)
    if kind in BINARY and not (kind is FileFormat.MAIL and HEADER.match(head)):
        reason = f"it is no {kind}, whatever its name says; give it the name of what it is"
        raise UnsuitableFile(NOT_AS_NAMED.get(kind, reason))
    return kind


def _format_of_sheet(head: str) -> FileFormat:
    """The format of a text that is named like a spreadsheet: HTML with a table, or a table of lines."""
    if EXCEL_IN_XML.search(head) and not page_signs.FIRST_TAG.match(head):
        raise UnsuitableFile("a spreadsheet in XML of Excel 2003, which is not read; open it and save it as .xlsx")
    if page_signs.FIRST_TAG.match(head) or (head.lstrip("\ufeff \t\r\n").startswith("<") and TABLE_TAG.search(head)):
        return FileFormat.SHEET_IN_HTML
    first = next((line for line in head.split("\n") if not line.isspace()), "")
    if any(sign in first for sign in tables.DELIMITERS) or tables.DECLARED_DELIMITER.fullmatch(first.strip()):
        return FileFormat.TABLE
    raise UnsuitableFile("it is no spreadsheet, whatever its name says; give it the name of what it is")


def _detect_format(head: str, named: FileFormat) -> FileFormat:
    """The format that the first characters show, else the format that the name says."""
    first, second, *_ = (*(line.strip() for line in head.split("\n") if not line.isspace()), "", "")
    if first == "[" or first.startswith(("[{", "[ {")):
        return FileFormat.JSON
    if first.startswith("{") and _is_continued(first, second) and named in {FileFormat.JSON, FileFormat.JSON_LINES}:
        return FileFormat.JSON
    if first.startswith("{") and (second or named is not FileFormat.JSON) and json_records.is_object(first):
        return FileFormat.JSON_LINES
    if named is FileFormat.PAGE and not page_signs.ANY_TAG.search(head):
        return FileFormat.TEXT
    if named is FileFormat.TEXT and tables.is_table(first, second):
        return FileFormat.TABLE
    return named


def _is_continued(first: str, second: str) -> bool:
    """Whether an object goes on in the next line: objects written over several lines, one after the other."""
    return bool(second) and not second.startswith("{") and not json_records.is_object(first)


# Office documents -----------------------------------------------------------------------------------------------------

# A member of a zip archive → the document that the archive is.
OFFICE_PARTS = {
    "xl/workbook.xml": FileFormat.SPREADSHEET,
    "xl/workbook.bin": FileFormat.SPREADSHEET,
    "word/document.xml": FileFormat.WORD,
    "word/document2.xml": FileFormat.WORD,  # as some servers call it
}
OPEN_DOCUMENT = "mimetype"  # its first member, which names the kind
OPEN_DOCUMENTS = {
    b"application/vnd.oasis.opendocument.spreadsheet": FileFormat.SPREADSHEET,
    b"application/vnd.oasis.opendocument.text": FileFormat.OPEN_TEXT,
}
SAVE_AS = "save it as .docx, .xlsx, .pdf or .txt"
OLE_SECTOR = 1 << 9  # bytes; names of streams are in UTF-16 anywhere in a directory of such sectors
OLE_ENCRYPTED, OLE_WORD, *OLE_SHEETS = (
    name.encode("utf-16-le") for name in ("EncryptedPackage", "WordDocument", "Workbook", "Book")
)
OLE_OTHERS = {
    "PowerPoint Document".encode("utf-16-le"): f"a presentation, which is not read; {SAVE_AS}",
    "__properties_version1.0".encode("utf-16-le"): "a message of Outlook, which is not read; save it as .eml or .txt",
}


def zip_document(archive: ZipFile) -> FileFormat | None:
    """The document that a zip archive is; None if it is only an archive. Raises UnsuitableFile for others of Office."""
    names = archive.NameToInfo
    if found := next((kind for part, kind in OFFICE_PARTS.items() if part in names), None):
        return found
    if OPEN_DOCUMENT in names and names[OPEN_DOCUMENT].file_size < OLE_SECTOR:
        kind = small_member(archive, OPEN_DOCUMENT).strip()
        if kind.startswith(b"application/vnd.oasis.opendocument."):
            if kind not in OPEN_DOCUMENTS:
                raise UnsuitableFile(f"a document of a kind that is not read; {SAVE_AS}")
            return OPEN_DOCUMENTS[kind]
    if "ppt/presentation.xml" in names:
        raise UnsuitableFile(f"a presentation, which is not read; {SAVE_AS}")
    return None


def ole_format(raw: bytes) -> FileFormat:
    """The document that a file of an old Office is. Raises UnreadableFile if it is encrypted or of another kind."""
    if OLE_ENCRYPTED in raw:
        raise UnreadableFile("the document is encrypted; open it with its password and save it without one")
    if OLE_WORD in raw:
        raise UnsuitableFile("a document of Word 2003 or older, which is not read; save it as .docx")
    if not any(name in raw for name in OLE_SHEETS):
        reason = next((told for name, told in OLE_OTHERS.items() if name in raw), None)
        if reason:
            raise UnsuitableFile(reason)
        raise UnreadableFile(f"a document of an old Office that is damaged, or of a kind that is not read; {SAVE_AS}")
    return FileFormat.SPREADSHEET
