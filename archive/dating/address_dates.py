"""Read the day in the address of an article, at the place where its outlet's addresses have one.

Year, month and day with slashes or hyphens between count anywhere. Digits alone count only at the places listed here:
eight digits may also be a number of an article, a score or two seasons, and fourteen the stamp of a web archive.
"""

import re
from datetime import date
from typing import Final, NamedTuple

from archive.article import ArticleDate, DateBasis, DatePrecision, Evidence, EvidenceKind
from archive.dating.date_parser import is_plausible


class DayPlace(NamedTuple):
    """Where the addresses below a host have the day. The groups of the pattern are named y, m and d."""

    host: str
    place: re.Pattern[str]


SLASHED: Final = re.compile(
    r"/(?P<y>(?:19|20)\d\d)(?P<s>[/-])(?P<m>\d\d?)(?P=s)(?P<d>\d\d?)(?=[/?#]|$|(?<=-\d)\D|(?<=-\d\d)\D)"
)
_STAMP = r"(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)"
PLACES: Final = (
    DayPlace("cnnindonesia.com", re.compile(rf"/{_STAMP}\d{{6}}-\d")),
    DayPlace("cnbcindonesia.com", re.compile(rf"/{_STAMP}\d{{6}}-\d")),
    DayPlace("bisnis.com", re.compile(rf"/read/{_STAMP}/\d")),
    DayPlace("rimanews.com", re.compile(rf"/read/{_STAMP}/\d")),
    DayPlace("detik.com", re.compile(rf"/{_STAMP}-\d{{6,}}(?=[/?#]|$)")),
    DayPlace("jawapos.com", re.compile(r"/(?P<d>\d\d)/(?P<m>\d\d)/(?P<y>(?:19|20)\d\d)(?=[/?#]|$)")),
    DayPlace("republika.co.id", re.compile(r"/(?P<y>[01]\d|2[0-9])/(?P<m>\d\d)/(?P<d>\d\d)/(?=[a-z0-9])")),
    DayPlace("bbc.com", re.compile(r"/(?P<y>[012]\d)(?P<m>\d\d)(?P<d>\d\d)_[a-z]")),
    DayPlace("bbc.co.uk", re.compile(r"/(?P<y>[012]\d)(?P<m>\d\d)(?P<d>\d\d)_[a-z]")),
)
_HOST = re.compile(r"(?:[a-z][a-z0-9+.-]{0,30}:)?//([^/?#:\s]+)(?::\d+)?", re.IGNORECASE)
CENTURY: Final = 2000  # of a year of two digits; no address is older than the web


def date_from_address(url: str | None) -> ArticleDate | None:
    """The day in an address; None if it has none."""
    if not url:
        return None
    host = _HOST.match(url)
    path = url[host.end() :] if host else url
    match = SLASHED.search(path) or (_at_its_place(host[1].lower(), path) if host else None)
    day = _day_of(match) if match else None
    if match is None or day is None or not is_plausible(day):
        return None
    evidence = Evidence(match.group().strip("/"), EvidenceKind.ADDRESS)
    return ArticleDate(day, DatePrecision.DAY, DateBasis.URL, (evidence,))


def _at_its_place(host: str, path: str) -> re.Match[str] | None:
    for known, place in PLACES:
        if (host == known or host.endswith(f".{known}")) and (match := place.search(path)):
            return match
    return None


def _day_of(match: re.Match[str]) -> date | None:
    year = int(match["y"])
    try:
        return date(year if year > CENTURY // 2 else CENTURY + year, int(match["m"]), int(match["d"]))
    except ValueError:
        return None
