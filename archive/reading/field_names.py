"""Field names: which of a file's columns or keys holds which of our fields.

Collections of news name the same thing in dozens of ways, in English and Indonesian. Names are compared without regard
to case, blanks, hyphens and underscores; where a file has several names for one field, the first in our order of
preference that is not empty counts. What is not recognised is named by the keeper's mapping, which always wins.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from archive.reading.text_repair import mended

# Our field → the names it goes by, the most telling first.
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
SEPARATORS = re.compile(r"[\s_-]+")
JOINT = "; "

Places = tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """One article's fields as a file has them; `number` is its line or place in an array where there may be many."""

    fields: Mapping[str, str]
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Flaw:
    """A place in a file that gives no article, and why; no number means the file as a whole."""

    reason: str
    number: int | None = None


class UnknownField(ValueError):
    """A mapping names a field we do not have; the message names those we have."""


class Recognition:
    """Recognises our fields among a file's names, under a keeper's mapping: our field → the file's own name."""

    def __init__(self, mapping: Mapping[str, str] | None = None) -> None:
        for field in mapping or {}:
            if field not in NAMES:
                raise UnknownField(f"there is no field {field!r} to map; the fields are {', '.join(FIELDS)}")
        self._mapping = tuple((mapping or {}).items())

    def has(self, field: str, names: Sequence[str]) -> bool:
        """Whether one of the names stands for the field."""
        return any(found == field for found, _ in _places(tuple(names), self._mapping))

    def count(self, names: Sequence[str]) -> int:
        """How many of our fields the names stand for."""
        return len(_places(tuple(names), self._mapping))

    def fields(self, names: Sequence[str], values: Sequence[object]) -> dict[str, str]:
        """Our fields that have a value, mended; `values` stand in the order of `names` and may be fewer."""
        found: dict[str, str] = {}
        for field, places in _places(tuple(names), self._mapping):
            for place in places:
                words = _words(field, values[place]) if place < len(values) else ""
                if words:
                    found[field] = words
                    break
        return found


def _words(field: str, value: object) -> str:
    """A value in words, "" where it says nothing: null, not a number, nested, or nothing but white space."""
    if isinstance(value, list):
        parts = (_words(field, part) for part in value if not isinstance(part, list))
        return ("\n" if field == "text" else JOINT).join(part for part in parts if part)
    if isinstance(value, str):
        words = value if field == "id" else mended(value)
        return (words if field == "text" else words.strip()) if words and not words.isspace() else ""
    is_number = isinstance(value, int | float) and not isinstance(value, bool) and value == value  # noqa: PLR0124  # NaN
    return str(value) if is_number else ""


@lru_cache(maxsize=1024)  # the records of a file hardly ever differ in their names
def _places(names: tuple[str, ...], mapping: tuple[tuple[str, str], ...]) -> Places:
    """Our fields with the places among `names` that may hold them, in order of preference."""
    mapped = {_plain(name) for _, name in mapping}
    standing: dict[str, list[int]] = {}
    for place, name in enumerate(names):
        standing.setdefault(_plain(name), []).append(place)
    free = {name: places for name, places in standing.items() if name not in mapped}
    wanted: dict[str, list[int]] = {}
    for field, known in NAMES.items():
        wanted[field] = [place for name in known for place in free.get(_plain(name), ())]
    wanted |= {field: standing.get(_plain(name), []) for field, name in mapping}
    return tuple((field, tuple(places)) for field, places in wanted.items() if places)


@lru_cache(maxsize=4096)
def _plain(name: str) -> str:
    return SEPARATORS.sub("", name.casefold())
