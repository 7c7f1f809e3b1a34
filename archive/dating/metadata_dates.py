"""The date a publisher told: the field a file gave, and the day that stands in the address.

The field wins, unless it is the address's day with day and month swapped, as careless software swaps them. Whatever
speaks for another day is kept beside it.
"""

import re
from dataclasses import replace
from datetime import date, timedelta

from archive.article import UNDATED, ArticleDate, Basis, Bearing, Evidence, Precision
from archive.dating.date_parser import CivilDate, date_of_digits, parse_day, plausible

DISAGREEING_DAYS = 2  # a given date further from the address's is worth showing; editions and zones explain less

URL_SLASHED = re.compile(r"/((?:19|20)\d\d)[/-](\d\d?)[/-](\d\d?)(?=\D|$)")
URL_DIGITS = re.compile(r"/((?:19|20)\d{6})(?=\d{6}\D|[/_-]|$)")


def told(given: str | None, url: str | None) -> ArticleDate:
    """The date field and address tell; where neither can be read it is unknown, with the field's words as evidence."""
    address = _from_url(url)
    words = " ".join(given.split()) if given else ""
    if not given or not words:
        return address or UNDATED
    found = parse_day(given)
    if found:
        return _given(found, Evidence(words, Bearing.GIVEN), address)
    unreadable = Evidence(words, Bearing.UNREADABLE)
    return replace(address or UNDATED, evidence=(unreadable, *(address.evidence if address else ())))


def swapped(day: date) -> date | None:
    """The day with its number and its month's exchanged; None where that is no other day."""
    if day.day > 12 or day.day == day.month:
        return None
    return day.replace(month=day.day, day=day.month)


def _given(found: CivilDate, evidence: Evidence, address: ArticleDate | None) -> ArticleDate:
    """Take the date given, with an address that disagrees beside it, unless it is the address's day swapped."""
    given = ArticleDate(found.first, found.precision, Basis.GIVEN, (evidence,))
    if address is None or address.first is None or given.first is None or given.last is None:
        return given
    day = address.first
    if found.precision is Precision.DAY and day == swapped(found.first):
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
