"""The page of articles similar to one: the words that most of them share with it, and those of each alone."""

from collections import Counter
from dataclasses import dataclass
from typing import Final

from flask import abort

from archive.article import Article
from index.answers.similar import MOST_REASONS, SimilarArticle, similar
from web import app_engine

MOST_SIMILAR: Final = 12
LEAST_ALIKE: Final = 3  # articles; of fewer, each tells all of its words


@dataclass(frozen=True, slots=True)
class SimilarRow:
    """A similar article: how many words it shares, and those of them that most others do not."""

    article: Article
    shared: int
    own: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SimilarPage:
    """What the template of similar articles shows; `common` are the words that most of them share."""

    article: Article
    common: tuple[str, ...]
    rows: tuple[SimilarRow, ...]


def similar_page(article_id: str) -> SimilarPage:
    """The articles most similar to one; 404 if there is no such article."""
    reader = app_engine.reader()
    held = reader.get(article_id)
    if held is None:
        abort(404)
    found = similar(reader, held, MOST_SIMILAR)
    common = _common(found)
    rows = (SimilarRow(one.article, len(one.shared), _own(one, common)) for one in found)
    return SimilarPage(held.article, common, tuple(rows))


def _common(found: tuple[SimilarArticle, ...]) -> tuple[str, ...]:
    """The words that more than half of the articles share, those of the most first."""
    if len(found) < LEAST_ALIKE:
        return ()
    counted = Counter(word for one in found for word in one.shared)
    return tuple(word for word, count in counted.most_common() if 2 * count > len(found))


def _own(one: SimilarArticle, common: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in one.shared if word not in common)[:MOST_REASONS]
