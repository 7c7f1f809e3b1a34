"""Cues: the days a text names, such as `Rabu malam (30/5)` and `Minggu, 3 Maret 2019`.

A cue is what was read, with how it stands in its sentence; which year it means and whether it is the article's own day
is for `dating` to weigh. A line that holds a date and a clock is the page's own where it opens the text; further down
it is that of another article, which the page links to, or the head of a schedule.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import NamedTuple

from archive.dating.date_parser import MONTHS, WEEKDAYS, plausible
from archive.dating.day_context import Standing, standing

MOST_CUES = 60  # schedules name hundreds of days and are dated by none of them
HEADER = 70  # characters; a line that holds little more than a date is the page's own, or another page's
HEADERS_WITHIN = 3  # paragraphs; the page's own line may stand below its headline and the writer's name
LONGEST_DATELINE = 90  # characters of the paragraph in which a dateline ends
CENTURY = 2000  # of years written with two digits

WEEKDAY_NUMBERS = {names[0].casefold(): number for number, names in enumerate(WEEKDAYS)}
WEEKDAY_NUMBERS |= {"jum'at": WEEKDAY_NUMBERS["jumat"], "jum’at": WEEKDAY_NUMBERS["jumat"]}
WEEKDAY_NUMBERS |= {"ahad": WEEKDAY_NUMBERS["minggu"]}
MONTH_NUMBERS = {name[:3].casefold(): number for number, names in enumerate(MONTHS, 1) for name in names}

WEEKDAY = r"(?:Senin|Selasa|Rabu|Kamis|Jum['’]?at|Sabtu|Minggu|Ahad)"
MONTH = "(?:" + "|".join(sorted({name for names in MONTHS for name in names}, key=len, reverse=True)) + ")"
_CLOCK = r"(?:(?:pukul|jam)\s*)?\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\s*(?:WIB|WITA|WIT))?"
IN_BRACKETS = re.compile(r"\(\s*(\d{1,2})\s*([/-])\s*(\d{1,2})(?:\s*\2\s*((?:19|20)?\d\d))?\s*\)")
IN_WORDS = re.compile(rf"({WEEKDAY}),?\s*\(?(\d{{1,2}})\s+({MONTH})\b\.?(?:\s+((?:19|20)\d\d))?\)?")
WEEKDAY_BEFORE = re.compile(rf"\b({WEEKDAY})[^\d()\n.]{{0,24}}$", re.IGNORECASE)
BARE_WEEKDAY = re.compile(rf"\b({WEEKDAY})\b(?!\s*(?:lalu|depan|mendatang|kemarin|pekan))")
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
DATELINE_BEHIND = re.compile(r"\)?\s*(?:-+|[–—])\s")


@dataclass(frozen=True, slots=True)
class Cue:
    """A day the text names: month and day, the year and weekday where stated, and how and where (`at`) it stands."""

    words: str
    month: int
    day: int
    year: int | None
    weekday: int | None
    standing: Standing
    at: int

    @property
    def announced(self) -> bool:
        """Whether the text speaks of the day as one to come."""
        return self.standing is Standing.ANNOUNCED

    def on(self, year: int) -> date | None:
        """The cue's day in a year; None where there is none or its weekday disagrees."""
        try:
            day = date(year, self.month, self.day)
        except ValueError:
            return None
        return day if self.weekday in {None, day.weekday()} and plausible(day) else None


class _Body(NamedTuple):
    """A paragraph of the body: its text, how many characters and how many paragraphs stand before it."""

    text: str
    at: int
    number: int


@dataclass(frozen=True, slots=True)
class _Found:
    """A day as it was found, before its sentence is asked how it stands: where, and what it says."""

    body: _Body
    start: int
    end: int
    month: int
    day: int
    year: int | None
    weekday: int | None
    page: bool = False

    def cue(self) -> Cue:
        """The cue this makes."""
        text = self.body.text
        words = " ".join(text[self.start : self.end].split())
        stands = Standing.PAGE if self.page else _standing(self.body, self.start, self.end)
        return Cue(words, self.month, self.day, self.year, self.weekday, stands, self.body.at + self.start)

    def on_its_day(self) -> date | None:
        """The day where year and weekday are stated and agree."""
        if self.year is None or self.weekday is None:
            return None
        try:
            day = date(self.year, self.month, self.day)
        except ValueError:
            return None
        return day if day.weekday() == self.weekday else None


