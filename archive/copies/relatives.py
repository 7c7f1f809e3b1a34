"""Pairing: what one article is to another of its group.

The groups know it of every member and its lead. Two members that are both led by a third may be anything to each other;
that is seen from their texts alone, by the rules that made the groups.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from archive.article import Article
from archive.copies.fingerprints import fingerprint
from archive.copies.overlaps import overlap
from archive.copies.relations import RELATIONS, Overlaps, Relation, relations
from archive.copies.stories import Stories


@dataclass(frozen=True, slots=True)
class Relative:
    """An article, what it is to another one, and whether it is the longer of the two."""

    article: Article
    relation: Relation
    longer: bool


def relatives(stories: Stories, one: Article, others: Sequence[Article]) -> tuple[Relative, ...]:
    """What each of some articles is to one of their group."""
    return tuple(Relative(other, _relation(stories, one, other), other.words > one.words) for other in others)


def _relation(stories: Stories, one: Article, other: Article) -> Relation:
    return known(stories, one.id, other.id) or compared(one.paragraphs, other.paragraphs)


def known(stories: Stories, one: str, other: str) -> Relation | None:
    """What the groups say of two articles; None where they stand in no direct relation."""
    first, second = _text_of(stories, one), _text_of(stories, other)
    if first == second:
        return Relation.IDENTICAL
    for near, far in ((first, second), (second, first)):
        standing = stories.standing(near)
        if standing is not None and standing[1] == far:
            return standing[0]
    return None


def compared(one: Sequence[str], other: Sequence[str]) -> Relation:
    """What two bodies are to each other, seen by themselves."""
    left, right = (fingerprint(paragraphs) for paragraphs in (one, other))
    evidence = overlap(left.words, right.words)
    overlaps = Overlaps(np.array([0]), np.array([1]), np.array([left.size, right.size]), evidence.reshape(1))
    return RELATIONS[int(relations(overlaps)[0])]


def _text_of(stories: Stories, article_id: str) -> str:
    """The article that stands for all with the text of a story's lead: another one if it is its very copy."""
    standing = stories.standing(article_id)
    return standing[1] if standing is not None and standing[0] is Relation.IDENTICAL else article_id
