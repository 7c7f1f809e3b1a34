"""Counting: filters as masks, and how many articles and stories have each value of each facet."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, reduce

import numpy as np
from numpy.typing import NDArray

from index.columns import Coded, Columns, Mask, Numbers
from index.dateranges import days
from index.engine import Count
from index.evaluator import dated
from index.facets import FACETS, FILTERS
from index.query import Query

Places = NDArray[np.intp]
KEPT_MASKS = 64  # of filters asked before; readers narrow by the same few values again and again


@dataclass(frozen=True)
class Filters:
    """What a query filters by, as masks over all documents: one a facet chosen or excluded from, one of its days."""

    by_facet: Mapping[str, Mask]
    days: Mask | None

    def without(self, left_out: frozenset[str]) -> Mask | None:
        """bool[N]: documents that pass every filter but those of some facets; None where there is no filter left."""
        masks = [mask for name, mask in self.by_facet.items() if name not in left_out]
        if self.days is not None:
            masks.append(self.days)
        return reduce(np.logical_and, masks) if masks else None


class Filtering:
    """Makes the filters of queries over one generation, and keeps the masks made last."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._facet: Callable[[str, tuple[str, ...], tuple[str, ...]], Mask] = lru_cache(KEPT_MASKS)(self._chosen)
        self._days: Callable[[str | None, str | None], Mask] = lru_cache(KEPT_MASKS)(self._dated)

    def filters(self, query: Query) -> Filters:
        """The masks of a query's filters."""
        asked = {*query.chosen, *query.excluded} & FILTERS
        by_facet = {n: self._facet(n, query.chosen.get(n, ()), query.excluded.get(n, ())) for n in sorted(asked)}
        return Filters(by_facet, self._days(query.since, query.until) if query.since or query.until else None)

    def _dated(self, since: str | None, until: str | None) -> Mask:
        return dated(self._columns, *days(since, until))

    def _chosen(self, name: str, chosen: tuple[str, ...], excluded: tuple[str, ...]) -> Mask:
        mask = self._having(name, chosen) if chosen else np.ones(len(self._columns), bool)
        return mask & ~self._having(name, excluded) if excluded else mask

    def _having(self, name: str, values: Sequence[str]) -> Mask:
        if name == "story":
            found = (self._columns.number(value) for value in values)
            return np.isin(self._columns.story, np.array([number for number in found if number is not None], np.uint32))
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

    def selection(self, documents: Numbers) -> "Selection":
        """Some documents as a selection."""
        return self.everything if documents is self._columns.everything else select(documents, self._columns)

    def counts(self, text: "Selection", passing: Filters, names: Collection[str]) -> dict[str, dict[str, Count]]:
        """Facet → value → count, over the documents that match the text and pass the filters of all other facets."""
        if not passing.by_facet and passing.days is None:
            return {name: self._counted(name, text) for name in names}
        selections: dict[frozenset[str], Selection] = {}
        counted = {}
        for name in names:
            left_in = frozenset(passing.by_facet) - FACETS[name]
            if left_in not in selections:
                mask = passing.without(FACETS[name])
                selections[left_in] = text if mask is None else self.selection(text.documents[mask[text.documents]])
            counted[name] = self._counted(name, selections[left_in])
        return counted

    def _counted(self, name: str, selection: "Selection") -> dict[str, Count]:
        if selection is not self.everything:
            return count_values(self._columns.coded[name], selection)
        if name not in self._of_everything:
            self._of_everything[name] = count_values(self._columns.coded[name], selection)
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
    copied = documents[columns.copied_among(documents)]
    stories = columns.story[copied]
    if len(copied) < 2:
        return Selection(documents, len(documents), copied[:0], stories[:0])
    order = np.argsort(stories)
    copied, stories = copied[order], stories[order]
    again = np.zeros(len(stories) + 1, bool)  # whether a document tells the story of the one before it
    np.equal(stories[1:], stories[:-1], out=again[1:-1])
    in_company = np.flatnonzero(again[:-1] | again[1:])
    return Selection(documents, len(documents) - int(np.count_nonzero(again)), copied[in_company], stories[in_company])


def count_values(coded: Coded, selection: Selection) -> dict[str, Count]:
    """Value → count over a selection; values that none of it has are left out.

    A value has as many stories as articles, less one for each document that tells a story another before it told.
    """
    size = len(coded.names) + 1
    articles = _tally(coded, selection.documents, size)
    articles[0] = 0
    stories = articles - _repeated(coded, selection, size) if len(selection.retold) else articles
    places = np.flatnonzero(articles)
    names = [coded.values[place - 1] for place in places.tolist()]
    return dict(zip(names, map(Count, articles[places].tolist(), stories[places].tolist()), strict=True))


def _tally(coded: Coded, documents: Numbers, size: int) -> Places:
    """How many documents have each value; what they have none of is counted at 0."""
    codes = coded.codes.take(documents, mode="clip") if coded.at is None else coded.rows(documents)[1]
    tallied: Places = np.bincount(codes.astype(np.intp), minlength=size)  # converting itself, bincount is slower
    return tallied


def _repeated(coded: Coded, selection: Selection, size: int) -> Places:
    """How many documents have a value that another before them has in the same story; at 0 it means nothing."""
    if coded.at is None:
        codes, stories = coded.codes.take(selection.retold, mode="clip"), selection.stories
    else:
        at, codes = coded.rows(selection.retold)
        stories = selection.stories[at]
    keys = codes.astype(np.uint64) << np.uint64(32) | stories
    keys.sort()
    again = keys[1:][keys[1:] == keys[:-1]] >> np.uint64(32)
    counted: Places = np.bincount(again.astype(np.intp), minlength=size)
    return counted
