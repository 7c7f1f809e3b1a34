"""The article data model: frozen value objects that all other packages use.

An article stores its original text once. The body is a list of *passages* of that text, each with a role. Bylines and
repeated paragraphs are excluded from the body but not lost, so the original can be shown with a reason beside every
excluded line.
"""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class DatePrecision(StrEnum):
    """The precision of a date."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    UNKNOWN = "unknown"


class DateBasis(StrEnum):
    """The source of a date, most reliable first."""

    GIVEN = "given"
    URL = "url"
    DATELINE = "dateline"
    CUE = "cue"
    COPYRIGHT = "copyright"
    COPIES = "copies"


class EvidenceKind(StrEnum):
    """What a piece of evidence says about the date of an article."""

    GIVEN = "given"
    ADDRESS = "address"
    DAY = "day"
    WEEKDAY = "weekday"
    YEAR = "year"
    FUTURE = "future"
    QUOTED = "quoted"
    COPY = "copy"
    UNREADABLE = "unreadable"


PUBLISHER_STATED = frozenset({EvidenceKind.GIVEN, EvidenceKind.ADDRESS})  # metadata from the publisher
PROPOSES_DATE = PUBLISHER_STATED | {EvidenceKind.DAY, EvidenceKind.YEAR}  # kinds that propose a date themselves


STATED_BASES = frozenset({DateBasis.GIVEN, DateBasis.URL})  # dates that the publisher states
READ_FROM_TEXT = frozenset({DateBasis.DATELINE, DateBasis.CUE})
# Basis → what evidence is for another date.
_SPEAKS_AGAINST: Mapping[DateBasis | None, frozenset[EvidenceKind]] = {
    None: PUBLISHER_STATED,
    DateBasis.GIVEN: PROPOSES_DATE - {EvidenceKind.GIVEN},
    DateBasis.URL: PROPOSES_DATE - {EvidenceKind.ADDRESS},
    **dict.fromkeys(READ_FROM_TEXT, PUBLISHER_STATED | {EvidenceKind.COPY}),
    **dict.fromkeys((DateBasis.COPYRIGHT, DateBasis.COPIES), PUBLISHER_STATED),
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """Verbatim words that support a date, and how they were interpreted."""

    words: str
    bearing: EvidenceKind


@dataclass(frozen=True, slots=True)
class ArticleDate:
    """The publication date of an article: a calendar period, never an instant, so time zones cannot shift it.

    `first` is the first day of the period (1 May 2018 for "May 2018"). It is None exactly when the precision is
    unknown.
    """

    first: date | None = None
    precision: DatePrecision = DatePrecision.UNKNOWN
    basis: DateBasis | None = None
    evidence: tuple[Evidence, ...] = ()

    @property
    def last(self) -> date | None:
        """The last day of the period; equal to `first` for a day."""
        if self.first is None or self.precision is DatePrecision.DAY:
            return self.first
        month = 12 if self.precision is DatePrecision.YEAR else self.first.month
        return date(self.first.year, month, monthrange(self.first.year, month)[1])

    @property
    def value(self) -> str | None:
        """The date in ISO 8601, truncated to its precision: 2018-05-31, 2018-05, 2018 or None."""
        if self.first is None:
            return None
        length = {DatePrecision.DAY: 10, DatePrecision.MONTH: 7, DatePrecision.YEAR: 4}[self.precision]
        return self.first.isoformat()[:length]

    @property
    def stated_day(self) -> date | None:
        """The day, if the publisher states it by data or address."""
        return self.first if self.basis in STATED_BASES and self.precision is DatePrecision.DAY else None

    @property
    def disputed(self) -> bool:
        """Whether any evidence supports a different date. Evidence that agrees with the chosen date is not stored."""
        if not self.evidence:
            return False
        against = _SPEAKS_AGAINST[self.basis]
        return any(piece.bearing in against for piece in self.evidence)


UNDATED = ArticleDate()


class Role(StrEnum):
    """The role of a passage in the original text. Only BODY is indexed and shown as the article."""

    BODY = "body"
    DATELINE = "dateline"
    BYLINE = "byline"
    SOURCE = "source"
    COPYRIGHT = "copyright"
    INITIALS = "initials"
    REPEATED = "repeated"
    BOILERPLATE = "boilerplate"


class Passage(NamedTuple):
    """The span `text[start:end]` of an article's original text, with its role. Passages are ordered and disjoint."""

    start: int
    end: int
    role: Role


@dataclass(frozen=True, slots=True)
class Article:
    """One article as published by one outlet.

    `text` is the original: decoded, with mojibake repaired, otherwise unchanged. Unknown metadata is None or empty.
    `digest` is the fingerprint of the source record: the same digest means the same article.
    """

    id: str
    title: str
    title_derived: bool
    text: str
    passages: tuple[Passage, ...]
    source: str
    digest: str
    outlet: str | None = None
    bureau: str | None = None
    agency: str | None = None
    reporters: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    place: str | None = None
    date: ArticleDate = UNDATED
    url: str | None = None
    section: str | None = None

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The body paragraphs with whitespace collapsed, without bylines, boilerplate and repeated paragraphs."""
        text = self.text
        body = [text[start:end] for start, end, role in self.passages if role is Role.BODY]
        if "  " not in text and text.replace("\n", "").isprintable():  # the usual text, in a third of the time
            return tuple([collapse_whitespace(part) if "\n" in part else part.strip(" ") for part in body])
        return tuple(map(collapse_whitespace, body))

    @property
    def words(self) -> int:
        """Number of whitespace-separated words in the body."""
        return sum(len(self.text[p.start : p.end].split()) for p in self.passages if p.role is Role.BODY)


def collapse_whitespace(text: str) -> str:
    """Strip a text and replace every run of whitespace by one space."""
    if text.isprintable() and "  " not in text:  # the space is the only printable whitespace character
        return text.strip()
    return " ".join(text.split())