def read_cues(bodies: tuple[str, ...]) -> list[Cue]:
    """The days the bodies name with day and month, in the order they stand, at most `MOST_CUES`."""
    return [found.cue() for found in islice(_found(bodies), MOST_CUES)]


def read_full_cues(bodies: tuple[str, ...]) -> Iterator[tuple[date, Callable[[], Cue]]]:
    """The days the bodies name with weekday and year, each with what makes its cue.

    Most are as expected and their sentences need not be asked, which takes most of the time.
    """
    for found in islice(_found(bodies), MOST_CUES):
        if day := found.on_its_day():
            yield day, found.cue


def _found(bodies: tuple[str, ...]) -> Iterator[_Found]:
    at = 0
    for number, text in enumerate(bodies):
        body = _Body(text, at, number)
        at += len(text)
        if len(text) <= HEADER and number < HEADERS_WITHIN and (match := TIMESTAMP.fullmatch(text)):
            if stamp := _timestamp(body, match):
                yield stamp
            continue
        if number == 0 and (match := DATELINE.match(text)):
            yield _dateline(body, match)
        if "(" in text:
            for match in IN_BRACKETS.finditer(text):
                if bracketed := _bracketed(body, match):
                    yield bracketed
        for match in IN_WORDS.finditer(text):
            yield _worded(body, match)


def _timestamp(body: _Body, match: re.Match[str]) -> _Found | None:
    """Read `Sabtu, 11 November 2017 15:35 WIB` and `Kompas.com - 11/11/2017, 15:35 WIB`."""
    month = MONTH_NUMBERS[match["name"][:3].casefold()] if match["name"] else int(match["month"])
    weekday = WEEKDAY_NUMBERS[match["weekday"].casefold()] if match["weekday"] else None
    return _Found(body, 0, match.end(), month, int(match["day"]), int(match["year"]), weekday, page=True)


def _dateline(body: _Body, match: re.Match[str]) -> _Found:
    """Read `Jakarta, 24 April 2019 -`; one with a weekday or in brackets is found as other days are."""
    _, day, month, year = match.groups()
    month_number = MONTH_NUMBERS[month[:3].casefold()]
    return _Found(body, *match.span("date"), month_number, int(day), int(year), None)


def _bracketed(body: _Body, match: re.Match[str]) -> _Found | None:
    """Read `Rabu malam (30/5)` around its brackets."""
    day, sign, month, year = match.groups()
    if not 1 <= int(month) <= 12 or (sign == "-" and year is None):  # (2-1) is a score
        return None
    weekday = WEEKDAY_BEFORE.search(body.text, max(0, match.start() - 40), match.start())
    start = weekday.start() if weekday else match.start()
    number = WEEKDAY_NUMBERS[weekday.group(1).casefold()] if weekday else None
    return _Found(body, start, match.end(), int(month), int(day), _full(year), number)


def _worded(body: _Body, match: re.Match[str]) -> _Found:
    """Read `Minggu, 3 Maret 2019`."""
    weekday, day, month, year = match.groups()
    number = WEEKDAY_NUMBERS[weekday.casefold()]
    return _Found(body, *match.span(), MONTH_NUMBERS[month[:3].casefold()], int(day), _full(year), number)


def _full(year: str | None) -> int | None:
    """A year in four digits, of two or four."""
    if year is None:
        return None
    return int(year) + CENTURY if len(year) == 2 else int(year)


def _standing(body: _Body, start: int, end: int) -> Standing:
    """How a day stands on its line, else in its sentence."""
    if len(body.text) <= HEADER and LISTED.fullmatch(body.text):
        return Standing.PAGE if body.number < HEADERS_WITHIN else Standing.LONG_AGO
    opening = body.number == 0 and end <= LONGEST_DATELINE
    if opening and DATELINE_BEHIND.match(body.text, end) and DATELINE_BEFORE.fullmatch(body.text, 0, start):
        return Standing.DATELINE
    return standing(body.text, start, end)
