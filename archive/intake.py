"""Ingestion: the only way a record becomes an article.

A field given in the file takes precedence over what the text says about itself. Metadata that neither states stays
empty. No input is discarded: the text is kept whole, and an unparsable date is kept as evidence.
"""

from dataclasses import dataclass
from html import unescape

from archive.article import Article, ArticleDate
from archive.dating.publication_date import DateSources, date_article
from archive.press import bylines, credit_lines, passages
from archive.press.addresses import article_address
from archive.press.agencies import canonical_agency
from archive.press.agency_citations import cited_agency, stands_for_agency
from archive.press.boilerplate import Boilerplate, OutletBoilerplate
from archive.press.credit_lines import CopyrightNotice, CreditKind
from archive.press.outlet_table import Publisher
from archive.press.outlets import outlets_in_use, publisher_from_name, publisher_from_url, stated_publisher
from archive.press.passages import Cleaned
from archive.press.places import canonical_place
from archive.press.sections import section_of
from archive.press.titles import clean_title, derive_title, is_address
from archive.record import Record, Rejected

VERSION = "16"  # increase when these rules produce a different article from the same record


@dataclass(frozen=True, slots=True)
class Attribution:
    """Outlet, bureau and news agency of an article, and the channel of the outlet."""

    outlet: str | None
    bureau: str | None
    agency: str | None
    channel: str | None = None


NO_BOILERPLATE = Boilerplate()
SIGNING_OUTLET = "Tempo.co"


def digest(record: Record, boilerplate: Boilerplate = NO_BOILERPLATE) -> str:
    """Fingerprint of a record, of these rules, and of the known boilerplate among its lines and links."""
    return _digest(record, boilerplate.for_record(record))


def _digest(record: Record, lines: OutletBoilerplate) -> str:
    version = VERSION + outlets_in_use().digest
    known = lines.verdicts_in(record.text)
    return record.digest(f"{version}\n{known}" if known else version)


def article_from_record(record: Record, boilerplate: Boilerplate = NO_BOILERPLATE) -> Article | Rejected:
    """Build the article of a record, or reject the record with a reason."""
    lines = boilerplate.for_record(record)
    cleaned = passages.clean(record.text, lines)
    bodies = tuple(record.text[passage.start : passage.end] for passage in cleaned.bodies())
    if not any(character.isalnum() for body in bodies for character in body):
        return Rejected(record.where, "no text" if not record.text.strip() else "no text beside bylines and notices")
    attribution = _attribution(record, cleaned)
    title = _title(record, attribution.outlet)
    people = bylines.read_people(record.reporter)
    return Article(
        id=record.id,
        title=title or derive_title(bodies),
        title_derived=title is None,
        text=record.text,
        passages=cleaned.passages,
        source=record.source,
        digest=_digest(record, lines),
        outlet=attribution.outlet,
        bureau=attribution.bureau,
        agency=attribution.agency,
        reporters=_without_outlet(
            people.reporters or _credited(cleaned, CreditKind.REPORTER) or _signed(bodies, attribution.outlet),
            attribution.outlet,
        ),
        editors=_editors(record) or people.editors or _credited(cleaned, CreditKind.EDITOR),
        place=_place(record) or (cleaned.dateline.place if cleaned.dateline else None),
        date=_date(record, cleaned, bodies),
        url=article_address(record.url) if record.url else None,
        section=section_of(record.section, attribution.channel, record.url),
    )


def _given(field: str | None) -> str | None:
    """A field with whitespace collapsed; None if it is empty."""
    return " ".join(field.split()) or None if field else None


def _place(record: Record) -> str | None:
    """The place field in its canonical spelling, the same as for datelines."""
    return canonical_place(record.place) or None if record.place else None


def _title(record: Record, outlet: str | None) -> str | None:
    """The given title without the site's name; None if there is none, or an address in its place."""
    title = _given(record.title and unescape(record.title))
    return clean_title(title, outlet) if title and not is_address(title) else None


def _editors(record: Record) -> tuple[str, ...]:
    """The editors that their field names; all people in it, unless it tells reporters and editors apart."""
    people = bylines.read_people(record.editor)
    return people.editors or people.reporters


