"""Find cues: the days a text names, such as `Rabu malam (30/5)` and `Minggu, 3 Maret 2019`.

A cue holds what was read and its context in the sentence. `publication_date` decides which year it means and whether it
is the publication day. A line with a date and a time is the page's own timestamp if it stands at the top. Further down
it belongs to another article that the page links to, or heads a schedule.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import NamedTuple

from archive.dating.date_parser import MONTHS, WEEKDAYS, is_plausible
from archive.dating.day_context import DayContext, classify_day

MOST_CUES = 60  # schedules name hundreds of days, and none of them dates the article
HEADER = 70  # characters; a line this short with a date in it is the timestamp of this page or of another
HEADERS_WITHIN = 3  # paragraphs; the page's timestamp may stand below its headline and byline
LONGEST_DATELINE = 90  # characters; a dateline ends within so many of the first paragraph
CENTURY = 2000  # added to years of two digits

WEEKDAY_NUMBERS = {names[0].casefold(): number for number, names in enumerate(WEEKDAYS)}
WEEKDAY_NUMBERS |= {"jum'at": WEEKDAY_NUMBERS["jumat"], "jum’at": WEEKDAY_NUMBERS["jumat"]}
WEEKDAY_NUMBERS |= {"ahad": WEEKDAY_NUMBERS["minggu"]}
MONTH_NUMBERS = {name[:3].casefold(): number for number, names in enumerate(MONTHS, 1) for name in names}

WEEKDAY = r"(?:Senin|Selasa|Rabu|Kamis|Jum['’]?at|Sabtu|Minggu|Ahad)"
MONTH = "(?:" + "|".join(sorted({name for names in MONTHS for name in names}, key=len, reverse=True)) + ")"
_CLOCK = r"(?:(?:pukul|jam)\s*)?\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\s*(?:WIB|WITA|WIT))?"
PART_OF_DAY = r"(?:pagi|siang|sore|petang|malam|dini ?hari|subuh)(?:\s+(?:WIB|WITA|WIT|ini))?"
IN_BRACKETS = re.compile(r"\(\s*(\d{1,2})\s*([/-])\s*(\d{1,2})(?:\s*\2\s*((?:19|20)?\d\d))?\s*\)")
# `Minggu, 3 Maret 2019`, `Kamis malam, 12 September`, `Sabtu tanggal 9 Juni 2025`; in figures where a bracket was lost.
IN_WORDS = re.compile(
    rf"(?P<weekday>{WEEKDAY})(?:,?\s+{PART_OF_DAY})?,?\s*(?:tanggal\s+)?(?P<open>\()?(?P<day>\d{{1,2}})"
    rf"(?:\s+(?P<name>{MONTH})\b\.?(?:\s+(?P<named_year>(?:19|20)\d\d))?\)?"
    r"|/(?P<month>\d{1,2})/(?P<year>(?:19|20)\d\d)\b(?(open)(?!\s*\))))"
)
IN_WORDS_OF_LOWER_CASE = re.compile(IN_WORDS.pattern, re.IGNORECASE)  # of a text that lost its capitals
WEEKDAY_BEFORE = re.compile(rf"\b({WEEKDAY})[^\d()\n.]{{0,24}}$", re.IGNORECASE)
BARE_WEEKDAY = re.compile(
    rf"\b({WEEKDAY})\b(?!\s*(?:lalu|depan|mendatang|kemarin|pekan))(?!(?:\s+{PART_OF_DAY})?[\s,]*[(\d])"
)
_NUMBERED = (
    r"(?P<day>\d{1,2})(?:\s+(?P<name>"
    + MONTH
    + r")\b\.?\s+|\s*[/-]\s*(?P<month>\d{1,2})\s*[/-]\s*)(?P<year>(?:19|20)\d\d)"
)
TIMESTAMP = re.compile(
    rf"(?:[^\d\n]{{0,40}}?[\s|,–-])??(?:(?P<weekday>{WEEKDAY}),?\s*)?{_NUMBERED}[\s,|–-]*{_CLOCK}\W*", re.IGNORECASE
)
LISTED = re.compile(rf"\W*{WEEKDAY},?\s*\(?\d{{1,2}}\s+{MONTH}\.?\s+\d{{4}}\)?[\s,|–-]*(?:{_CLOCK})?\W*", re.IGNORECASE)
DATELINE = re.compile(
    rf"(?:(?!{WEEKDAY})[A-Z][\w.'’/-]*[ ,]+){{1,5}}"
    rf"\(?(?P<date>(\d{{1,2}})\s+({MONTH})\s+((?:19|20)\d\d))\)?\s*(?:-+|[–—])\s"
)
DATELINE_BEFORE = re.compile(r"(?:[A-Z][\w.'’/-]*[ ,]+){1,5}\(?$")
DATELINE_AFTER = re.compile(r"\)?\s*(?:-+|[–—])\s")


@dataclass(frozen=True, slots=True)
class Cue:
    """A day the text names: month and day, year and weekday where stated, and its context.

    `words` quote it. `at` is its offset in the body, in characters. `weekday` counts from Monday, 0.
    """

    words: str
    month: int
    day: int
    year: int | None
    weekday: int | None
    context: DayContext
    at: int

    @property
    def announced(self) -> bool:
        """Whether the text announces the day as one to come."""
        return self.context is DayContext.ANNOUNCED

    def date_in(self, year: int) -> date | None:
        """The cue's day in a year; None where it does not exist, is not plausible or has another weekday."""
        try:
            day = date(year, self.month, self.day)
        except ValueError:
            return None
        return day if self.weekday in {None, day.weekday()} and is_plausible(day) else None


