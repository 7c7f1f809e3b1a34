"""Hostile files: samples of every format, mutated as bytes and as what they mean, packed, and badly named."""

import gzip
import json
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from random import Random

import zstandard

from tests import SAMPLES
from tests.attack import material
from tests.attack.hostile_documents import hostile_document
from tests.attack.hostile_values import deep_json, hostile_text, hostile_value, odd_name

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1", "cp1252", "utf-7", "koi8-r")
NEWLINES = ("\r\n", "\r", "\x85", "\u2028", "\n\n\n", "\x0b", "\x1e")
LARGEST_BOMB = 20 << 20  # bytes that a packed file may become
SUFFIXES = (".txt", ".json", ".jsonl", ".ndjson", ".csv", ".tsv", ".html", ".htm")
REPEATED = (  # a beginning, and what follows it many times
    *((b"", repeated) for repeated in (b"\0", b"a", b"a-", b"<p>", b"\n", b"{}\n", b"{}", b'{"text":"a"}\n')),
    *((b"[", repeated) for repeated in (b"{},", b"1,", b'{"text":"a"},')),
    *((b"id,text\n", repeated) for repeated in (b"\n", b"\r", b",a\n", b'"')),
)
HEADERS = ("id", "judul", "isi", "tanggal", "media", "penulis", "tautan", "title", "text", "\x00", "", "id")


def hostile_file(random: Random) -> tuple[bytes, bytes]:
    """The name and the bytes of one file."""
    kind = random.random()
    suffix, raw = _sample(random) if kind < 0.3 else hostile_document(random) if kind < 0.45 else _made(random)
    for _ in range(random.choice((0, 0, 1, 1, 2, 5))):
        raw = random.choice(MUTATIONS)(random, raw)
    if random.random() < 0.04:
        suffix = random.choice((*SUFFIXES, ".TXT", ".docx", "", ".gz"))
    if random.random() < 0.15:
        suffix, raw = _packed(random, suffix, raw)
    return odd_name(random, suffix), raw


def _sample(random: Random) -> tuple[str, bytes]:
    path = random.choice(_sample_files())
    return path.suffix, path.read_bytes()


@lru_cache
def _sample_files() -> Sequence[Path]:
    return sorted(path for path in SAMPLES.rglob("*") if path.is_file())


def _made(random: Random) -> tuple[str, bytes]:
    """A file of articles with hostile values, well-formed at first."""
    suffix = random.choice(SUFFIXES)
    articles = [_article(random) for _ in range(random.choice((1, 1, 2, 5)))]
    match suffix:
        case ".json":
            text = json.dumps(random.choice((articles, articles[0], {"data": articles}, {"articles": articles})))
        case ".jsonl" | ".ndjson":
            text = "\n".join(random.choice((json.dumps, _with_double_keys))(article) for article in articles)
        case ".csv" | ".tsv":
            text = _table(random, articles, "," if suffix == ".csv" else "\t")
        case ".html" | ".htm":
            text = _page(random, articles[0])
        case _:
            text = str(articles[0].get("text") or hostile_text(random))
    if random.random() < 0.05:
        text = deep_json(random)
    encoding = random.choice(ENCODINGS) if random.random() < 0.3 else "utf-8"
    return suffix, text.encode(
        encoding,
        "replace"
        if random.random() < 0.5
        else "surrogatepass"
        if encoding.startswith("utf") and encoding != "utf-7"
        else "ignore",
    )


def _article(random: Random) -> dict[str, object]:
    told: dict[str, object] = dict(material.told(random.choice(material.samples())))
    if random.random() < 0.7:
        told["id"] = f"{told['id']}-{random.randrange(100)}"
    for name in random.sample(material.FIELDS, random.choice((0, 1, 1, 2, 5))):
        told[name] = hostile_value(random)
    if random.random() < 0.3:
        told["text"] = hostile_text(random)
    if random.random() < 0.1:
        told[hostile_text(random)[:40]] = hostile_value(random)
    return told


def _with_double_keys(article: dict[str, object]) -> str:
    return "{" + ", ".join(f"{json.dumps(key)}: {json.dumps(value)}" for key, value in [*article.items()] * 2) + "}"


def _table(random: Random, articles: Sequence[dict[str, object]], separator: str) -> str:
    names = random.choice((material.FIELDS, HEADERS, tuple(random.choices(HEADERS, k=random.choice((1, 5, 300))))))
    rows = [names]
    for article in articles:
        cells = [str(article.get(name, "")) for name in material.FIELDS]
        cells += ["x"] * random.choice((0, 0, 0, 1, 200))
        rows.append(tuple(cells[: random.choice((len(cells), len(cells), 3, 0))]))
    quote = random.choice((_quoted, _quoted, str, _half_quoted))
    return random.choice(("\n", "\n", "\r\n", "\r")).join(separator.join(map(quote, row)) for row in rows)


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'


