"""Infer the publication date of an article from its metadata, the dates in its text and its copyright line.

Metadata wins over the text, with two exceptions: a date field with day and month swapped, and one more than a month
before a day on which the text quotes somebody. In the text the date closest to the time of writing wins (see
`DayContext`), and among equals the latest. Announced days never date an
article, nor do the days of what it quotes. A missing year is taken from the copyright line or from years in the text,
and only if the weekday agrees. No day lies before a year that the text looks back on. In doubt the date loses
precision, since a wrong day is worse than none.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeAlias

from archive.article import (
    READ_FROM_TEXT,
    UNDATED,
    ArticleDate,
    DateBasis,
    DatePrecision,
    Evidence,
    EvidenceKind,
)
from archive.dating.cues import BARE_WEEKDAY, WEEKDAY_NUMBERS, Cue, read_cues, read_full_cues
from archive.dating.date_parser import is_plausible, latest_plausible_year
from archive.dating.day_context import DayContext, classify_day
from archive.dating.fact_checks import is_fact_check, with_quoted_days
from archive.dating.metadata_dates import DISAGREEING_DAYS, date_from_metadata, swap_day_and_month
from archive.dating.reach import reach_of
from archive.dating.years import LATEST_YEARS, NO_PAST_YEARS, PastYears, likely_years, past_years

MOST_EVIDENCE = 6  # what decided, and the announced days a reader would wonder about
MOST_UNRESOLVED = 2  # days without a year, shown for an article that they could not date
MOST_QUOTED = 2  # days of quoted sources, shown
LEAD = 700  # characters at the start of the body; a bare weekday in them is the day of the news
REFINING_DAYS = 2  # a weekday further from the last dated day belongs to another week
FORESEEN_DAYS = 180  # news announces weeks ahead, so a day this long before an announced one is background
NEWS_DAYS = 31  # quotes are not older than this unless the text names another day, and never this far ahead
Resolved: TypeAlias = tuple[date, Cue, Evidence | None]  # day, cue, evidence of a year not stated


@dataclass(frozen=True, slots=True)
class DateSources:
    """What an article can be dated from: date field, URL, body paragraphs, copyright line and title.

    `copyright_words` quote the line that states `copyright_year`.
    """

    given: str | None
    url: str | None
    bodies: tuple[str, ...]
    copyright_year: int | None = None
    copyright_words: str = ""
    title: str = ""


def date_article(sources: DateSources) -> ArticleDate:
    """Date an article from the most reliable evidence available."""
    stated = date_from_metadata(sources.given, sources.url)
    if stated.first is not None:
        return _check_against_text(stated, sources)
    dated = _date_from_text(sources)
    return replace(dated, evidence=(*stated.evidence, *dated.evidence)[:MOST_EVIDENCE])


def _check_against_text(stated: ArticleDate, sources: DateSources) -> ArticleDate:
    """Return the metadata date with contradicting evidence from the text, or the text's day where that is likelier."""
    contradiction = _contradiction(stated, sources.bodies) if len(stated.evidence) == 1 else None
    year = sources.copyright_year
    other_year = (Evidence(sources.copyright_words, EvidenceKind.YEAR),) if _is_other_year(stated, year) else ()
    if contradiction is None:
        return replace(stated, evidence=(*stated.evidence, *other_year)) if other_year else stated
    day, cue = contradiction
    evidence = Evidence(cue.words, EvidenceKind.DAY)
    if stated.basis is DateBasis.GIVEN and _is_likelier(day, stated):
        return ArticleDate(day, DatePrecision.DAY, _basis(cue), (evidence, *stated.evidence))
    return replace(stated, evidence=(*stated.evidence, evidence, *other_year)[:MOST_EVIDENCE])


def _is_other_year(stated: ArticleDate, year: int | None) -> bool:
    return year is not None and stated.first is not None and stated.first.year != year


