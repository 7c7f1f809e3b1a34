"""Infer or check the date of an article by the copies of its story whose day is stated by data or address.

Copies of a text appear within days of each other, not all on one day. Copies with a stated day therefore bound the date
of an undated one but do not give its day. They do give the year of a day that the text names without one: `Kamis (2/7)`
in a story that others published on 2 July 2020 is that Thursday.

A date read from a text that lies outside these bounds is most often the day of something older that the text tells. It
yields, unless it stands where a page states its own day, in a dateline or timestamp: then both are shown, and the date
is disputed. Only stated dates say anything about others, so what copies gave never travels on.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from archive.article import (
    READ_FROM_TEXT,
    STATED_BASES,
    UNDATED,
    ArticleDate,
    DateBasis,
    DatePrecision,
    Evidence,
    EvidenceKind,
)
from archive.dating.cues import read_cues

FOLLOWING_DAYS = 3  # a story is copied within so many days, including by later editions


def dated_by_copies(own: ArticleDate, copies: Sequence[ArticleDate]) -> ArticleDate:
    """An article's own date, or what copies with stated dates make of it; copies without one are ignored.

    They bound a date that is unknown or only a year, and contradict one read from the text that lies outside.
    """
    stated = sorted(_spans(copies))
    if not stated or (own.basis in STATED_BASES and own.precision is not DatePrecision.YEAR):
        return own
    (first, _, earliest), (_, _, newest) = stated[0], stated[-1]
    latest = max(last for _, last, _ in stated) + timedelta(days=FOLLOWING_DAYS)
    quoted = tuple(Evidence(value, EvidenceKind.COPY) for value in dict.fromkeys((earliest, newest)))
    if own.basis in READ_FROM_TEXT:
        return own if _overlaps(own, first, latest) else _contradicted(own, (first, latest), quoted)
    found, precision = _bounded(own, first, latest)
    if found is None or not _within(own, first, latest):
        return own
    return ArticleDate(found, precision, DateBasis.COPIES, (*quoted, *own.evidence))


def _contradicted(own: ArticleDate, bounds: tuple[date, date], quoted: tuple[Evidence, ...]) -> ArticleDate:
    """The date the copies give in place of one read from the text; the own one, disputed, where it is the page's."""
    found, precision = _bounded(replace(UNDATED, evidence=own.evidence), *bounds)
    if found is None or own.basis is DateBasis.DATELINE:
        return replace(own, evidence=(*own.evidence, *quoted))
    return ArticleDate(found, precision, DateBasis.COPIES, (*quoted, *own.evidence))


def _overlaps(own: ArticleDate, first: date, latest: date) -> bool:
    """Whether any day of a date lies within the days of the copies, or just before."""
    if own.first is None or own.last is None:
        return False
    return own.first <= latest and own.last >= first - timedelta(days=FOLLOWING_DAYS)


def _spans(copies: Sequence[ArticleDate]) -> Iterator[tuple[date, date, str]]:
    """Yield first day, last day and value of the copies whose day or month is stated."""
    for copy in copies:
        usable = copy.basis in STATED_BASES and copy.precision in {DatePrecision.DAY, DatePrecision.MONTH}
        if usable and copy.first and copy.last and copy.value:
            yield copy.first, copy.last, copy.value


def _within(own: ArticleDate, first: date, latest: date) -> bool:
    """Whether the copies lie in the article's own year, if it is known."""
    return own.first is None or own.last is None or (own.first <= first and latest <= own.last)


def _bounded(own: ArticleDate, first: date, latest: date) -> tuple[date | None, DatePrecision]:
    """The day that the article's own evidence names within the bounds, else their common month, else their year."""
    if day := _day_named(own, first, latest):
        return day, DatePrecision.DAY
    if first.year != latest.year:
        return None, DatePrecision.UNKNOWN
    if first.month == latest.month:
        return first.replace(day=1), DatePrecision.MONTH
    return (None if own.first else date(first.year, 1, 1)), DatePrecision.YEAR


def _day_named(own: ArticleDate, first: date, latest: date) -> date | None:
    """The latest day that the article's own evidence names and that lies within the dates of its copies."""
    words = tuple(piece.words for piece in own.evidence if piece.bearing is EvidenceKind.DAY)
    earliest = first - timedelta(days=FOLLOWING_DAYS)
    days = {day for cue in read_cues(words) for year in {earliest.year, latest.year} if (day := cue.date_in(year))}
    return max((day for day in days if earliest <= day <= latest), default=None)
