"""Parse dates as Indonesian outlets write them, with dateutil and an extended vocabulary.

A date is the civil day its publisher meant. An instant is read in the time zone it states. Only UTC is converted to
western Indonesian time first: no Indonesian newsroom lives by UTC, but most of their feeds use it.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache

from dateutil.parser import parse as parse_datetime
from dateutil.parser import parserinfo

from archive.article import DatePrecision

EARLIEST_YEAR = 1850  # the first newspapers in Malay date from the 1850s
LONGEST_DATE = 80  # characters; anything longer is not a date
CACHED_DATES = 8192  # cache entries; the archive of a year repeats some hundred spellings

MONTHS: tuple[tuple[str, ...], ...] = (
    ("Januari", "January", "Jan"),
    ("Februari", "February", "Pebruari", "Peb", "Feb"),
    ("Maret", "March", "Mrt", "Mar"),
    ("April", "Apr"),
    ("Mei", "May"),
    ("Juni", "June", "Jun"),
    ("Juli", "July", "Jul"),
    ("Agustus", "August", "Agu", "Agt", "Agst", "Ags", "Agus", "Aug"),
    ("September", "Sept", "Sep"),
    ("Oktober", "October", "Okt", "Oct"),
    ("November", "Nopember", "Nov", "Nop"),
    ("Desember", "December", "Des", "Dec"),
)
WEEKDAYS: tuple[tuple[str, ...], ...] = (
    ("Senin", "Monday", "Sen", "Mon"),
    ("Selasa", "Tuesday", "Sel", "Tue", "Tues"),
    ("Rabu", "Wednesday", "Rab", "Rebo", "Wed"),
    ("Kamis", "Thursday", "Kam", "Thu", "Thur", "Thurs"),
    ("Jumat", "Friday", "Jum", "Fri"),
    ("Sabtu", "Saturday", "Sab", "Sat"),
    ("Minggu", "Sunday", "Min", "Ming", "Ahad", "Sun"),
)
ZONES = {"WIB": timezone(timedelta(hours=7)), "WITA": timezone(timedelta(hours=8)), "WIT": timezone(timedelta(hours=9))}
WESTERN_INDONESIA = ZONES["WIB"]

FILLERS = ("pukul", "jam", "tanggal", "tgl", "hari", "pada", "(", ")", "|", "-", "–")
DEFAULTS = tuple(datetime(year, month, day, 12) for year, month, day in ((2000, 1, 1), (2004, 3, 2)))  # noqa: DTZ001 (civil)

YEAR_FIRST = re.compile(r"(\d{4})(?:([-/.])(\d{1,2})(?:\2(\d{1,2}))?)?")
YEAR_FIRST_TIMED = re.compile(
    r"(\d{4})([-/.]?)(\d\d?)\2(\d\d?)(?:[T ,|(-]+(?=\d|Pukul|pukul|jam)|(?=\d{4}(?:\d\d)?Z?$))"
)
DIGITS = re.compile(r"((?:19|20)\d{6})T?(?:\d{2}){0,3}")
UNSEPARATED = re.compile(r"\d{7,}+T?+\d*+(?:\.\d+)?")
EPOCH = re.compile(r"([1-9]\d{9})(\d{3})?(?:\.\d+)?")
ISO_INSTANT = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?\s*(?:Z|[+-]\d\d:?\d\d)?|\d{8}T\d{4}(?:\d\d)?(?:Z|[+-]\d{4})"
)
CLOCK = re.compile(
    r"\b(?:pukul|jam)\s*\d{1,2}[.:]\d\d(?:[.:]\d\d)?(?:\s*(?:WIB|WITA|WIT)\b)?"
    r"|\b\d{1,2}[.:]\d\d(?:[.:]\d\d)?\s*(?:WIB|WITA|WIT)\b|(?<=\d{4})[ ,|–-]+\d\d\.\d\d(?:\.\d\d)?$",
    re.IGNORECASE,
)
APOSTROPHE = re.compile(r"(?<=[a-z])['’‘](?=[a-z])")
SPACED_SEPARATOR = re.compile(r"(?:(?<!\s)\s++)?([/.:])\s*+")  # tokenized text: "11 / 9 / 2019"


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date known to the day, month or year: the first day it may mean, and its precision."""

    first: date
    precision: DatePrecision


class IndonesianParserInfo(parserinfo):
    """dateutil's vocabulary with Indonesian and English words; the day comes before the month."""

    def __init__(self) -> None:
        vocabulary = {"MONTHS": MONTHS, "WEEKDAYS": WEEKDAYS, "JUMP": [*parserinfo.JUMP, *FILLERS]}
        for name, words in vocabulary.items():
            setattr(self, name, words)
        super().__init__(dayfirst=True)


