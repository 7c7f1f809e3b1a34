"""Clippings: the articles of a page of hits with their texts, to be printed and filed.

The texts of a page are bounded together, so that a page of the longest articles can still be printed. What is left out
of a text is told on its clipping, which has the address of the whole.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from archive.article import Article
from index.answers.bounded_facts import bounded
from index.query.request import Query
from web import params
from web.pages.article_text import dateline
from web.serving import hosts

MOST_OF_ONE: Final = 20_000  # characters of an article: four printed pages
MOST_CHOSEN: Final = 200  # articles chosen by their ids that are read for a page
MOST_OF_ALL: Final = 400_000  # characters of all articles on a page


@dataclass(frozen=True, slots=True)
class Clipping:
    """An article with its permanent address and its first paragraphs; `cut` if there are more."""

    article: Article
    address: str
    dateline: str
    paragraphs: tuple[str, ...]
    cut: bool


def clippings(articles: Iterable[Article]) -> tuple[Clipping, ...]:
    """Return the clippings of articles, as much of their texts as may be shown."""
    made: list[Clipping] = []
    left = MOST_OF_ALL
    for article in map(bounded, articles):
        paragraphs = article.paragraphs
        shown = _first(paragraphs, min(MOST_OF_ONE, left))
        left -= sum(map(len, shown))
        address = hosts.absolute(params.url("pages.article", Query(), article_id=article.id))
        made.append(Clipping(article, address, dateline(article), shown, cut=shown != paragraphs))
    return tuple(made)


def _first(paragraphs: tuple[str, ...], most: int) -> tuple[str, ...]:
    """Return the first paragraphs within a number of characters; the last one may be cut."""
    kept: list[str] = []
    for paragraph in paragraphs:
        if len(paragraph) > most:
            kept += [paragraph[:most] + "…"] if most else []
            break
        kept.append(paragraph)
        most -= len(paragraph)
    return tuple(kept)
