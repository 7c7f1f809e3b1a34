"""Reads one file: opens it, has its format detected and calls the parser of the format; for what is inside it again.

A member of a container is read like a file. What cannot be read of it costs the member; what goes beyond a bound of the
container ends the file.
"""

import io
from base64 import b64decode
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryFile
from types import MappingProxyType
from typing import Any

from archive.reading import json_records, page_signs, tables
from archive.reading.bounds import RecordBounds
from archive.reading.containers.bounds import ContainerBudget, OverBound
from archive.reading.containers.decompression import (
    UnknownKind,
    UnreadableFile,
    UnsuitableFile,
    decompressed,
    open_file,
    stream_of,
)
from archive.reading.containers.members import BadMember, Member, clean_name, shown
from archive.reading.containers.tar_archives import tar_members
from archive.reading.containers.web_archives import FRONT_PAGES, WebArchive, charset_of
from archive.reading.containers.whole_streams import read_bytes, seekable
from archive.reading.containers.zip_archives import open_zip, zip_members
from archive.reading.decoding import SAMPLE, decode, decode_lines, decode_xml, is_binary
from archive.reading.documents.front_pages import is_front_page
from archive.reading.documents.press_exports import articles_of_export
from archive.reading.field_names import BadRecord, FieldMapper, RawRecord
from archive.reading.formats import (
    DOCUMENT_KINDS,
    FORMATS,
    SHEETS,
    SUPPORTED,
    FileFormat,
    binary_format,
    ole_format,
    suffixes,
    text_format,
    zip_document,
)
from archive.reading.memory_limit import limited_memory
from archive.reading.parsing.parser_process import TooHard
from archive.reading.parsing.parsers import Parsers
from archive.reading.progress import ReadingProgress

LARGEST_ARTICLE = 1 << 26  # bytes; the complete works of Shakespeare take a tenth
LARGEST_DOCUMENT = 1 << 28  # bytes; a spreadsheet of a million rows has a quarter
LARGEST_ARRAY = 1 << 30  # bytes; a JSON array is held in memory

Found = Iterator[RawRecord | BadRecord]
Captures = Callable[[], Mapping[str, str]]


class PartlyRead(UnreadableFile):
    """A container that was read to its end, without some of its members. Each of them has been told of."""


@dataclass(frozen=True, slots=True)
class ReadingRun:
    """How all files of a run are read. `captures` gives the times of the newest captures in its web archives.

    `reading_ahead` passes over what no parser is asked about.
    """

    mapper: FieldMapper
    progress: ReadingProgress
    parsers: Parsers
    captures: Captures = dict
    reading_ahead: bool = False

    @property
    def bounds(self) -> RecordBounds:
        """The bounds of a record."""
        return self.parsers.bounds


def read_file(path: Path, run: ReadingRun) -> Found:
    """Parse the articles in one file. Raises UnreadableFile where it cannot be read any further."""
    bounds = run.bounds
    with open_file(path, run.progress) as file:
        budget = ContainerBudget(bounds.container, path.stat().st_size)
        stream = decompressed(file, bounds.container.ratio, budget.count_lines)
        reading = _Reading(run, budget)
        yield from budget.counted(reading.parse(stream, path.name))


