"""Cues: the days a text names, such as `Rabu malam (30/5)` and `Minggu, 3 Maret 2019`.

Each cue says whether its sentence looks back or announces: the last word before it that tells decides, because news
puts the verb of saying right before the day (`..., kata Deni, Selasa (10/9)`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from archive.dates import MONTHS, WEEKDAYS, plausible

MOST_CUES = 60  # schedules name hundreds of days and are dated by none of them
HEADER = 50  # characters; a line that holds little more than a full date is the page's own
CONTEXT = 160  # characters before a day that tell whether it is past or announced
NEARBY = 24  # characters before a day in which "until" stands
CENTURY = 2000  # of years written with two digits

WEEKDAY_NUMBERS = {names[0].casefold(): number for number, names in enumerate(WEEKDAYS)}
WEEKDAY_NUMBERS |= {"jum'at": WEEKDAY_NUMBERS["jumat"], "jum’at": WEEKDAY_NUMBERS["jumat"]}
WEEKDAY_NUMBERS |= {"ahad": WEEKDAY_NUMBERS["minggu"]}
MONTH_NUMBERS = {name[:3].casefold(): number for number, names in enumerate(MONTHS, 1) for name in names}

WEEKDAY = r"(?:Senin|Selasa|Rabu|Kamis|Jum['’]?at|Sabtu|Minggu|Ahad)"
MONTH = "(?:" + "|".join(sorted({name for names in MONTHS for name in names}, key=len, reverse=True)) + ")"
MONTH_STEMS = tuple(sorted({name[:3] for names in MONTHS for name in names}))  # a cheap look before the search
IN_BRACKETS = re.compile(r"\(\s*(\d{1,2})\s*([/-])\s*(\d{1,2})(?:\s*\2\s*((?:19|20)?\d\d))?\s*\)")
IN_WORDS = re.compile(rf"({WEEKDAY}),?\s*\(?(\d{{1,2}})\s+({MONTH})\b\.?(?:\s+((?:19|20)\d\d))?\)?")
WEEKDAY_BEFORE = re.compile(rf"\b({WEEKDAY})[^\d()\n.]{{0,24}}$")
BARE_WEEKDAY = re.compile(rf"\b({WEEKDAY})\b(?!\s*(?:lalu|depan|mendatang|kemarin|pekan))")
MARKS = re.compile(
    r"\b(?:(?P<future>akan|bakal|mendatang|depan|besok|lusa|dijadwalkan|menjadwalkan|diagendakan|diundang|jadwalnya|"
    r"rencana\w*|berencana|merencanakan|hendak|nanti|menatap|dinanti\w*|ditunggu\w*|jelang|menjelang|menyambut|"
    r"diperkirakan|diprediksi|berpotensi|terhitung mulai|(?<!hanya )(?:bisa|dapat) (?:me|ber|di|ter)\w+)"
    r"|(?P<past>(?:hari|pagi|siang|sore|malam) ini|tanya\w*|mengaku|mengutip|melansir|merangkum|dirangkum|diberitakan|"
    r"ditulis|berdasarkan|kata\w*|ujar\w*|mengatakan|tutur\w*|ucap\w*|jelas\w*|ungkap\w*|imbuh\w*|papar\w*|tegas\w*|"
    r"tandas\w*|tambah\w*|terang\w*|sebut\w*|menurut|lalu|kemarin|tadi|usai|dikutip|dilansir|ditemui|dijumpai|"
    r"dihubungi|dikonfirmasi|diwawancara\w*|keterangan\w*|melaporkan|menyatakan|menyampaikan|menuturkan|menyebut\w*|"
    r"telah|sudah|menegaskan|mengungkapkan|menjelaskan|menambahkan))\b",
    re.IGNORECASE,
)
ENDS_OF_SENTENCE = (". ", '." ', ".” ", "? ", "! ")
FUTURE_BEHIND = re.compile(r"[\s,]*(?:(?:pekan|minggu|bulan|tahun)\s+)?(?:mendatang|depan|besok|nanti)\b")
PAST_BEHIND = re.compile(r"[^.;:\n]{0,24}?\b(?:lalu|kemarin|tadi)\b")
CLAUSE_BEHIND = re.compile(  # the subject of "will", without a verb of saying or another clause before it
    r"(?:[\s,]+(?!(?:yang|bahwa|untuk|agar|karena|dan|di|ke|me(?!nteri|nko|dia)[mn]\w+)\b)[^\s,.;:()\"“”]+){0,7}?"
    r"[\s,]+(?:akan|bakal)\b"
)
UNTIL = re.compile(r"(?<=\w )(?:hingga|sampai(?: dengan)?)\s+$")
STILL_BEHIND = re.compile(r"[\s,]*(?:pagi|siang|sore|petang|malam|dini|masih|belum|ini|kemarin)\b")
FIXTURE = re.compile(r"[^.\n]{0,80}?\bvs\b[^.\n]{0,40}?\b\d\d[.:]\d\d\b|\s*,?\s*\d\d[.:]\d\d WIB\s*[-–]")


@dataclass(frozen=True, slots=True)
class Cue:
    """A day the text names: month and day, the year and weekday where stated, and whether it is announced."""

    words: str
    month: int
    day: int
    year: int | None
    weekday: int | None
    announced: bool
    header: bool

    def on(self, year: int) -> date | None:
        """The cue's day in a year; None where there is none or its weekday disagrees."""
        try:
            day = date(year, self.month, self.day)
        except ValueError:
            return None
        return day if self.weekday in {None, day.weekday()} and plausible(day) else None


