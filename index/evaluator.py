"""The evaluator: a query tree over posting arrays gives the documents that match, and what scores them.

It knows arrays, not where they come from: a `TermSource` lends the posting list of a term, those of all terms that
fit a pattern, and the norms of a field. Every operator works on whole lists at once. What asks facts rather than
words, and what is denied, is a mask over all documents; it never scores.
"""

from collections.abc import Sequence
from datetime import date
from functools import reduce
from typing import Protocol, assert_never

import numpy as np

from index import bm25
from index.bm25 import Scores
from index.columnar.arrays import Array
from index.columnar.postings import Posting
from index.columns import Columns, Mask, Numbers
from index.matching import Matching, TermScorer, all_of, any_of, masked
from index.phrases import phrase
from index.rows import UNKNOWN_DAY
from index.stemming import stem
from index.tree import And, DateRange, Everything, Leaf, Node, Not, Or, Phrase, Wildcard, Word
from index.values import matches
from index.whoosh_schema import EXACT, STEM, TITLE_EXACT, TITLE_STEM

# Tree field → (exact field, stemmed field) of the index; every other tree field is a facet.
TEXT_FIELDS = {None: (EXACT, STEM), "title": (TITLE_EXACT, TITLE_STEM)}


class TermSource(Protocol):
    """Where posting lists come from. Deleted documents may be among them; unknown terms have empty lists."""

    def posting(self, field: str, term: str) -> Posting:
        """A term's documents and frequencies."""
        ...

    def placed(self, field: str, term: str) -> Posting:
        """The same with positions, in an exact field."""
        ...

    def fitting(self, field: str, pattern: str) -> Sequence[Posting]:
        """Those of all terms of an exact field that fit a pattern with `*` and `?`, in any portions."""
        ...

    def norms(self, field: str) -> Scores:
        """float32[N]: the norm of every document in a field, see `bm25`."""
        ...


class Evaluator:
    """Evaluates trees over one generation of an index."""

    def __init__(self, terms: TermSource, columns: Columns) -> None:
        self._terms = terms
        self._columns = columns
        self._size = len(columns)

    def evaluate(self, tree: Node) -> Matching:
        """The live documents that match a tree."""
        if isinstance(tree, Everything):
            return Matching(self._columns.everything)
        found = self._listed(self._node(tree))
        return found if self._columns.all_live else found.among(self._columns.live)

    def _node(self, node: Node) -> Matching | Mask:
        match node:
            case And(parts):
                return self._all_of([self._node(part) for part in parts])
            case Or(parts):
                found = [self._node(part) for part in parts]
                lists = [part for part in found if isinstance(part, Matching)]
                return any_of(lists, [part for part in found if not isinstance(part, Matching)], self._size)
            case Not(part):
                return ~self._mask(self._node(part))
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
            case Word(form, _, field):
                name = TEXT_FIELDS[field][1]
                found = self._terms.posting(name, stem(form))
                return self._scored(name, found.documents, found.counts)
            case Phrase():
                return self._phrase(leaf)
            case Wildcard(pattern, _, field):
                return self._wildcard(TEXT_FIELDS[field][0], pattern)
            case _:
                assert_never(leaf)

    def _all_of(self, parts: Sequence[Matching | Mask]) -> Matching | Mask:
        lists = [part for part in parts if isinstance(part, Matching)]
        masks = [part for part in parts if not isinstance(part, Matching)]
        mask = reduce(np.logical_and, masks) if masks else None
        if not lists and mask is not None:
            return mask
        return all_of(lists, self._size).among(mask)

    def _phrase(self, leaf: Phrase) -> Matching:
        """Scored as one term, as rare as all its words together are, times the number of its words."""
        field = TEXT_FIELDS[leaf.field][0]
        if len(leaf.forms) == 1:
            found = self._terms.posting(field, leaf.forms[0])
            return self._scored(field, found.documents, found.counts)
        documents, counts = phrase([self._terms.placed(field, form) for form in leaf.forms], leaf.slop, self._size)
        return self._scored(field, documents, counts, len(leaf.forms))

    def _wildcard(self, field: str, pattern: str) -> Matching:
        """Every word that fits, counted together as if it were one term."""
        fitting = self._terms.fitting(field, pattern)
        if not fitting:
            return Matching(np.empty(0, np.uint32))
        documents = np.concatenate([posting.documents for posting in fitting], dtype=np.intp)
        counts = np.concatenate([posting.counts for posting in fitting], dtype=np.float64)
        summed = np.bincount(documents, weights=counts, minlength=self._size)
        found = np.flatnonzero(summed > 0).astype(np.uint32)
        return self._scored(field, found, summed.take(found))

    def _scored(self, field: str, documents: Numbers, counts: Array, times: int = 1) -> Matching:
        weight = bm25.weight(self._size, len(documents)) * times if self._size else 0.0
        return Matching(documents, (TermScorer(counts, self._terms.norms(field), weight),))

    def _listed(self, found: Matching | Mask) -> Matching:
        return found if isinstance(found, Matching) else Matching(np.flatnonzero(found).astype(np.uint32))

    def _mask(self, found: Matching | Mask) -> Mask:
        return masked(found.documents, self._size) if isinstance(found, Matching) else found


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
