"""Formats: what kind of file one is, judged by its content before its name, and the articles that kind holds.

A page saved as `.txt` is still a page, and JSON Lines are JSON Lines under any name. The name decides only
where the content does not, such as whether a line with commas is a table.
"""

import io
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

from archive.reading import json_records, tables, web_pages
from archive.reading.decoding import SAMPLE, binary, decoded, glimpsed, lines
from archive.reading.decompression import PACKED_SUFFIXES, Unreadable, opened
from archive.reading.field_names import Draft, Flaw, Recognition
from archive.reading.progress import Meter

LARGEST_ARTICLE = 1 << 26  # bytes; the complete works of Shakespeare take a tenth
LARGEST_ARRAY = 1 << 30  # bytes; an array of JSON is held in memory


class Kind(StrEnum):
    """The kinds of files that are read."""

    TEXT = "text"
    JSON = "JSON"
    JSON_LINES = "JSON Lines"
    TABLE = "table"
    PAGE = "web page"


KINDS = {
    ".txt": Kind.TEXT,
    ".json": Kind.JSON,
    ".jsonl": Kind.JSON_LINES,
    ".ndjson": Kind.JSON_LINES,
    ".csv": Kind.TABLE,
    ".tsv": Kind.TABLE,
    ".html": Kind.PAGE,
    ".htm": Kind.PAGE,
}
READ = "what is read is .txt, .jsonl, .json, .csv, .tsv and .html, each also as .gz or .zst"


def suffixes(path: Path) -> tuple[str, str]:
    """The end of a name that tells the kind, in small letters, and the whole end that is no part of an id."""
    packed = path.suffix if path.suffix.lower() in PACKED_SUFFIXES else ""
    kind = path.with_suffix("").suffix if packed else path.suffix
    known = kind.lower() in KINDS
    return kind.lower(), (kind if known else "") + packed


def articles(path: Path, recognition: Recognition, meter: Meter) -> Iterator[Draft | Flaw]:
    """The articles in one file; `Unreadable` at the place where it cannot be read any further."""
    with opened(path, meter) as stream:
        head = stream.peek()[:SAMPLE]
        extension, _ = suffixes(path)
        if not head:
            raise Unreadable("the file is empty")
        if binary(head):
            raise Unreadable(f"not text; {READ}")
        if extension not in KINDS:
            raise Unreadable(f"unknown kind {extension or '(no extension)'}; {READ}")
        yield from _articles(stream, _kind(glimpsed(head), KINDS[extension]), recognition)


def _articles(stream: io.BufferedReader, kind: Kind, recognition: Recognition) -> Iterator[Draft | Flaw]:
    match kind:
        case Kind.JSON_LINES:
            yield from json_records.from_lines(lines(stream), recognition)
        case Kind.JSON:
            yield from json_records.from_whole(decoded(_whole(stream, LARGEST_ARRAY)), recognition)
        case Kind.TABLE:
            yield from tables.from_lines(lines(stream), recognition)
        case Kind.PAGE:
            yield _page(_whole(stream, LARGEST_ARTICLE))
        case Kind.TEXT:
            text = decoded(_whole(stream, LARGEST_ARTICLE))
            yield Draft(Recognition().fields(("text",), (text,)))


def _page(raw: bytes) -> Draft:
    found = web_pages.fields(decoded(raw, web_pages.declared_encoding(raw)))
    return Draft(Recognition().fields(tuple(found), tuple(found.values())))


def _kind(head: str, named: Kind) -> Kind:
    """What a file is by its first characters, where they are plain enough, else what its name says."""
    first, second, *_ = (*(line.strip() for line in head.split("\n") if not line.isspace()), "", "")
    if web_pages.FIRST_TAG.match(head):
        return Kind.PAGE
    if first == "[" or first.startswith(("[{", "[ {")):
        return Kind.JSON
    if first.startswith("{") and (second or named is not Kind.JSON) and json_records.is_object(first):
        return Kind.JSON_LINES
    if named is Kind.PAGE and not web_pages.ANY_TAG.search(head):
        return Kind.TEXT
    return named


def _whole(stream: io.BufferedReader, most: int) -> bytes:
    raw = stream.read(most + 1)
    if len(raw) > most:
        raise Unreadable(f"more than {most >> 20} MiB in one piece; split it, or write it as JSON Lines")
    if binary(raw):
        raise Unreadable(f"not text; {READ}")
    return raw
