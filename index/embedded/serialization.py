"""Serialization of whole articles, stored in the index and restored unchanged.

The format is JSON, never pickle: an index may come from another machine, and reading it must not run code. The index
compresses the bytes; only what compresses badly is shortened. The digest is left out, because the columns have it. A
passage that is a whole line with the role BODY is stored as its gap to the previous passage, others in full:

    passages   [gap, gap, …, [gap, length, role], …]
"""

import json
from collections.abc import Iterator, Sequence
from datetime import date
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
_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def serialize(article: Article) -> bytes:
    """Serialize an article to JSON, without its digest; empty fields are omitted."""
    fields = {name: value for name in _NAMES if (value := getattr(article, name))}
    fields["passages"] = list(_pack_passages(article.text, article.passages))
    fields["date"] = _pack_date(article.date)
    return _encoded(fields).encode("utf-8", "surrogatepass")


def deserialize(packed: bytes) -> Article:
    """Restore an article from the bytes of `serialize`, with an empty digest."""
    fields: dict[str, Any] = json.loads(packed.decode("utf-8", "surrogatepass"))
    for always in ("title", "text"):
        fields.setdefault(always, "")
    fields["passages"] = tuple(_unpack_passages(fields["text"], fields["passages"]))
    fields["date"] = _unpack_date(fields["date"])
    for several in ("reporters", "editors"):
        fields[several] = tuple(fields.get(several, ()))
    fields.setdefault("title_derived", False)
    return Article(**fields, digest="")


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
            end, role = _line_end(text, start), Role.BODY
        else:
            start = end + told[0]
            end, role = start + told[1], _ROLES[told[2]]
        yield Passage(start, end, role)


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
        DatePrecision(precision),
        basis and DateBasis(basis),
        tuple(Evidence(words, EvidenceKind(bearing)) for words, bearing in evidence),
    )