def _contradiction(stated: ArticleDate, bodies: tuple[str, ...]) -> tuple[date, Cue] | None:
    """Return the day of writing according to the text, unless a full date in the text agrees with the metadata."""
    if stated.first is None or stated.last is None:
        return None
    earliest = stated.first - timedelta(days=NEWS_DAYS)
    latest = stated.last + timedelta(days=DISAGREEING_DAYS)
    others = []
    for day, cue in read_full_cues(bodies):
        if earliest <= day <= latest:
            return None
        others.append((day, cue))
    spoken = [(day, found) for day, cue in others if (found := cue()).context >= DayContext.SPOKEN]
    return max(spoken, key=lambda other: (other[1].context, other[0]), default=None)


def _is_likelier(day: date, stated: ArticleDate) -> bool:
    """Whether the day of writing according to the text is likelier than the day of the date field."""
    if stated.first is None or stated.last is None or stated.precision is not DatePrecision.DAY:
        return False
    other = swap_day_and_month(stated.first)
    if other is not None and timedelta() <= other - day <= timedelta(days=1):
        return True
    return day - stated.last > timedelta(days=NEWS_DAYS)


def _date_from_text(sources: DateSources) -> ArticleDate:
    """Date by the days the text names; without a usable one, by the copyright year alone."""
    cues = read_cues(sources.bodies)
    if cues and is_fact_check(sources.title, sources.bodies):
        cues = with_quoted_days(cues, "".join(sources.bodies))
    ahead = [Evidence(cue.words, EvidenceKind.FUTURE) for cue in dict.fromkeys(cues) if cue.announced]
    quoted = [Evidence(cue.words, EvidenceKind.QUOTED) for cue in cues if cue.context is DayContext.QUOTED]
    past = [cue for cue in cues if cue.context > DayContext.ANNOUNCED]
    decided = _decide([cue for cue in past if not _is_background(cue, cues)], cues, sources)
    open_days = [] if decided.basis in READ_FROM_TEXT else _days_without_year(past)
    shown = (*decided.evidence, *open_days, *dict.fromkeys(quoted[:MOST_QUOTED]), *ahead)
    evidence = tuple(dict.fromkeys(shown))[:MOST_EVIDENCE]
    return replace(decided, evidence=evidence) if evidence else UNDATED


def _days_without_year(past: list[Cue]) -> list[Evidence]:
    """Evidence of the days named with a weekday but without a year."""
    named = (Evidence(cue.words, EvidenceKind.DAY) for cue in past if cue.weekday is not None and cue.year is None)
    return list(dict.fromkeys(named))[:MOST_UNRESOLVED]


def _is_background(cue: Cue, cues: list[Cue]) -> bool:
    """Whether the text announces a day so long after a cue that the cue is background, not the news."""
    day = cue.date_in(cue.year) if cue.year else None
    ahead = [other.date_in(other.year) for other in cues if other.announced and other.year]
    return day is not None and any(later and (later - day).days > FORESEEN_DAYS for later in ahead)


def _decide(past: list[Cue], cues: list[Cue], sources: DateSources) -> ArticleDate:
    """Date by the day closest to the time of writing, then move on to a bare weekday shortly after it."""
    bounds = _Bounds.of(cues, sources) if past else _Bounds()
    years = {year: why for year, why in _candidate_years(past, sources).items() if bounds.allow_unstated(year)}
    found = [one for cue in past for one in _resolve(cue, years) if bounds.allow(one[0].year)]
    chosen = max(found, key=_closeness, default=None)
    if chosen is None:
        return _date_from_copyright(sources)
    day, cue, year = chosen
    evidence = [Evidence(cue.words, EvidenceKind.DAY)]
    refined = _refine_by_weekday(day, sources.bodies) if cue.context <= DayContext.PLAIN else None
    if refined:
        day, weekday = refined
        evidence.append(Evidence(weekday, EvidenceKind.WEEKDAY))
    if year:
        evidence.append(year)
    if refined or cue.at < reach_of(cue, cues):
        return ArticleDate(day, DatePrecision.DAY, _basis(cue), tuple(evidence))
    return ArticleDate(day.replace(day=1), DatePrecision.MONTH, _basis(cue), tuple(evidence))


