"""Addresses of articles: the one inside that of an archive, a cache or a link service, and hosts that are no outlet.

`web.archive.org/web/20190805143000/https://www.tempo.co/…` is an article of tempo.co, and so is what Google's pages for
phones, caches and counted links stand around. A page of a social network is of nobody's outlet.
"""

import re
from functools import lru_cache
from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit

CACHED_HOSTS = 4096  # an archive has some hundred
CACHED_ADDRESSES = 1024  # each article asks for its own a few times
LONGEST_ADDRESS = 4096  # characters; longer ones are left as they are
DEEPEST = 3  # addresses around an address

# Hosts and names that only carry the articles of outlets: social networks, archives, short links, readers of feeds.
CARRIERS: Final = frozenset(
    [
        *(
            "facebook.com",
            "fb.com",
            "fb.watch",
            "instagram.com",
            "twitter.com",
            "x.com",
            "t.co",
            "youtube.com",
            "youtu.be",
        ),
        *("tiktok.com", "t.me", "telegram.me", "telegram.org", "whatsapp.com", "wa.me", "linkedin.com", "threads.net"),
        *("threads.com", "pinterest.com", "reddit.com", "facebook", "instagram", "twitter", "youtube", "tiktok"),
        *("telegram", "whatsapp", "linkedin", "threads", "archive.org", "archive.ph", "archive.is", "archive.today"),
        *("archive.md", "archive.li", "archive.vn", "archive.fo", "arquivo.pt", "webcitation.org", "ghostarchive.org"),
        *("googleusercontent.com", "ampproject.org", "google.com", "google.co.id", "bit.ly", "tinyurl.com", "goo.gl"),
        *("ow.ly", "feedburner.com", "translate.goog", "line.me", "outline.com"),
        *("localhost", "flipboard.com", "getpocket.com", "scribd.com"),
    ]
)
SCHEMELESS = re.compile(
    r"(?:www\d?\.)?[a-z0-9](?:[a-z0-9-]{0,62}\.){1,6}[a-z]{2,12}(?::\d{1,5})?(?:/\S*+)?", re.IGNORECASE
)

_HOST = re.compile(r"(?:[a-z][a-z0-9+.-]{0,30}:)?//(?:[^/?#@\s]*@)?([^/?#:\s]+)", re.IGNORECASE)
_ARCHIVES = re.compile(
    r"https?://(?:web\.archive\.org|wayback\.archive\.org|web-beta\.archive\.org|arquivo\.pt|webarchive\.[a-z.]{2,30}|"
    r"archive\.(?:ph|is|today|md|li|vn|fo|org)|webcitation\.org|ghostarchive\.org)/",
    re.IGNORECASE,
)
_INNER = re.compile(r"https?:/{1,2}(?=[^/\s])", re.IGNORECASE)
_STAMPED = re.compile(r"/(?:web|wayback)/\d{4,14}\*?[a-z_]{0,4}/(?P<inner>[^/\s]+\.[^\s]+)", re.IGNORECASE)
_AMP = re.compile(
    r"https?://(?:(?:www\.)?google\.[a-z.]{2,6}/amp|[a-z0-9-]{1,63}\.cdn\.ampproject\.org/[civr]|cdn\.ampproject\.org/[civr])"
    r"/(?P<secure>s/)?(?P<inner>[^/\s]+\.[^\s]+)",
    re.IGNORECASE,
)
_CACHE = re.compile(r"https?://webcache\.googleusercontent\.com/", re.IGNORECASE)
_CACHED = re.compile(r"cache:(?:[\w-]{8,20}:)?(?P<inner>[^+&\s]+)")
_LINK_SERVICES = re.compile(
    r"https?://(?:(?:www\.)?google\.[a-z.]{2,6}/url|(?:l|lm)\.facebook\.com/l\.php|translate\.google\.[a-z.]{2,6}/translate|"
    r"(?:www\.)?bing\.com/ck|out\.reddit\.com/)",
    re.IGNORECASE,
)
_PARAMETERS: Final = ("url", "u", "q", "sl_url")
_TRANSLATED = re.compile(r"https?://(?P<host>[a-z0-9-]{1,200})\.translate\.goog(?P<path>/\S*)?", re.IGNORECASE)


# What the host of each of the patterns contains.
_CARRIED = re.compile(
    r"archive|arquivo|webcitation|google|ampproject|translate|facebook|bing\.com|reddit", re.IGNORECASE
)


@lru_cache(maxsize=CACHED_ADDRESSES)
def article_address(words: str) -> str:
    """The address of an article with its scheme, without what an archive or a link service puts around it."""
    address = " ".join(words.split())
    if address.startswith("//"):
        address = f"https:{address}"
    elif "://" not in address[:16] and SCHEMELESS.fullmatch(address) and ("/" in address or address.startswith("www.")):
        address = f"https://{address}"
    if len(address) > LONGEST_ADDRESS:
        return address
    for _ in range(DEEPEST):
        inner = _inside(address) if _may_carry("".join(address.split("/", 3)[2:3])) else None
        if inner is None:
            break
        address = inner
    return address


def host_of(address: str) -> str | None:
    """The host of an address, in small letters; None if it has none."""
    found = _HOST.match(address.strip())
    return found.group(1).rstrip(".").lower() if found else None


def is_no_outlet(name: str) -> bool:
    """Whether a host, or a name given for an outlet, is that of a social network or an archive."""
    labels = name.casefold().split(".")
    return any(".".join(labels[cut:]) in CARRIERS for cut in range(len(labels)))


@lru_cache(maxsize=CACHED_HOSTS)
def _may_carry(host: str) -> bool:
    """Whether an address may stand inside one of this host; few do, so the patterns are for those alone."""
    return _CARRIED.search(host) is not None


def _inside(address: str) -> str | None:
    """The address inside that of an archive, a cache or a link service; None if it stands for itself."""
    if _ARCHIVES.match(address):
        start = address.index("/", len("https://"))
        inner = _INNER.search(address, start)
        if inner:
            return f"{inner.group().split(':')[0]}://{address[inner.end() :]}"
        stamped = _STAMPED.search(address, start - 1)
        return f"http://{stamped['inner']}" if stamped else None
    if amp := _AMP.match(address):
        return f"http{'s' if amp['secure'] else ''}://{amp['inner']}"
    if _CACHE.match(address):
        cached = _CACHED.search(unquote(address))
        return _with_scheme(cached["inner"]) if cached else None
    if translated := _TRANSLATED.match(address):
        host = translated["host"].replace("--", "\0").replace("-", ".").replace("\0", "-")
        return f"https://{host}{translated['path'] or '/'}"
    return _target(address) if _LINK_SERVICES.match(address) else None


def _target(address: str) -> str | None:
    """The address that a link service leads to."""
    try:
        given = parse_qs(urlsplit(address).query, max_num_fields=50)
    except ValueError:
        return None
    targets = (values[0] for name in _PARAMETERS if (values := given.get(name)))
    return next((target for target in targets if _HOST.match(target)), None)


def _with_scheme(address: str) -> str:
    return address if "://" in address else f"https://{address}"
