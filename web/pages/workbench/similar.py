"""The page of articles similar to one: each with the words that it shares."""

from dataclasses import dataclass

from flask import abort

from archive.article import Article
from index.answers.similar import SimilarArticle, similar
from web import app_engine

MOST_SIMILAR = 12


@dataclass(frozen=True, slots=True)
class SimilarPage:
    """What the template of similar articles shows."""

    article: Article
    found: tuple[SimilarArticle, ...]


def similar_page(article_id: str) -> SimilarPage:
    """The articles most similar to one; 404 if there is no such article."""
    reader = app_engine.reader()
    held = reader.get(article_id)
    if held is None:
        abort(404)
    return SimilarPage(held.article, similar(reader, held, MOST_SIMILAR))
