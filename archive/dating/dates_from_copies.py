"""Infer the date of an article from the dated copies of its story, where its own evidence gives none.

Copies of a text appear within days of each other, not all on one day. Dated copies therefore bound the date of an
undated one but do not give its day. They do give the year of a day that the text names without one: `Kamis (2/7)` in a
story that others published on 2 July 2020 is that Thursday.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from archive.article import ArticleDate, DateBasis, DatePrecision, Evidence, EvidenceKind
from archive.dating.cues import read_cues

FOLLOWING_DAYS = 3  # a story is copied within so many days, including by later editions


def dated_by_copies(own: ArticleDate, copies: Sequence[ArticleDate]) -> ArticleDate:
    """An article's own date, or a date bounded by its copies if the own date is unknown or only a year.

    Copies that were themselves dated by copies, or only to a year, are ignored.
    """
    known = sorted(_spans(copies))
    if not known or own.precision not in {DatePrecision.UNKNOWN, DatePrecision.YEAR}:
        return own
    (first, _, earliest), (_, _, newest) = known[0], known[-1]
    latest = max(last for _, last, _ in known) + timedelta(days=FOLLOWING_DAYS)
    found, precision = _bounded(own, first, latest)
    if found is None or not _within(own, first, latest):
        return own
    quoted = tuple(Evidence(value, EvidenceKind.COPY) for value in dict.fromkeys((earliest, newest)))
    return ArticleDate(found, precision, DateBasis.COPIES, (*quoted, *own.evidence))


def _spans(copies: Sequence[ArticleDate]) -> Iterator[tuple[date, date, str]]:
    """Yield first day, last day and value of the copies dated to a day or month, except those dated by copies."""
    for copy in copies:
        usable = copy.basis is not DateBasis.COPIES and copy.precision in {DatePrecision.DAY, DatePrecision.MONTH}
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
