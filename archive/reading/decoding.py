"""Charset detection and decoding.

UTF-8 is tried first, because text in another encoding is hardly ever valid UTF-8 by chance. Other input is Windows-1252
if its non-ASCII bytes are all quotes, dashes and accents common in Indonesian newsrooms: statistical detection is
unreliable for so few bytes. Only the rest is left to charset-normalizer.
"""

import codecs
import io
import re
from collections.abc import Iterator
from html.entities import html5
from typing import Final

from charset_normalizer import from_bytes
from charset_normalizer.constant import IANA_SUPPORTED

from archive.reading.containers.decompression import UnreadableFile

SAMPLE = 1 << 16  # bytes used for detection; more costs seconds and changes nothing
LONGEST_LINE = 1 << 26  # bytes; a longer line means that the file is not what its name says
TOO_LONG = f"a line of more than {LONGEST_LINE >> 20} MiB; give every article its own line"
OVERLONG: Final = "\0"  # this very object stands for a line that was passed over, since it is too long
PORTION = 1 << 20  # bytes of UTF-16 or UTF-32 decoded at once
CONTROL_SHARE = 0.02  # of all bytes; text has none or a stray one, random bytes have one in eleven
NUL_SHARE = 0.05  # of all bytes; a damaged table has a few, text of two bytes a character half
BOMS = {  # UTF-32 first: its BOM begins with that of UTF-16
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
BINARY_SIGNATURES = (b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"{\\rtf")
XML_ENCODING = re.compile(rb"""\s*+<\?xml[^>]{0,200}encoding\s*+=\s*+["']([A-Za-z0-9_.:-]{1,40})""")
XML_ENTITIES = frozenset({"amp", "lt", "gt", "quot", "apos"})
HTML_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
CONTROL_BYTES = bytes({*range(32)} - {*b"\t\n\v\f\r\x1a\x1b"})

# … ‘ ’ “ ” • – — ™ nbsp £ © « ® ° · » ½ É à á ä ç è é ê ë í ï ñ ó ö ú ü
NEWSROOM_BYTES = re.compile(
    rb"[\x00-\x7f\x85\x91-\x97\x99\xa0\xa3\xa9\xab\xae\xb0\xb7\xbb\xbd\xc9\xe0\xe1\xe4\xe7-\xeb\xed\xef\xf1\xf3\xf6\xfa\xfc]*"
)


def is_binary(head: bytes) -> bool:
    """Whether the first bytes of a file are not text in any encoding."""
    if _bom_encoding(head) is not None:
        return False
    controls = len(head) - len(head.translate(None, CONTROL_BYTES))
    nuls = head.count(b"\0")
    many = controls - nuls > CONTROL_SHARE * len(head) or nuls > NUL_SHARE * len(head)
    return many or head.startswith(BINARY_SIGNATURES)


def decode_preview(head: bytes) -> str:
    """Decode the first bytes of a file cheaply, for format detection; undecodable bytes are replaced."""
    return head.decode(_bom_encoding(head) or "utf-8", "replace")


def decode(raw: bytes, declared: str | None = None) -> str:
    """Decode bytes by their BOM, else as UTF-8, else as `declared`, else as detected; bad bytes are replaced."""
    bom_encoding = _bom_encoding(raw)
    if bom_encoding is not None:
        return raw.decode(bom_encoding, "replace")
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode(_python_name(declared) or _detect(raw[:SAMPLE]), "replace")


def decode_xml(raw: bytes) -> str:
    """Decode XML by its BOM, else as UTF-8, else as it declares; with the entities of HTML, which XML does not know."""
    declared = XML_ENCODING.match(raw)
    return HTML_ENTITY.sub(_entity, decode(raw, declared[1].decode("ascii") if declared else None))


def _entity(name: re.Match[str]) -> str:
    """The character of an entity; those that XML knows, and unknown ones, as they are."""
    return name[0] if name[1] in XML_ENTITIES else html5.get(name[1] + ";", name[0])


def decode_lines(stream: io.BufferedReader) -> Iterator[str]:
    """The lines of a stream with line endings, each decoded by itself: files may be joined from several encodings."""
    head = stream.peek()
    bom_encoding = _bom_encoding(head)
    if bom_encoding is not None and bom_encoding != "utf-8-sig":
        yield from _bom_lines(stream, bom_encoding)
        return
    fallback: str | None = None
    for raw in _raw_lines(stream):
        if raw is None:
            yield OVERLONG
            continue
        try:
            line = raw.decode()
        except UnicodeDecodeError:
            fallback = fallback or _detect(raw if _is_utf8(head) else head[:SAMPLE])
            line = raw.decode(fallback, "replace")
        yield line


def _bom_lines(stream: io.BufferedReader, encoding: str) -> Iterator[str]:
    """The lines of a stream with a BOM. A TextIOWrapper would close the stream, which the caller owns."""
    decoder, rest = codecs.getincrementaldecoder(encoding)(errors="replace"), ""
    while raw := stream.read(PORTION):
        *whole, rest = (rest + decoder.decode(raw)).split("\n")
        yield from (f"{line}\n" for line in whole)
        if len(rest) > LONGEST_LINE:
            raise UnreadableFile(TOO_LONG)
    rest += decoder.decode(b"", final=True)
    if rest:
        yield rest


def _raw_lines(stream: io.BufferedReader) -> Iterator[bytes | None]:
    """The lines of a stream; None for one that is too long, which is never held as a whole."""
    if stream.peek(len(codecs.BOM_UTF8)).startswith(codecs.BOM_UTF8):
        stream.read(len(codecs.BOM_UTF8))
    while raw := stream.readline(LONGEST_LINE):
        if len(raw) < LONGEST_LINE or raw.endswith(b"\n"):
            yield raw
        else:
            while (rest := stream.readline(PORTION)) and not rest.endswith(b"\n"):
                pass
            yield None


def _bom_encoding(head: bytes) -> str | None:
    return next((encoding for mark, encoding in BOMS.items() if head.startswith(mark)), None)


def _is_utf8(head: bytes) -> bool:
    """Whether bytes are valid UTF-8, apart from a truncated character at the end."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True


def _python_name(declared: str | None) -> str | None:
    """Python's name of a declared encoding; Latin-1 means Windows-1252, as in every browser."""
    try:
        name = codecs.lookup(declared or "").name.replace("-", "_")
    except (LookupError, ValueError):
        return None
    if name in {"ascii", "iso8859_1"}:
        return "cp1252"
    return name if name in IANA_SUPPORTED else None  # Python also registers base64 and similar codecs


def _detect(sample: bytes) -> str:
    if NEWSROOM_BYTES.fullmatch(sample):
        return "cp1252"
    best = from_bytes(sample).best()
    return "cp1252" if best is None else best.encoding
