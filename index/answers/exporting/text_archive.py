"""Texts in a zip archive, one file an article, for concordancers such as AntConc.

The archive has `about.json`, where it comes from; below `texts/` a file of each article with its title, a blank line
and its paragraphs; and `articles.csv`, the facts of each article with the name of its file. That table is last, so an
archive without it broke off.
"""

import json
import re
from collections.abc import Iterator
from struct import Struct
from tempfile import TemporaryFile
from typing import IO, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo
from zlib import crc32

from archive.article import Article
from index.answers.exporting.columns import COLUMNS, PARAGRAPH_BREAK, body, usual_columns
from index.answers.exporting.delimited import BOM, cell
from index.answers.exporting.export import Export
from index.answers.exporting.text_encoding import CHUNK, encoded
from index.answers.exporting.zip_buffer import ZipBuffer

LEVEL: Final = 1  # of deflate; level 6 makes texts an eighth smaller and takes three times as long
LONGEST_NAME: Final = 60  # characters of the outlet, and of the id, in the name of a file
UNDATED: Final = "tanpa-tanggal"
Stamp = tuple[int, int, int, int, int, int]  # year to second
_MEMBER = Struct("<LQQQHH")  # checksum, sizes, place and flags of a file in the archive, length of its name
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9]+")


class _Directory:
    """The list of files of an archive, which stands at its end: kept in a temporary file, not as objects."""

    def __init__(self, file: IO[bytes], stamp: Stamp) -> None:
        self._file = file
        self._stamp = stamp
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def append(self, info: ZipInfo) -> None:
        """Add a file that was written."""
        name = info.filename.encode()
        sizes = info.CRC, info.compress_size, info.file_size, info.header_offset, info.flag_bits, len(name)
        self._file.write(_MEMBER.pack(*sizes) + name)
        self._count += 1

    def __iter__(self) -> Iterator[ZipInfo]:
        self._file.seek(0)
        for _ in range(self._count):
            *sizes, length = _MEMBER.unpack(self._file.read(_MEMBER.size))
            info = ZipInfo(self._file.read(length).decode(), self._stamp)
            info.CRC, info.compress_size, info.file_size, info.header_offset, info.flag_bits = sizes
            info.compress_type = ZIP_DEFLATED
            yield info


def write(export: Export) -> Iterator[bytes]:
    """Yield an export as a zip archive of texts."""
    out = ZipBuffer()
    columns = usual_columns(texts=False)
    day = export.provenance.exported
    stamp = (day.year, day.month, day.day, 0, 0, 0)
    with (
        TemporaryFile() as table,
        TemporaryFile() as names,
        ZipFile(out, "w", ZIP_DEFLATED, compresslevel=LEVEL) as archive,  # type: ignore[call-overload]  # needs no positions
    ):
        archive.filelist = _Directory(names, stamp)
        about = json.dumps(export.provenance.facts(), ensure_ascii=False, indent=1)
        archive.writestr(ZipInfo("about.json", stamp), encoded(about), ZIP_DEFLATED)
        table.write(encoded(BOM + ",".join(("file", *columns)) + "\r\n"))
        for row in export.rows:
            name = file_name(row.match.article)
            archive.writestr(ZipInfo(name, stamp), encoded(_text(row.match.article)), ZIP_DEFLATED)
            archive.NameToInfo.clear()  # it would keep every file, to tell whether a name comes twice
            facts = [cell(COLUMNS[column](row)) for column in columns]
            table.write(encoded(",".join((cell(name), *facts)) + "\r\n"))
            yield from out.taken(CHUNK)
        yield from _append(archive, ZipInfo("articles.csv", stamp), table, out)
    yield from out.taken()


def file_name(article: Article) -> str:
    """Return the name of an article's file: its date, outlet and id, in plain letters.

    No two are the same, also on disks that take capital and small letters for one.
    """
    day = article.date.value or UNDATED
    outlet = _plain(article.outlet or "")
    name = _plain(article.id)
    if name.lower() != article.id:
        name += f"-{crc32(article.id.encode('utf-8', 'surrogatepass')):08x}"
    return f"texts/{day[:4] if article.date.value else day}/{'_'.join(filter(None, (day, outlet, name)))}.txt"


def _plain(text: str) -> str:
    return _NOT_IN_NAMES.sub("-", text)[:LONGEST_NAME].strip("-")


def _text(article: Article) -> str:
    title = "" if article.title_derived else article.title + PARAGRAPH_BREAK
    return title + body(article) + "\n"


def _append(archive: ZipFile, info: ZipInfo, table: IO[bytes], out: ZipBuffer) -> Iterator[bytes]:
    table.seek(0)
    info.compress_type = ZIP_DEFLATED
    with archive.open(info, "w", force_zip64=True) as member:
        while data := table.read(CHUNK):
            member.write(data)
            yield from out.taken(CHUNK)
