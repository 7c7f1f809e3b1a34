"""Web archives (WARC) by warcio: the newest capture of each page, with its address.

Pages are HTML with status 200. They wait packed in a temporary file until all is read, since a later capture replaces
an earlier one. What is no page is counted by kind, so that nothing is left out in silence.
"""

import io
import re
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from tempfile import TemporaryFile
from typing import IO, Any
from urllib.parse import urlsplit

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from archive.reading.containers.bounds import ContainerBudget
from archive.reading.containers.decompression import ShortReads, UnreadableFile

MAGIC = b"WARC/"
LARGEST_PAGE = 1 << 25  # bytes of HTML; larger ones are lists made by programs
PORTION = 1 << 18  # bytes read at once
PAGE_TYPES = ("text/html", "application/xhtml+xml")
CHARSET = re.compile(r"""charset\s*+=\s*+["']?+([\w.:-]{1,40})""", re.IGNORECASE | re.ASCII)
# A date as the standard has it (WARC 1.1, a profile of ISO 8601); one of another form is older than all, as none is.
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?Z)?)?)?", re.ASCII)
OK = "200"
REDIRECTS, ERRORS, OTHERS, REVISITS, OLDER, TOO_LARGE, FRONT_PAGES = (
    "redirects",
    "errors of servers",
    "images and other files",
    "revisits",
    "older captures",
    "pages of more than 32 MiB",
    "front and index pages",
)
# What the libraries raise for damaged records.
DAMAGES = (ArchiveLoadFailed, zlib.error, EOFError, ValueError, OSError, AttributeError, TypeError, IndexError)


class _Records(ArchiveIterator):  # type: ignore[misc]
    """The records of a file. What the library would print of one of a wrong length quotes the file."""

    INC_RECORD = ""


@dataclass(frozen=True, slots=True)
class Capture:
    """A page as it was captured; `number` is that of its record in the file."""

    address: str
    page: bytes
    content_type: str
    number: int


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a capture waits in the temporary file."""

    captured: str
    capture: Capture
    start: int
    size: int


@dataclass(slots=True)
class WebArchive:
    """The pages of one file. `left_out` counts by kind what is not among them.

    `newest` are the times of the newest captures in all files that are read, by the key of their address.
    """

    stream: io.BufferedReader
    budget: ContainerBudget
    newest: Mapping[str, str] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)
    damage: str = ""

    def captures(self) -> Iterator[Capture]:
        """The newest capture of each address, in the order in which they were first met. Raises OverBound."""
        with TemporaryFile() as space:
            found = self._newest(space)
            for place in found.values():
                space.seek(place.start)
                page = zlib.decompress(space.read(place.size))
                yield replace(place.capture, page=page)

    def _newest(self, space: IO[bytes]) -> dict[str, _Place]:
        newest: dict[str, _Place] = {}
        for captured, capture in self._pages():
            key = address_key(capture.address)
            before = newest.get(key)
            is_older = captured < self.newest.get(key, "")
            if before is not None or is_older:
                self.left_out[OLDER] += 1
            if is_older:
                continue
            if before is None or captured >= before.captured:
                packed = zlib.compress(capture.page, 1)
                start = space.seek(0, 2)
                space.write(packed)
                newest[key] = _Place(captured, replace(capture, page=b""), start, len(packed))
        return newest

    def times(self) -> Iterator[tuple[str, str]]:
        """The key of the address and the time of each capture of a page, without its content."""
        for captured, capture in self._pages(contents=False):
            yield address_key(capture.address), captured

    def _pages(self, *, contents: bool = True) -> Iterator[tuple[str, Capture]]:
        """All captures of pages, each with its time."""
        try:
            for number, record in enumerate(_Records(ShortReads(self.stream)), 1):
                self.budget.count_member()
                if record.rec_type is None:
                    raise EOFError
                kind = _left_out_kind(record)
                if kind:
                    self.left_out[kind] += 1
                elif kind is None and (page := self._content(record) if contents else b"") is not None:
                    headers = record.http_headers or record.rec_headers
                    told = record.rec_headers
                    address = str(told.get_header("WARC-Target-URI") or "").strip("<>")
                    content_type = str(headers.get_header("Content-Type") or "")
                    captured = str(told.get_header("WARC-Date") or "")
                    yield captured if _DATE.fullmatch(captured) else "", Capture(address, page, content_type, number)
        except UnreadableFile as error:
            self.damage = str(error)
            if type(error) is not UnreadableFile:
                raise
        except DAMAGES:
            self.damage = "the web archive is damaged or was cut short; what stood before was read: fetch it again"

    def _content(self, record: Any) -> bytes | None:
        """The HTML of a record; None if it is too large, or was cut short."""
        stream, parts, size = record.content_stream(), [], 0
        while part := stream.read(PORTION):
            size += len(part)
            self.budget.count_bytes(len(part))
            if size > LARGEST_PAGE:
                self.left_out[TOO_LARGE] += 1
                return None
            parts.append(part)
        chunked = record.http_headers and record.http_headers.get_header("Transfer-Encoding")
        if not chunked and record.raw_stream.limit > 0:
            raise EOFError
        return b"".join(parts)


def _left_out_kind(record: Any) -> str | None:
    """As what a record is counted that is no page: "" for what is about the capture itself; None for a page."""
    if record.rec_type == "revisit":
        return REVISITS
    if record.rec_type not in {"response", "resource"}:
        return ""
    headers = record.http_headers
    if headers is not None:
        status = str(headers.get_statuscode())
        if status.startswith("3"):
            return REDIRECTS
        if status != OK:
            return ERRORS
    told = str((headers or record.rec_headers).get_header("Content-Type") or PAGE_TYPES[0]).lower()
    return None if told.startswith(PAGE_TYPES) else OTHERS


def address_key(address: str) -> str:
    """What is the same for all captures of a page: neither scheme, nor `www.`, nor fragment count."""
    try:
        parts = urlsplit(address)
        host = parts.netloc.lower().removeprefix("www.").removesuffix(":80").removesuffix(":443")
    except ValueError:
        return address
    return f"{host}{parts.path or '/'}?{parts.query}"


def charset_of(content_type: str) -> str | None:
    """The encoding that a header declares, if any."""
    found = CHARSET.search(content_type)
    return found[1] if found else None
