"""Names of fields that no list has, told by their words: `Tanggal muat (WIB)` is a date, `konten_lengkap` a text.

All words of a name must be known, one of them as what the field is called; with any other word the name may stand for
anything (`tanggal_lahir`, `isi_komentar`). A name of two fields is that of an address where it speaks of one
(`link_sumber`), else of neither.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

CACHED_NAMES = 4096  # spellings of names; a collection has some hundred

_REMARK = re.compile(r"\([^()]*+\)|\[[^\[\]]*+\]")
_WORDS = re.compile(r"[A-Z]++(?![a-z])|[A-Z]?[a-z]++")
_OTHER = re.compile(r"\d")  # parts of a series: `isi2`

# Our field → the words that it is called by.
_CALLED: Final[Mapping[str, frozenset[str]]] = {
    field: frozenset(words.split())
    for field, words in {
        "text": "isi konten kontent content contents teks text body naskah maintext fulltext narasi",
        "title": "judul titel title titles headline headlines tajuk",
        "date": "date tanggal tgl waktu datetime time",
        "outlet": "media portal sumber source situs koran newspaper penerbit publisher outlet site domain",
        "reporter": "penulis reporter wartawan jurnalis author authors pewarta byline writer creator creators",
        "section": "kategori category rubrik kanal section subkategori subkanal subcategory",
        "url": "url link tautan href permalink",
    }.items()
}
# Words that may stand beside one of these and say nothing else.
_EMPTY_WORDS: Final = """
    berita artikel article articles news post story nama name lengkap full main utama clean cleaned raw plain asli asal
    original online the of dari web halaman sub topik pub publish published publikasi publication terbit tayang rilis
    release posting posted muat dimuat entry hari jam
"""
_BESIDE: Final = frozenset(_EMPTY_WORDS.split())


@lru_cache(maxsize=CACHED_NAMES)
def field_by_words(name: str) -> str | None:
    """The field that the words of a name stand for; None if one is unknown, or they stand for several fields."""
    words = [word.lower() for word in _WORDS.findall(_REMARK.sub(" ", name))]
    if not words or _OTHER.search(name):
        return None
    called = {field for field, names in _CALLED.items() if not names.isdisjoint(words)}
    known = frozenset().union(*(_CALLED[field] for field in called)) | _BESIDE
    if not called or not known.issuperset(words):
        return None
    if "url" in called and called <= {"url", "outlet", "title", "text"}:
        return "url"
    return called.pop() if len(called) == 1 else None
