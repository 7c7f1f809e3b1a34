"""Decoding: bytes → text as its writer meant it, and nothing more.

UTF-8 is tried first, since other encodings are hardly ever valid UTF-8 by chance. What is not UTF-8 is Windows-1252
where its few odd bytes are the quotes, dashes and accents of Indonesian newsrooms; guessing from so few is a lottery,
so only what has other bytes is left to charset-normalizer.
"""

import codecs
import io
import re
from collections.abc import Iterator

from charset_normalizer import from_bytes
from charset_normalizer.constant import IANA_SUPPORTED

from archive.reading.decompression import Unreadable

SAMPLE = 1 << 16  # bytes that an encoding is detected from; more costs seconds and changes nothing
LONGEST_LINE = 1 << 26  # bytes; a longer line is no article but a file that is not what its name says
TOO_LONG = f"it has a line of more than {LONGEST_LINE >> 20} MiB; give every article its own line"
PORTION = 1 << 20  # bytes of UTF-16 or UTF-32 decoded at once
CONTROL_SHARE = 0.02  # of all bytes; texts have none or a stray one, random bytes one in eleven
BOMS = {  # UTF-32 before UTF-16, which begins with the same two bytes
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
BINARY_SIGNATURES = (b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"{\\rtf")
CONTROL_BYTES = bytes({*range(32)} - {*b"\t\n\v\f\r\x1a\x1b"})

# … ‘ ’ “ ” • – — ™ nbsp £ © « ® ° · » ½ É à á ä ç è é ê ë í ï ñ ó ö ú ü
NEWSROOM_BYTES = re.compile(
    rb"[\x00-\x7f\x85\x91-\x97\x99\xa0\xa3\xa9\xab\xae\xb0\xb7\xbb\xbd\xc9\xe0\xe1\xe4\xe7-\xeb\xed\xef\xf1\xf3\xf6\xfa\xfc]*"
)


def binary(head: bytes) -> bool:
    """Whether the first bytes of a file are no text in any encoding."""
    if _marked(head) is not None:
        return False
    controls = len(head) - len(head.translate(None, CONTROL_BYTES))
    return head.startswith(BINARY_SIGNATURES) or b"\0" in head or controls > CONTROL_SHARE * len(head)


def glimpsed(head: bytes) -> str:
    """The first characters of a file, those that are no UTF-8 replaced: enough to tell its kind by, and cheap."""
    return head.decode(_marked(head) or "utf-8", "replace")


def decoded(raw: bytes, declared: str | None = None) -> str:
    """The text of bytes: by their mark, else as UTF-8, else as `declared`, else as detected; no byte is left out."""
    marked = _marked(raw)
    if marked is not None:
        return raw.decode(marked, "replace")
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode(_known(declared) or _detected(raw[:SAMPLE]), "replace")


def lines(stream: io.BufferedReader) -> Iterator[str]:
    """The lines of a stream with their ends, decoded one by one, since files are joined from parts of any encoding."""
    head = stream.peek()
    marked = _marked(head)
    if marked is not None and marked != "utf-8-sig":
        yield from _marked_lines(stream, marked)
        return
    fallback: str | None = None
    for raw in _raw_lines(stream):
        try:
            line = raw.decode()
        except UnicodeDecodeError:
            fallback = fallback or _detected(raw if _is_utf8(head) else head[:SAMPLE])
            line = raw.decode(fallback, "replace")
        yield line


def _marked_lines(stream: io.BufferedReader, encoding: str) -> Iterator[str]:
    """The lines of a stream in one encoding; a TextIOWrapper would close the stream, which belongs to another."""
    decoder, rest = codecs.getincrementaldecoder(encoding)(errors="replace"), ""
    while raw := stream.read(PORTION):
        *whole, rest = (rest + decoder.decode(raw)).split("\n")
        yield from (f"{line}\n" for line in whole)
        if len(rest) > LONGEST_LINE:
            raise Unreadable(TOO_LONG)
    rest += decoder.decode(b"", final=True)
    if rest:
        yield rest


def _raw_lines(stream: io.BufferedReader) -> Iterator[bytes]:
    first = stream.readline(LONGEST_LINE).removeprefix(codecs.BOM_UTF8)
    if first:
        yield first
    while raw := stream.readline(LONGEST_LINE):
        if len(raw) == LONGEST_LINE:
            raise Unreadable(TOO_LONG)
        yield raw


def _marked(head: bytes) -> str | None:
    return next((encoding for mark, encoding in BOMS.items() if head.startswith(mark)), None)


def _is_utf8(head: bytes) -> bool:
    """Whether bytes are UTF-8, but for a character cut off at their end."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True


def _known(declared: str | None) -> str | None:
    """The name Python has for a declared encoding; Latin-1 means Windows-1252, as in every browser."""
    try:
        name = codecs.lookup(declared or "").name.replace("-", "_")
    except (LookupError, ValueError):
        return None
    if name in {"ascii", "iso8859_1"}:
        return "cp1252"
    return name if name in IANA_SUPPORTED else None  # Python also calls base64 and the like encodings


def _detected(sample: bytes) -> str:
    if NEWSROOM_BYTES.fullmatch(sample):
        return "cp1252"
    best = from_bytes(sample).best()
    return "cp1252" if best is None else best.encoding
