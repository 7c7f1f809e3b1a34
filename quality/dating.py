"""Dating: how often the hidden date of an article is found from its text alone.

The articles of `news.jsonl.gz` whose date is given are dated with that date and their address hidden. Asked are those
with a *cue in the text*: somewhere in it stands a weekday with day and month, as `Rabu malam (30/5)`,
`Senin (9/9/2019)` or `Minggu, 3 Maret 2019`, be it the article's day, its past or its future, with a year or without.
Left out are those whose address tells another day than the date given: such dates have day and month swapped. Of the
rest:

    articles       how many were asked
    to_a_day       the share that is dated to a day
    exact          the share of those whose day is the given one
    exact_or_next  the share of those whose given day is the one we say, or the day after it: the cue names yesterday
    wrong_year     the share of those dated to a day, month or year whose year is not the given one

Rules were read off one half of the articles (those with an even last byte of the SHA-1 of their id, `read`); the other
half (`held_out`) says how well they do where nobody looked.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from hashlib import sha1
from itertools import islice
from pathlib import Path

from archive.article import Article, ArticleDate, Precision
from archive.dating.date_parser import parse_day
from archive.dating.metadata_dates import DISAGREEING_DAYS, told
from archive.intake import intake
from archive.reading.records import read
from archive.record import Record
from index.parallel import spread
from quality.figures import Figures

PORTION = 500  # articles dated at once in one process
CUE = re.compile(
    r"\b(?:senin|selasa|rabu|kamis|jum['’]?at|sabtu|minggu|ahad)\b[^\d\n.]{0,24}"
    r"(?:\d{1,2} ?/ ?\d{1,2}\b|\d{1,2} (?:jan|feb|peb|mar|apr|mei|jun|jul|agu|ags|sep|okt|nov|nop|des)\w*)",
    re.IGNORECASE,
)


def measure(data: Path) -> Figures:
    """How the articles with a cue are dated, for each half of them."""
    halves = {"read": Counter[str](), "held_out": Counter[str]()}
    for counted in spread(_counted, _portions(_asked(data / "news.jsonl.gz"))):
        for half, counts in counted.items():
            halves[half].update(counts)
    return {half: _shares(counts) for half, counts in halves.items()}


def _asked(path: Path) -> Iterator[tuple[Record, date]]:
    """The records that are asked, with the day each was given."""
    if not path.exists():
        raise FileNotFoundError(2, "no such file", str(path))
    for record in read([path]):
        if not isinstance(record, Record) or not record.date or not CUE.search(record.text):
            continue
        given = parse_day(record.date)
        if given and given.precision is Precision.DAY and not _contradicted(given.first, record.url):
            yield record, given.first


def _contradicted(given: date, url: str | None) -> bool:
    address = told(None, url).first
    return address is not None and abs((address - given).days) > DISAGREEING_DAYS


def _portions(asked: Iterable[tuple[Record, date]]) -> Iterator[list[tuple[Record, date]]]:
    asked = iter(asked)
    while portion := list(islice(asked, PORTION)):
        yield portion


def _counted(portion: list[tuple[Record, date]]) -> dict[str, Counter[str]]:
    """For each half: how many articles of a portion were dated how."""
    halves = {"read": Counter[str](), "held_out": Counter[str]()}
    for record, given in portion:
        made = intake(replace(record, date=None, url=None))
        if isinstance(made, Article):
            half = "read" if sha1(record.id.encode(), usedforsecurity=False).digest()[-1] % 2 == 0 else "held_out"
            halves[half].update(_judged(made.date, given))
    return halves


def _judged(found: ArticleDate, given: date) -> Iterator[str]:
    """What a date that was found counts as."""
    yield "articles"
    if found.first is None:
        return
    yield "dated"
    if found.first.year != given.year:
        yield "wrong_year"
    if found.precision is Precision.DAY:
        yield "to_a_day"
        if found.first == given:
            yield "exact"
        if (given - found.first).days in {0, 1}:
            yield "exact_or_next"


def _shares(counts: Counter[str]) -> Figures:
    asked, dated, to_a_day = (max(1, counts[of]) for of in ("articles", "dated", "to_a_day"))
    return {
        "articles": counts["articles"],
        "to_a_day": counts["to_a_day"] / asked,
        "exact": counts["exact"] / to_a_day,
        "exact_or_next": counts["exact_or_next"] / to_a_day,
        "wrong_year": counts["wrong_year"] / dated,
    }
