"""Name authority: the outlet, bureau and section that a name or an address stands for.

`KOMPAS.com`, `kompas.com` and `Harian Kompas` are one outlet; one canonical name gives it one facet value. An unknown
outlet keeps its domain, or its name as written. A desk or channel is told by its name (`detikJatim`, `Tribun Jabar`),
its host (`kalsel.antaranews.com`) or the first part of its path (`detik.com/jatim`).
"""

import re
from dataclasses import replace
from functools import lru_cache

from archive.press.addresses import SCHEMELESS, article_address, host_of, is_no_outlet
from archive.press.desks import BUREAUS, bureau_of, channel_of
from archive.press.outlet_table import OutletTable, Publisher, spelling_key
from archive.press.places import PLACES

CACHED_NAMES = 4096  # spellings; an archive contains a few hundred
CACHED_FOLDERS = 8192  # hosts with the first part of a path; an archive has some thousand
CACHED_ADDRESSES = 256  # an article asks for that of its own several times
LONGEST_DOMAIN = 253  # characters, by the standard of domain names
LONGEST_NAME = 120  # characters of an outlet's name; a longer one is no spelling of a known one

DOMAIN = re.compile(r"[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)*\.(?:com|co|id|net|tv|org|news|info|im)", re.IGNORECASE)
ADDRESS = re.compile(r"(?:[a-z]{1,30}:)?//|www\d?\.[^\s.]+\.", re.IGNORECASE)
DOMAIN_ENDING = re.compile(r"\.(?:com|co\.id|id|co|net|news|tv|or\.id)$")
BEFORE_NAME = re.compile(r"(?:harian|koran|situs|portal|portal berita|situs berita|media|sumber|the)\s+(?=\S)")
AFTER_NAME = re.compile(r"(?<=\S)[\s.]+(?:online|daring|official|redaksi|news agency|agency)$")
MERGED_BUREAU = re.compile(r"Antara([A-Z]{2,3})")
SIGNS_AROUND = " \t()[]{}<>\"'“”‘’«»*-–—|/:;,."
LABEL = re.compile(
    r"\A(?:sumber|source|media|via|dari|dikutip dari|dilansir|portal|situs|publisher)\s*+:\s*+", re.IGNORECASE
)
AROUND_NAME = re.compile(
    r"\A(?:tim|team|redaksi|admin|laporan)\s+(?=\S)|(?<=\S)\s++(?:team|redaksi|official)\Z", re.IGNORECASE
)
SEPARATED = re.compile(r"(?<!\s)\s++[-–—|/•»]\s+|\|\s*+|,\s+")
MOST_WORDS_BESIDE = 3  # a section or a place; more are a sentence
HOST_PREFIXES = ("www.", "m.", "mobile.", "amp.", "wap.")


class _Current:
    """The table in use: the shipped one, extended by the keeper's."""

    table = OutletTable()


def use_outlets(table: OutletTable) -> None:
    """Use a table from now on, in this process."""
    if table != _Current.table:
        _Current.table = table
        publisher_from_name.cache_clear()
        _in_text.cache_clear()
        publisher_from_url.cache_clear()
        _publisher_at.cache_clear()


def outlets_in_use() -> OutletTable:
    """The table in use."""
    return _Current.table


@lru_cache(maxsize=CACHED_NAMES)
def publisher_from_name(spelling: str) -> Publisher | None:
    """The outlet, bureau and section of a spelling or an address.

    An unknown name is kept as written. An empty one, and that of a social network or an archive, give None.
    """
    found = _named(spelling)
    if found is None or found.known or len(found.outlet) > LONGEST_NAME:
        return found
    return _inside(found.outlet) or found


def _named(spelling: str) -> Publisher | None:
    """The publisher that the whole of a spelling names."""
    words = spelling.replace("\xa0", " ").split()
    if not words or is_no_outlet(spelling.strip()):
        return None
    name = " ".join(words)
    if ADDRESS.match(name) or ("/" in name and SCHEMELESS.fullmatch(name)):
        return publisher_from_url(name)
    if len(name) > LONGEST_NAME:
        return Publisher(name, known=False)
    key = spelling_key(name)
    return _known(key) or _bureau_of_antara(words) or _domain(key) or Publisher(name, known=False)


def _inside(name: str) -> Publisher | None:
    """The known publisher in a name with signs, a label, a section or a place: `Sumber: Tempo.co, Jakarta`."""
    bare = AROUND_NAME.sub("", LABEL.sub("", name.strip(SIGNS_AROUND))).strip(SIGNS_AROUND)
    if bare != name and (whole := publisher_in_text(bare)):
        return whole
    first, sign, rest = SEPARATED.sub("\0", bare, count=1).partition("\0")
    part = publisher_in_text(first) if sign and len(rest.split()) <= MOST_WORDS_BESIDE else None
    if part is None or part.bureau or part.section:
        return part
    return replace(part, bureau=bureau_of(rest), section=channel_of(rest))


