"""Hostile documents and containers: well-formed files of every binary kind, filled with hostile texts."""

import gzip
import struct
import zipfile
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from io import BytesIO
from random import Random
from xml.sax.saxutils import escape

from tests.archive_files import tarred, zipped
from tests.attack.hostile_values import hostile_text
from tests.office_files import docx, ods, paragraph, xls, zip_file
from tests.pdf_files import Text, pdf
from tests.web_archive_files import Crawl

NOT_IN_XML = dict.fromkeys((*range(9), 11, 12, *range(14, 32), *range(55296, 57344), 65534, 65535))
HEAD = ("judul", "isi", "tanggal")


def hostile_document(random: Random) -> tuple[str, bytes]:
    """The suffix and the bytes of one file."""
    suffix = random.choice([*MAKERS])
    return suffix, MAKERS[suffix](random)


def _text(random: Random) -> str:
    return hostile_text(random)[: random.choice((40, 400, 4000))].translate(NOT_IN_XML)


def _docx(random: Random) -> bytes:
    depth = random.choice((0, 0, 3, 300, 20_000))
    inner = "".join(paragraph(_text(random), random.choice(("", "Title"))) for _ in range(random.choice((1, 5, 50))))
    return docx("<w:ins>" * depth + inner + "</w:ins>" * depth)


def _ods(random: Random) -> bytes:
    return ods({_text(random)[:20] or "S": [HEAD, *((_text(random), _text(random), "2019") for _ in range(3))]})


def _xls(random: Random) -> bytes:
    text = "".join(letter for letter in _text(random) if ord(letter) < 0x10000)[:200]
    return xls("S", [HEAD, (text, text, "2019")])


def _pdf(random: Random) -> bytes:
    text = _text(random).encode("cp1252", "replace").decode("cp1252").replace("\n", " ")
    lines = [
        Text(random.randrange(500), random.randrange(800), text[:80], random.choice((1, 9, 900))) for _ in range(9)
    ]
    return pdf([lines] * random.choice((1, 3)), text[:40].replace("\r", " "), random.random() < 0.5)


def _rtf(random: Random) -> bytes:
    depth = random.choice((1, 5, 20_000))
    text = "".join(letter if letter.isalnum() else f"\\u{ord(letter) % 32_768}?" for letter in _text(random))
    return b"{\\rtf1\\ansi " + b"{" * depth + text.encode("cp1252", "replace") + b"}" * (depth + 1)


def _feed(random: Random) -> bytes:
    depth = random.choice((0, 0, 300, 20_000))
    entry = f"<item><title>{escape(_text(random))}</title><description>{escape(_text(random))}</description></item>"
    entries = entry * random.choice((1, 20))
    return f"<rss>{'<a>' * depth}<channel>{entries}</channel>{'</a>' * depth}</rss>".encode("utf-8", "replace")


def _mail(random: Random) -> bytes:
    message = EmailMessage()
    message["Subject"] = " ".join(_text(random).split())[:100]
    message.set_content(_text(random))
    for _ in range(random.choice((0, 1, 5))):
        suffix, raw = hostile_document(random) if random.random() < 0.3 else (".txt", _text(random).encode())
        message.add_attachment(
            raw, maintype="application", subtype="x", filename=f"{random.choice(('a', '../b'))}{suffix}"
        )
    return message.as_bytes()


def _warc(random: Random) -> bytes:
    crawl = Crawl(packed=random.random() < 0.5)
    for number in range(random.choice((1, 4))):
        page = f"<html><body><p>{escape(_text(random))}</p></body></html>".encode("utf-8", "replace")
        encoding = random.choice(({}, {"Content_Encoding": "gzip"}, {"Transfer_Encoding": "chunked"}))
        content = gzip.compress(page) if "Content_Encoding" in encoding and random.random() < 0.7 else page
        crawl.add(f"https://x.example/{number}", content, **encoding)
    return crawl.raw


def _members(random: Random) -> Mapping[str, bytes]:
    made = {}
    for number in range(random.choice((0, 1, 3, 30))):
        suffix, raw = hostile_document(random) if random.random() < 0.05 else (".txt", _text(random).encode())
        made[f"{random.choice(('', 'a/', '../', '/', '.'))}{number}{suffix}"] = raw
    return made


def _zip(random: Random) -> bytes:
    raw = bytearray(
        zipped(_members(random), random.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA)))
    )
    if random.random() < 0.3:  # a directory that lies about sizes and places
        place = raw.rfind(b"PK\x01\x02")
        if place >= 0:
            struct.pack_into("<I", raw, place + random.choice((16, 20, 24, 42)), random.randrange(1 << 32))
    return bytes(raw)


def _bomb(random: Random) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(random.choice((1, 30))):
            archive.writestr(f"{number}.txt", random.choice((b"\0", b"a", b"kata ", b"\n")) * (1 << 20))
    return made.getvalue()


MAKERS: Mapping[str, Callable[[Random], bytes]] = {
    ".docx": _docx,
    ".ods": _ods,
    ".xls": _xls,
    ".pdf": _pdf,
    ".rtf": _rtf,
    ".xml": _feed,
    ".eml": _mail,
    ".warc": _warc,
    ".zip": _zip,
    ".tar": lambda random: tarred(_members(random)),
    ".xlsx": lambda random: zip_file({"xl/workbook.xml": _text(random), "xl/worksheets/sheet1.xml": _text(random)}),
    ".bomb.zip": _bomb,
}
