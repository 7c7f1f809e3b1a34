"""The evaluator: a query tree over posting arrays gives the documents that match, and what scores them.

It knows arrays, not where they come from. Every operator works on whole lists at once. What asks facts rather than
words, and what is denied, is a mask over all documents; it never scores.
"""

from collections.abc import Sequence
from datetime import date
from functools import cached_property, reduce
from typing import assert_never

import numpy as np

from index.embedded.evaluating.adjacency import Neighbours
from index.embedded.evaluating.document_sets import Matching, all_of, any_of, best_of
from index.embedded.evaluating.intersection import masked
from index.embedded.evaluating.leaf_queries import TEXT_FIELDS, Leaves, TermSource
from index.embedded.facts.columns import Columns, Mask
from index.embedded.facts.rows import UNKNOWN_DAY
from index.engine import Vocabulary
from index.fact_matching import matches
from index.query.tree import And, DateRange, Everything, Expanded, Leaf, Node, Not, Or, Phrase, Wildcard, Word
from index.ranking import PAIR, asks_more, neighbours, weight


class Evaluator:
    """Evaluates trees over one generation of an index."""

    def __init__(self, terms: TermSource, vocabulary: Vocabulary, columns: Columns) -> None:
        self._leaves = Leaves(terms, vocabulary, len(columns))
        self._columns = columns

    def evaluate(self, tree: Node) -> Matching:
        """The live documents that match a tree."""
        if isinstance(tree, Everything):
            return Matching(self._columns.everything)
        found = listed(_Walk(self._leaves, self._columns, tree).node(tree))
        return found if self._columns.all_live else found.among(self._columns.live)

    def neighbours(self, tree: Node) -> Neighbours | None:
        """What documents gain where words stand side by side as they do in a tree; None where nothing can."""
        beside = tuple(neighbours(tree))
        if not beside:
            return None
        pairs, asking = [], asks_more(tree)
        for left, right in beside:
            worth = [self._leaves.worth(word, weight(word, asking=asking)) for word in (left, right)]
            if all(worth):
                pairs.append(self._leaves.pair(left.form, right.form, PAIR * sum(worth)))
        return Neighbours(pairs, self._leaves.bases) if pairs else None


class _Walk:
    """One evaluation of a whole tree."""

    def __init__(self, leaves: Leaves, columns: Columns, tree: Node) -> None:
        self._leaves = leaves
        self._columns = columns
        self._size = len(columns)
        self._tree = tree

    @cached_property
    def _asking(self) -> bool:
        """Whether the query has more than question words; only bare words need to know."""
        return asks_more(self._tree)

    def node(self, node: Node) -> Matching | Mask:
        match node:
            case And(parts):
                return self._all_of([self.node(part) for part in parts])
            case Or(parts):
                return any_of(*_sorted_out([self.node(part) for part in parts]), self._size)
            case Expanded(asked, ()):
                return self.node(asked)
            case Expanded(asked, also):
                return best_of(*_sorted_out([self.node(part) for part in (asked, *(other.leaf for other in also))]))
            case Not(part):
                return ~self._mask(self.node(part))
            case _:
                return self._leaf(node)

    def _leaf(self, leaf: Leaf) -> Matching | Mask:
        match leaf:
            case Everything():
                return self._columns.live
            case DateRange(first, last):
                return dated(self._columns, first, last)
            case Word() | Phrase() | Wildcard() if leaf.field not in TEXT_FIELDS:
                coded = self._columns.coded[str(leaf.field)]
                return coded.having([place for place, value in enumerate(coded.values, 1) if matches(leaf, value)])
            case Word():
                return self._leaves.word(leaf, weight(leaf, asking=self._asking))
            case Phrase():
                return self._leaves.phrase(leaf)
            case Wildcard():
                return self._leaves.wildcard(leaf)
            case _:
                assert_never(leaf)

    def _all_of(self, parts: Sequence[Matching | Mask]) -> Matching | Mask:
        lists, masks = _sorted_out(parts)
        mask = reduce(np.logical_and, masks) if masks else None
        if not lists and mask is not None:
            return mask
        return all_of(lists, self._size).among(mask)

    def _mask(self, found: Matching | Mask) -> Mask:
        return masked(found.documents, self._size) if isinstance(found, Matching) else found


def _sorted_out(found: Sequence[Matching | Mask]) -> tuple[list[Matching], list[Mask]]:
    lists = [part for part in found if isinstance(part, Matching)]
    return lists, [part for part in found if not isinstance(part, Matching)]


def listed(found: Matching | Mask) -> Matching:
    """What was found as a list of documents; a mask scores nothing."""
    return found if isinstance(found, Matching) else Matching(found.nonzero()[0].astype(np.uint32))


def perhaps_dated(columns: Columns, first: date | None, last: date | None) -> Mask:
    """bool[N]: documents whose date may lie between two days but need not; undated ones always may."""
    mask: Mask = columns.first == UNKNOWN_DAY
    outside = np.zeros(len(columns), bool)
    overlapping = ~mask
    if first is not None:
        outside |= columns.first < first.toordinal()
        overlapping &= columns.last >= first.toordinal()
    if last is not None:
        outside |= columns.last > last.toordinal()
        overlapping &= columns.first <= last.toordinal()
    return mask | (overlapping & outside)


def dated(columns: Columns, first: date | None, last: date | None) -> Mask:
    """bool[N]: documents whose whole date lies between two days; undated ones never do, unless both are None."""
    if first is None and last is None:
        return np.ones(len(columns), bool)
    mask: Mask = columns.first != UNKNOWN_DAY
    if first is not None:
        mask &= columns.first >= first.toordinal()
    if last is not None:
        mask &= columns.last <= last.toordinal()
    return mask
