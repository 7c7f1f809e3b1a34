"""Field mapping: maps the column names and keys of a file to our fields.

News collections name the same field in dozens of ways, in English and Indonesian. Names are compared without case,
whitespace, hyphens and underscores. If several names match one field, the first non-empty value in our order of
preference is used. The maintainer's explicit mapping covers all other names and always takes precedence.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from archive.reading.text_repair import repair_text

# Our field → names used in files, most specific first.
NAMES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        field: tuple(names.split())
        for field, names in {
            "id": "id article_id id_artikel id_berita news_id doc_id uuid",
            "text": "text teks body content isi isi_berita isi_artikel konten article_body article_text full_text "
            "article artikel berita",
            "title": "title judul headline judul_berita judul_artikel article_title",
            "date": "date tanggal published published_at publish_date date_published published_date publication_date "
            "pubdate tanggal_terbit tanggal_publikasi waktu waktu_terbit tgl datetime timestamp",
            "outlet": "outlet media publisher penerbit nama_media sumber_berita situs portal site site_name "
            "source sumber",
            "bureau": "bureau biro",
            "agency": "agency kantor_berita news_agency",
            "reporter": "author authors reporter reporters pewarta penulis wartawan jurnalis journalist byline by oleh",
            "editor": "editor editors penyunting redaktur",
            "place": "place tempat lokasi location dateline",
            "url": "url link tautan uri permalink article_url",
        }.items()
    }
)
FIELDS: Final = tuple(NAMES)
MOST_NAMES = 1_000  # of fields in a record or table; the widest collections of news have some hundred
LONGEST_NAMES = 100_000  # characters of all names together
LONGEST_REPAIRED = 1 << 23  # characters of a value; ftfy may take 2 s for a million
SEPARATORS = re.compile(r"[\s_-]+")
LIST_SEPARATOR = "; "

FieldPositions = tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True)
class RawRecord:
    """The fields of one article in a file.

    `number` is its place there, if the file may hold many: a line, an array position, the name of a member or a sheet.
    """

    fields: Mapping[str, str]
    number: int | str | None = None

    def inside(self, member: str) -> "RawRecord":
        """The same in a member of a container."""
        return replace(self, number=_place_inside(member, self.number))


@dataclass(frozen=True, slots=True)
class BadRecord:
    """A part of a file that yields no article, and the reason; without a number it is the whole file.

    `broken` is True if nobody knows where it ends. A file whose last part is broken is not read to its end.
    """

    reason: str
    number: int | str | None = None
    broken: bool = False

    def inside(self, member: str) -> "BadRecord":
        """The same in a member of a container."""
        return replace(self, number=_place_inside(member, self.number))


def _place_inside(member: str, number: int | str | None) -> str:
    return member if number is None else f"{member}:{number}"


class UnknownField(ValueError):
    """A mapping names an unknown field. The message lists the known ones."""


class FieldMapper:
    """Maps the names used in a file to our fields. An explicit `mapping` is our field → the name in the file."""

    def __init__(self, mapping: Mapping[str, str] | None = None) -> None:
        for field in mapping or {}:
            if field not in NAMES:
                raise UnknownField(f"there is no field {field!r} to map; the fields are {', '.join(FIELDS)}")
        self._mapping = tuple((mapping or {}).items())

    def has(self, field: str, names: Sequence[str]) -> bool:
        """Whether one of the names maps to the field."""
        return any(found == field for found, _ in _positions(tuple(names), self._mapping))

    def count(self, names: Sequence[str]) -> int:
        """Number of our fields that the names map to."""
        return len(_positions(tuple(names), self._mapping))

    def fields(self, names: Sequence[str], values: Sequence[object]) -> dict[str, str]:
        """Our fields with non-empty, repaired values. `values` are in the order of `names` and may be fewer."""
        found: dict[str, str] = {}
        for field, places in _positions(tuple(names), self._mapping):
            for place in places:
                words = _as_text(field, values[place]) if place < len(values) else ""
                if words:
                    found[field] = words
                    break
        return found


def too_many(names: Sequence[str]) -> str | None:
    """Why these names of fields are not mapped: there are too many, or they are too long; None if they are not."""
    if len(names) > MOST_NAMES:
        return f"more than {MOST_NAMES:,} fields; is it an article?"
    if sum(map(len, names)) > LONGEST_NAMES:
        return f"the names of its fields have more than {LONGEST_NAMES:,} characters; is it an article?"
    return None


def _as_text(field: str, value: object) -> str:
    """A value as text; "" if it is null, NaN, nested, or only whitespace."""
    if isinstance(value, list):
        parts = (_as_text(field, part) for part in value if not isinstance(part, list))
        return ("\n" if field == "text" else LIST_SEPARATOR).join(part for part in parts if part)
    if isinstance(value, str):
        words = value if field == "id" or len(value) > LONGEST_REPAIRED else repair_text(value)
        return (words if field == "text" else words.strip()) if words and not words.isspace() else ""
    is_number = isinstance(value, int | float) and not isinstance(value, bool) and value == value  # noqa: PLR0124  # NaN
    return str(value) if is_number else ""


@lru_cache(maxsize=1024)  # records of a file rarely differ in their field names
def _positions(names: tuple[str, ...], mapping: tuple[tuple[str, str], ...]) -> FieldPositions:
    """Our fields with the positions in `names` that may hold them, in order of preference."""
    mapped = {_normalized(name) for _, name in mapping}
    standing: dict[str, list[int]] = {}
    for place, name in enumerate(names):
        standing.setdefault(_normalized(name), []).append(place)
    free = {name: places for name, places in standing.items() if name not in mapped}
    wanted: dict[str, list[int]] = {}
    for field, known in NAMES.items():
        wanted[field] = [place for name in known for place in free.get(_normalized(name), ())]
    wanted |= {field: standing.get(_normalized(name), []) for field, name in mapping}
    return tuple((field, tuple(places)) for field, places in wanted.items() if places)


@lru_cache(maxsize=4096)
def _normalized(name: str) -> str:
    return SEPARATORS.sub("", name.casefold())
