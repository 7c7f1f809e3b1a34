"""Dating an article from evidence: the date it was given, its address, the days its text names, its copyright line.

News says `Rabu malam (30/5)` and leaves the year to the reader. The year is taken from words that bound it (the
copyright line, years the text names) and only if the weekday agrees; days the text announces never date it. Where the
evidence leaves a doubt the date stays vague: a wrong day is worse than none.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeAlias

from archive.article import UNDATED, ArticleDate, Basis, Bearing, Evidence, Precision
from archive.cues import BARE_WEEKDAY, WEEKDAY_NUMBERS, Cue, announced, read_cues
from archive.dates import CivilDate, date_of_digits, parse_day, plausible
from archive.years import LATEST_YEARS, likely_years

MOST_EVIDENCE = 6  # what decided, and the announcements a reader would wonder about
LEAD = 700  # characters of body in which a bare weekday is the day of the news
REFINING_DAYS = 2  # a weekday further from the last dated day than this is another week's
DISAGREEING_DAYS = 2  # a given date further from the address's is worth showing; editions and zones explain less
FORESEEN_DAYS = 180  # news announces weeks ahead, so a day this long before an announced one is history

URL_SLASHED = re.compile(r"/((?:19|20)\d\d)[/-](\d\d?)[/-](\d\d?)(?=\D|$)")
URL_DIGITS = re.compile(r"/((?:19|20)\d{6})(?=\d{6}\D|[/_-]|$)")

Resolved: TypeAlias = tuple[date, Cue, Evidence | None]  # the day, the cue, and what its year rests on if not stated


@dataclass(frozen=True, slots=True)
class Statement:
    """What an article has to be dated by; `copyright_year` comes with the words it stands in."""

    given: str | None
    url: str | None
    bodies: tuple[str, ...]
    copyright_year: int | None = None
    copyright_words: str = ""


def date_article(statement: Statement) -> ArticleDate:
    """The day an article appeared, from the surest evidence there is."""
    address = _from_url(statement.url)
    unreadable: tuple[Evidence, ...] = ()
    if statement.given and (words := " ".join(statement.given.split())):
        if found := parse_day(statement.given):
            return _given(found, Evidence(words, Bearing.GIVEN), address)
        unreadable = (Evidence(words, Bearing.UNREADABLE),)
    dated = address or _from_text(statement)
    evidence = (*unreadable, *dated.evidence)[:MOST_EVIDENCE]
    return ArticleDate(dated.first, dated.precision, dated.basis, evidence) if evidence else UNDATED


def _given(found: CivilDate, evidence: Evidence, address: ArticleDate | None) -> ArticleDate:
    """Take the date given, unless it is the address's with day and month swapped, as careless software swaps them."""
    given = ArticleDate(found.first, found.precision, Basis.GIVEN, (evidence,))
    if address is None or address.first is None or given.first is None or given.last is None:
        return given
    day = address.first
    swapped = (day.year, day.day, day.month) == (found.first.year, found.first.month, found.first.day)
    if swapped and day != found.first and found.precision is Precision.DAY:
        return replace(address, evidence=(*address.evidence, evidence))
    allowed = timedelta(days=DISAGREEING_DAYS)
    agreeing = given.first - allowed <= day <= given.last + allowed
    return given if agreeing else replace(given, evidence=(evidence, *address.evidence))


def _from_url(url: str | None) -> ArticleDate | None:
    """Read /2019/09/10/ or /20190910…- in an address."""
    if not url or not (match := URL_SLASHED.search(url) or URL_DIGITS.search(url)):
        return None
    found = _address_day(match)
    if found is None or not plausible(found.first):
        return None
    evidence = Evidence(match.group().strip("/"), Bearing.ADDRESS)
    return ArticleDate(found.first, found.precision, Basis.URL, (evidence,))


def _address_day(match: re.Match[str]) -> CivilDate | None:
    digits = "".join(group.zfill(2) for group in match.groups())
    try:
        return date_of_digits(digits)
    except ValueError:
        return None


def _from_text(statement: Statement) -> ArticleDate:
    """Weigh the days the text names; without a usable one the copyright year alone."""
    cues = read_cues(statement.bodies)
    ahead = [Evidence(cue.words, Bearing.FUTURE) for cue in dict.fromkeys(cues) if cue.announced]
    past = [cue for cue in cues if not cue.announced]
    decided = _decide([cue for cue in past if not _is_history(cue, cues)], statement)
    evidence = tuple(dict.fromkeys((*decided.evidence, *ahead)))[:MOST_EVIDENCE]
    return ArticleDate(decided.first, decided.precision, decided.basis, evidence)


def _is_history(cue: Cue, cues: list[Cue]) -> bool:
    """Whether the text announces a day so long after a cue that it cannot be the cue's news."""
    day = cue.on(cue.year) if cue.year else None
    ahead = [other.on(other.year) for other in cues if other.announced and other.year]
    return day is not None and any(later and (later - day).days > FORESEEN_DAYS for later in ahead)


def _decide(past: list[Cue], statement: Statement) -> ArticleDate:
    """Date by the latest day named, then by a bare weekday close behind it."""
    years = _years(past, statement)
    chosen = _chosen([found for cue in past if (found := _resolve(cue, years))])
    if chosen is None:
        return _from_copyright(statement)
    day, cue, year = chosen
    evidence = [Evidence(cue.words, Bearing.DAY)]
    if not cue.header and (refined := _refine(day, statement.bodies)):
        day, weekday = refined
        evidence.append(Evidence(weekday, Bearing.WEEKDAY))
    if year:
        evidence.append(year)
    return ArticleDate(day, Precision.DAY, Basis.CUE, tuple(evidence))


def _years(past: list[Cue], statement: Statement) -> dict[int, Evidence]:
    """The years a cue without one may belong to: of the copyright, else of fuller cues, else the likely ones."""
    if (year := statement.copyright_year) is not None:
        return {year: Evidence(statement.copyright_words, Bearing.YEAR)}
    if not any(cue.year is None and cue.weekday is not None for cue in past):
        return {}
    stated = {cue.year for cue in past if cue.year is not None}
    named = sorted(stated)[-LATEST_YEARS:] if stated else likely_years(statement.bodies)
    return {year: Evidence(str(year), Bearing.YEAR) for year in named}


def _resolve(cue: Cue, years: dict[int, Evidence]) -> Resolved | None:
    """The one day a cue can mean, with the evidence of its year; None where none or several fit."""
    if cue.year is not None:
        day = cue.on(cue.year)
        return (day, cue, None) if day else None
    if cue.weekday is None:
        return None
    days = [(day, cue, evidence) for year, evidence in years.items() if (day := cue.on(year))]
    return days[0] if len(days) == 1 else None


def _chosen(dated: list[Resolved]) -> Resolved | None:
    """The page's own date if there is one, else the latest cue; a weekday or a year stated beside it goes first."""
    return max(
        dated,
        key=lambda found: (found[1].header, found[1].weekday is not None, found[1].year is not None, found[0]),
        default=None,
    )


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
        if announced(lead, match.start(), match.end()):
            continue
        return (day + timedelta(days=ahead), match.group(1)) if 0 < ahead <= REFINING_DAYS else None
    return None
