"""Counting: filters as masks, and how many articles and stories have each value of each facet.

Documents are counted by whole arrays. A handful of them is counted one by one, which the overhead of thirty array
operations would take longer than.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial, reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.embedded.evaluating.query_tree import dated, perhaps_dated
from index.embedded.facts.columns import Coded, Columns, Mask, Numbers
from index.engine import Count
from index.facets import FACETS, FILTERS
from index.query.date_ranges import days
from index.query.request import Query

Places = NDArray[np.intp]
KEPT_MASKS = 64  # of filters asked before; readers narrow by the same few values again and again
# What Count._make does, without a call of Python for each of some dozens.
AS_COUNT: Callable[[tuple[int, int]], Count] = partial(tuple.__new__, Count)
HANDFUL = 64  # so many documents are counted one by one sooner than by arrays


@dataclass(frozen=True)
class Filters:
    """What a query filters by, as masks over all documents: one a facet chosen or excluded from, one of its days.

    `perhaps` are the documents that the days leave out although they may lie within.
    """

    by_facet: Mapping[str, Mask]
    days: Mask | None
    perhaps: Mask | None = None

    def without(self, left_out: frozenset[str]) -> Mask | None:
        """bool[N]: documents that pass every filter but those of some facets; None where there is no filter left."""
        masks = [mask for name, mask in self.by_facet.items() if name not in left_out]
        if self.days is not None:
            masks.append(self.days)
        return reduce(np.logical_and, masks) if masks else None

    def undated_left_out(self, documents: Numbers) -> int:
        """How many documents pass every filter but that of days, and may lie within them without being known to."""
        if self.perhaps is None:
            return 0
        mask: Mask = reduce(np.logical_and, self.by_facet.values(), self.perhaps)
        return int(np.count_nonzero(mask.take(documents, mode="clip")))


NO_FILTERS = Filters({}, None)


class Filtering:
    """Makes the filters of queries over one generation, and keeps the masks made last."""

    def __init__(self, columns: Columns) -> None:
        masks = _Masks(columns)
        self._facet: Callable[[str, tuple[str, ...], tuple[str, ...]], Mask] = lru_cache(KEPT_MASKS)(masks.chosen)
        self._days: Callable[[str | None, str | None], tuple[Mask, Mask | None]] = lru_cache(KEPT_MASKS)(masks.dated)

    def filters(self, query: Query) -> Filters:
        """The masks of a query's filters."""
        if not (query.chosen or query.excluded or query.since or query.until):
            return NO_FILTERS
        asked = {*query.chosen, *query.excluded} & FILTERS
        by_facet = {n: self._facet(n, query.chosen.get(n, ()), query.excluded.get(n, ())) for n in sorted(asked)}
        if not (query.since or query.until):
            return Filters(by_facet, None)
        return Filters(by_facet, *self._days(query.since, query.until))


class _Masks:
    """Makes masks; by itself, so that what keeps them does not keep itself alive."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns

    def dated(self, since: str | None, until: str | None) -> tuple[Mask, Mask | None]:
        """Documents dated within a range of days, and those that may be."""
        first, last = days(since, until)
        perhaps = perhaps_dated(self._columns, first, last)
        return dated(self._columns, first, last), perhaps if perhaps.any() else None

    def chosen(self, name: str, chosen: tuple[str, ...], excluded: tuple[str, ...]) -> Mask:
        """Documents with any of the values chosen, or with any, less those with one that is excluded."""
        mask = self._having(name, chosen) if chosen else np.ones(len(self._columns), bool)
        return mask & ~self._having(name, excluded) if excluded else mask

    def _having(self, name: str, values: Sequence[str]) -> Mask:
        if name == "story":
            found = [number for value in values if (number := self._columns.number(value)) is not None]
            return np.isin(self._columns.stories.of, np.array(found, np.uint32))
        coded = self._columns.coded[name]
        return coded.having(coded.places(values))


class Counting:
    """Counts over one generation; what all its articles have is counted once."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._of_everything: dict[str, dict[str, Count]] = {}

    @cached_property
    def everything(self) -> "Selection":
        """The selection of all articles."""
        return select(self._columns.everything, self._columns)

    def selection(self, documents: Numbers) -> "Selection | Handful":
        """Some documents as a selection."""
        if len(documents) <= HANDFUL:
            return pick(documents, self._columns)
        return self.everything if documents is self._columns.everything else select(documents, self._columns)

    def counts(
        self, text: Numbers, found: "Selection | Handful", passing: Filters, names: Collection[str]
    ) -> dict[str, dict[str, Count]]:
        """Facet → value → count, over the documents that match the text and pass the filters of all other facets.

        `found` are those that pass all filters, of which most facets leave none out.
        """
        if not passing.by_facet:
            return {name: self._counted(name, found) for name in names}
        selections: dict[frozenset[str], Selection | Handful] = {frozenset(passing.by_facet): found}
        counted = {}
        for name in names:
            left_in = frozenset(passing.by_facet) - FACETS[name]
            if left_in not in selections:
                selections[left_in] = self.selection(self._within(text, passing.without(FACETS[name])))
            counted[name] = self._counted(name, selections[left_in])
        return counted

    def _within(self, documents: Numbers, mask: Mask | None) -> Numbers:
        return documents if mask is None else documents[mask.take(documents, mode="clip")]

    def _counted(self, name: str, selection: "Selection | Handful") -> dict[str, Count]:
        coded = self._columns.coded[name]
        if isinstance(selection, Handful):
            return count_each(coded, selection)
        if selection is not self.everything:
            return count_values(coded, selection)
        if name not in self._of_everything:
            self._of_everything[name] = count_values(coded, selection)
        return self._of_everything[name]


