"""What an article is: frozen, plain values that every other part passes on.

An article keeps its text once, as it was read. What readers and the index take for its body are *passages* of that
text, each with the role it plays; a byline or a repeated paragraph is therefore left out of the body without being
lost, and the original can be shown with a reason beside every line that was set aside.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Precision(StrEnum):
    """How much of a date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    UNKNOWN = "unknown"


class Basis(StrEnum):
    """Where a date comes from, the surest first."""

    GIVEN = "given"
    URL = "url"
    DATELINE = "dateline"
    CUE = "cue"
    COPYRIGHT = "copyright"
    COPIES = "copies"


class Bearing(StrEnum):
    """What a piece of evidence says about the date."""

    GIVEN = "given"
    ADDRESS = "address"
    DAY = "day"
    WEEKDAY = "weekday"
    YEAR = "year"
    FUTURE = "future"
    COPY = "copy"
    UNREADABLE = "unreadable"


TELLING = frozenset({Bearing.GIVEN, Bearing.ADDRESS})  # what a publisher told
DATING = TELLING | {Bearing.DAY, Bearing.YEAR}  # what speaks for a date of its own


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words a date rests on, quoted as they stand, and what they were taken to say."""

    words: str
    bearing: Bearing


@dataclass(frozen=True, slots=True)
class ArticleDate:
    """The civil day an article appeared, as far as it is known; never an instant, so no zone can shift it.

    `first` is the first day the date may mean (1 May 2018 for "May 2018"), None exactly when the precision is unknown.
    """

    first: date | None = None
    precision: Precision = Precision.UNKNOWN
    basis: Basis | None = None
    evidence: tuple[Evidence, ...] = ()

    @property
    def last(self) -> date | None:
        """The last day the date may mean; equal to `first` for a day."""
        if self.first is None or self.precision is Precision.DAY:
            return self.first
        month = 12 if self.precision is Precision.YEAR else self.first.month
        return date(self.first.year, month, monthrange(self.first.year, month)[1])

    @property
    def value(self) -> str | None:
        """The date in ISO 8601, cut to its precision: 2018-05-31, 2018-05, 2018 or None."""
        if self.first is None:
            return None
        length = {Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4}[self.precision]
        return self.first.isoformat()[:length]

    @property
    def disputed(self) -> bool:
        """Whether evidence speaks for another date than the one taken; what agrees is not kept beside it."""
        own = {Basis.GIVEN: Bearing.GIVEN, Basis.URL: Bearing.ADDRESS}.get(self.basis) if self.basis else None
        against = DATING - {own} if own else TELLING
        return any(piece.bearing in against for piece in self.evidence)


UNDATED = ArticleDate()


class Role(StrEnum):
    """What a passage of the original is; only BODY is indexed and shown as the article."""

    BODY = "body"
    DATELINE = "dateline"
    BYLINE = "byline"
    SOURCE = "source"
    COPYRIGHT = "copyright"
    INITIALS = "initials"
    REPEATED = "repeated"
    BOILERPLATE = "boilerplate"


class Passage(NamedTuple):
    """A stretch `text[start:end]` of an article's original and its role; passages are in order and never overlap."""

    start: int
    end: int
    role: Role


@dataclass(frozen=True, slots=True)
class Article:
    """One article of the archive, as it was published by one outlet.

    `text` is the original: decoded, its mojibake mended, otherwise untouched. Facts nobody states are None or empty.
    `digest` is the fingerprint of the record the article was made from: same digest, same article.
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

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The body: each paragraph once, white space folded, without bylines and boilerplate."""
        return tuple(folded(self.text[start:end]) for start, end, role in self.passages if role is Role.BODY)

    @property
    def words(self) -> int:
        """How many words the body has, as blanks part them."""
        return sum(len(self.text[p.start : p.end].split()) for p in self.passages if p.role is Role.BODY)


def folded(text: str) -> str:
    """A text with its white space folded."""
    if text.isprintable() and "  " not in text:  # the only white space that is printable is the blank
        return text.strip()
    return " ".join(text.split())