@lru_cache(maxsize=CACHED_NAMES)
def _in_text(words: str) -> Publisher | None:
    return _named(words)


def publisher_in_text(words: str) -> Publisher | None:
    """The known publisher that words within a text name; None for names that are common words too."""
    if spelling_key(words) in _Current.table.common:
        return None
    publisher = _in_text(words)
    return publisher if publisher and publisher.known else None


@lru_cache(maxsize=CACHED_ADDRESSES)
def publisher_from_url(url: str) -> Publisher | None:
    """The outlet, bureau and section of an address; None without a host, or with one that carries others' articles."""
    address = article_address(url)
    schemeless = not address.startswith(("https://", "http://")) and SCHEMELESS.fullmatch(address)
    host = host_of(f"//{address}" if schemeless else address)
    if not host:
        return None
    path = address.partition(host)[2].lstrip(":0123456789").strip("/")
    return _publisher_at(host, path.partition("/")[0].lower())


@lru_cache(maxsize=CACHED_FOLDERS)
def _publisher_at(host: str, folder: str) -> Publisher | None:
    """The publisher of the addresses of a host whose path begins with a folder, which may be ""."""
    if is_no_outlet(host):
        return None
    return (_desk_of_folder(host, folder) if folder else None) or _domain(_bare(host)) or Publisher(host, known=False)


def stated_publisher(outlet: str | None, url: str | None) -> Publisher | None:
    """The publisher that a record states by field and address; a known address beats an unknown spelling."""
    named = publisher_from_name(outlet) if outlet else None
    if named and named.known:
        return named
    addressed = publisher_from_url(url) if url else None
    return addressed if addressed and (addressed.known or named is None) else named


def _known(key: str) -> Publisher | None:
    """The publisher of a key of the table, also with such words as "harian" and "online" around it, or of a brand."""
    spellings = _Current.table.spellings
    if found := spellings.get(key):
        return found
    bare = AFTER_NAME.sub("", BEFORE_NAME.sub("", key, count=1))
    if bare != key and (found := spellings.get(bare)):
        return found
    return _of_brand(key)


def _of_brand(key: str, *, regions_only: bool = False) -> Publisher | None:
    """Read a brand with a region or section: `detikjatim`, `tribun jabar`, `tribunjabar.id`, `kumparannews`."""
    glued = DOMAIN_ENDING.sub("", key).replace(" ", "").replace("-", "")
    for brand, outlet in _Current.table.brands.items():
        if not glued.startswith(brand) or glued == brand:
            continue
        desk = glued[len(brand) :]
        if bureau := bureau_of(desk):
            return Publisher(outlet, bureau)
        if not regions_only and (section := channel_of(desk)):
            return Publisher(outlet, section=section)
    return None


def _bureau_of_antara(words: list[str]) -> Publisher | None:
    """Read `ANTARA News Kalimantan Selatan`, `ANTARA Sorong` and `AntaraKL`; what is no place is no bureau."""
    if merged := MERGED_BUREAU.fullmatch(words[0]):
        return Publisher("ANTARA News", BUREAUS.get(merged.group(1).lower()))
    if words[0].casefold() != "antara":
        return None
    rest = " ".join(words[2:] if len(words) > 1 and words[1].casefold() == "news" else words[1:])
    place = rest.title() if rest.isupper() else rest
    return Publisher("ANTARA News", bureau_of(rest) or (place if place in PLACES else None))


def _domain(spelling: str) -> Publisher | None:
    """Read a domain: its longest known suffix is the outlet, the label before it may be a bureau."""
    host = _bare(spelling.lower())
    if len(host) > LONGEST_DOMAIN:
        return None
    if not DOMAIN.fullmatch(host):
        return Publisher(host, known=False) if "." in host and " " not in host else None
    labels = host.split(".")
    spellings = _Current.table.spellings
    for cut in range(len(labels) - 1):
        if found := spellings.get(".".join(labels[cut:])):
            bureau = found.bureau or (BUREAUS.get(labels[cut - 1]) if cut else None)
            return Publisher(found.outlet, bureau, section=found.section)
    return _of_brand(host, regions_only=True) or Publisher(host, known=False)


def _desk_of_folder(host: str, folder: str) -> Publisher | None:
    """The desk that the first part of a path names, where the table has it."""
    spellings = _Current.table.spellings
    labels = host.split(".")
    keys = (f"{'.'.join(labels[cut:])}/{folder}" for cut in range(len(labels) - 1))
    return next((found for key in keys if (found := spellings.get(key))), None)


def _bare(host: str) -> str:
    for prefix in HOST_PREFIXES:
        host = host.removeprefix(prefix)
    return host
