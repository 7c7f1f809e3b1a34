"""Articles as bytes: how a whole article is kept in the index, and read back unchanged.

JSON, never pickle: an index may come from another machine, and reading it must not run code. The index compresses it.
What compresses badly is kept short: of passages only what cannot be told from the text, and no digest, which is in the
columns. Most passages are body and a whole line; of these the gap to the passage before is kept, of others more:

    passages   [gap, gap, …, [gap, length, role], …]
"""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from archive.article import UNDATED, Article, ArticleDate, Basis, Bearing, Evidence, Passage, Precision, Role

_ROLES = {role.value: role for role in Role}  # a look-up costs a tenth of a call of the enumeration
_NAMES = tuple(name for name in Article.__slots__ if name != "digest")
_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def pack(article: Article) -> bytes:
    """The article as JSON, without its digest; fields without a value are left out."""
    fields = {name: value for name in _NAMES if (value := getattr(article, name))}
    fields["passages"] = list(_pack_passages(article.text, article.passages))
    fields["date"] = _pack_date(article.date)
    return _encoded(fields).encode("utf-8", "surrogatepass")


def unpack(packed: bytes) -> Article:
    """The article `pack` made these bytes of, its digest empty."""
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
        Precision(precision),
        basis and Basis(basis),
        tuple(Evidence(words, Bearing(bearing)) for words, bearing in evidence),
    )
