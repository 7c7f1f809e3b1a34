"""Which parts of a query a text has, found in one pass over the text for all parts together."""

from collections.abc import Sequence

from index.answers.marking.highlighting import build_highlighter, find_marks, terms_of
from index.query.subqueries import any_of
from index.query.tree import Node


class PartFinder:
    """Tells which of some expanded query trees, at least one, match anything in a text."""

    def __init__(self, trees: Sequence[Node]) -> None:
        self._highlighter = build_highlighter(any_of(trees))
        self._terms = [terms_of(tree, self._highlighter) for tree in trees]

    def found_in(self, paragraphs: Sequence[str]) -> tuple[bool, ...]:
        """Whether each tree matches anything in the paragraphs; no phrase runs from one into the next."""
        starts = [0]
        for paragraph in paragraphs:
            starts.append(starts[-1] + len(paragraph) + 1)
        marks = find_marks("\n".join(paragraphs), self._highlighter, starts[:-1])
        found = frozenset[int]().union(*(mark.terms for mark in marks))
        return tuple(not found.isdisjoint(terms) for terms in self._terms)
