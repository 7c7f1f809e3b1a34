"""Format detection: determines a file's format, by content before name.

An HTML page saved as `.txt` is still a page, and JSON Lines is recognized under any name. The extension decides only
where the content does not, for example whether a line with commas is a table.
"""

from enum import StrEnum
from pathlib import Path

from archive.reading import json_records, page_signs
from archive.reading.containers.decompression import PACKED_SUFFIXES
from archive.reading.containers.tar_archives import is_tar
from archive.reading.decoding import decode_preview


class FileFormat(StrEnum):
    """The supported file formats."""

    TEXT = "text"
    JSON = "JSON"
    JSON_LINES = "JSON Lines"
    TABLE = "table"
    PAGE = "web page"
    ZIP = "zip archive"
    TAR = "tar archive"


FORMATS = {
    ".txt": FileFormat.TEXT,
    ".json": FileFormat.JSON,
    ".jsonl": FileFormat.JSON_LINES,
    ".ndjson": FileFormat.JSON_LINES,
    ".csv": FileFormat.TABLE,
    ".tsv": FileFormat.TABLE,
    ".html": FileFormat.PAGE,
    ".htm": FileFormat.PAGE,
    ".zip": FileFormat.ZIP,
    ".tar": FileFormat.TAR,
    ".tgz": FileFormat.TAR,
}
BINARY = frozenset({FileFormat.ZIP, FileFormat.TAR})
SIGNATURES = {b"PK\x03\x04": FileFormat.ZIP, b"PK\x05\x06": FileFormat.ZIP}
SUPPORTED = (
    "what is read is .txt, .jsonl, .json, .csv, .tsv and .html, "
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
    """The format that the first bytes show; None if they may be text, or nothing that is known."""
    if is_tar(head):
        return FileFormat.TAR
    return next((kind for magic, kind in SIGNATURES.items() if head.startswith(magic)), None)


def text_format(raw: bytes, named: FileFormat) -> FileFormat:
    """The format that the first bytes show, decoded, else the one that the name says."""
    return _detect_format(decode_preview(raw), named)


def _detect_format(head: str, named: FileFormat) -> FileFormat:
    """The format that the first characters show, else the format that the name says."""
    first, second, *_ = (*(line.strip() for line in head.split("\n") if not line.isspace()), "", "")
    if page_signs.FIRST_TAG.match(head):
        return FileFormat.PAGE
    if first == "[" or first.startswith(("[{", "[ {")):
        return FileFormat.JSON
    if first.startswith("{") and (second or named is not FileFormat.JSON) and json_records.is_object(first):
        return FileFormat.JSON_LINES
    if named is FileFormat.PAGE and not page_signs.ANY_TAG.search(head):
        return FileFormat.TEXT
    return named
