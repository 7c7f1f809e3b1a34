"""The date of an article from the other copies of its story, where nothing in itself gives one.

Copies of one text appear within days of each other, not on one day: dated copies therefore bound the date of an undated
one, they do not name its day. They do give the year of a day that the text names without one: `Kamis (2/7)` in a story
that others published on 2 July 2020 is that Thursday.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from archive.article import ArticleDate, Basis, Bearing, Evidence, Precision
from archive.dating.cues import read_cues

FOLLOWING_DAYS = 3  # within which a story is copied by those who copy it; editions of the next days among them


def dated_by_copies(own: ArticleDate, copies: Sequence[ArticleDate]) -> ArticleDate:
    """An article's own date; where it is unknown or only a year's, what the dates of its story's copies leave open.

    Copies dated by copies themselves, or no closer than to a year, say nothing.
    """
    known = sorted(_spans(copies))
    if not known or own.precision not in {Precision.UNKNOWN, Precision.YEAR}:
        return own
    (first, _, earliest), (_, _, newest) = known[0], known[-1]
    latest = max(last for _, last, _ in known) + timedelta(days=FOLLOWING_DAYS)
    found, precision = _bounded(own, first, latest)
    if found is None or not _within(own, first, latest):
        return own
    told = tuple(Evidence(value, Bearing.COPY) for value in dict.fromkeys((earliest, newest)))
    return ArticleDate(found, precision, Basis.COPIES, (*told, *own.evidence))


def _spans(copies: Sequence[ArticleDate]) -> Iterator[tuple[date, date, str]]:
    """First day, last day and value of the copies that are dated to a day or month, and not by copies themselves."""
    for copy in copies:
        told = copy.basis is not Basis.COPIES and copy.precision in {Precision.DAY, Precision.MONTH}
        if told and copy.first and copy.last and copy.value:
            yield copy.first, copy.last, copy.value


def _within(own: ArticleDate, first: date, latest: date) -> bool:
    """Whether the copies lie in the year an article is known to be of, if one is known."""
    return own.first is None or own.last is None or (own.first <= first and latest <= own.last)


def _bounded(own: ArticleDate, first: date, latest: date) -> tuple[date | None, Precision]:
    """The day an article's own evidence names between two, else their month, else their year."""
    if day := _day_named(own, first, latest):
        return day, Precision.DAY
    if first.year != latest.year:
        return None, Precision.UNKNOWN
    if first.month == latest.month:
        return first.replace(day=1), Precision.MONTH
    return (None if own.first else date(first.year, 1, 1)), Precision.YEAR


def _day_named(own: ArticleDate, first: date, latest: date) -> date | None:
    """The one day an article's own evidence names, with its weekday, that lies among those of its copies."""
    words = tuple(piece.words for piece in own.evidence if piece.bearing is Bearing.DAY)
    earliest = first - timedelta(days=FOLLOWING_DAYS)
    days = {day for cue in read_cues(words) for year in {earliest.year, latest.year} if (day := cue.on(year))}
    return max((day for day in days if earliest <= day <= latest), default=None)
