"""Dating an article from evidence: what its publisher told, the days its text names, its copyright line.

What was told wins over the text, but not over reason: a field gives way where the text reports words spoken on the same
day with day and month swapped, or more than a month after it. In the text itself the day that is tied closest to the
writing wins (see `standing`), and among equals the latest. News says `Rabu malam (30/5)` and leaves the year to the
reader. It is taken from words that bound it (the copyright line, years the text names) and only if the weekday agrees;
days the text announces never date it. Where the evidence leaves a doubt the date stays vague: a wrong day is worse than
none, so a day on which something merely happened, told of further down, gives the month.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final, TypeAlias

from archive.article import UNDATED, ArticleDate, Basis, Bearing, Evidence, Precision
from archive.dating.cues import BARE_WEEKDAY, WEEKDAY_NUMBERS, Cue, read_cues, read_full_cues
from archive.dating.date_parser import plausible
from archive.dating.day_context import Standing, standing
from archive.dating.metadata_dates import DISAGREEING_DAYS, swapped, told
from archive.dating.years import LATEST_YEARS, likely_years

MOST_EVIDENCE = 6  # what decided, and the announcements a reader would wonder about
MOST_UNRESOLVED = 2  # days without a year that are shown of an article they could not date
LEAD = 700  # characters of body in which a bare weekday is the day of the news
REFINING_DAYS = 2  # a weekday further from the last dated day than this is another week's
FORESEEN_DAYS = 180  # news announces weeks ahead, so a day this long before an announced one is history
NEWS_DAYS = 31  # news quotes nobody from further back without another day, and nobody from as far ahead
# How far into the body (characters) a day of each standing may be to give the article its own: one on which somebody
# spoke is its own or the day before wherever it stands, an event's is so only while the news itself is told.
REACH: Final[Mapping[Standing, int]] = MappingProxyType(
    {
        Standing.LONG_AGO: 0,
        Standing.EVENT: 250,
        Standing.PLAIN: 1000,
        Standing.SPOKEN: 2000,
        Standing.TODAY: 1_000_000,
        Standing.DATELINE: 1_000_000,
        Standing.PAGE: 1_000_000,
    }
)

Resolved: TypeAlias = tuple[date, Cue, Evidence | None]  # the day, the cue, and what its year rests on if not stated


@dataclass(frozen=True, slots=True)
class Statement:
    """What an article has to be dated by; `copyright_year` comes with the words it stands in."""

    given: str | None
    url: str | None
    bodies: tuple[str, ...]
    copyright_year: int | None = None
    copyright_words: str = ""
    title: str = ""


def date_article(statement: Statement) -> ArticleDate:
    """The day an article appeared, from the surest evidence there is."""
    stated = told(statement.given, statement.url)
    if stated.first is not None:
        return _against_text(stated, statement)
    dated = _from_text(statement)
    return replace(dated, evidence=(*stated.evidence, *dated.evidence)[:MOST_EVIDENCE])


def _against_text(stated: ArticleDate, statement: Statement) -> ArticleDate:
    """What was told, beside what speaks against it in the text; or the text's day where that is the likelier one."""
    contrary = _contrary(stated, statement.bodies) if len(stated.evidence) == 1 else None
    year = statement.copyright_year
    signed = (Evidence(statement.copyright_words, Bearing.YEAR),) if _is_other_year(stated, year) else ()
    if contrary is None:
        return replace(stated, evidence=(*stated.evidence, *signed)) if signed else stated
    day, cue = contrary
    evidence = Evidence(cue.words, Bearing.DAY)
    if stated.basis is Basis.GIVEN and _is_likelier(day, stated):
        return ArticleDate(day, Precision.DAY, _basis(cue), (evidence, *stated.evidence))
    return replace(stated, evidence=(*stated.evidence, evidence, *signed)[:MOST_EVIDENCE])


def _is_other_year(stated: ArticleDate, year: int | None) -> bool:
    return year is not None and stated.first is not None and stated.first.year != year


def _contrary(stated: ArticleDate, bodies: tuple[str, ...]) -> tuple[date, Cue] | None:
    """The day of writing by the text's own words, unless a day it names in full agrees with what was told."""
    if stated.first is None or stated.last is None:
        return None
    earliest = stated.first - timedelta(days=NEWS_DAYS)
    latest = stated.last + timedelta(days=DISAGREEING_DAYS)
    others = []
    for day, cue in read_full_cues(bodies):
        if earliest <= day <= latest:
            return None
        others.append((day, cue))
    spoken = [(day, found) for day, cue in others if (found := cue()).standing >= Standing.SPOKEN]
    return max(spoken, key=lambda other: (other[1].standing, other[0]), default=None)


def _is_likelier(day: date, stated: ArticleDate) -> bool:
    """Whether a day on which the text was written, by its own words, is likelier than the one a field gave."""
    if stated.first is None or stated.last is None or stated.precision is not Precision.DAY:
        return False
    other = swapped(stated.first)
    if other is not None and timedelta() <= other - day <= timedelta(days=1):
        return True
    return day - stated.last > timedelta(days=NEWS_DAYS)


