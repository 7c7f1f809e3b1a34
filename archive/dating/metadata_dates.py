"""Read the publication date from metadata: the date field of the record and the date in the URL.

The field wins, unless it is the day of the URL with day and month swapped, as careless software swaps them. Metadata
that disagrees is kept as evidence.
"""

from dataclasses import replace
from datetime import date, timedelta

from archive.article import UNDATED, ArticleDate, DateBasis, DatePrecision, Evidence, EvidenceKind
from archive.dating.address_dates import date_from_address
from archive.dating.date_parser import PartialDate
from archive.dating.stated_dates import is_placeholder, parse_stated_date

DISAGREEING_DAYS = 2  # editions and time zones explain differences up to this; larger ones are shown as evidence


def date_from_metadata(given: str | None, url: str | None) -> ArticleDate:
    """Date from the date field and the URL; undated if neither is readable. An unreadable field is kept as evidence."""
    address = date_from_address(url)
    words = " ".join(given.split()) if given else ""
    if not given or not words or is_placeholder(given):
        return address or UNDATED
    found = parse_stated_date(given)
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
