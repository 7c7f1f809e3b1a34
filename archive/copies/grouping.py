"""Kinship: from the relations of pairs of texts to the stories and looser groups of articles.

Texts are grouped about leads by the relations that make a story, stories about leads by the looser ones, and articles
go where their text goes. What shares passages with a text without being in its group is kept as links, the strongest
first, and no more than LINKS of them: a stock paragraph would else tie everything to everything.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from archive.copies.relations import (
    CODES,
    LOOSELY,
    SAME_STORY,
    Codes,
    Overlaps,
    Positions,
    Relation,
    relations,
    round_ups,
)
from archive.copies.star_clustering import CLOSE, Bonds, stars
from archive.copies.stories import Kin, Links, Stages, Stories

LINKS = 8  # of one text
MOST_SHARED = 0xFFFFFFFF

Indices = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Texts:
    """The distinct texts in order of digest: digests, a row for each, sizes; and all articles' rows with their text."""

    digests: npt.NDArray[np.uint64]
    rows: Indices
    sizes: Indices
    article_rows: Indices
    text_of: Indices


@dataclass(frozen=True, slots=True, eq=False)
class _Groups:
    """Each text's lead in its story and in its loose group, and what it is to the one nearest above it (a code).

    A text that leads its story is related to the lead of its loose group, which is the `above` of it then.
    """

    story: Indices
    loose: Indices
    above: Indices
    relation: Codes


def stories(texts: Texts, overlaps: Overlaps, ids: Sequence[str]) -> Stories:
    """Group articles, whose ids are given by row, by what their texts are to one another."""
    codes = round_ups(overlaps, relations(overlaps))
    groups = _groups(texts, overlaps, codes)
    links = _links(overlaps, codes, groups.loose)
    articles = _Articles(texts, groups, links, ids)
    kin = articles.kin()
    counts = {relation: int(np.count_nonzero(codes == code)) for relation, code in CODES.items()}
    stages = Stages(
        fingerprinted=len(texts.article_rows),
        texts=len(texts.rows),
        candidates=len(codes),
        edited=counts[Relation.EDITED],
        cut=counts[Relation.CUT],
        templates=counts[Relation.TEMPLATE],
        round_ups=counts[Relation.ROUND_UP],
        passages=counts[Relation.PASSAGES],
        stories=int(np.count_nonzero(np.bincount(kin.story) > 1)),
    )
    return Stories(articles.names, kin, articles.links(), stages)


def _groups(texts: Texts, overlaps: Overlaps, codes: Codes) -> _Groups:
    """Group texts into stories, and these into loose groups."""
    near = np.flatnonzero(_are(codes, (*SAME_STORY, *LOOSELY)))
    overlaps, codes = overlaps.taken(near), codes[near]
    closeness = overlaps.shared / np.maximum(overlaps.either, 1)
    copies = np.flatnonzero(_are(codes, SAME_STORY))
    story, tied = stars(_bonds(overlaps.left, overlaps.right, closeness, copies), texts.sizes)
    templates = np.flatnonzero(codes == CODES[Relation.TEMPLATE])
    ties = np.append(closeness[copies], np.inf)[tied]
    _part(story, tied, ties, (overlaps.left[templates], overlaps.right[templates]))
    left, right = story[overlaps.left], story[overlaps.right]
    loosely = np.flatnonzero(_are(codes, LOOSELY) & (left != right))
    all_close = np.maximum(closeness, CLOSE)  # the middle of a round-up's group is the round-up, be it ever so long
    loose, loosely_tied = stars(_bonds(left, right, all_close, loosely), texts.sizes)
    relation = np.zeros(len(story), np.uint8)
    for bonds, pairs in ((loosely_tied, loosely), (tied, copies)):
        bound = bonds >= 0
        relation[bound] = codes[pairs[bonds[bound]]]
    above = np.where(tied >= 0, story, loose)
    return _Groups(story, loose[story], above, relation)


