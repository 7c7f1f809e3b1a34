"""The relation of one article to another of its group.

The stories record the relation of every member to its lead. The relation of two members under the same lead is computed
from their texts, by the rules that formed the groups. Texts of monstrous length are not compared; they are related
through their lead only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Final

import numpy as np

from archive.article import Article
from archive.copies.comparing.pair_comparison import overlap
from archive.copies.fingerprints import fingerprint
from archive.copies.relations import RELATIONS, ComparedPairs, Relation, relations
from archive.copies.stories import Stories

LONGEST_COMPARED: Final = 200_000  # characters of a text; comparing two of them takes 50 milliseconds
COMPUTED_KEPT: Final = 4_096  # computed relations kept in memory; computing one takes a millisecond
_computed: dict[tuple[int, ...], Relation] = {}
_computing = Lock()


@dataclass(frozen=True, slots=True)
class Relative:
    """An article, its relation to a given article, and whether it is the longer of the two."""

    article: Article
    relation: Relation
    longer: bool


def relatives(stories: Stories, one: Article, others: Sequence[Article]) -> tuple[Relative, ...]:
    """Each of some articles with its relation to an article of the same group."""
    return tuple(Relative(other, _relation(stories, one, other), is_longer(other, one)) for other in others)


def is_longer(one: Article, other: Article) -> bool:
    """Whether the first of two articles has more words; of monstrous ones, more characters."""
    if max(len(one.text), len(other.text)) > LONGEST_COMPARED:
        return len(one.text) > len(other.text)
    return one.words > other.words


def _relation(stories: Stories, one: Article, other: Article) -> Relation:
    return recorded_relation(stories, one.id, other.id) or _computed_relation(one, other)


def _computed_relation(one: Article, other: Article) -> Relation:
    """The relation of two texts, computed once; the hashes of what it is computed from are its key."""
    if max(len(one.text), len(other.text)) > LONGEST_COMPARED:
        return Relation.NONE
    key = tuple(hash(part) for article in (one, other) for part in (article.text, article.passages))
    if key not in _computed:
        relation = compare_bodies(one.paragraphs, other.paragraphs)
        with _computing:
            while len(_computed) >= COMPUTED_KEPT:
                del _computed[next(iter(_computed))]
            _computed[key] = relation
        return relation
    return _computed.get(key) or compare_bodies(one.paragraphs, other.paragraphs)


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
