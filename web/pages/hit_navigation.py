"""The place of an article among the hits of the search it was opened from, with the hits before and after it.

The address of an article holds the query with its page of hits, so only that page is looked through, and one more
where the article is the first or the last on it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from index.answers.bounded_facts import shortened
from index.engine import EngineAnswer, Match
from index.query.request import Query
from web import app_engine


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A hit beside another: its id and title, and the query with the page of hits that it is on."""

    article_id: str
    title: str
    query: Query


@dataclass(frozen=True, slots=True)
class HitPosition:
    """The number of a hit among all hits, counted from 1, and its neighbours, where there are any."""

    number: int
    before: Neighbour | None
    after: Neighbour | None


def hit_position(found: EngineAnswer, query: Query, article_id: str) -> HitPosition | None:
    """Return the position of an article, or of the hit it is folded under; None if it is not on this page of hits."""
    matches = list(found.matches)
    place = next((place for place, match in enumerate(matches) if _holds(match, article_id)), None)
    if place is None:
        return None
    number = (query.page - 1) * query.size + place + 1
    return HitPosition(
        number,
        before=_neighbour(matches, place - 1, query) if number > 1 else None,
        after=_neighbour(matches, place + 1, query) if number < found.hits else None,
    )


def _holds(match: Match, article_id: str) -> bool:
    return match.article.id == article_id or article_id in match.copies


def _neighbour(matches: Sequence[Match], place: int, query: Query) -> Neighbour | None:
    """Return the hit at a place of the page; the places before the first and after the last are on another page."""
    if not 0 <= place < len(matches):
        query = query.at(query.page - 1 if place < 0 else query.page + 1)
        matches = app_engine.matches(query).matches
        place = -1 if place < 0 else 0
    if not matches:
        return None
    article = matches[place].article
    return Neighbour(article.id, shortened(article.title), query)
