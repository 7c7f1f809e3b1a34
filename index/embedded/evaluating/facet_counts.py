"""Facet counts: the numbers of articles and stories for each facet value.

Counting works on whole arrays. Up to `HANDFUL` documents are counted one by one instead, since the overhead of thirty
array operations takes longer than that.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.embedded.evaluating.filters import FilterMasks
from index.embedded.facts.columns import Columns, FacetColumn, Mask, Numbers
from index.engine import Count
from index.facets import FACETS

Indices = NDArray[np.intp]
# As Count._make, but without a Python-level call for each of some dozens of values.
AS_COUNT: Callable[[tuple[int, int]], Count] = partial(tuple.__new__, Count)
HANDFUL = 64  # up to this many documents, counting one by one is faster than array operations


class FacetCounter:
    """Counts facet values over one generation; the counts over all its articles are cached."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._of_everything: dict[str, dict[str, Count]] = {}

    @cached_property
    def everything(self) -> "Selection":
        """The selection of all articles."""
        return select(self._columns.everything, self._columns)

    def selection(self, documents: Numbers) -> "Selection | SmallSelection":
        """Some documents prepared for counting."""
        if len(documents) <= HANDFUL:
            return select_few(documents, self._columns)
        return self.everything if documents is self._columns.everything else select(documents, self._columns)

    def counts(
        self, text: Numbers, found: "Selection | SmallSelection", passing: FilterMasks, names: Collection[str]
    ) -> dict[str, dict[str, Count]]:
        """Facet → value → count, over the documents that match the text and pass the filters of all other facets.

        `found` are the documents that pass all filters; they also serve each facet that has no filter to ignore.
        """
        if not passing.by_facet:
            return {name: self._count_facet(name, found) for name in names}
        selections: dict[frozenset[str], Selection | SmallSelection] = {frozenset(passing.by_facet): found}
        counted = {}
        for name in names:
            left_in = frozenset(passing.by_facet) - FACETS[name]
            if left_in not in selections:
                selections[left_in] = self.selection(self._within(text, passing.without(FACETS[name])))
            counted[name] = self._count_facet(name, selections[left_in])
        return counted

    def _within(self, documents: Numbers, mask: Mask | None) -> Numbers:
        return documents if mask is None else documents[mask.take(documents, mode="clip")]

    def _count_facet(self, name: str, selection: "Selection | SmallSelection") -> dict[str, Count]:
        facet = self._columns.facets[name]
        if isinstance(selection, SmallSelection):
            return count_values_of_few(facet, selection)
        if selection is not self.everything:
            return count_values(facet, selection)
        if name not in self._of_everything:
            self._of_everything[name] = count_values(facet, selection)
        return self._of_everything[name]


@dataclass(frozen=True, slots=True)
class Selection:
    """Documents to be counted, the number of their stories, and the documents that share a story with others.

    `retold`, u4[r], are the documents that share one; `stories`, u4[r], the story of each. Most articles share none.
    """

    documents: Numbers
    story_count: int
    retold: Numbers
    stories: Numbers


def select(documents: Numbers, columns: Columns) -> Selection:
    """Prepare documents for counting, once for all facets."""
    copied = documents.take(columns.stories.copied_among(documents))
    stories = columns.stories.of.take(copied, mode="clip")
    if len(copied) < 2:
        return Selection(documents, len(documents), copied[:0], stories[:0])
    order = stories.argsort()
    stories = stories.take(order)
    again = np.zeros(len(stories) + 1, bool)  # whether a document has the same story as the one before it
    np.equal(stories[1:], stories[:-1], out=again[1:-1])
    sharing = (again[:-1] | again[1:]).nonzero()[0]
    told = int(np.count_nonzero(again))
    return Selection(documents, len(documents) - told, copied.take(order.take(sharing)), stories.take(sharing))


def count_values(facet: FacetColumn, selection: Selection) -> dict[str, Count]:
    """Value → count over a selection, without values that occur in none of it.

    A value has as many stories as articles, less one for each document whose story an earlier document has too.
    """
    articles = _documents_by_code(facet, selection.documents)
    articles[0] = 0
    places = articles.nonzero()[0]
    counts = articles.take(places).tolist()
    repeats = _repeats_by_code(facet, selection) if len(selection.retold) else None
    stories = counts if repeats is None else (articles - repeats).take(places).tolist()
    found = map(AS_COUNT, zip(counts, stories, strict=True))
    return dict(zip(map(facet.value_of.__getitem__, places.tolist()), found, strict=True))


def _documents_by_code(facet: FacetColumn, documents: Numbers) -> Indices:
    """How many documents have each value, by code; code 0 means no value."""
    codes = facet.codes.take(documents, mode="clip") if facet.at is None else facet.rows(documents)[1]
    return _count_codes(codes, facet)


def _count_codes(codes: NDArray[Any], facet: FacetColumn) -> Indices:
    tallied: Indices = np.bincount(codes.astype(np.intp), minlength=len(facet.value_of))  # its own conversion is slower
    return tallied


def _repeats_by_code(facet: FacetColumn, selection: Selection) -> Indices | None:
    """By code, how many documents have the same value and story as an earlier one; None where there are none."""
    if facet.at is None:
        codes, stories = facet.codes.take(selection.retold, mode="clip"), selection.stories
    else:
        at, codes = facet.rows(selection.retold)
        stories = selection.stories[at]
    keys = stories.astype(np.int64)
    keys *= len(facet.value_of)
    keys += codes
    keys.sort()
    again = keys[1:][keys[1:] == keys[:-1]]
    return _count_codes(again % len(facet.value_of), facet) if len(again) else None


@dataclass(frozen=True, slots=True)
class SmallSelection:
    """A few documents to be counted one by one; `stories` is the story of each, None where none has copies."""

    documents: Numbers
    numbers: list[int]
    story_count: int
    stories: list[int] | None


SAME = tuple(Count(number, number) for number in range(HANDFUL + 1))  # counts with as many stories as articles


def select_few(documents: Numbers, columns: Columns) -> SmallSelection:
    """Prepare a few documents for counting."""
    numbers = documents.tolist()
    if True not in map(columns.stories.copied.data.__getitem__, numbers):
        return SmallSelection(documents, numbers, len(numbers), None)
    stories = list(map(columns.stories.of.data.__getitem__, numbers))
    return SmallSelection(documents, numbers, len(set(stories)), stories)


def count_values_of_few(facet: FacetColumn, selection: SmallSelection) -> dict[str, Count]:
    """As `count_values`, for a few documents."""
    numbers, code_of = selection.numbers, facet.codes.data.__getitem__
    places: Sequence[int] = range(len(numbers))
    if facet.at is None:
        codes = list(map(code_of, numbers))
    else:
        ends = facet.at.data
        rows = [(place, row) for place, n in enumerate(numbers) for row in range(ends[n], ends[n + 1])]
        codes, places = [code_of(row) for _, row in rows], [place for place, _ in rows]
    articles, value_of = _code_counts(codes), facet.value_of
    articles.pop(0, None)
    if selection.stories is None:
        return {value_of[code]: SAME[count] for code, count in articles.items()}
    told = _code_counts([code for code, _ in set(zip(codes, map(selection.stories.__getitem__, places), strict=True))])
    return {value_of[code]: Count(count, told[code]) for code, count in articles.items()}


def _code_counts(codes: Sequence[int]) -> dict[int, int]:
    """The frequency of each code; creating a Counter would take as long as counting these few."""
    tallied: dict[int, int] = {}
    for code in codes:
        tallied[code] = tallied.get(code, 0) + 1
    return tallied