def read_cues(bodies: tuple[str, ...]) -> list[Cue]:
    """The days the bodies name with day and month, in the order they stand, at most `MOST_CUES`."""
    return list(islice(_cues(bodies), MOST_CUES))


def _cues(bodies: tuple[str, ...]) -> Iterator[Cue]:
    whole = "\n".join(bodies)
    worded = any(stem in whole for stem in MONTH_STEMS)
    for body in bodies:
        if "(" in body:
            yield from (cue for match in IN_BRACKETS.finditer(body) if (cue := _bracketed(body, match)))
        if worded:
            yield from (_worded(body, match) for match in IN_WORDS.finditer(body))


def _bracketed(body: str, match: re.Match[str]) -> Cue | None:
    """Read `Rabu malam (30/5)` around its brackets."""
    day, sign, month, year = match.groups()
    if not 1 <= int(month) <= 12 or (sign == "-" and year is None):  # (2-1) is a score
        return None
    weekday = WEEKDAY_BEFORE.search(body, max(0, match.start() - 40), match.start())
    start = weekday.start() if weekday else match.start()
    number = WEEKDAY_NUMBERS[weekday.group(1).casefold()] if weekday else None
    return _cue(body, (start, match.end()), (int(day), int(month), year, number))


def _worded(body: str, match: re.Match[str]) -> Cue:
    """Read `Minggu, 3 Maret 2019`."""
    weekday, day, month, year = match.groups()
    numbers = (int(day), MONTH_NUMBERS[month[:3].casefold()], year, WEEKDAY_NUMBERS[weekday.casefold()])
    return _cue(body, match.span(), numbers)


def _cue(body: str, span: tuple[int, int], numbers: tuple[int, int, str | None, int | None]) -> Cue:
    day, month, year, weekday = numbers
    start, end = span
    stated = int(year) if year else None
    full_year = stated + CENTURY if stated is not None and stated < 100 else stated
    header = year is not None and len(body) <= HEADER and start <= 1
    words = " ".join(body[start:end].split())
    return Cue(words, month, day, full_year, weekday, announced(body, start, end), header)


def announced(body: str, start: int, end: int) -> bool:
    """Whether the sentence announces the day: the last word before it that tells past from future, else its clause."""
    if FUTURE_BEHIND.match(body, end):
        return True
    context = max(start - CONTEXT, 0)
    sentence = max(context, *(body.rfind(end_of_sentence, context, start) for end_of_sentence in ENDS_OF_SENTENCE))
    marks = [mark.lastgroup for mark in MARKS.finditer(body, sentence, start)]
    if marks:
        return marks[-1] == "future"
    return _announced_behind(body, start, end)


def _announced_behind(body: str, start: int, end: int) -> bool:
    """Whether what follows a day tells that it was still to come, where nothing before it tells."""
    if PAST_BEHIND.match(body, end):
        return False
    if CLAUSE_BEHIND.match(body, end) or FIXTURE.match(body, end):
        return True
    return UNTIL.search(body, max(0, start - NEARBY), start) is not None and not STILL_BEHIND.match(body, end)
