"""Read the date that a field states: a date in words or digits, as software writes it, or among other words.

Scrapers take what stands around a date (`detikNewsSenin, 06 Agu 2018 17:40 WIB`), spreadsheets count days, databases
seconds, and Python prints `datetime.datetime(2019, 8, 5)`. A clear date among other words counts; of several different
ones the one that is said to be of publication, else none. A placeholder such as 1 January 1970 is no date.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Final

from archive.article import DatePrecision
from archive.dating.date_parser import MONTHS, WESTERN_INDONESIA, PartialDate, is_plausible, parse_date

LONGEST_STATED = 300  # characters; a longer value is a text
CACHED_DATES = 8192  # cache entries; the archive of a year repeats some hundred spellings

# Days that software puts where it has none: the zeros of Unix, of Excel, of databases and of archives of files.
PLACEHOLDERS: Final = frozenset(
    {date(1970, 1, 1), date(1969, 12, 31), date(1900, 1, 1), date(1899, 12, 30), date(1899, 12, 31), date(1901, 1, 1)}
)
EXCEL_ZERO: Final = date(1899, 12, 30)
EXCEL_DAYS: Final = range(18_264, 60_000)  # 1950 to 2064; fewer digits are no day, more are of other units
OLD_WORDS: Final = {  # spellings before 1972, and those of the time before the war
    "djanuari": "Januari", "djan": "Januari", "pebruari": "Februari", "peb": "Februari", "mart": "Maret",
    "mrt": "Maret", "maart": "Maret", "djuni": "Juni", "djun": "Juni", "djuli": "Juli", "djul": "Juli",
    "agoestoes": "Agustus", "agoest": "Agustus", "ag": "Agustus", "october": "Oktober", "nopember": "November",
    "senen": "Senin", "kemis": "Kamis", "djumat": "Jumat", "djum'at": "Jumat", "djum’at": "Jumat", "saptu": "Sabtu",
    "minggoe": "Minggu", "achad": "Minggu",
}  # fmt: skip
ROMAN: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")

_OLD = re.compile(
    r"(?<![^\W\d_])(?:" + "|".join(sorted(OLD_WORDS, key=len, reverse=True)) + r")(?![^\W\d_])\.?", re.IGNORECASE
)
_ROMAN_MONTH = re.compile(r"(?<!\w)(\d{1,2})\s?[/. -]\s?([IVX]{1,4})\s?[/. -]\s?((?:18|19|20)\d\d)(?!\d)")
_PYTHON = re.compile(
    r"(?:datetime\.)?(?:datetime|date)\((\d{4}), ?(\d{1,2}), ?(\d{1,2})\b[^()]*(?:\([^()]*\))?[^()]*\)"
)
_CALL = re.compile(r"(?:pd\.|pandas\.)?(?:Timestamp|ISODate|Date|DateTime|new Date)\(['\"]([^'\"()]+)['\"][^()]*\)")
_DOT_NET = re.compile(r"\\?/Date\((-?\d+)(?:[+-]\d{4})?\)\\?/")
_TICKS = re.compile(r"([1-9]\d{9})(?:\d{6}|\d{9})")  # micro- and nanoseconds since 1970
_EXCEL = re.compile(r"(\d{5})(?:\.\d+)?")
_DAY_FIRST = re.compile(r"(\d\d)(\d\d)((?:19|20)\d\d)")
_ISO_WEEK = re.compile(r"\d{4}-?W\d\d-?[1-7]")
_ZONE_IN_WORDS = re.compile(r"(?<=[\d\s])\([A-Za-z][A-Za-z .]{0,40}\)$")
_GLUED_ZONE = re.compile(r"(?<=\d)\s?(?:WIB|WITA|WIT)\s?(?=\d)")

_MONTH = "|".join(sorted({*(name for names in MONTHS for name in names)}, key=len, reverse=True))
_YEAR = r"(?:18|19|20)\d\d"
_CLEAR = re.compile(
    rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[\s./-]{{0,2}}(?P<name>{_MONTH})\.?[\s,./-]{{0,3}}(?P<y>{_YEAR})(?!\d)"
    rf"|(?<![^\W\d_])(?P<name2>{_MONTH})\.?\s{{0,2}}(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s{{0,2}}(?P<y2>{_YEAR})(?!\d)"
    rf"|(?<![\d/.-])(?P<d3>\d{{1,2}})(?P<s>[/.-])(?P<m3>\d{{1,2}})(?P=s)(?P<y3>{_YEAR})(?!\d)"
    rf"|(?<![\d/.-])(?P<y4>{_YEAR})(?P<t>[/.-])(?P<m4>\d{{1,2}})(?P=t)(?P<d4>\d{{1,2}})(?!\d)"
    rf"|(?<![\d/.-])(?P<d6>\d{{1,2}})-(?P<name6>{_MONTH})-(?P<y6>\d\d)(?!\d)"
    r"|(?<![\d/.-])(?P<d5>\d{1,2})/(?P<m5>\d{1,2})/(?P<y5>\d\d)(?=[\s,|-]{1,3}\d{1,2}[:.]\d\d(?!\d))",
    re.IGNORECASE,
)
_CLOCK_IN_UTC = re.compile(
    r"[\sT,|/-]{0,4}(\d{1,2})[:.](\d\d)(?:[:.]\d\d(?:[.,]\d{1,9})?)?\s?(?:Z\b|UTC\b|GMT\b(?! ?[+-])|\+00:?00)",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(r"terbit|tayang|publi[sk]|posted|diposting|dimuat|issued", re.IGNORECASE)
_CHANGED = re.compile(r"perbarui|update|ubah|modif|revis|akses|scrap|crawl|retriev", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Found:
    """A clear date in a text, and the words since the date before it."""

    day: date
    before: str


def parse_stated_date(text: str) -> PartialDate | None:
    """The date that a field states, to the precision stated; None if it states none, or several."""
    words = " ".join(text.split())
    return _parse(words) if len(words) <= LONGEST_STATED else None


def is_placeholder(text: str) -> bool:
    """Whether a field states a day that stands for no day."""
    found = _read(" ".join(text.split())) if len(text) <= LONGEST_STATED else None
    return found is not None and found.first in PLACEHOLDERS


def _parse(words: str) -> PartialDate | None:
    found = _read(words)
    return found if found and is_plausible(found.first) and found.first not in PLACEHOLDERS else None


@lru_cache(maxsize=CACHED_DATES)
def _read(words: str) -> PartialDate | None:
    try:
        plain = _modern(words)
        return parse_date(plain) or _of_software(words) or _among_words(plain)
    except (ValueError, OverflowError):
        return None


def _modern(words: str) -> str:
    """The words with months and weekdays in their present spelling."""
    words = _ZONE_IN_WORDS.sub("", _GLUED_ZONE.sub(" ", words)).strip()
    words = _OLD.sub(lambda match: OLD_WORDS[match.group().lower().rstrip(".")], words)
    return _ROMAN_MONTH.sub(_with_name, words)


def _with_name(match: re.Match[str]) -> str:
    day, month, year = match.groups()
    return f"{day} {MONTHS[ROMAN.index(month)][0]} {year}" if month in ROMAN else match.group()


def _of_software(words: str) -> PartialDate | None:
    """Read what programs print or count: Python, pandas, MongoDB, .NET, Excel, ISO weeks, finer Unix times."""
    for pattern, read in _PRINTED:
        if match := pattern.fullmatch(words):
            return read(match)
    return None


def _serial(match: re.Match[str]) -> PartialDate | None:
    days = int(match[1])
    return _day(EXCEL_ZERO + timedelta(days=days)) if days in EXCEL_DAYS else None


def _instant(seconds: float) -> PartialDate:
    return _day(datetime.fromtimestamp(seconds, WESTERN_INDONESIA).date())


def _day(day: date) -> PartialDate:
    return PartialDate(day, DatePrecision.DAY)


_PRINTED: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], PartialDate | None]], ...]] = (
    (_PYTHON, lambda found: _day(date(*map(int, found.groups())))),
    (_CALL, lambda found: parse_date(found[1])),
    (_DOT_NET, lambda found: _instant(int(found[1]) / 1000)),
    (_TICKS, lambda found: _instant(int(found[1]))),
    (_EXCEL, _serial),
    (_DAY_FIRST, lambda found: _day(date(int(found[3]), int(found[2]), int(found[1])))),
    (_ISO_WEEK, lambda found: _day(date.fromisoformat(found[0]))),
)


def _among_words(text: str) -> PartialDate | None:
    """The one clear date among other words; of several that of publication."""
    found = list(_clear_dates(text))
    published = [one for one in found if _PUBLISHED.search(one.before)]
    unchanged = [one for one in found if not _CHANGED.search(one.before)]
    days = {one.day for one in published or unchanged}
    return _day(days.pop()) if len(days) == 1 else None


def _clear_dates(text: str) -> Iterator[_Found]:
    last = 0
    for match in _CLEAR.finditer(text):
        if (day := _day_of(match)) is not None:
            clock = _CLOCK_IN_UTC.match(text, match.end())
            yield _Found(_in_jakarta(day, clock) if clock else day, text[last : match.start()])
            last = match.end()


def _day_of(match: re.Match[str]) -> date | None:
    """The day that a clear date names; one with a month above twelve has its day second."""
    groups = match.groupdict()
    number = next(suffix for suffix in ("", "2", "3", "4", "5", "6") if groups[f"y{suffix}"])
    day, year = int(groups[f"d{number}"]), int(groups[f"y{number}"])
    name = groups.get(f"name{number}")
    month = _MONTH_NUMBERS[name.casefold()] if name else int(groups[f"m{number}"])
    if month > len(MONTHS) >= day and number != "4":
        day, month = month, day
    try:
        return date(year + 2000 if year < 100 else year, month, day)  # two digits
    except ValueError:
        return None


_MONTH_NUMBERS: Final = {name.casefold(): number for number, names in enumerate(MONTHS, 1) for name in names}


def _in_jakarta(day: date, clock: re.Match[str]) -> date:
    """The day in Jakarta of a time in UTC."""
    instant = datetime(day.year, day.month, day.day, int(clock[1]), int(clock[2]), tzinfo=UTC)
    return instant.astimezone(WESTERN_INDONESIA).date()