def _signed(bodies: tuple[str, ...], outlet: str | None) -> tuple[str, ...]:
    """The people whose names an article of Tempo ends with."""
    return bylines.read_signature(bodies[-1].strip()) if outlet == SIGNING_OUTLET and len(bodies) > 1 else ()


def _without_outlet(names: tuple[str, ...], outlet: str | None) -> tuple[str, ...]:
    """Names without that of the outlet itself, where it is a common word (`Merdeka` of Merdeka.com)."""
    own = (outlet or "").partition(".")[0].casefold()
    return tuple(name for name in names if name.casefold() != own) if own else names


def _credited(cleaned: Cleaned, kind: CreditKind) -> tuple[str, ...]:
    """People named in the bylines of the text."""
    found = (name for value in passages.credit_values(cleaned, kind) for name in bylines.read_names(value))
    return tuple(dict.fromkeys(found))


def _bylines(record: Record, cleaned: Cleaned) -> tuple[str, ...]:
    return (record.reporter,) if record.reporter else passages.credit_values(cleaned, CreditKind.REPORTER)


def _notices(cleaned: Cleaned) -> list[CopyrightNotice]:
    return [
        credit_lines.read_copyright_notice(value) for value in passages.credit_values(cleaned, CreditKind.COPYRIGHT)
    ]


def _attribution(record: Record, cleaned: Cleaned) -> Attribution:
    """Take the outlet from the field, the URL, the dateline or the copyright line, in that order.

    The bureau is the field, else the first that one of these sources gives for the same outlet.
    """
    signed = [notice.publisher for notice in _notices(cleaned)]
    candidates = [
        stated_publisher(record.outlet, record.url),
        publisher_from_name(record.outlet) if record.outlet else None,
        publisher_from_url(record.url) if record.url else None,
        cleaned.dateline.publisher if cleaned.dateline else None,
        *signed,
    ]
    stated = [publisher for publisher in candidates if publisher]
    outlet = stated[0].outlet if stated else None
    bureau = _given(record.bureau) or _bureau(outlet, stated)
    channel = next((one.section for one in stated if one.section and one.outlet == outlet), None)
    return Attribution(outlet, bureau, _agency(record, cleaned, outlet), channel)


def _bureau(outlet: str | None, stated: list[Publisher]) -> str | None:
    return next((publisher.bureau for publisher in stated if publisher.bureau and publisher.outlet == outlet), None)


def _agency(record: Record, cleaned: Cleaned, outlet: str | None) -> str | None:
    """News agency from the field or the credits; an outlet is never its own agency."""
    given = _given(record.agency)
    if given is not None:
        return canonical_agency(given) or given
    credited: list[str] = [
        *(cleaned.dateline.agencies if cleaned.dateline else ()),
        *(
            agency
            for value in passages.credit_values(cleaned, CreditKind.SOURCE)
            for agency in credit_lines.read_source(value)
        ),
        *(agency for value in _bylines(record, cleaned) for agency in credit_lines.read_agencies(value)),
        *((cleaned.agency,) if cleaned.agency else ()),
    ]
    own = "ANTARA" if outlet == "ANTARA News" else outlet
    named = next((agency for agency in credited if agency != own and stands_for_agency(agency, record.text)), None)
    if named:
        return named
    cited = cited_agency(record.text)
    return None if cited == own else cited


def _date(record: Record, cleaned: Cleaned, bodies: tuple[str, ...]) -> ArticleDate:
    """Date the article from the record's fields and its text."""
    title = record.title or ""
    url = article_address(record.url) if record.url else None
    for credit in cleaned.credits:
        if credit.kind is CreditKind.COPYRIGHT and (year := credit_lines.read_copyright_notice(credit.value).year):
            words = " ".join(record.text[credit.start : credit.end].split())
            through_year = words[: words.find(str(year)) + len(str(year))]
            return date_article(DateSources(record.date, url, bodies, year, through_year, title))
    return date_article(DateSources(record.date, url, bodies, title=title))
