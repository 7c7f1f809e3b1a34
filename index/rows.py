"""Rows: what one article contributes to the columns; small, so that an archive's worth of them fits in memory."""

from dataclasses import dataclass

from archive.article import Article
from index.facets import FACETS, facts

UNKNOWN_DAY = 0  # as a proleptic Gregorian ordinal; it lies before every date there is


@dataclass(frozen=True, slots=True)
class Row:
    """An article's id and digest, the days its date may mean (ordinals), and its values of every facet."""

    id: str
    digest: str
    first: int
    last: int
    facts: tuple[tuple[str, ...], ...]  # in the order of FACETS


def row(article: Article) -> Row:
    """The row of an article; its story comes later, when all articles are known."""
    by_name = facts(article, "")
    first, last = article.date.first, article.date.last
    return Row(
        article.id,
        article.digest,
        first.toordinal() if first else UNKNOWN_DAY,
        last.toordinal() if last else UNKNOWN_DAY,
        tuple(tuple(dict.fromkeys(by_name[name])) for name in FACETS),
    )
