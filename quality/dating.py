"""Dating quality: how often the hidden date of an article is found from its text alone.

Articles of `news.jsonl.gz` with a given date are dated with that date and the address hidden. Only articles with a *cue
in the text* count: a weekday with day and month anywhere (`Rabu malam (30/5)`, `Minggu, 3 Maret 2019`), with or without
a year, past, present or future. Articles whose address contradicts the given date are left out: in such dates day and
month are swapped. The rules were derived from one half of the articles (`read`: even last byte of the SHA-1 of the id);
the other half (`held_out`) shows how well they generalize. `_shares` defines the figures.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from hashlib import sha1
from itertools import islice
from pathlib import Path

from archive.article import Article, ArticleDate, DatePrecision
from archive.dating.date_parser import parse_date
from archive.dating.metadata_dates import DISAGREEING_DAYS, date_from_metadata
from archive.intake import article_from_record
from archive.reading.records import read
from archive.record import Record
from index.parallel import parallel_map
from quality import dates_against_copies
from quality.figures import Figures

PORTION = 500  # articles dated at once in one process
CUE = re.compile(
    r"\b(?:senin|selasa|rabu|kamis|jum['’]?at|sabtu|minggu|ahad)\b[^\d\n.]{0,24}"
    r"(?:\d{1,2} ?/ ?\d{1,2}\b|\d{1,2} (?:jan|feb|peb|mar|apr|mei|jun|jul|agu|ags|sep|okt|nov|nop|des)\w*)",
    re.IGNORECASE,
)


def measure(data: Path) -> Figures:
    """How the articles with a cue are dated, for each half, and how dates agree with those of copies."""
    halves = {"read": Counter[str](), "held_out": Counter[str]()}
    for counted in parallel_map(_counted, _portions(_asked(data / "news.jsonl.gz"))):
        for half, counts in counted.items():
            halves[half].update(counts)
    figures = {half: _shares(counts) for half, counts in halves.items()}
    return {**figures, "against_copies": dates_against_copies.measure(data)}


def _asked(path: Path) -> Iterator[tuple[Record, date]]:
    """The records to be dated, each with its given day."""
    if not path.exists():
        raise FileNotFoundError(2, "no such file", str(path))
    for record in read([path]):
        if not isinstance(record, Record) or not record.date or not CUE.search(record.text):
            continue
        given = parse_date(record.date)
        if given and given.precision is DatePrecision.DAY and not _contradicted(given.first, record.url):
            yield record, given.first


def _contradicted(given: date, url: str | None) -> bool:
    address = date_from_metadata(None, url).first
    return address is not None and abs((address - given).days) > DISAGREEING_DAYS


def _portions(asked: Iterable[tuple[Record, date]]) -> Iterator[list[tuple[Record, date]]]:
    asked = iter(asked)
    while portion := list(islice(asked, PORTION)):
        yield portion


def _counted(portion: list[tuple[Record, date]]) -> dict[str, Counter[str]]:
    """Count the outcomes for a portion of articles, by half."""
    halves = {"read": Counter[str](), "held_out": Counter[str]()}
    for record, given in portion:
        made = article_from_record(replace(record, date=None, url=None))
        if isinstance(made, Article):
            half = "read" if sha1(record.id.encode(), usedforsecurity=False).digest()[-1] % 2 == 0 else "held_out"
            halves[half].update(_judged(made.date, given))
    return halves


def _judged(found: ArticleDate, given: date) -> Iterator[str]:
    """The outcomes that a found date counts as."""
    yield "articles"
    if found.first is None:
        return
    yield "dated"
    if found.first.year != given.year:
        yield "wrong_year"
    if found.precision is DatePrecision.DAY:
        yield "to_a_day"
        if found.first == given:
            yield "exact"
        if (given - found.first).days in {0, 1}:
            yield "exact_or_next"


def _shares(counts: Counter[str]) -> Figures:
    """The figures of one half.

    articles: the articles dated. to_a_day: the share of them dated to a day. exact: of those, the share whose day is
    the given one. exact_or_next: of those, the share whose given day is the day found or the next, because a cue may
    name yesterday. wrong_year: of the articles dated to a day, month or year, the share whose year is not the given
    one.
    """
    asked, dated, to_a_day = (max(1, counts[of]) for of in ("articles", "dated", "to_a_day"))
    return {
        "articles": counts["articles"],
        "to_a_day": counts["to_a_day"] / asked,
        "exact": counts["exact"] / to_a_day,
        "exact_or_next": counts["exact_or_next"] / to_a_day,
        "wrong_year": counts["wrong_year"] / dated,
    }
