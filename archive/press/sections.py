"""Name authority of sections: `Sport`, `bola` and `Sepak Bola` are one, so that it has one facet value.

The table, `sections.tsv`, is data. A section that it does not know keeps its own spelling: a keeper's own sections
are as good as ours. An address tells only sections that the table knows, since any word may stand in a path.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path
from typing import Final

from archive.press.addresses import article_address, host_of
from archive.press.desks import bureau_of

SHIPPED: Final = Path(__file__).parent / "sections.tsv"
CACHED_SECTIONS = 4096  # spellings; an archive has some hundred
LONGEST_SECTION = 60  # characters; a longer value is a summary or a list of tags
DEEPEST = 3  # folders of an address that may name the section; what follows are titles
UNSPECIFIC: Final = "Berita"  # any other section says more

LOCAL: Final = "Daerah"  # what regional pages call by the name of their region

_APART = re.compile(r"[\s_-]+")
_LOCAL_NEWS = re.compile(r"(?:berita|kabar|info)\s+(?P<rest>\S.*)", re.IGNORECASE)
_SHORT_FORMS: Final = frozenset(
    [
        *(
            "asean",
            "asn",
            "bbm",
            "bi",
            "bpjs",
            "bps",
            "bumd",
            "bumn",
            "covid",
            "diy",
            "dki",
            "dpd",
            "dpr",
            "dprd",
            "fifa",
        ),
        *(
            "hiv",
            "ikn",
            "jkn",
            "kdrt",
            "kpk",
            "kpu",
            "lgbt",
            "mbg",
            "mk",
            "mpr",
            "mui",
            "ntb",
            "ntt",
            "nu",
            "ojk",
            "pbb",
        ),
        *("pdip", "pkb", "pks", "pln", "pns", "polri", "ppp", "pssi", "psi", "ri", "tki", "tni", "uefa", "umkm"),
        *("fifa", "pbb", "uu"),
    ]
)
_LOWERCASE_IN_SECTIONS: Final = frozenset(
    {"atau", "dalam", "dan", "dari", "di", "ke", "of", "pada", "the", "untuk", "yang"}
)
_BETWEEN = re.compile(r"(?:(?<!\s)\s++)?(?:[;>|»›]|(?<=\s)/(?=\s))\s*+")
_PATH = re.compile(r"^/[\w/-]+/?$")
_WORDLESS = re.compile(r"[\W\d_]+|(?:https?:)?//\S+|\S+\.(?:com|co|id|net|tv)")  # nor the name of an outlet
_NOT_SECTIONS: Final = frozenset(
    {"home", "beranda", "index", "indeks", "read", "uncategorized", "tanpakategori", "umum"}
)


def section_of(given: str | None, channel: str | None = None, url: str | None = None) -> str | None:
    """The section of an article: as it is given, else the outlet's channel, else a known one in the address.

    One that says no more than that it is news gives way to one that says more.
    """
    stated = chain(_given(given or ""), _given(channel or ""), _from_address(url) if url else ())
    first = next(stated, None)
    return first if first != UNSPECIFIC else next((section for section in stated if section != UNSPECIFIC), first)


@lru_cache(maxsize=CACHED_SECTIONS)
def _given(words: str) -> tuple[str, ...]:
    """The sections that a value names; one may be a trail from the front page down, or a list."""
    parts = words.strip("/").split("/") if _PATH.match(words.strip()) else _BETWEEN.split(words)
    names = (" ".join(part.split()).strip(" .,:#") for part in parts)
    return tuple(_canonical(name) for name in names if _is_section(name))


def _is_section(name: str) -> bool:
    return 1 < len(name) <= LONGEST_SECTION and _key(name) not in _NOT_SECTIONS and not _WORDLESS.fullmatch(name)


def _canonical(name: str) -> str:
    known = _table().get(_key(name))
    if known:
        return known
    words = name.replace("_", " ").replace("-", " ") if " " not in name else name
    local = _LOCAL_NEWS.fullmatch(words)
    if local and (region := _table().get(_key(local["rest"])) or (LOCAL if bureau_of(local["rest"]) else None)):
        return region
    if words.islower() or (words.isupper() and len(words) > len("UMKM")):
        return " ".join(map(_capitalized, words.lower().split()))
    return words


def _capitalized(word: str) -> str:
    """A word of a section in the usual letters: short forms in capitals, conjunctions in small ones."""
    if word in _LOWERCASE_IN_SECTIONS:
        return word
    return word.upper() if word in _SHORT_FORMS else word.title()


def _from_address(url: str) -> Iterator[str]:
    """The known sections in an address: in its host (`bola.kompas.com`), then in its first folders."""
    address = article_address(url)
    host = host_of(address) or ""
    path = address.partition(host)[2].partition("?")[0] if host else ""
    for part in (*host.split(".")[:-2], *path.split("/")[1:-1][:DEEPEST]):
        if section := _known(part):
            yield section


@lru_cache(maxsize=CACHED_SECTIONS)
def _known(part: str) -> str | None:
    """The known section that a part of an address names."""
    return _table().get(_key(part))


def _key(spelling: str) -> str:
    return _APART.sub("", spelling.casefold())


@cache
def _table() -> dict[str, str]:
    """Spelling → section."""
    found: dict[str, str] = {}
    for line in SHIPPED.read_text(encoding="utf-8").splitlines():
        section, tab, spellings = line.partition("\t")
        if tab and not line.startswith("#"):
            found |= {_key(spelling): section for spelling in (section, *spellings.split("|"))}
    return found
