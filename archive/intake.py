"""Record → article: the one path by which what a file gave becomes what the archive holds.

A field the file gave wins over what the text says about itself; what neither states stays empty. Nothing given is
thrown away: the text is kept whole, and a date that can't be read stays as evidence.
"""

import re
from dataclasses import dataclass
from html import unescape

from archive.article import Article, ArticleDate
from archive.dating.evidence import Statement, date_article
from archive.press import cleaning, credit_lines
from archive.press.boilerplate import Boilerplate, Lines
from archive.press.cleaning import Cleaned
from archive.press.credit_lines import Kind, Notice
from archive.press.outlets import Imprint, agency_named, imprint_at, imprint_named
from archive.press.places import place_named
from archive.record import Record, Rejected

VERSION = "6"  # raised when these rules would make another article of the same record

LONGEST_DERIVED_TITLE = 90  # characters; what fits two lines of a list of hits
SENTENCE_END = re.compile(r"[.!?][\"”’)]*\s+(?=[\"“‘(]?[A-Z0-9])")
ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:[A-Z]|dr|drs|dra|prof|ir|h|hj|kh|no|rp|pt|cv|tbk|jl|st|tn|ny|mr|mrs|ms|brigjen|kol|letkol|mayjen|"
    r"letjen|jend|kompol|akbp|akp|iptu|ipda|aiptu|bripka|kab|kec|kel|dll|dsb|hlm|vs|m|s|a)\.$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Imprints:
    """Outlet, bureau and agency of an article."""

    outlet: str | None
    bureau: str | None
    agency: str | None


NO_BOILERPLATE = Boilerplate()


def digest(record: Record, boilerplate: Boilerplate = NO_BOILERPLATE) -> str:
    """Fingerprint of a record, of the rules here, and of the boilerplate that is known of its lines."""
    return _digest(record, boilerplate.of(record))


def _digest(record: Record, lines: Lines) -> str:
    known = lines.applying(record.text)
    return record.digest(f"{VERSION}\n{known}" if known else VERSION)


def intake(record: Record, boilerplate: Boilerplate = NO_BOILERPLATE) -> Article | Rejected:
    """Make an article of a record, or say why there is none in it."""
    lines = boilerplate.of(record)
    cleaned = cleaning.clean(record.text, lines)
    bodies = tuple(record.text[passage.start : passage.end] for passage in cleaned.bodies())
    if not any(character.isalnum() for body in bodies for character in body):
        return Rejected(record.where, "no text" if not record.text.strip() else "no text beside bylines and notices")
    title = _given(record.title and unescape(record.title))
    imprints = _imprints(record, cleaned)
    return Article(
        id=record.id,
        title=title or derive_title(bodies[0]),
        title_derived=title is None,
        text=record.text,
        passages=cleaned.passages,
        source=record.where,
        digest=_digest(record, lines),
        outlet=imprints.outlet,
        bureau=imprints.bureau,
        agency=imprints.agency,
        reporters=_people(record.reporter, cleaned, Kind.REPORTER),
        editors=_people(record.editor, cleaned, Kind.EDITOR),
        place=_place(record) or (cleaned.dateline.place if cleaned.dateline else None),
        date=_date(record, cleaned, bodies),
        url=_given(record.url),
    )


def derive_title(body: str) -> str:
    """Title made from a text's first sentence, cut at a word and marked with an ellipsis where it is longer."""
    sentence = " ".join(body[: 4 * LONGEST_DERIVED_TITLE].split())
    for end in SENTENCE_END.finditer(sentence):
        if end.group()[0] != "." or not ABBREVIATION.search(sentence, 0, end.start() + 1):
            sentence = sentence[: end.end()].rstrip()
            break
    if len(sentence) <= LONGEST_DERIVED_TITLE:
        return sentence.removesuffix(".") or sentence
    cut = sentence[:LONGEST_DERIVED_TITLE]
    return (cut.rpartition(" ")[0] or cut[:-1]).rstrip(' ,;:-–—("“') + "…"


def _given(field: str | None) -> str | None:
    """A field with its white space folded; an empty one is none."""
    return " ".join(field.split()) or None if field else None


def _place(record: Record) -> str | None:
    """Place given, in the spelling that datelines have too."""
    return place_named(record.place) or None if record.place else None


def _people(field: str | None, cleaned: Cleaned, kind: Kind) -> tuple[str, ...]:
    """People given, else those the bylines name."""
    named = credit_lines.read_names(field)
    found = (name for value in cleaning.values(cleaned, kind) for name in credit_lines.read_names(value))
    return named or tuple(dict.fromkeys(found))


def _bylines(record: Record, cleaned: Cleaned) -> tuple[str, ...]:
    return (record.reporter,) if record.reporter else cleaning.values(cleaned, Kind.REPORTER)


def _notices(cleaned: Cleaned) -> list[Notice]:
    return [credit_lines.read_notice(value) for value in cleaning.values(cleaned, Kind.COPYRIGHT)]


def _imprints(record: Record, cleaned: Cleaned) -> Imprints:
    """Outlet from the field, the address, the dateline or the copyright line; the bureau from whichever names one."""
    signed = [notice.imprint for notice in _notices(cleaned)]
    candidates = [
        imprint_named(record.outlet) if record.outlet else None,
        imprint_at(record.url) if record.url else None,
        cleaned.dateline.imprint if cleaned.dateline else None,
        *signed,
    ]
    stated = [imprint for imprint in candidates if imprint]
    outlet = stated[0].outlet if stated else None
    return Imprints(outlet, _given(record.bureau) or _bureau(outlet, stated), _agency(record, cleaned, outlet))


def _bureau(outlet: str | None, stated: list[Imprint]) -> str | None:
    return next((imprint.bureau for imprint in stated if imprint.bureau and imprint.outlet == outlet), None)


def _agency(record: Record, cleaned: Cleaned, outlet: str | None) -> str | None:
    """Wire service given or credited; an outlet is never its own agency."""
    if given := _given(record.agency):
        return agency_named(given) or given
    credited = [
        *(cleaned.dateline.agencies if cleaned.dateline else ()),
        *(agency for value in cleaning.values(cleaned, Kind.SOURCE) for agency in credit_lines.read_source(value)),
        *(agency for value in _bylines(record, cleaned) for agency in credit_lines.read_agencies(value)),
        *((cleaned.agency,) if cleaned.agency else ()),
    ]
    own = "ANTARA" if outlet == "ANTARA News" else outlet
    return next((agency for agency in credited if agency != own), None)


def _date(record: Record, cleaned: Cleaned, bodies: tuple[str, ...]) -> ArticleDate:
    """Date the record from what it gave and what its text states."""
    title = record.title or ""
    for credit in cleaned.credits:
        if credit.kind is Kind.COPYRIGHT and (year := credit_lines.read_notice(credit.value).year):
            words = " ".join(record.text[credit.start : credit.end].split())
            through_year = words[: words.find(str(year)) + len(str(year))]
            return date_article(Statement(record.date, record.url, bodies, year, through_year, title))
    return date_article(Statement(record.date, record.url, bodies, title=title))
