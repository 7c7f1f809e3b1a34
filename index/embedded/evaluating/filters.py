"""Filters: the filters of a query as masks over all documents, the most recent ones cached."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce

import numpy as np
from numpy.typing import NDArray

from index.embedded.evaluating.range_masks import certainly_dated, possibly_dated
from index.embedded.facts.columns import EPOCH, Columns, Mask, Numbers
from index.embedded.facts.rows import UNKNOWN_DAY
from index.facets import FILTERS, WEEKDAYS
from index.query.date_ranges import days
from index.query.request import Query

CACHED_MASKS = 64  # recent filter masks; readers filter by the same few values again and again


@dataclass(frozen=True)
class FilterMasks:
    """The filters of a query as masks over all N documents: one for each filtered facet, one for the date range.

    `possible` marks the documents that the date range leaves out although their dates may lie in it.
    """

    by_facet: Mapping[str, Mask]
    days: Mask | None
    possible: Mask | None = None

    def without(self, left_out: frozenset[str]) -> Mask | None:
        """bool[N]: documents that pass every filter except those of some facets; None where no filter is left."""
        masks = [mask for name, mask in self.by_facet.items() if name not in left_out]
        if self.days is not None:
            masks.append(self.days)
        return reduce(np.logical_and, masks) if masks else None

    def undated_left_out(self, documents: Numbers) -> int:
        """How many documents pass every other filter and may lie in the date range, but are not certain to."""
        if self.possible is None:
            return 0
        mask: Mask = reduce(np.logical_and, self.by_facet.values(), self.possible)
        return int(np.count_nonzero(mask.take(documents, mode="clip")))

    def perhaps(self, documents: Numbers) -> int:
        """How many documents pass every filter, those included whose date may lie in the date range."""
        if self.possible is None or self.days is None:
            mask = self.without(frozenset())
        else:
            mask = reduce(np.logical_and, self.by_facet.values(), self.days | self.possible)
        return len(documents) if mask is None else int(np.count_nonzero(mask.take(documents, mode="clip")))


NO_FILTERS = FilterMasks({}, None)


class FilterCache:
    """Makes the filter masks of queries over one generation, and caches the most recent ones."""

    def __init__(self, columns: Columns) -> None:
        masks = _Masks(columns)
        self._facet: Callable[[str, tuple[str, ...], tuple[str, ...]], Mask] = lru_cache(CACHED_MASKS)(masks.chosen)
        self._days: Callable[[str | None, str | None], tuple[Mask, Mask | None]] = lru_cache(CACHED_MASKS)(
            masks.date_range
        )

    def masks(self, query: Query) -> FilterMasks:
        """The masks of a query's filters."""
        if not (query.chosen or query.excluded or query.since or query.until):
            return NO_FILTERS
        asked = {*query.chosen, *query.excluded} & FILTERS
        by_facet = {n: self._facet(n, query.chosen.get(n, ()), query.excluded.get(n, ())) for n in sorted(asked)}
        if not (query.since or query.until):
            return FilterMasks(by_facet, None)
        return FilterMasks(by_facet, *self._days(query.since, query.until))


def on_days(columns: Columns, values: Sequence[str]) -> Mask:
    """The documents dated to one of some days of the year, each MM-DD, of any year."""
    months = _calendar(columns).astype("M8[M]")
    days = (_calendar(columns) - months.astype("M8[D]")).astype(np.int64) + 1
    numbers = (months.astype(np.int64) % 12 + 1) * 100 + days
    wanted = [int(value.replace("-", "")) for value in values]
    mask: Mask = np.isin(numbers, wanted) & _exact(columns)
    return mask


def on_weekdays(columns: Columns, values: Sequence[str]) -> Mask:
    """The documents dated to one of some days of the week; ordinal 1 is a Monday."""
    mask: Mask = np.isin((columns.first - 1) % len(WEEKDAYS), [*map(WEEKDAYS.index, values)]) & _exact(columns)
    return mask


BY_CALENDAR: Mapping[str, Callable[[Columns, Sequence[str]], Mask]] = {"day": on_days, "weekday": on_weekdays}


def _calendar(columns: Columns) -> NDArray[np.datetime64]:
    """The first days of all documents in numpy's calendar; what is undated is some day."""
    return (columns.first.astype(np.int64) - EPOCH).astype("M8[D]")


def _exact(columns: Columns) -> Mask:
    """The documents dated to the day."""
    mask: Mask = (columns.first != UNKNOWN_DAY) & (columns.first == columns.last)
    return mask


class _Masks:
    """Makes masks; a class of its own, so that the caches form no reference cycle with `FilterCache`."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns

    def date_range(self, since: str | None, until: str | None) -> tuple[Mask, Mask | None]:
        """Documents with a date certainly in a range of days, and those with a date possibly in it (None if none)."""
        first, last = days(since, until)
        possible = possibly_dated(self._columns, first, last)
        return certainly_dated(self._columns, first, last), possible if possible.any() else None

    def chosen(self, name: str, chosen: tuple[str, ...], excluded: tuple[str, ...]) -> Mask:
        """Documents with at least one chosen value (if any are chosen) and no excluded value."""
        mask = self._having(name, chosen) if chosen else np.ones(len(self._columns), bool)
        return mask & ~self._having(name, excluded) if excluded else mask

    def _having(self, name: str, values: Sequence[str]) -> Mask:
        if name in BY_CALENDAR:
            return BY_CALENDAR[name](self._columns, values)
        if name == "story":
            found = [number for value in values if (number := self._columns.number(value)) is not None]
            return np.isin(self._columns.stories.of, np.array(found, np.uint32))
        facet = self._columns.facets[name]
        return facet.having(facet.codes_of(values))
