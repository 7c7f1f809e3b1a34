"""The relation of one article to another of its group.

The stories record the relation of every member to its lead. The relation of two members under the same lead is computed
from their texts, by the rules that formed the groups.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from archive.article import Article
from archive.copies.fingerprints import fingerprint
from archive.copies.pair_comparison import overlap
from archive.copies.relations import RELATIONS, ComparedPairs, Relation, relations
from archive.copies.stories import Stories


@dataclass(frozen=True, slots=True)
class Relative:
    """An article, its relation to a given article, and whether it is the longer of the two."""

    article: Article
    relation: Relation
    longer: bool


def relatives(stories: Stories, one: Article, others: Sequence[Article]) -> tuple[Relative, ...]:
    """Each of some articles with its relation to an article of the same group."""
    return tuple(Relative(other, _relation(stories, one, other), other.words > one.words) for other in others)


def _relation(stories: Stories, one: Article, other: Article) -> Relation:
    return recorded_relation(stories, one.id, other.id) or compare_bodies(one.paragraphs, other.paragraphs)


def recorded_relation(stories: Stories, one: str, other: str) -> Relation | None:
    """The relation of two articles as the stories record it; None if they are not directly related."""
    first, second = _representative(stories, one), _representative(stories, other)
    if first == second:
        return Relation.IDENTICAL
    for near, far in ((first, second), (second, first)):
        to_lead = stories.relation_to_lead(near)
        if to_lead is not None and to_lead[1] == far:
            return to_lead[0]
    return None


def compare_bodies(one: Sequence[str], other: Sequence[str]) -> Relation:
    """Compute the relation of two bodies from their texts."""
    left, right = (fingerprint(paragraphs) for paragraphs in (one, other))
    evidence = overlap(left.words, right.words)
    compared = ComparedPairs(np.array([0]), np.array([1]), np.array([left.size, right.size]), evidence.reshape(1))
    return RELATIONS[int(relations(compared)[0])]


def _representative(stories: Stories, article_id: str) -> str:
    """The lead of a story for articles with the lead's text; the article itself otherwise."""
    to_lead = stories.relation_to_lead(article_id)
    return to_lead[1] if to_lead is not None and to_lead[0] is Relation.IDENTICAL else article_id