def _part(story: Indices, tied: Indices, ties: npt.NDArray[np.float64], templates: tuple[Positions, Positions]) -> None:
    """Take from a story whoever is of one template with a closer member: what both have from the lead is the form."""
    left, right = templates
    together = story[left] == story[right]
    left, right = left[together], right[together]
    farther = np.where(ties[left] < ties[right], left, right)
    story[farther], tied[farther] = farther, -1


def _are(codes: Codes, wanted: Sequence[Relation]) -> Flags:
    return np.isin(codes, [CODES[relation] for relation in wanted])


def _bonds(left: Positions, right: Positions, closeness: npt.NDArray[np.float64], pairs: Indices) -> Bonds:
    return Bonds(left[pairs].astype(np.int64), right[pairs].astype(np.int64), closeness[pairs])


@dataclass(frozen=True, slots=True, eq=False)
class _TextLinks:
    """Links between texts, by the near one and then the most shared."""

    near: Positions
    far: Positions
    relation: Codes
    shared: Indices


def _links(overlaps: Overlaps, codes: Codes, loose: Indices) -> _TextLinks:
    """The pairs that share passages across groups, seen from both sides, LINKS of each text at most."""
    pairs = np.flatnonzero((codes != CODES[Relation.NONE]) & (loose[overlaps.left] != loose[overlaps.right]))
    near = np.concatenate((overlaps.right[pairs], overlaps.left[pairs]))  # so for each text the others ascend
    shared = np.tile(overlaps.evidence["shared"][pairs], 2)
    order = np.argsort(near.astype(np.int64) << 32 | MOST_SHARED - shared, kind="stable")
    near = near[order]
    order = order[np.arange(len(near)) - np.searchsorted(near, near) < LINKS]
    far = np.concatenate((overlaps.left[pairs], overlaps.right[pairs]))[order]
    near = np.concatenate((overlaps.right[pairs], overlaps.left[pairs]))[order]
    return _TextLinks(near, far, np.tile(codes[pairs], 2)[order], shared[order])


class _Articles:
    """The articles that have any relative, in order of id, and their texts' groups and links as theirs."""

    def __init__(self, texts: Texts, groups: _Groups, links: _TextLinks, ids: Sequence[str]) -> None:
        self._groups = groups
        self._links = links
        related = np.bincount(texts.text_of, minlength=len(texts.rows)) > 1
        related[groups.loose != np.arange(len(texts.rows))] = True
        related[groups.loose[related]] = related[groups.above[related]] = True
        related[links.near] = True
        self._choose(texts, related, ids)

    def _choose(self, texts: Texts, related: Flags, ids: Sequence[str]) -> None:
        mine = np.flatnonzero(related[texts.text_of])
        names = [ids[row] for row in texts.article_rows[mine].tolist()]
        order = sorted(range(len(names)), key=names.__getitem__)
        self.names = [names[place] for place in order]
        self._text = texts.text_of[mine][np.array(order, np.int64)]
        self._first = np.zeros(len(texts.rows), np.int64)  # the smallest id of each text
        self._first[self._text[::-1]] = np.arange(len(self._text))[::-1]

    def kin(self) -> Kin:
        """Every article's groups and relation."""
        text, groups = self._text, self._groups
        same = (groups.story[text] == text) & (self._first[text] != np.arange(len(text)))  # as their story's lead
        return Kin(
            text.astype(np.int32),
            self._named(groups.story[text]),
            self._named(groups.loose[text]),
            np.where(same, self._first[text], self._first[groups.above[text]]).astype(np.int32),
            np.where(same, CODES[Relation.IDENTICAL], groups.relation[text]).astype(np.uint8),
        )

    def links(self) -> Links:
        """Every text's links."""
        links = self._links
        return Links(
            links.near.astype(np.int32),
            self._first[links.far].astype(np.int32),
            links.relation,
            links.shared.astype(np.uint32),
        )

    def _named(self, groups: Indices) -> npt.NDArray[np.int32]:
        """The first row of each row's group."""
        _, first, group_of = np.unique(groups, return_index=True, return_inverse=True)
        return first[group_of].astype(np.int32)
