"""Articles as bytes: how a whole article is kept in the index, and read back unchanged.

JSON, never pickle: an index may come from another machine, and reading it must not run code. The index compresses it.
"""

import json
from datetime import date
from typing import Any

from archive.article import UNDATED, Article, ArticleDate, Basis, Bearing, Evidence, Passage, Precision, Role

_ROLES = {role.value: role for role in Role}  # a look-up costs a tenth of a call of the enumeration


def pack(article: Article) -> bytes:
    """The article as JSON; fields without a value are left out."""
    fields = {name: value for name in Article.__slots__ if (value := getattr(article, name))}
    fields["passages"] = [(p.start, p.end, p.role.value) for p in article.passages]
    fields["date"] = _pack_date(article.date)
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def unpack(packed: bytes) -> Article:
    """The article `pack` made these bytes of."""
    fields: dict[str, Any] = json.loads(packed.decode("utf-8", "surrogatepass"))
    fields["passages"] = tuple(Passage(start, end, _ROLES[role]) for start, end, role in fields["passages"])
    fields["date"] = _unpack_date(fields["date"])
    for several in ("reporters", "editors"):
        fields[several] = tuple(fields.get(several, ()))
    for always in ("title", "text"):
        fields.setdefault(always, "")
    fields.setdefault("title_derived", False)
    return Article(**fields)


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
