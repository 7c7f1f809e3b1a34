"""The columns of exported tables: for each name, what an article has there.

Dates have columns for their period, precision and basis, so that no reader takes a month for a day. An article is dated
to `date`, cut to its precision, and appeared from `date_first` to `date_last`.
"""

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from archive.article import Article, Role
from index.engine import Match

Value = str | int | bool | tuple[str, ...] | None
PARAGRAPH_BREAK: Final = "\n\n"


class Row(NamedTuple):
    """A hit with the permanent address of its article, and how many articles and outlets its story has, if wanted."""

    match: Match
    address: str
    versions: int | None = None
    outlets: int | None = None


def body(article: Article) -> str:
    """Return the body of an article, its paragraphs apart; tabs and no-break spaces are blanks.

    Collapsing all white space, as `Article.paragraphs` does, would take a quarter of the time of an export.
    """
    text = article.text.replace("\t", " ").replace("\xa0", " ")
    parts = [text[start:end].strip() for start, end, role in article.passages if role is Role.BODY]
    return PARAGRAPH_BREAK.join(parts)


def _day(row: Row, *, last: bool) -> str | None:
    date = row.match.article.date
    day = date.last if last else date.first
    return day.isoformat() if day else None


def _basis(row: Row) -> str | None:
    basis = row.match.article.date.basis
    return basis.value if basis else None


COLUMNS: Final[Mapping[str, Callable[[Row], Value]]] = {
    "id": lambda row: row.match.article.id,
    "title": lambda row: row.match.article.title,
    "title_derived": lambda row: row.match.article.title_derived,
    "outlet": lambda row: row.match.article.outlet,
    "bureau": lambda row: row.match.article.bureau,
    "section": lambda row: row.match.article.section,
    "agency": lambda row: row.match.article.agency,
    "reporters": lambda row: row.match.article.reporters,
    "editors": lambda row: row.match.article.editors,
    "place": lambda row: row.match.article.place,
    "date": lambda row: row.match.article.date.value,
    "date_first": lambda row: _day(row, last=False),
    "date_last": lambda row: _day(row, last=True),
    "precision": lambda row: row.match.article.date.precision.value,
    "basis": _basis,
    "disputed": lambda row: row.match.article.date.disputed,
    "story": lambda row: row.match.story,
    "copies": lambda row: row.match.copies,
    "versions": lambda row: row.versions,
    "outlets": lambda row: row.outlets,
    "url": lambda row: row.match.article.url,
    "address": lambda row: row.address,
    "source": lambda row: row.match.article.source,
    "words": lambda row: row.match.article.words,
    "text": lambda row: body(row.match.article),
}
NEEDS_TEXT: Final = frozenset({"words", "text"})
# Columns with few different values, which a format need not write out anew in each row.
RECURRING: Final = frozenset(
    {
        "title_derived",
        "outlet",
        "bureau",
        "section",
        "agency",
        "place",
        "date",
        "date_first",
        "date_last",
        "precision",
        "basis",
        "disputed",
    }
)
SIZES: Final = frozenset({"versions", "outlets"})  # of the story, looked up for each
# Words are counted, and stories looked up, only where they are asked for: it takes longer than reading the columns.
USUAL: Final = tuple(name for name in COLUMNS if name != "words" and name not in SIZES)


def usual_columns(*, texts: bool) -> tuple[str, ...]:
    """Return the columns of an export for which none were chosen."""
    return USUAL if texts else tuple(name for name in USUAL if name not in NEEDS_TEXT)
