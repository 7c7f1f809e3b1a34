"""The evaluator: a query tree over posting arrays gives the documents that match and their scores.

It knows arrays, not where they come from: a `Postings` source lends, for each term of a field, its document numbers and
frequencies, and for the exact fields its positions. Every operator works on whole posting lists at once.

A result is `Scored(documents uint32[n] ascending and unique, scores float32[n])`. A position is kept as a key
`document << 32 | position`, uint64 and ascending, so that "k positions further in the same document" is addition.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fnmatch import translate
from functools import reduce
from re import compile as pattern
from typing import Protocol, assert_never

import numpy as np
from numpy.typing import NDArray

from index.bm25 import bm25
from index.columns import UNKNOWN_DAY, Columns, Mask, Numbers
from index.stemming import stem
from index.tree import And, DateRange, Everything, Leaf, Node, Not, Or, Phrase, Wildcard, Word
from index.values import matches

Keys = NDArray[np.uint64]
Scores = NDArray[np.float32]
LAST_CHARACTER = "\U0010ffff"  # sorts after everything a word can go on with
# Tree field → (exact field, stemmed field) of the index; every other tree field is a facet.
TEXT_FIELDS = {None: ("exact", "stem"), "title": ("title_exact", "title_stem")}


@dataclass(frozen=True, slots=True)
class Scored:
    """Matching documents, ascending, and the score of each."""

    documents: Numbers
    scores: Scores


class Postings(Protocol):
    """Where posting arrays come from. Deleted documents may be among them; unknown terms have empty arrays."""

    def frequencies(self, field: str, term: str) -> tuple[Numbers, Scores]:
        """The documents a term stands in, ascending, and how often in each."""
        ...

    def positions(self, field: str, term: str) -> Keys:
        """The keys of all positions of a term in an exact field, ascending."""
        ...

    def lengths(self, field: str) -> Scores:
        """float32[N]: how many tokens each document has in a field."""
        ...

    def vocabulary(self, field: str) -> Sequence[str]:
        """Every term of a field, ascending."""
        ...


class Evaluator:
    """Evaluates trees over one generation of an index."""

    def __init__(self, postings: Postings, columns: Columns) -> None:
        self._postings = postings
        self._columns = columns
        self._size = len(columns.live)

    def evaluate(self, tree: Node) -> Scored:
        """The live documents that match a tree, with their scores."""
        found = self._node(tree)
        live = self._columns.live[found.documents]
        return found if live.all() else Scored(found.documents[live], found.scores[live])

    def _node(self, node: Node) -> Scored:
        match node:
            case And(parts):
                return self._all_of(parts)
            case Or(parts):
                return self._any_of([self._node(part) for part in parts])
            case Not(part):
                return self._unscored(~self._mask(self._node(part)))
            case _:
                return self._leaf(node)

    def _leaf(self, leaf: Leaf) -> Scored:
        match leaf:
            case Everything():
                return self._unscored(self._columns.live)
            case DateRange():
                return self._unscored(self._dated(leaf))
            case Word() | Phrase() | Wildcard() if leaf.field not in TEXT_FIELDS:
                return self._unscored(self._fact(leaf))
            case Word(form, _, field):
                name = TEXT_FIELDS[field][1]
                return self._scored(name, *self._postings.frequencies(name, stem(form)))
            case Phrase():
                return self._phrase(leaf)
            case Wildcard(wanted, _, field):
                return self._wildcard(TEXT_FIELDS[field][0], wanted)
            case _:
                assert_never(leaf)

    def _all_of(self, parts: Sequence[Node]) -> Scored:
        wanted = [self._node(part) for part in parts if not isinstance(part, Not)]
        wanted.sort(key=lambda scored: len(scored.documents))
        found = reduce(_both, wanted) if wanted else self._unscored(self._columns.live)
        for part in parts:
            if isinstance(part, Not):
                kept = ~self._mask(self._node(part.part))[found.documents]
                found = Scored(found.documents[kept], found.scores[kept])
        return found

    def _any_of(self, parts: Sequence[Scored]) -> Scored:
        mask, total = np.zeros(self._size, bool), np.zeros(self._size, np.float32)
        for part in parts:
            mask[part.documents] = True
            total[part.documents] += part.scores
        documents = np.flatnonzero(mask).astype(np.uint32)
        return Scored(documents, total[documents])

    def _phrase(self, phrase: Phrase) -> Scored:
        """Chains of positions, each at most `slop` after the last; scored as one term as rare as all its words are."""
        field = TEXT_FIELDS[phrase.field][0]
        keys = [self._postings.positions(field, form) for form in phrase.forms]
        ends = reduce(lambda reached, following: _followed(reached, following, phrase.slop), keys)
        documents, counts = np.unique(_documents(ends), return_counts=True)
        return self._scored(field, documents, counts.astype(np.float32), weight=len(phrase.forms))

    def _wildcard(self, field: str, wanted: str) -> Scored:
        """Every word that fits, counted together as if it were one term."""
        frequency = np.zeros(self._size, np.float32)
        for term in fitting(self._postings.vocabulary(field), wanted):
            documents, counts = self._postings.frequencies(field, term)
            frequency[documents] += counts
        documents = np.flatnonzero(frequency).astype(np.uint32)
        return self._scored(field, documents, frequency[documents])

    def _scored(self, field: str, documents: Numbers, frequencies: Scores, weight: int = 1) -> Scored:
        scores = bm25(frequencies, documents, self._postings.lengths(field))
        return Scored(documents, scores if weight == 1 else scores * np.float32(weight))

    def _fact(self, leaf: Word | Phrase | Wildcard) -> Mask:
        coded = self._columns.coded[str(leaf.field)]
        return coded.having([code for code, value in enumerate(coded.values) if matches(leaf, value)], self._size)

    def _dated(self, days: DateRange) -> Mask:
        return dated(self._columns, days.first, days.last)

    def _unscored(self, mask: Mask) -> Scored:
        documents = np.flatnonzero(mask).astype(np.uint32)
        return Scored(documents, np.zeros(len(documents), np.float32))

    def _mask(self, scored: Scored) -> Mask:
        mask = np.zeros(self._size, bool)
        mask[scored.documents] = True
        return mask


def dated(columns: Columns, first: date | None, last: date | None) -> Mask:
    """bool[N]: documents whose whole date lies between two days; undated ones never do, unless both are None."""
    if first is None and last is None:
        return np.ones(len(columns.live), bool)
    mask: Mask = columns.first != UNKNOWN_DAY
    if first is not None:
        mask &= columns.first >= first.toordinal()
    if last is not None:
        mask &= columns.last <= last.toordinal()
    return mask


def _both(left: Scored, right: Scored) -> Scored:
    documents, at_left, at_right = np.intersect1d(
        left.documents, right.documents, assume_unique=True, return_indices=True
    )
    return Scored(documents, left.scores[at_left] + right.scores[at_right])


def _followed(reached: Keys, following: Keys, slop: int) -> Keys:
    """The keys of `following` that stand 1 to `slop` positions after one of `reached`."""
    if not len(reached):
        return reached
    before = np.searchsorted(reached, following)  # how many reached keys lie before each
    nearest = reached[np.maximum(before, 1) - 1]
    kept: Keys = following[(before > 0) & (following - nearest <= np.uint64(slop))]
    return kept


def _documents(keys: Keys) -> Numbers:
    return (keys >> np.uint64(32)).astype(np.uint32)


def fitting(vocabulary: Sequence[str], wanted: str) -> list[str]:
    """The words of an ascending vocabulary that fit a pattern; only those with its literal beginning are tried."""
    prefix = wanted[: min(wanted.find(sign) for sign in "*?" if sign in wanted)]
    begin, end = bisect_left(vocabulary, prefix), bisect_left(vocabulary, prefix + LAST_CHARACTER)
    return list(filter(pattern(translate(wanted)).match, vocabulary[begin:end]))