_VOCABULARY = IndonesianParserInfo()


def parse_date(text: str) -> PartialDate | None:
    """Parse a date to the precision stated; None where it is unreadable, has no year or the year is implausible."""
    return _parse(" ".join(text.split())) if len(text) <= LONGEST_DATE else None


@lru_cache(maxsize=CACHED_DATES)
def _parse(text: str) -> PartialDate | None:
    try:
        found = (
            _parse_digits(text)
            if UNSEPARATED.fullmatch(text)
            else _parse_year_first(text) or _parse_instant(text) or _parse_words(text)
        )
    except (ValueError, OverflowError, ArithmeticError, TypeError, AttributeError, IndexError):
        return None  # dateutil raises more than it documents on text that is no date
    return found if found and is_plausible(found.first) else None


def is_plausible(day: date) -> bool:
    """Whether an article may be from that day: not before the first newspapers, not after next year."""
    return EARLIEST_YEAR <= day.year <= latest_plausible_year()


def latest_plausible_year() -> int:
    """The next year: papers of its first days are printed in this one."""
    return datetime.now(WESTERN_INDONESIA).year + 1


def _parse_year_first(text: str) -> PartialDate | None:
    """Read 2018, 2018-05 and 2018-05-31; with the day first dateutil would read the last as the 5th of month 31."""
    match = YEAR_FIRST.fullmatch(text)
    if not match:
        return None
    year, _, month, day = match.groups()
    if day:
        return PartialDate(date(int(year), int(month), int(day)), DatePrecision.DAY)
    return PartialDate(date(int(year), int(month or 1), 1), DatePrecision.MONTH if month else DatePrecision.YEAR)


def parse_yyyymmdd(digits: str) -> PartialDate | None:
    """Read 20180531.

    Raises:
        ValueError: There is no such day.
    """
    return PartialDate(date(int(digits[:4]), int(digits[4:6]), int(digits[6:])), DatePrecision.DAY)


def _parse_digits(text: str) -> PartialDate | None:
    """Read digits alone: 20180531, the same followed by a time, or a Unix time (as a day in Jakarta)."""
    if epoch := EPOCH.fullmatch(text):
        instant = PartialDate(datetime.fromtimestamp(int(epoch.group(1)), WESTERN_INDONESIA).date(), DatePrecision.DAY)
        if is_plausible(instant.first):
            return instant
    return parse_yyyymmdd(digits.group(1)) if (digits := DIGITS.fullmatch(text)) else None


def _parse_instant(text: str) -> PartialDate | None:
    """Read an ISO 8601 instant such as 2018-05-30T22:15:00Z; see the module on time zones."""
    if not ISO_INSTANT.fullmatch(text):
        return None
    return PartialDate(_civil_day(datetime.fromisoformat(text.replace(",", "."))), DatePrecision.DAY)


def _parse_words(text: str) -> PartialDate | None:
    """Read a date in words. Parsing it with two different defaults shows which parts were not stated."""
    text = YEAR_FIRST_TIMED.sub(_day_first, text)
    words = SPACED_SEPARATOR.sub(r"\1", CLOCK.sub(" ", APOSTROPHE.sub("", text)))
    words = words.replace("(", " ").replace(")", " ")
    early, late = (_parse_with_default(words, default) for default in DEFAULTS)
    if early.year != late.year:
        return None
    if early.month != late.month:
        return PartialDate(early.replace(month=1, day=1).date(), DatePrecision.YEAR)
    if early.day != late.day:
        return PartialDate(early.replace(day=1).date(), DatePrecision.MONTH)
    return PartialDate(_civil_day(early), DatePrecision.DAY)


def _day_first(match: re.Match[str]) -> str:
    """Rewrite a year-first date before a time so that dateutil cannot take its month for the day."""
    year, _, month, day = match.groups()
    return f"{day} {MONTHS[int(month) - 1][0]} {year} "


def _parse_with_default(words: str, default: datetime) -> datetime:
    return parse_datetime(words, parserinfo=_VOCABULARY, default=default, tzinfos=_resolve_zone)


def _resolve_zone(name: str | None, offset: int | None) -> tzinfo | None:
    """Resolve a time zone for dateutil: Indonesian ones and UTC by name, others by offset, unknown names to None."""
    if name and name.upper() in ZONES:
        return ZONES[name.upper()]
    if name in {"UTC", "GMT", "Z"}:
        return UTC
    return timezone(timedelta(seconds=offset)) if offset is not None else None


def _civil_day(instant: datetime) -> date:
    """The day of an instant in its own time zone, in western Indonesia for UTC."""
    return (instant.astimezone(WESTERN_INDONESIA) if instant.utcoffset() == timedelta(0) else instant).date()
