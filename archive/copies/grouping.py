"""Grouping: from the relations of text pairs to the stories and loose groups of articles.

Texts are clustered around leads by the relations that make a story, and stories are clustered around leads by the
looser relations. Articles belong where their text belongs. Texts that share passages across groups are linked, the
strongest links first. A text has at most LINKS links: a stock paragraph would otherwise link everything to everything.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from archive.copies.composites import composites
from archive.copies.ragged_arrays import Flags, Indices, Positions
from archive.copies.relations import (
    CODES,
    CONTAINED,
    LOOSE_GROUP,
    SAME_STORY,
    Codes,
    ComparedPairs,
    Relation,
    at_least,
    relations,
    round_ups,
)
from archive.copies.star_clustering import CLOSE, WeightedEdges, star_clusters
from archive.copies.stories import Links, Memberships, StageCounts, Stories
from archive.copies.told import ToldOfArticles, ToldOfTexts, told_apart, told_together

LINKS = 8  # for each text
MOST_SHARED = 0xFFFFFFFF


@dataclass(frozen=True, slots=True, eq=False)
class DistinctTexts:
    """The distinct texts in order of digest, and the articles that have them.

    `digests`, `rows` (of a representative article) and `sizes` are per text; `article_rows` and `text_of` are per
    article. `told_of` gives what the articles of some rows say of themselves.
    """

    digests: npt.NDArray[np.uint64]
    rows: Indices
    sizes: Indices
    article_rows: Indices
    text_of: Indices
    told_of: Callable[[Indices], ToldOfArticles]

    def told(self, wanted: Flags) -> ToldOfTexts:
        """What the articles of the wanted texts say; nothing for the others, which are most."""
        some = np.flatnonzero(wanted[self.text_of])
        return self.told_of(self.article_rows[some]).of_texts(self.text_of[some], len(self.rows))


@dataclass(frozen=True, slots=True, eq=False)
class _Groups:
    """For each text: the leads of its story and of its loose group, and its relation (a code) to `above`.

    `above` is the lead of its story; for the lead of a story it is the lead of the loose group.
    """

    story: Indices
    loose: Indices
    above: Indices
    relation: Codes


def group_articles(texts: DistinctTexts, compared: ComparedPairs, ids: Sequence[str]) -> Stories:
    """Group articles by the relations of their texts; `ids` are the article ids by row."""
    codes = relations(compared)
    held = at_least(CONTAINED, compared.shared, compared.shorter) & (codes != CODES[Relation.TEMPLATE])
    told = texts.told(_in_pairs(compared, held))
    codes = told_apart(compared, told_together(compared, codes, told), told)
    codes = round_ups(compared, composites(compared, codes, told))
    groups = _groups(texts, compared, codes)
    links = _links(compared, codes, groups.loose)
    articles = _Articles(texts, groups, links, ids)
    memberships = articles.memberships()
    counts = {relation: int(np.count_nonzero(codes == code)) for relation, code in CODES.items()}
    stages = StageCounts(
        fingerprinted=len(texts.article_rows),
        texts=len(texts.rows),
        candidates=len(codes),
        edited=counts[Relation.EDITED],
        cut=counts[Relation.CUT],
        templates=counts[Relation.TEMPLATE],
        round_ups=counts[Relation.ROUND_UP],
        passages=counts[Relation.PASSAGES],
        stories=int(np.count_nonzero(np.bincount(memberships.story) > 1)),
    )
    return Stories(articles.names, memberships, articles.links(), stages)


def _groups(texts: DistinctTexts, compared: ComparedPairs, codes: Codes) -> _Groups:
    """Cluster texts into stories, and stories into loose groups."""
    near = np.flatnonzero(_has_relation(codes, (*SAME_STORY, *LOOSE_GROUP)))
    compared, codes = compared.take(near), codes[near]
    similarity = compared.shared / np.maximum(compared.either, 1)
    copies = np.flatnonzero(_has_relation(codes, SAME_STORY))
    story, edge_of = star_clusters(_edges(compared.left, compared.right, similarity, copies), texts.sizes)
    templates = np.flatnonzero(codes == CODES[Relation.TEMPLATE])
    lead_similarity = np.append(similarity[copies], np.inf)[edge_of]
    _split_templates(story, edge_of, lead_similarity, (compared.left[templates], compared.right[templates]))
    left, right = story[compared.left], story[compared.right]
    loose_pairs = np.flatnonzero(_has_relation(codes, LOOSE_GROUP) & (left != right))
    all_close = np.maximum(similarity, CLOSE)  # so that a round-up leads its sources, however long it is
    loose, loose_edge_of = star_clusters(_edges(left, right, all_close, loose_pairs), texts.sizes)
    relation = np.zeros(len(story), np.uint8)
    for edges, pairs in ((loose_edge_of, loose_pairs), (edge_of, copies)):
        bound = edges >= 0
        relation[bound] = codes[pairs[edges[bound]]]
    above = np.where(edge_of >= 0, story, loose)
    return _Groups(story, loose[story], above, relation)


def _split_templates(
    story: Indices, edge_of: Indices, lead_similarity: npt.NDArray[np.float64], templates: tuple[Positions, Positions]
) -> None:
    """Remove from a story any member of one template with another member that is more similar to the lead.

    What such members share with the lead is the template.
    """
    left, right = templates
    together = story[left] == story[right]
    left, right = left[together], right[together]
    farther = np.where(lead_similarity[left] < lead_similarity[right], left, right)
    story[farther], edge_of[farther] = farther, -1


def _in_pairs(compared: ComparedPairs, pairs: Flags) -> Flags:
    """Which texts are in some of the pairs."""
    found = np.zeros(len(compared.sizes), np.bool_)
    found[compared.left[pairs]] = found[compared.right[pairs]] = True
    return found


def _has_relation(codes: Codes, wanted: Sequence[Relation]) -> Flags:
    return np.isin(codes, [CODES[relation] for relation in wanted])


def _edges(left: Positions, right: Positions, similarity: npt.NDArray[np.float64], pairs: Indices) -> WeightedEdges:
    return WeightedEdges(left[pairs].astype(np.int64), right[pairs].astype(np.int64), similarity[pairs])


@dataclass(frozen=True, slots=True, eq=False)
class _TextLinks:
    """Links between texts, sorted by the near text, most shared shingles first."""

    near: Positions
    far: Positions
    relation: Codes
    shared: Indices


def _links(compared: ComparedPairs, codes: Codes, loose: Indices) -> _TextLinks:
    """The pairs that share passages across groups, from both sides, at most LINKS for each text."""
    pairs = np.flatnonzero((codes != CODES[Relation.NONE]) & (loose[compared.left] != loose[compared.right]))
    near = np.concatenate((compared.right[pairs], compared.left[pairs]))  # so far texts ascend for each text
    shared = np.tile(compared.evidence["shared"][pairs], 2)
    order = np.argsort(near.astype(np.int64) << 32 | MOST_SHARED - shared, kind="stable")
    near = near[order]
    order = order[np.arange(len(near)) - np.searchsorted(near, near) < LINKS]
    far = np.concatenate((compared.left[pairs], compared.right[pairs]))[order]
    near = np.concatenate((compared.right[pairs], compared.left[pairs]))[order]
    return _TextLinks(near, far, np.tile(codes[pairs], 2)[order], shared[order])


class _Articles:
    """The articles that have relatives, sorted by id, with their texts' groups and links."""

    def __init__(self, texts: DistinctTexts, groups: _Groups, links: _TextLinks, ids: Sequence[str]) -> None:
        self._groups = groups
        self._links = links
        related = np.bincount(texts.text_of, minlength=len(texts.rows)) > 1
        related[groups.loose != np.arange(len(texts.rows))] = True
        related[groups.loose[related]] = related[groups.above[related]] = True
        related[links.near] = True
        self._choose(texts, related, ids)

    def _choose(self, texts: DistinctTexts, related: Flags, ids: Sequence[str]) -> None:
        mine = np.flatnonzero(related[texts.text_of])
        names = [ids[row] for row in texts.article_rows[mine].tolist()]
        order = sorted(range(len(names)), key=names.__getitem__)
        self.names = [names[place] for place in order]
        self._text = texts.text_of[mine][np.array(order, np.int64)]
        self._first = np.zeros(len(texts.rows), np.int64)  # the smallest id of each text
        self._first[self._text[::-1]] = np.arange(len(self._text))[::-1]

    def memberships(self) -> Memberships:
        """Every article's groups and relation."""
        text, groups = self._text, self._groups
        same = (groups.story[text] == text) & (self._first[text] != np.arange(len(text)))  # as the story's lead
        return Memberships(
            text.astype(np.int32),
            self._first_row_of_group(groups.story[text]),
            self._first_row_of_group(groups.loose[text]),
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

    def _first_row_of_group(self, groups: Indices) -> npt.NDArray[np.int32]:
        """The first row of each row's group."""
        _, first, group_of = np.unique(groups, return_index=True, return_inverse=True)
        return first[group_of].astype(np.int32)
