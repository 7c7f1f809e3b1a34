"""Format detection: determines a file's format, by content before name, and dispatches to its parser.

An HTML page saved as `.txt` is still a page, and JSON Lines is recognized under any name. The extension decides only
where the content does not, for example whether a line with commas is a table.
"""

import io
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

from archive.reading import json_records, page_signs, tables
from archive.reading.bounds import RECORD_BOUNDS, RecordBounds
from archive.reading.decoding import PORTION, SAMPLE, decode, decode_lines, decode_preview, is_binary
from archive.reading.decompression import PACKED_SUFFIXES, UnknownKind, UnsuitableFile, open_decompressed
from archive.reading.field_names import BadRecord, FieldMapper, RawRecord
from archive.reading.memory_limit import limited_memory
from archive.reading.page_process import PAGES, PageTooHard
from archive.reading.progress import ReadingProgress

LARGEST_ARTICLE = 1 << 26  # bytes; the complete works of Shakespeare take a tenth
LARGEST_ARRAY = 1 << 30  # bytes; a JSON array is held in memory


class FileFormat(StrEnum):
    """The supported file formats."""

    TEXT = "text"
    JSON = "JSON"
    JSON_LINES = "JSON Lines"
    TABLE = "table"
    PAGE = "web page"


FORMATS = {
    ".txt": FileFormat.TEXT,
    ".json": FileFormat.JSON,
    ".jsonl": FileFormat.JSON_LINES,
    ".ndjson": FileFormat.JSON_LINES,
    ".csv": FileFormat.TABLE,
    ".tsv": FileFormat.TABLE,
    ".html": FileFormat.PAGE,
    ".htm": FileFormat.PAGE,
}
SUPPORTED = "what is read is .txt, .jsonl, .json, .csv, .tsv and .html, each also as .gz or .zst"


def suffixes(path: Path) -> tuple[str, str]:
    """The lowercase extension that names the format, and the whole suffix to remove from ids."""
    packed = path.suffix if path.suffix.lower() in PACKED_SUFFIXES else ""
    kind = path.with_suffix("").suffix if packed else path.suffix
    known = kind.lower() in FORMATS
    return kind.lower(), (kind if known else "") + packed


def read_file(
    path: Path, mapper: FieldMapper, progress: ReadingProgress, bounds: RecordBounds = RECORD_BOUNDS
) -> Iterator[RawRecord | BadRecord]:
    """Parse the articles in one file. Raises UnreadableFile where it cannot be read any further."""
    with open_decompressed(path, progress) as stream:
        head = stream.peek()[:SAMPLE]
        extension, _ = suffixes(path)
        if not head:
            raise UnsuitableFile("the file is empty")
        if is_binary(head):
            raise UnsuitableFile(f"not text; {SUPPORTED}")
        if extension not in FORMATS:
            raise UnknownKind(f"unknown kind {extension or '(no extension)'}; {SUPPORTED}")
        kind = _detect_format(decode_preview(head), FORMATS[extension])
        if kind is FileFormat.PAGE:
            yield _parse_page(_read_whole(stream, LARGEST_ARTICLE), bounds)
        else:
            yield from _parse(stream, kind, mapper, bounds.mebibytes)


def _parse(
    stream: io.BufferedReader, kind: FileFormat, mapper: FieldMapper, mebibytes: int
) -> Iterator[RawRecord | BadRecord]:
    match kind:
        case FileFormat.JSON_LINES:
            yield from json_records.from_lines(decode_lines(stream), mapper, mebibytes)
        case FileFormat.JSON:
            yield from json_records.from_whole(_read_array(stream, mebibytes), mapper, mebibytes)
        case FileFormat.TABLE:
            yield from tables.from_lines(decode_lines(stream), mapper)
        case _:
            text = decode(_read_whole(stream, LARGEST_ARTICLE))
            yield RawRecord(FieldMapper().fields(("text",), (text,)))


def _parse_page(raw: bytes, bounds: RecordBounds) -> RawRecord | BadRecord:
    page = decode(raw, page_signs.declared_encoding(raw))
    try:
        found = PAGES.extract(page, bounds.seconds, bounds.mebibytes)
    except PageTooHard as error:
        return BadRecord(str(error))
    return RawRecord(FieldMapper().fields(tuple(found), tuple(found.values())))


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


def _read_array(stream: io.BufferedReader, mebibytes: int) -> str:
    try:
        with limited_memory(mebibytes):
            return decode(_read_whole(stream, LARGEST_ARRAY))
    except MemoryError:
        raise UnsuitableFile(
            f"it takes more than {mebibytes:,} MiB of memory to read; "
            "write it as JSON Lines, or raise KLIPING_RECORD_MEMORY"
        ) from None


def _read_whole(stream: io.BufferedReader, most: int) -> bytes:
    whole = io.BytesIO()  # reading at once would allocate what the file may have at most
    while part := stream.read(PORTION):
        whole.write(part)
        if whole.tell() > most:
            raise UnsuitableFile(f"more than {most >> 20} MiB in one piece; split it, or write it as JSON Lines")
    raw = whole.getvalue()
    if is_binary(raw):
        raise UnsuitableFile(f"not text; {SUPPORTED}")
    return raw
