"""Serialization of whole articles, stored in the index and restored unchanged.

The format is JSON, never pickle: an index may come from another machine, and reading it must not run code. The index
compresses the bytes; only what compresses badly is shortened. The digest is left out, because the columns have it. A
passage that is a whole line with the role BODY is stored as its gap to the previous passage, others in full:

    passages   [gap, gap, …, [gap, length, role], …]
"""

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import Any

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
_NAMES = tuple(name for name in Article.__slots__ if name != "digest")
_PRECISIONS = {precision.value: precision for precision in DatePrecision}
_BASES: dict[str | None, DateBasis | None] = {None: None, **{basis.value: basis for basis in DateBasis}}
_TEXT, _PASSAGES = b',"text":', b',"passages":'
_passage: Callable[[tuple[int, int, Role]], Passage] = partial(tuple.__new__, Passage)  # without a Python-level call
_BEARINGS = {kind.value: kind for kind in EvidenceKind}
_raw_decode = json.JSONDecoder().raw_decode
_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def serialize(article: Article) -> bytes:
    """Serialize an article to JSON, without its digest; empty fields are omitted."""
    fields = {name: value for name in _NAMES if (value := getattr(article, name))}
    fields["passages"] = list(_pack_passages(article.text, article.passages))
    fields["date"] = _pack_date(article.date)
    return _encoded(fields).encode("utf-8", "surrogatepass")


def deserialize(packed: bytes, digest: str = "") -> Article:
    """Restore an article from the bytes of `serialize` and its digest."""
    fields: dict[str, Any] = _decoded(packed)
    fields["passages"] = tuple(_unpack_passages(fields.get("text", ""), fields["passages"]))
    return _article(fields, digest)


def deserialize_facts(packed: bytes, digest: str = "") -> Article:
    """Restore an article without its text and passages, in a third of the time."""
    start = packed.find(_TEXT)
    stop = packed.find(_PASSAGES, start)  # a quotation mark within a text is written \"
    fields: dict[str, Any] = _decoded(packed[:start] + packed[stop:])
    fields["passages"] = ()
    return _article(fields, digest)


def _decoded(packed: bytes) -> dict[str, Any]:
    fields: dict[str, Any] = _raw_decode(packed.decode("utf-8", "surrogatepass"))[0]
    return fields


def _article(fields: dict[str, Any], digest: str) -> Article:
    for always in ("title", "text"):
        fields.setdefault(always, "")
    fields["date"] = _unpack_date(fields["date"])
    for several in ("reporters", "editors"):
        fields[several] = tuple(fields.get(several, ()))
    fields.setdefault("title_derived", False)
    return Article(**fields, digest=digest)


def _pack_passages(text: str, passages: Sequence[Passage]) -> Iterator[Any]:
    before = 0
    for passage in passages:
        start, end = passage.start, passage.end
        plain = passage.role is Role.BODY and end == _line_end(text, start)
        yield start - before if plain else (start - before, end - start, passage.role.value)
        before = end


def _unpack_passages(text: str, packed: Sequence[Any]) -> Iterator[Passage]:
    end = 0
    for told in packed:
        if isinstance(told, int):
            start = end + told
            end = text.find("\n", start)
            if end < 0:
                end = len(text)
            yield _passage((start, end, Role.BODY))
        else:
            start = end + told[0]
            end = start + told[1]
            yield _passage((start, end, _ROLES[told[2]]))


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
