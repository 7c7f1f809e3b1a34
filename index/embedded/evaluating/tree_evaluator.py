"""The evaluator: applies a query tree to posting lists and returns the matching documents with their scorers.

It does not know where the arrays come from. Every operator works on whole lists at once. Facet and date conditions, and
whatever is negated, are masks over all documents and never score.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property, reduce
from typing import assert_never

import numpy as np

from index.embedded.evaluating.adjacency import ExpressionBonus, ExpressionPostings
from index.embedded.evaluating.document_sets import DocumentSet, all_of, any_of, best_of
from index.embedded.evaluating.intersection import to_mask
from index.embedded.evaluating.leaf_queries import LeafQueries, TermSource
from index.embedded.evaluating.range_masks import within_range
from index.embedded.facts.columns import Columns, Mask
from index.fact_matching import matches
from index.query.tree import (
    TEXT_FIELDS,
    And,
    DateRange,
    Everything,
    Expanded,
    Leaf,
    Node,
    Not,
    Or,
    Phrase,
    StorySize,
    Wildcard,
    Word,
)
from index.ranking import PAIR, Expression, expressions, has_content_terms, weight
from index.vocabulary import Vocabulary


class Evaluator:
    """Evaluates query trees over one generation of an index."""

    def __init__(self, terms: TermSource, vocabulary: Vocabulary, columns: Columns) -> None:
        self._leaf_queries = LeafQueries(terms, vocabulary, columns)
        self._columns = columns

    def evaluate(self, tree: Node) -> DocumentSet:
        """The live documents that match a query tree."""
        if isinstance(tree, Everything):
            return DocumentSet(self._columns.everything)
        found = _Walk(self._leaf_queries, self._columns, tree).node(tree)
        if isinstance(found, DocumentSet):
            return found
        live = found if self._columns.all_live else found & self._columns.live
        return DocumentSet(live.nonzero()[0].astype(np.uint32))

    def expression_bonus(self, tree: Node) -> ExpressionBonus | None:
        """The bonus for words that stand together as in the query; None where no document can gain one."""
        asking = has_content_terms(tree)
        found = [self._expression(expression, asking=asking) for expression in expressions(tree)]
        worthy = [expression for expression in found if expression.pairs]
        return ExpressionBonus(worthy, self._leaf_queries.bases) if worthy else None

    def _expression(self, expression: Expression, *, asking: bool) -> ExpressionPostings:
        """The postings of an expression's pairs, without those that are worth nothing."""
        pairs = []
        for pair in expression.pairs:
            weights = [weight(word, asking=asking) for word in (pair.left, pair.right)]
            found = self._leaf_queries.pair(pair, min(weights), whole=expression.whole)
            if not expression.whole:
                worth = [self._leaf_queries.worth(*each) for each in zip((pair.left, pair.right), weights, strict=True)]
                found = replace(found, worth=PAIR * sum(worth) if all(worth) else 0.0)
            if found.worth:
                pairs.append(found)
        return ExpressionPostings(tuple(pairs), expression.whole)


class _Walk:
    """One evaluation of a whole query tree; a result without scorers may be a mask, deleted documents included."""

    def __init__(self, leaf_queries: LeafQueries, columns: Columns, tree: Node) -> None:
        self._leaf_queries = leaf_queries
        self._columns = columns
        self._size = len(columns)
        self._tree = tree

    @cached_property
    def _asking(self) -> bool:
        """Whether the query has more than question words; only bare words depend on it."""
        return has_content_terms(self._tree)

    def node(self, node: Node) -> DocumentSet | Mask:
        match node:
            case And(parts):
                return self._all_of([self.node(part) for part in parts])
            case Or(parts):
                return any_of(*self._live_parts(parts), self._size)
            case Expanded(asked, ()):
                return self.node(asked)
            case Expanded(asked, also):
                lists, masks = self._live_parts([asked, *(other.leaf for other in also)])
                return best_of(lists, masks) if lists else reduce(np.logical_or, masks)
            case Not(part):
                return ~self._mask(self.node(part))
            case _:
                return self._leaf(node)

    def _leaf(self, leaf: Leaf) -> DocumentSet | Mask:
        match leaf:
            case Everything():
                return self._columns.live
            case DateRange() | StorySize():
                return within_range(self._columns, leaf)
            case Word() | Phrase() | Wildcard() if leaf.field not in TEXT_FIELDS:
                facet = self._columns.facets[str(leaf.field)]
                return facet.having([code for code, value in enumerate(facet.values, 1) if matches(leaf, value)])
            case Word():
                return self._leaf_queries.word(leaf, weight(leaf, asking=self._asking))
            case Phrase():
                return self._leaf_queries.phrase(leaf)
            case Wildcard():
                return self._leaf_queries.wildcard(leaf)
            case _:
                assert_never(leaf)

    def _live_parts(self, parts: Sequence[Node]) -> tuple[list[DocumentSet], list[Mask]]:
        """The results of the parts of a union, without deleted documents."""
        lists, masks = _split([self.node(part) for part in parts])
        return lists, masks if self._columns.all_live else [mask & self._columns.live for mask in masks]

    def _all_of(self, parts: Sequence[DocumentSet | Mask]) -> DocumentSet | Mask:
        lists, masks = _split(parts)
        mask = reduce(np.logical_and, masks) if masks else None
        if not lists and mask is not None:
            return mask
        return all_of(lists, self._size).filtered(mask)

    def _mask(self, found: DocumentSet | Mask) -> Mask:
        return to_mask(found.documents, self._size) if isinstance(found, DocumentSet) else found


def _split(found: Sequence[DocumentSet | Mask]) -> tuple[list[DocumentSet], list[Mask]]:
    lists = [part for part in found if isinstance(part, DocumentSet)]
    return lists, [part for part in found if not isinstance(part, DocumentSet)]
