"""Read the publication date from metadata: the date field of the record and the date in the URL.

The field wins, unless it is the day of the URL with day and month swapped, as careless software swaps them. Metadata
that disagrees is kept as evidence.
"""

import re
from dataclasses import replace
from datetime import date, timedelta

from archive.article import UNDATED, ArticleDate, DateBasis, DatePrecision, Evidence, EvidenceKind
from archive.dating.date_parser import PartialDate, is_plausible, parse_date, parse_yyyymmdd

DISAGREEING_DAYS = 2  # editions and time zones explain differences up to this; larger ones are shown as evidence

URL_SLASHED = re.compile(r"/((?:19|20)\d\d)[/-](\d\d?)[/-](\d\d?)(?=\D|$)")
URL_DIGITS = re.compile(r"/((?:19|20)\d{6})(?=\d{6}\D|[/_-]|$)")


def date_from_metadata(given: str | None, url: str | None) -> ArticleDate:
    """Date from the date field and the URL; undated if neither is readable. An unreadable field is kept as evidence."""
    address = _from_url(url)
    words = " ".join(given.split()) if given else ""
    if not given or not words:
        return address or UNDATED
    found = parse_date(given)
    if found:
        return _from_field(found, Evidence(words, EvidenceKind.GIVEN), address)
    unreadable = Evidence(words, EvidenceKind.UNREADABLE)
    return replace(address or UNDATED, evidence=(unreadable, *(address.evidence if address else ())))


def swap_day_and_month(day: date) -> date | None:
    """Swap day and month; None where that gives no other day."""
    if day.day > 12 or day.day == day.month:
        return None
    return day.replace(month=day.day, day=day.month)


def _from_field(found: PartialDate, evidence: Evidence, address: ArticleDate | None) -> ArticleDate:
    """Take the date field, with a disagreeing URL as evidence; the URL's day if the field is that day swapped."""
    given = ArticleDate(found.first, found.precision, DateBasis.GIVEN, (evidence,))
    if address is None or address.first is None or given.first is None or given.last is None:
        return given
    day = address.first
    if found.precision is DatePrecision.DAY and day == swap_day_and_month(found.first):
        return replace(address, evidence=(*address.evidence, evidence))
    allowed = timedelta(days=DISAGREEING_DAYS)
    agreeing = given.first - allowed <= day <= given.last + allowed
    return given if agreeing else replace(given, evidence=(evidence, *address.evidence))


def _from_url(url: str | None) -> ArticleDate | None:
    """Read /2019/09/10/ or /20190910…- in a URL."""
    if not url or not (match := URL_SLASHED.search(url) or URL_DIGITS.search(url)):
        return None
    found = _url_day(match)
    if found is None or not is_plausible(found.first):
        return None
    evidence = Evidence(match.group().strip("/"), EvidenceKind.ADDRESS)
    return ArticleDate(found.first, found.precision, DateBasis.URL, (evidence,))


def _url_day(match: re.Match[str]) -> PartialDate | None:
    digits = "".join(group.zfill(2) for group in match.groups())
    try:
        return parse_yyyymmdd(digits)
    except ValueError:
        return None