def _from_text(statement: Statement) -> ArticleDate:
    """Weigh the days the text names; without a usable one the copyright year alone."""
    cues = read_cues(statement.bodies)
    ahead = [Evidence(cue.words, Bearing.FUTURE) for cue in dict.fromkeys(cues) if cue.announced]
    past = [cue for cue in cues if not cue.announced]
    decided = _decide([cue for cue in past if not _is_history(cue, cues)], statement)
    open_days = [] if decided.basis in {Basis.CUE, Basis.DATELINE} else _unresolved(past)
    evidence = tuple(dict.fromkeys((*decided.evidence, *open_days, *ahead)))[:MOST_EVIDENCE]
    return replace(decided, evidence=evidence) if evidence else UNDATED


def _unresolved(past: list[Cue]) -> list[Evidence]:
    """Days the text names with their weekday, but in a year that is not known."""
    named = (Evidence(cue.words, Bearing.DAY) for cue in past if cue.weekday is not None and cue.year is None)
    return list(dict.fromkeys(named))[:MOST_UNRESOLVED]


def _is_history(cue: Cue, cues: list[Cue]) -> bool:
    """Whether the text announces a day so long after a cue that it cannot be the cue's news."""
    day = cue.on(cue.year) if cue.year else None
    ahead = [other.on(other.year) for other in cues if other.announced and other.year]
    return day is not None and any(later and (later - day).days > FORESEEN_DAYS for later in ahead)


def _decide(past: list[Cue], statement: Statement) -> ArticleDate:
    """Date by the day closest to the writing, then by a bare weekday close behind it."""
    years = _years(past, statement)
    chosen = max((found for cue in past for found in _resolve(cue, years)), key=_closeness, default=None)
    if chosen is None:
        return _from_copyright(statement)
    day, cue, year = chosen
    evidence = [Evidence(cue.words, Bearing.DAY)]
    refined = _refine(day, statement.bodies) if cue.standing <= Standing.PLAIN else None
    if refined:
        day, weekday = refined
        evidence.append(Evidence(weekday, Bearing.WEEKDAY))
    if year:
        evidence.append(year)
    if refined or cue.at < REACH[cue.standing]:
        return ArticleDate(day, Precision.DAY, _basis(cue), tuple(evidence))
    return ArticleDate(day.replace(day=1), Precision.MONTH, _basis(cue), tuple(evidence))


def _basis(cue: Cue) -> Basis:
    return Basis.DATELINE if cue.standing >= Standing.DATELINE else Basis.CUE


def _years(past: list[Cue], statement: Statement) -> dict[int, Evidence]:
    """The years a cue without one may belong to: of the copyright, else of fuller cues, else the likely ones."""
    if (year := statement.copyright_year) is not None:
        return {year: Evidence(statement.copyright_words, Bearing.YEAR)}
    if not any(cue.year is None and cue.weekday is not None for cue in past):
        return {}
    stated = {cue.year for cue in past if cue.year is not None}
    named = sorted(stated)[-LATEST_YEARS:] if stated else likely_years((statement.title, *statement.bodies))
    return {year: Evidence(str(year), Bearing.YEAR) for year in named}


def _resolve(cue: Cue, years: dict[int, Evidence]) -> Iterator[Resolved]:
    """The one day a cue can mean, with the evidence of its year; nothing where none or several fit."""
    if cue.year is not None:
        if day := cue.on(cue.year):
            yield day, cue, None
    elif cue.weekday is not None:
        days = [(day, cue, evidence) for year, evidence in years.items() if (day := cue.on(year))]
        if len(days) == 1:
            yield days[0]


def _closeness(found: Resolved) -> tuple[int, bool, bool, date, int]:
    """How close a day is to the writing: a line of its own or `hari ini` first, then the latest, stated best."""
    day, cue, _ = found
    told_of = Standing.SPOKEN if Standing.EVENT <= cue.standing <= Standing.SPOKEN else cue.standing
    return told_of, cue.weekday is not None, cue.year is not None, day, cue.standing


def _from_copyright(statement: Statement) -> ArticleDate:
    year = statement.copyright_year
    if year is None or not plausible(date(year, 1, 1)):
        return UNDATED
    evidence = Evidence(statement.copyright_words, Bearing.YEAR)
    return ArticleDate(date(year, 1, 1), Precision.YEAR, Basis.COPYRIGHT, (evidence,))


def _refine(day: date, bodies: tuple[str, ...]) -> tuple[date, str] | None:
    """Move on to the weekday the lead names without a date, if it is close behind the day."""
    lead = bodies[0][:LEAD]
    for match in BARE_WEEKDAY.finditer(lead):
        if lead[match.end() : match.end() + 24].lstrip(" ,")[:1] in {"(", *"0123456789"}:
            continue
        ahead = (WEEKDAY_NUMBERS[match.group(1).casefold()] - day.weekday()) % 7
        if standing(lead, match.start(), match.end()) is Standing.ANNOUNCED:
            continue
        return (day + timedelta(days=ahead), match.group(1)) if 0 < ahead <= REFINING_DAYS else None
    return None
