"""Facet counts: the numbers of articles and stories for each facet value.

Counting works on whole arrays. Up to `HANDFUL` documents are counted one by one instead, since the overhead of thirty
array operations takes longer than that.
"""

from collections.abc import Callable, Collection, ItemsView, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.embedded.evaluating.bounds import reached_by
from index.embedded.evaluating.filters import FilterMasks
from index.embedded.facts.columns import Columns, FacetColumn, Mask, Numbers
from index.embedded.facts.joint_columns import JointColumn, joint_columns
from index.facets import FACETS, NONE, Count, Counted, FacetCounts

Indices = NDArray[np.intp]
# As Count._make, but without a Python-level call for each of some dozens of values.
AS_COUNT: Callable[[tuple[int, int]], Count] = partial(tuple.__new__, Count)
ENOUGH = 2  # documents for each combination of values, from which on counting combinations is faster
STORY_BITS = 32  # of the number of a story
HANDFUL = 64  # up to this many documents, counting one by one is faster than array operations


class FacetCounter:
    """Counts facet values over one generation; the counts over all its articles are cached."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._of_everything: dict[str, FacetCounts] = {}

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
    ) -> dict[str, FacetCounts]:
        """The counts of each facet over the documents that match the text and pass the filters of all other facets.

        `found` are the documents that pass all filters; they also serve each facet that has no filter to ignore.
        """
        filtered = frozenset(passing.by_facet)
        together: dict[frozenset[str], list[str]] = {}
        for name in names:
            together.setdefault(filtered - FACETS[name], []).append(name)
        counted: dict[str, FacetCounts] = {}
        for left_in, some in together.items():
            whole = left_in == filtered
            selection = found if whole else self.selection(self._within(text, passing.without(filtered - left_in)))
            counted.update(self._counted(some, selection))
        return {name: counted[name] for name in names}

    def _within(self, documents: Numbers, mask: Mask | None) -> Numbers:
        return documents if mask is None else documents[mask.take(documents, mode="clip")]

    @cached_property
    def _joint(self) -> dict[str, JointColumn]:
        return {name: one for one in joint_columns(self._columns.facets) for name in one.parts}

    def _tallied(self, name: str, selection: "Selection") -> Indices | None:
        """The number of documents by code, counted with other facets; None where it is better counted alone."""
        if name not in selection.tallied:
            column = self._joint.get(name)
            if column is None or len(selection.documents) < ENOUGH * column.combinations:
                return None
            selection.tallied.update(column.counts(selection.documents))
        return selection.tallied[name]

    def _counted(self, names: Sequence[str], selection: "Selection | SmallSelection") -> dict[str, FacetCounts]:
        facets = {name: self._columns.facets[name] for name in names}
        if isinstance(selection, SmallSelection):
            return {name: count_values_of_few(facet, selection) for name, facet in facets.items()}
        if selection is self.everything:
            new = {name: facet for name, facet in facets.items() if name not in self._of_everything}
            self._of_everything.update(count_values(new, selection, {}))
            return {name: self._of_everything[name] for name in names}
        return count_values(facets, selection, {name: self._tallied(name, selection) for name in names})


@dataclass(frozen=True, slots=True)
class Selection:
    """Documents to be counted, the number of their stories, and the documents that share a story with others.

    `retold`, u4[r], are the documents that share one; `stories`, u4[r], the story of each. Most articles share none.
    """

    documents: Numbers
    story_count: int
    retold: Numbers
    stories: Numbers
    tallied: dict[str, Indices] = field(default_factory=dict, compare=False)  # of joint columns, by facet and code


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


class ColumnCounts(FacetCounts):
    """The counts of a facet as arrays by code, of articles and of stories; code 0 counts those that have no value."""

    def __init__(self, facet: FacetColumn, articles: Indices, stories: Indices) -> None:
        super().__init__({}, Count(int(articles[0]), int(stories[0])))
        self._facet = facet
        self._articles = articles
        self._stories = stories

    @cached_property
    def _whole(self) -> dict[str, Count]:
        return dict(self._counted(self._articles[1:].nonzero()[0] + 1))

    def __iter__(self) -> Iterator[str]:
        return iter(self._whole)

    def items(self) -> ItemsView[str, Count]:
        """See `FacetCounts`."""
        return self._whole.items()

    def __getitem__(self, value: str) -> Count:
        for code in self._facet.codes_of([value]):
            if self._articles[code]:
                return Count(int(self._articles[code]), int(self._stories[code]))
        raise KeyError(value)

    def __len__(self) -> int:
        return int(np.count_nonzero(self._articles[1:]))

    def most_frequent(self, most: int, *, by_stories: bool = False) -> list[Counted]:
        """See `FacetCounts`; only what is returned is made into strings and tuples."""
        counts = (self._stories if by_stories else self._articles)[1:]
        least = reached_by(counts, most) if 0 < most < len(counts) else 0
        places = (counts >= max(least, 1)).nonzero()[0]
        first = (-counts.take(places)).argsort(kind="stable")[:most]  # values ascend by code
        return list(self._counted(places.take(first) + 1))

    def _counted(self, codes: Indices) -> Iterator[Counted]:
        """Some values with their counts, by code."""
        articles, stories = self._articles.take(codes).tolist(), self._stories.take(codes).tolist()
        counts = map(AS_COUNT, zip(articles, stories, strict=True))
        return zip(map(self._facet.value_of.__getitem__, codes.tolist()), counts, strict=True)


def count_values(
    facets: Mapping[str, FacetColumn], selection: Selection, articles: Mapping[str, Indices | None]
) -> dict[str, FacetCounts]:
    """The counts of some facets over a selection; `articles` is its number of documents by code, where it is known.

    A value has as many stories as articles, less one for each document whose story an earlier document has too.
    """
    repeats = _repeats_by_code(facets, selection) if len(selection.retold) else {}
    counted: dict[str, FacetCounts] = {}
    for name, facet in facets.items():
        known = articles.get(name)
        own = _documents_by_code(facet, selection.documents) if known is None else known
        counted[name] = ColumnCounts(facet, own, own - repeats[name] if name in repeats else own)
    return counted


def _documents_by_code(facet: FacetColumn, documents: Numbers) -> Indices:
    """How many documents have each value, by code; code 0 means no value."""
    articles = _count_codes(facet.first.take(documents, mode="clip"), facet)
    owners, codes = facet.further
    if len(owners) and len(documents):
        at = documents.searchsorted(owners)
        articles += _count_codes(codes[documents.take(at, mode="clip") == owners], facet)
    return articles


def _count_codes(codes: NDArray[Any], facet: FacetColumn) -> Indices:
    tallied: Indices = np.bincount(codes.astype(np.intp), minlength=len(facet.value_of))  # its own conversion is slower
    return tallied


def _repeats_by_code(facets: Mapping[str, FacetColumn], selection: Selection) -> dict[str, Indices]:
    """Facet → by code, how many documents have the same value and story as an earlier one.

    All facets are counted in one array of keys: facet, story, and the code among the codes of all facets.
    """
    ends = list(accumulate(len(facet.value_of) for facet in facets.values()))
    total = ends[-1] if ends else 0
    stories = selection.stories.astype(np.int64) * total
    keys = [np.empty(0, np.int64)]
    for number, (facet, end) in enumerate(zip(facets.values(), ends, strict=True)):
        keys.append(_story_keys(facet, selection.retold, stories))
        keys[-1] += number * (total << STORY_BITS) + end - len(facet.value_of)
    every = np.concatenate(keys)
    every.sort(kind="stable")  # facets and stories ascend, so all but the codes of a story are in order
    again = every[1:][every[1:] == every[:-1]]
    tallied = np.bincount(again % total, minlength=total) if total else again
    begins = [0, *ends[:-1]]
    return {name: tallied[begin:end] for name, begin, end in zip(facets, begins, ends, strict=False)}


def _story_keys(facet: FacetColumn, documents: Numbers, stories: NDArray[np.int64]) -> NDArray[np.int64]:
    """The story of each document plus the code of its value; one key for each of several values."""
    if facet.at is None:
        keys: NDArray[np.int64] = stories + facet.codes.take(documents, mode="clip")
        return keys
    at, codes = facet.rows(documents)
    return np.concatenate((stories[at] + codes, stories[facet.first.take(documents, mode="clip") == 0]))


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


def count_values_of_few(facet: FacetColumn, selection: SmallSelection) -> FacetCounts:
    """As `count_values`, for a few documents."""
    numbers, code_of = selection.numbers, facet.codes.data.__getitem__
    places: Sequence[int] = range(len(numbers))
    if facet.at is None:
        codes = list(map(code_of, numbers))
    else:
        ends = facet.at.data
        rows = [(place, row) for place, n in enumerate(numbers) for row in range(ends[n], ends[n + 1])]
        empty = [place for place, n in enumerate(numbers) if ends[n] == ends[n + 1]]
        codes, places = [code_of(row) for _, row in rows] + [0] * len(empty), [place for place, _ in rows] + empty
    articles, value_of = _code_counts(codes), facet.value_of
    if selection.stories is None:
        counts = {code: SAME[count] for code, count in articles.items()}
    else:
        stories = map(selection.stories.__getitem__, places)
        told = _code_counts([code for code, _ in set(zip(codes, stories, strict=True))])
        counts = {code: Count(count, told[code]) for code, count in articles.items()}
    missing = counts.pop(0, NONE)
    return FacetCounts({value_of[code]: count for code, count in counts.items()}, missing)


def _code_counts(codes: Sequence[int]) -> dict[int, int]:
    """The frequency of each code; creating a Counter would take as long as counting these few."""
    tallied: dict[int, int] = {}
    for code in codes:
        tallied[code] = tallied.get(code, 0) + 1
    return tallied