@dataclass(frozen=True, slots=True)
class _Bounds:
    """The years in which a text may have been written: after those it looks back on, up to those it announces.

    `printed` is the year of its copyright. `latest` is that or the latest year it announces, if that is earlier. Of
    announced days the year counts alone, because news of the day is now and then taken for announced.
    """

    past: PastYears = NO_PAST_YEARS
    printed: int = date.max.year
    latest: int = date.max.year

    @classmethod
    def of(cls, cues: list[Cue], sources: DateSources) -> "_Bounds":
        """The bounds of a text whose days are `cues`."""
        printed = date.max.year if sources.copyright_year is None else sources.copyright_year
        announced = max((cue.year for cue in cues if cue.announced and cue.year), default=printed)
        latest = min(printed, announced)
        past = past_years(sources.bodies, min(latest, latest_plausible_year() - 1))
        told = max((cue.year for cue in cues if cue.year and not cue.announced and cue.year <= latest), default=0)
        return cls(past.through(told), printed, latest)

    def allow(self, year: int) -> bool:
        """Whether the text may be of a year that one of its days states."""
        return year <= self.printed and not self.past.come_after(year)

    def allow_unstated(self, year: int) -> bool:
        """Whether a day that the text names without a year may be of this year."""
        return self.past.named <= year <= self.latest


def _basis(cue: Cue) -> DateBasis:
    return DateBasis.DATELINE if cue.context >= DayContext.DATELINE else DateBasis.CUE


def _candidate_years(past: list[Cue], sources: DateSources) -> dict[int, Evidence]:
    """Candidate years for cues without one: the copyright year, else those of full cues, else the likely ones."""
    if (year := sources.copyright_year) is not None:
        return {year: Evidence(sources.copyright_words, EvidenceKind.YEAR)}
    if not any(cue.year is None and cue.weekday is not None for cue in past):
        return {}
    stated = {cue.year for cue in past if cue.year is not None}
    named = sorted(stated)[-LATEST_YEARS:] if stated else likely_years((sources.title, *sources.bodies))
    return {year: Evidence(str(year), EvidenceKind.YEAR) for year in named}


def _resolve(cue: Cue, years: dict[int, Evidence]) -> Iterator[Resolved]:
    """Yield the day a cue means, with the evidence of its year; nothing where no year or several years fit."""
    if cue.year is not None:
        if day := cue.date_in(cue.year):
            yield day, cue, None
    elif cue.weekday is not None:
        days = [(day, cue, evidence) for year, evidence in years.items() if (day := cue.date_in(year))]
        if len(days) == 1:
            yield days[0]


def _closeness(found: Resolved) -> tuple[int, bool, bool, date, int]:
    """Sort key, closest to the time of writing last: context, weekday stated, year stated, then the later day.

    EVENT, PLAIN and SPOKEN rank alike and only break the last tie.
    """
    day, cue, _ = found
    rank = DayContext.SPOKEN if DayContext.EVENT <= cue.context <= DayContext.SPOKEN else cue.context
    return rank, cue.weekday is not None, cue.year is not None, day, cue.context


def _date_from_copyright(sources: DateSources) -> ArticleDate:
    year = sources.copyright_year
    if year is None or not is_plausible(date(year, 1, 1)):
        return UNDATED
    evidence = Evidence(sources.copyright_words, EvidenceKind.YEAR)
    return ArticleDate(date(year, 1, 1), DatePrecision.YEAR, DateBasis.COPYRIGHT, (evidence,))


def _refine_by_weekday(day: date, bodies: tuple[str, ...]) -> tuple[date, str] | None:
    """Return the day and the word of the lead's bare weekday if it is at most `REFINING_DAYS` after a day."""
    lead = bodies[0][:LEAD]
    for match in BARE_WEEKDAY.finditer(lead):
        ahead = (WEEKDAY_NUMBERS[match.group(1).casefold()] - day.weekday()) % 7
        if classify_day(lead, match.start(), match.end()) is DayContext.ANNOUNCED:
            continue
        return (day + timedelta(days=ahead), match.group(1)) if 0 < ahead <= REFINING_DAYS else None
    return None