class _Paragraph(NamedTuple):
    """A paragraph of the body: its text, its offset in characters and its number from 0."""

    text: str
    at: int
    number: int


@dataclass(frozen=True, slots=True)
class _Mention:
    """A day as found in `paragraph.text[start:end]`, before its context is classified."""

    paragraph: _Paragraph
    start: int
    end: int
    month: int
    day: int
    year: int | None
    weekday: int | None
    page: bool = False

    def cue(self) -> Cue:
        """Classify the context and make the cue."""
        text = self.paragraph.text
        words = " ".join(text[self.start : self.end].split())
        context = DayContext.PAGE if self.page else _classify(self.paragraph, self.start, self.end)
        return Cue(words, self.month, self.day, self.year, self.weekday, context, self.paragraph.at + self.start)

    def full_date(self) -> date | None:
        """The day, if year and weekday are stated and agree."""
        if self.year is None or self.weekday is None:
            return None
        try:
            day = date(self.year, self.month, self.day)
        except ValueError:
            return None
        return day if day.weekday() == self.weekday else None


def read_cues(bodies: tuple[str, ...]) -> list[Cue]:
    """The days that a body names with day and month, in paragraph order, at most `MOST_CUES`."""
    return [found.cue() for found in islice(_find_mentions(bodies), MOST_CUES)]


def read_full_cues(bodies: tuple[str, ...]) -> Iterator[tuple[date, Callable[[], Cue]]]:
    """Yield the days that a body names with weekday and year, each with a function that makes its cue.

    Classifying the context takes most of the time, and most days agree with the metadata and do not need it.
    """
    for found in islice(_find_mentions(bodies), MOST_CUES):
        if day := found.full_date():
            yield day, found.cue


def _find_mentions(bodies: tuple[str, ...]) -> Iterator[_Mention]:
    at = 0
    for number, text in enumerate(bodies):
        paragraph = _Paragraph(text, at, number)
        at += len(text)
        if len(text) <= HEADER and number < HEADERS_WITHIN and (match := TIMESTAMP.fullmatch(text)):
            if stamp := _timestamp(paragraph, match):
                yield stamp
            continue
        if number == 0 and (match := DATELINE.match(text)):
            yield _dateline(paragraph, match)
        if "(" in text:
            for match in IN_BRACKETS.finditer(text):
                if bracketed := _bracketed(paragraph, match):
                    yield bracketed
        for match in (IN_WORDS_OF_LOWER_CASE if text.islower() else IN_WORDS).finditer(text):
            if worded := _worded(paragraph, match):
                yield worded


def _timestamp(paragraph: _Paragraph, match: re.Match[str]) -> _Mention | None:
    """Read `Sabtu, 11 November 2017 15:35 WIB` and `Kompas.com - 11/11/2017, 15:35 WIB`."""
    month = MONTH_NUMBERS[match["name"][:3].casefold()] if match["name"] else int(match["month"])
    weekday = WEEKDAY_NUMBERS[match["weekday"].casefold()] if match["weekday"] else None
    return _Mention(paragraph, 0, match.end(), month, int(match["day"]), int(match["year"]), weekday, page=True)


def _dateline(paragraph: _Paragraph, match: re.Match[str]) -> _Mention:
    """Read `Jakarta, 24 April 2019 -`; datelines with a weekday or brackets match the general patterns."""
    _, day, month, year = match.groups()
    month_number = MONTH_NUMBERS[month[:3].casefold()]
    return _Mention(paragraph, *match.span("date"), month_number, int(day), int(year), None)


def _bracketed(paragraph: _Paragraph, match: re.Match[str]) -> _Mention | None:
    """Read `Rabu malam (30/5)`, starting from the brackets."""
    day, sign, month, year = match.groups()
    if not 1 <= int(month) <= 12 or (sign == "-" and year is None):  # (2-1) is a score
        return None
    weekday = WEEKDAY_BEFORE.search(paragraph.text, max(0, match.start() - 40), match.start())
    start = weekday.start() if weekday else match.start()
    number = WEEKDAY_NUMBERS[weekday.group(1).casefold()] if weekday else None
    return _Mention(paragraph, start, match.end(), int(month), int(day), _full_year(year), number)


def _worded(paragraph: _Paragraph, match: re.Match[str]) -> _Mention | None:
    """Read `Minggu, 3 Maret 2019` and `Minggu 3/3/2019)`."""
    month = MONTH_NUMBERS[match["name"][:3].casefold()] if match["name"] else int(match["month"])
    if not 1 <= month <= 12:
        return None
    weekday, year = WEEKDAY_NUMBERS[match["weekday"].casefold()], match["named_year"] or match["year"]
    return _Mention(paragraph, *match.span(), month, int(match["day"]), _full_year(year), weekday)


def _full_year(year: str | None) -> int | None:
    """Expand a year of two or four digits."""
    if year is None:
        return None
    return int(year) + CENTURY if len(year) == 2 else int(year)


def _classify(paragraph: _Paragraph, start: int, end: int) -> DayContext:
    """Classify a day by its line or dateline, else by its sentence."""
    if len(paragraph.text) <= HEADER and LISTED.fullmatch(paragraph.text):
        return DayContext.PAGE if paragraph.number < HEADERS_WITHIN else DayContext.LONG_AGO
    opening = paragraph.number == 0 and end <= LONGEST_DATELINE
    if opening and DATELINE_AFTER.match(paragraph.text, end) and DATELINE_BEFORE.fullmatch(paragraph.text, 0, start):
        return DayContext.DATELINE
    return classify_day(paragraph.text, start, end)
