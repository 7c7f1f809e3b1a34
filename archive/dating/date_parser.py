"""Reading dates as Indonesian outlets write them, on dateutil's parser with a vocabulary of our own.

A date is the civil day its publisher meant. An instant with a zone is taken in the zone it states; only UTC, which no
Indonesian newsroom lives by but most of their feeds speak, is turned to western Indonesian time first.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache

from dateutil.parser import parse as parse_with
from dateutil.parser import parserinfo

from archive.article import Precision

EARLIEST_YEAR = 1850  # the first newspapers in Malay are of the 1850s
LONGEST_DATE = 80  # characters; anything longer is not a date
CACHED_DATES = 8192  # spellings; a year's archive repeats some hundred

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
YEAR_LEADS = re.compile(r"(\d{4})([-/.]?)(\d\d?)\2(\d\d?)(?:[T ,|(-]+(?=\d|Pukul|pukul|jam)|(?=\d{4}(?:\d\d)?Z?$))")
DIGITS = re.compile(r"((?:19|20)\d{6})T?(?:\d{2}){0,3}")
SOLID = re.compile(r"\d{7,}T?\d*(?:\.\d+)?")
EPOCH = re.compile(r"([1-9]\d{9})(\d{3})?(?:\.\d+)?")
ISO_INSTANT = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?\s*(?:Z|[+-]\d\d:?\d\d)?|\d{8}T\d{4}(?:\d\d)?(?:Z|[+-]\d{4})"
)
CLOCK = re.compile(
    r"\b(?:pukul|jam)\s*\d{1,2}[.:]\d\d(?:[.:]\d\d)?(?:\s*(?:WIB|WITA|WIT)\b)?"
    r"|\b\d{1,2}[.:]\d\d(?:[.:]\d\d)?\s*(?:WIB|WITA|WIT)\b|(?<=\d{4})[ ,|–-]+\d\d\.\d\d(?:\.\d\d)?$",
    re.IGNORECASE,
)
LOOSE = re.compile(r"\s*([/.:])\s*")  # detokenised: "11 / 9 / 2019"


@dataclass(frozen=True, slots=True)
class CivilDate:
    """The first day a date may mean, and how much of it was stated."""

    first: date
    precision: Precision


class IndonesianDates(parserinfo):
    """dateutil's vocabulary with Indonesian words beside the English ones; the day stands first."""

    def __init__(self) -> None:
        vocabulary = {"MONTHS": MONTHS, "WEEKDAYS": WEEKDAYS, "JUMP": [*parserinfo.JUMP, *FILLERS]}
        for name, words in vocabulary.items():
            setattr(self, name, words)
        super().__init__(dayfirst=True)


_VOCABULARY = IndonesianDates()


def parse_day(text: str) -> CivilDate | None:
    """Date a text states, as far as it states one; None where it can't be read or the year can't be."""
    return _parse(" ".join(text.split())) if len(text) <= LONGEST_DATE else None


@lru_cache(maxsize=CACHED_DATES)
def _parse(text: str) -> CivilDate | None:
    try:
        found = _numbered(text) if SOLID.fullmatch(text) else _year_first(text) or _instant(text) or _worded(text)
    except (ValueError, OverflowError, ArithmeticError, TypeError, AttributeError, IndexError):
        return None  # dateutil raises more than it documents on words that are no date
    return found if found and plausible(found.first) else None


def plausible(day: date) -> bool:
    """Whether an article may be of that day: not before the first newspapers, not after next year."""
    return EARLIEST_YEAR <= day.year <= datetime.now(WESTERN_INDONESIA).year + 1


def _year_first(text: str) -> CivilDate | None:
    """Read 2018, 2018-05 and 2018-05-31, which dateutil would read as the 5th of the 31st month with the day first."""
    match = YEAR_FIRST.fullmatch(text)
    if not match:
        return None
    year, _, month, day = match.groups()
    if day:
        return CivilDate(date(int(year), int(month), int(day)), Precision.DAY)
    return CivilDate(date(int(year), int(month or 1), 1), Precision.MONTH if month else Precision.YEAR)


def date_of_digits(digits: str) -> CivilDate | None:
    """Read 20180531; ValueError where there is no such day."""
    return CivilDate(date(int(digits[:4]), int(digits[4:6]), int(digits[6:])), Precision.DAY)


def _numbered(text: str) -> CivilDate | None:
    """Read a date of digits alone: 20180531, the same with a clock behind it, or seconds since 1970, as in Jakarta."""
    if epoch := EPOCH.fullmatch(text):
        instant = CivilDate(datetime.fromtimestamp(int(epoch.group(1)), WESTERN_INDONESIA).date(), Precision.DAY)
        if plausible(instant.first):
            return instant
    return date_of_digits(digits.group(1)) if (digits := DIGITS.fullmatch(text)) else None


def _instant(text: str) -> CivilDate | None:
    """Read 2018-05-30T22:15:00Z and its like: the day in the zone it states, UTC moved to western Indonesia."""
    if not ISO_INSTANT.fullmatch(text):
        return None
    return CivilDate(_civil(datetime.fromisoformat(text.replace(",", "."))), Precision.DAY)


def _worded(text: str) -> CivilDate | None:
    """Read a date in words by parsing it over two different defaults: what differs was not stated."""
    text = YEAR_LEADS.sub(_day_first, text)
    words = LOOSE.sub(r"\1", CLOCK.sub(" ", re.sub(r"(?<=[a-z])['’‘](?=[a-z])", "", text)))
    words = words.replace("(", " ").replace(")", " ")
    early, late = (_over(words, default) for default in DEFAULTS)
    if early.year != late.year:
        return None
    if early.month != late.month:
        return CivilDate(early.replace(month=1, day=1).date(), Precision.YEAR)
    if early.day != late.day:
        return CivilDate(early.replace(day=1).date(), Precision.MONTH)
    return CivilDate(_civil(early), Precision.DAY)


def _day_first(match: re.Match[str]) -> str:
    """Write the date that leads a clock so that dateutil cannot take its month for the day."""
    year, _, month, day = match.groups()
    return f"{day} {MONTHS[int(month) - 1][0]} {year} "


def _over(words: str, default: datetime) -> datetime:
    return parse_with(words, parserinfo=_VOCABULARY, default=default, tzinfos=_zone)


def _zone(name: str | None, offset: int | None) -> tzinfo | None:
    """Zone dateutil met: ours by name, others by offset, an unknown name is none."""
    if name and name.upper() in ZONES:
        return ZONES[name.upper()]
    if name in {"UTC", "GMT", "Z"}:
        return UTC
    return timezone(timedelta(seconds=offset)) if offset is not None else None


def _civil(instant: datetime) -> date:
    """Day of an instant where it was published."""
    return (instant.astimezone(WESTERN_INDONESIA) if instant.utcoffset() == timedelta(0) else instant).date()