@dataclass(frozen=True, slots=True)
class Selection:
    """The documents that are counted, how many stories they tell, and which of them tell one that others tell as well.

    `retold` are these, u4[r], and `stories`, u4[r], what they tell; most articles are in no one's company.
    """

    documents: Numbers
    story_count: int
    retold: Numbers
    stories: Numbers


def select(documents: Numbers, columns: Columns) -> Selection:
    """Documents with what counting their stories needs, worked out once for all facets."""
    copied = documents.take(columns.stories.copied_among(documents))
    stories = columns.stories.of.take(copied, mode="clip")
    if len(copied) < 2:
        return Selection(documents, len(documents), copied[:0], stories[:0])
    order = stories.argsort()
    stories = stories.take(order)
    again = np.zeros(len(stories) + 1, bool)  # whether a document tells the story of the one before it
    np.equal(stories[1:], stories[:-1], out=again[1:-1])
    in_company = (again[:-1] | again[1:]).nonzero()[0]
    told = int(np.count_nonzero(again))
    return Selection(documents, len(documents) - told, copied.take(order.take(in_company)), stories.take(in_company))


def count_values(coded: Coded, selection: Selection) -> dict[str, Count]:
    """Value → count over a selection; values that none of it has are left out.

    A value has as many stories as articles, less one for each document that tells a story another before it told.
    """
    articles = _tally(coded, selection.documents)
    articles[0] = 0
    places = articles.nonzero()[0]
    counts = articles.take(places).tolist()
    repeated = _repeated(coded, selection) if len(selection.retold) else None
    stories = counts if repeated is None else (articles - repeated).take(places).tolist()
    found = map(AS_COUNT, zip(counts, stories, strict=True))
    return dict(zip(map(coded.value_of.__getitem__, places.tolist()), found, strict=True))


def _tally(coded: Coded, documents: Numbers) -> Places:
    """How many documents have each value; what they have none of is counted at 0."""
    codes = coded.codes.take(documents, mode="clip") if coded.at is None else coded.rows(documents)[1]
    return _by_code(codes, coded)


def _by_code(codes: NDArray[Any], coded: Coded) -> Places:
    tallied: Places = np.bincount(codes.astype(np.intp), minlength=len(coded.value_of))  # itself it converts slower
    return tallied


def _repeated(coded: Coded, selection: Selection) -> Places | None:
    """How many documents have a value that another before them has in the same story; None where none has."""
    if coded.at is None:
        codes, stories = coded.codes.take(selection.retold, mode="clip"), selection.stories
    else:
        at, codes = coded.rows(selection.retold)
        stories = selection.stories[at]
    keys = stories.astype(np.int64)
    keys *= len(coded.value_of)
    keys += codes
    keys.sort()
    again = keys[1:][keys[1:] == keys[:-1]]
    return _by_code(again % len(coded.value_of), coded) if len(again) else None


@dataclass(frozen=True, slots=True)
class Handful:
    """A few documents, how many stories they tell, and the story of each if any of them may tell another's."""

    documents: Numbers
    numbers: list[int]
    story_count: int
    stories: list[int] | None


SAME = tuple(Count(number, number) for number in range(HANDFUL + 1))  # as many stories as articles


def pick(documents: Numbers, columns: Columns) -> Handful:
    """A few documents with what counting their stories needs."""
    numbers = documents.tolist()
    if True not in map(columns.stories.copied.data.__getitem__, numbers):
        return Handful(documents, numbers, len(numbers), None)
    stories = list(map(columns.stories.of.data.__getitem__, numbers))
    return Handful(documents, numbers, len(set(stories)), stories)


def count_each(coded: Coded, handful: Handful) -> dict[str, Count]:
    """As `count_values`, of a few documents."""
    numbers, code_of = handful.numbers, coded.codes.data.__getitem__
    places: Sequence[int] = range(len(numbers))
    if coded.at is None:
        codes = list(map(code_of, numbers))
    else:
        ends = coded.at.data
        rows = [(place, row) for place, n in enumerate(numbers) for row in range(ends[n], ends[n + 1])]
        codes, places = [code_of(row) for _, row in rows], [place for place, _ in rows]
    articles, value_of = _tallied(codes), coded.value_of
    articles.pop(0, None)
    if handful.stories is None:
        return {value_of[code]: SAME[count] for code, count in articles.items()}
    told = _tallied([code for code, _ in set(zip(codes, map(handful.stories.__getitem__, places), strict=True))])
    return {value_of[code]: Count(count, told[code]) for code, count in articles.items()}


def _tallied(codes: Sequence[int]) -> dict[int, int]:
    """How often each code is there; a Counter takes as long to be made as these few take to be counted."""
    tallied: dict[int, int] = {}
    for code in codes:
        tallied[code] = tallied.get(code, 0) + 1
    return tallied