@dataclass(frozen=True, slots=True)
class _Reading:
    """How one file is read, and what it has taken of its bounds. `depth` counts the containers around."""

    run: ReadingRun
    budget: ContainerBudget
    depth: int = 0

    def parse(self, stream: io.BufferedReader, name: str) -> Found:
        """Parse a file or a member of one by what it holds, else by its name."""
        head = stream.peek()[:SAMPLE]
        extension, _ = suffixes(name)
        if not head:
            raise UnsuitableFile("the file is empty")
        kind = binary_format(head)
        if kind is None:
            kind = self._text_format(head, extension)
        match kind:
            case FileFormat.ZIP:
                yield from self._parse_zip(stream)
            case FileFormat.TAR:
                yield from self._inside().parse_members(tar_members(stream, self.budget))
            case FileFormat.WARC:
                yield from self._parse_web_archive(WebArchive(stream, self.budget, self.run.captures()))
            case FileFormat.FEED | FileFormat.SHEET_IN_HTML:
                raw = read_bytes(stream, LARGEST_DOCUMENT)
                text = decode_xml(raw) if kind is FileFormat.FEED else decode(raw, page_signs.declared_encoding(raw))
                yield from self._parse_document(text.encode("utf-8", "replace"), kind)
            case _ if kind in DOCUMENT_KINDS:
                yield from self._parse_document(read_bytes(stream, LARGEST_DOCUMENT), kind)
            case FileFormat.OLE:
                raw = read_bytes(stream, LARGEST_DOCUMENT)
                yield from self._parse_document(raw, ole_format(raw))
            case FileFormat.PAGE:
                yield self._parse_page(_read_whole(stream, LARGEST_ARTICLE))
            case _:
                yield from _parse_text(stream, kind, self.run)

    def _text_format(self, head: bytes, extension: str) -> FileFormat:
        if is_binary(head):
            raise UnsuitableFile(f"not text; {SUPPORTED}")
        if extension not in FORMATS:
            raise UnknownKind(f"unknown kind {extension or '(no extension)'}; {SUPPORTED}")
        return text_format(head, FORMATS[extension])

    def _parse_zip(self, stream: io.BufferedReader) -> Found:
        """Parse the members of an archive, or the document that it is."""
        with TemporaryFile() as space:
            file = seekable(stream, space)
            with open_zip(file, self.budget) as archive:
                kind = zip_document(archive)
                if kind is None:
                    yield from self._inside().parse_members(zip_members(archive, self.budget))
                    return
            file.seek(0)
            yield from self._parse_document(read_bytes(file, LARGEST_DOCUMENT), kind)

    def _inside(self) -> "_Reading":
        """How the members of a container are read; raises UnsuitableFile where it is nested too deep."""
        self.budget.check_depth(self.depth + 1)
        return replace(self, depth=self.depth + 1)

    def _parse_web_archive(self, archive: WebArchive) -> Found:
        """Parse the pages of a web archive that are articles, and tell how much was left out of what kind."""
        for capture in archive.captures():
            page = decode(capture.page, charset_of(capture.content_type) or page_signs.declared_encoding(capture.page))
            found = self._extract(page, {"url": capture.address})
            text = found.fields.get("text", "") if isinstance(found, RawRecord) else ""
            is_read = isinstance(found, RawRecord) and not self.run.reading_ahead
            if is_read and is_front_page(capture.address, page, text):
                archive.left_out[FRONT_PAGES] += 1
            else:
                yield replace(found, number=capture.number)
        self.run.mapper.leave_out(archive.left_out)
        if archive.damage:
            raise UnreadableFile(archive.damage)

    def _parse_page(
        self, raw: bytes, charset: str | None = None, known: Mapping[str, object] = MappingProxyType({})
    ) -> RawRecord | BadRecord:
        return self._extract(decode(raw, charset or page_signs.declared_encoding(raw)), known)

    def _extract(self, page: str, known: Mapping[str, object]) -> RawRecord | BadRecord:
        """Extract the article of a page; of what is `known` beforehand the page itself may know better."""
        try:
            found = self.run.parsers.page(page)
        except TooHard as error:
            return BadRecord(str(error))
        return RawRecord(_mapped(known) | _mapped(found))

    def _parse_document(self, raw: bytes, kind: FileFormat) -> Found:
        answers = self.run.parsers.document(kind, raw)
        if kind in SHEETS:
            yield from tables.from_sheets(answers, self.run.mapper)
        elif kind is FileFormat.MAIL:
            yield from self._parse_mail(answers)
        else:
            for part in answers:
                if part:
                    yield RawRecord(_mapped(part["fields"]), part.get("number"))

    def _parse_mail(self, answers: Iterator[Any]) -> Found:
        """Parse an e-mail or a saved page, then what is attached, for which the parser must be free."""
        attached, failure = [], None
        try:
            for part in answers:
                if "file" in part:
                    attached.append(part)
                elif "page" in part:
                    yield self._parse_page(b64decode(part["page"]), part["charset"], part["fields"])
                else:
                    yield RawRecord(_mapped(part["fields"]))
        except UnreadableFile as error:
            failure = error
        if attached:
            yield from self._inside().parse_members(map(self._attached, attached))
        if failure is not None:
            raise failure

    def _attached(self, part: Mapping[str, Any]) -> Member | BadMember:
        """A file in an e-mail as a member of a container."""
        self.budget.count_member()
        raw = b64decode(part["file"])
        self.budget.count_bytes(len(raw))
        name = clean_name(part["name"])
        if name is None:
            return BadMember(shown(part["name"]), "its path leads out of the e-mail; it was not read")
        return Member(name, stream_of(iter([raw])))

    def parse_members(self, members: Iterator[Member | BadMember]) -> Found:
        """Parse the members of a container. Raises PartlyRead at the end if one of them cannot be read."""
        unread = ""
        for member in members:
            if isinstance(member, BadMember):
                yield BadRecord(member.reason, member.name)
                unread = unread or member.reason
                continue
            found = None
            try:
                stream = decompressed(member.stream, self.run.bounds.container.ratio, self.budget.count_lines)
                for found in self.parse(stream, member.name):
                    yield found.inside(member.name)
                if found is None:
                    yield BadRecord("no article in it", member.name)
                elif isinstance(found, BadRecord) and found.broken:
                    unread = unread or found.reason
            except OverBound:
                raise
            except PartlyRead as error:
                unread = unread or str(error)
            except UnreadableFile as error:
                yield BadRecord(str(error), member.name)
                unread = unread or ("" if isinstance(error, UnknownKind) else str(error))
        if unread:
            raise PartlyRead(unread)


def _mapped(fields: Mapping[str, object]) -> dict[str, str]:
    return FieldMapper().fields(tuple(fields), tuple(fields.values()))


def _parse_text(stream: io.BufferedReader, kind: FileFormat, run: ReadingRun) -> Found:
    if run.reading_ahead:
        return
    mebibytes = run.bounds.mebibytes
    match kind:
        case FileFormat.JSON_LINES:
            yield from json_records.from_lines(decode_lines(stream), run.mapper, mebibytes)
        case FileFormat.JSON:
            yield from json_records.from_whole(_read_array(stream, mebibytes), run.mapper, mebibytes)
        case FileFormat.TABLE:
            yield from tables.from_lines(decode_lines(stream), run.mapper)
        case _:
            text = decode(_read_whole(stream, LARGEST_ARTICLE))
            articles = articles_of_export(text.splitlines())
            for number, fields in enumerate(articles, 1):
                yield RawRecord(_mapped(fields), number)
            if not articles:
                yield RawRecord(_mapped({"text": text}))


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
    raw = read_bytes(stream, most)
    if is_binary(raw):
        raise UnsuitableFile(f"not text; {SUPPORTED}")
    return raw