def _half_quoted(cell: str) -> str:
    return '"' + cell


def _page(random: Random, article: dict[str, object]) -> str:
    tag = random.choice(("div", "p", "b", "table", "svg", "template", "x-y"))
    many = random.choice((1, 40, 1000, 20_000))
    noise = random.choice(
        (
            "<!--a-->" * min(many, 60),
            f"<{tag}>" * many,
            f"<{tag} " + " ".join(f"a{number}={number}" for number in range(many)) + ">",
            f"</{tag}>" * many,
            "<!DOCTYPE html><meta charset=" + random.choice(ENCODINGS) + ">",
            "<![CDATA[" * many,
            "&amp" * many + "&#x110000;&#0;&#xd800;&bogus;",
            "<script>" + "<" * many,
            '<script type="application/ld+json">' + json.dumps(article)[:-1],
            "<!--" + "-" * many,
            "<?xml version='1.0' encoding='nowhere'?>",
        )
    )
    body = "".join(f"<p>{paragraph}</p>" for paragraph in str(article.get("text")).split("\n\n"))
    page = f"<html><head><title>{article.get('title')}</title></head><body><article>{body}</article></body></html>"
    return random.choice(
        (noise + page, page.replace("<article>", noise), noise + str(article.get("text")), page + noise)
    )


def _packed(random: Random, suffix: str, raw: bytes) -> tuple[str, bytes]:
    if random.random() < 0.02:
        raw = _repeated(random)
    name, pack = random.choice((("gz", _gzip), ("zst", zstandard.ZstdCompressor(level=1).compress)))
    packed = pack(raw)
    kind = random.randrange(8)
    if kind == 0:
        packed = packed[: random.randrange(len(packed) + 1)]
    elif kind == 1:
        packed = _flips(random, packed)
    elif kind == 2:
        packed += random.choice((packed, b"junk", b"\0" * 100, pack(b"")))
    elif kind == 3:
        packed = pack(packed)
    return f"{suffix}.{name}", packed


def _repeated(random: Random) -> bytes:
    """Much of the same, which packs to next to nothing."""
    begin, repeated = random.choice(REPEATED)
    return begin + repeated * min(random.choice((1000, 1 << 20, LARGEST_BOMB)), LARGEST_BOMB // len(repeated))


def _gzip(raw: bytes) -> bytes:
    return gzip.compress(raw, 1, mtime=0)


# Mutations of bytes ---------------------------------------------------------------------------------------------------


def _flips(random: Random, raw: bytes) -> bytes:
    changed = bytearray(raw or b"x")
    for _ in range(random.choice((1, 1, 3, 30))):
        changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    return bytes(changed)


def _inserted(random: Random, raw: bytes) -> bytes:
    place = random.randrange(len(raw) + 1)
    junk = random.choice(
        (b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\x1b[2J", b'"', b"{", b"[", b"\\u", b"\r", b"-", b"<!--")
    )
    return raw[:place] + junk * random.choice((1, 1, 2, 500)) + raw[place:]


def _cut(random: Random, raw: bytes) -> bytes:
    first, last = sorted(random.choices(range(len(raw) + 1), k=2))
    return random.choice((raw[:first], raw[first:], raw[:first] + raw[last:], raw[first:last]))


def _doubled(random: Random, raw: bytes) -> bytes:
    first, last = sorted(random.choices(range(len(raw) + 1), k=2))
    last = min(last, first + 2000)
    return raw[:first] + raw[first:last] * random.choice((2, 2, 20)) + raw[last:]


def _spliced(random: Random, raw: bytes) -> bytes:
    _, other = _sample(random)
    return raw[: random.randrange(len(raw) + 1)] + other[random.randrange(len(other)) :]


def _newlines(random: Random, raw: bytes) -> bytes:
    return raw.replace(b"\n", random.choice(NEWLINES).encode())


def _numbers(random: Random, raw: bytes) -> bytes:
    digits = [place for place, byte in enumerate(raw) if 48 <= byte < 58]
    if not digits:
        return raw
    place = random.choice(digits)
    number = random.choice((b"9" * 400, b"1e999", b"-0", b"NaN", b"99", b"0", b"Infinity", b"31", b"\xd9\xa3"))
    return raw[:place] + number + raw[place + 1 :]


MUTATIONS: Sequence[Callable[[Random, bytes], bytes]] = (
    *(_flips, _inserted, _cut, _doubled, _spliced, _newlines, _numbers),
)
