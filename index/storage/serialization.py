"""Serialization of whole articles, stored in the index and restored unchanged.

The format is JSON, never pickle: an index may come from another machine, and reading it must not run code. The index
compresses the bytes; only what compresses badly is shortened. The digest is left out, because the columns have it. An
article is packed in two parts, since lists and tables need no texts:

    facts        a JSON object of all fields but text and passages; those without a value are omitted
    text         a JSON array of the passages, the end of a line, and the text as it is

A passage that is a whole line with the role BODY is stored as its gap to the previous passage, others in full:

    passages   [gap, gap, …, [gap, length, role], …]
"""

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from archive.article import (
    UNDATED,
    Article,
    ArticleDate,
    DateBasis,
    DatePrecision,
    Evidence,
    EvidenceKind,
    Passage,
    Role,
)

_ROLES = {role.value: role for role in Role}  # a dict look-up takes a tenth of the time of an Enum call
_FACTS = tuple(name for name in Article.__slots__ if name not in {"digest", "text", "passages"})
_PRECISIONS = {precision.value: precision for precision in DatePrecision}
_BASES: dict[str | None, DateBasis | None] = {None: None, **{basis.value: basis for basis in DateBasis}}
_passage: Callable[[tuple[int, int, Role]], Passage] = partial(tuple.__new__, Passage)  # without a Python-level call
_BEARINGS = {kind.value: kind for kind in EvidenceKind}
_raw_decode = json.JSONDecoder().raw_decode
_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class PackedArticle(NamedTuple):
    """A serialized article: its facts, and its text with the passages."""

    facts: bytes
    text: bytes


def serialize(article: Article) -> PackedArticle:
    """Serialize an article, without its digest."""
    facts = {name: value for name in _FACTS if (value := getattr(article, name))}
    facts["date"] = _pack_date(article.date)
    passages = _encoded(list(_pack_passages(article.text, article.passages)))
    return PackedArticle(_bytes(_encoded(facts)), _bytes(f"{passages}\n{article.text}"))


def deserialize(packed: PackedArticle, digest: str = "") -> Article:
    """Restore an article from what `serialize` made of it and its digest."""
    told = packed.text.decode("utf-8", "surrogatepass")
    passages, end = _raw_decode(told)
    text = told[end + 1 :]
    return _article(packed.facts, digest, text, tuple(_unpack_passages(text, passages)))


def deserialize_facts(facts: bytes, digest: str = "") -> Article:
    """Restore an article without its text and passages, in a fraction of the time."""
    return _article(facts, digest, "", ())


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _article(packed: bytes, digest: str, text: str, passages: tuple[Passage, ...]) -> Article:
    facts: dict[str, Any] = _raw_decode(packed.decode("utf-8", "surrogatepass"))[0]
    facts.setdefault("title", "")
    facts.setdefault("title_derived", False)
    facts["date"] = _unpack_date(facts["date"])
    for several in ("reporters", "editors"):
        if several in facts:
            facts[several] = tuple(facts[several])
    return Article(**facts, text=text, passages=passages, digest=digest)


def _pack_passages(text: str, passages: Sequence[Passage]) -> Iterator[Any]:
    before = 0
    for passage in passages:
        start, end = passage.start, passage.end
        plain = passage.role is Role.BODY and end == _line_end(text, start)
        yield start - before if plain else (start - before, end - start, passage.role.value)
        before = end


def _unpack_passages(text: str, packed: Sequence[Any]) -> list[Passage]:
    found, end, body = [], 0, Role.BODY
    for told in packed:
        if isinstance(told, int):
            start = end + told
            end = text.find("\n", start)
            if end < 0:
                end = len(text)
            found.append(_passage((start, end, body)))
        else:
            start = end + told[0]
            end = start + told[1]
            found.append(_passage((start, end, _ROLES[told[2]])))
    return found


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return end if end >= 0 else len(text)


def _pack_date(day: ArticleDate) -> list[Any] | None:
    if day == UNDATED:
        return None
    evidence = [(e.words, e.bearing.value) for e in day.evidence]
    return [day.first and day.first.isoformat(), day.precision.value, day.basis and day.basis.value, evidence]


def _unpack_date(packed: list[Any] | None) -> ArticleDate:
    if packed is None:
        return UNDATED
    first, precision, basis, evidence = packed
    return ArticleDate(
        first and date.fromisoformat(first),
        _PRECISIONS[precision],
        _BASES[basis],
        tuple(Evidence(words, _BEARINGS[bearing]) for words, bearing in evidence),
    )
