"""Trends over whole answers: articles, stories, outlets and words of each bin of time, by array operations.

For an interval with B bins, over N documents:

    codes   u4[N]   0 for no bin, else the 1-based index of the document's bin

A *cell* is a bin, or a pair of a facet value and a bin. Cells are numbered without gaps before anything is counted, so
memory depends on the cells there are and not on the product of values and bins. Articles and words are one `bincount`.
Distinct stories and outlets count the distinct pairs of a cell with a story or an outlet. Most documents have no
copies, so only the documents that share their story with others are sorted.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.embedded.facts.columns import EPOCH, Columns, Numbers
from index.embedded.facts.rows import UNKNOWN_DAY
from index.trends import DAYS_OF_A_WEEK, Interval, Series, Split, Tally, bin_name

TABLE = 1 << 20  # up to this many possible cells, a table finds those there are; beyond, they are sorted
CACHED_ANSWERS = 16  # counts of all articles: by each interval, alone and by a few facets

Indices = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Bins:
    """The bins of one interval: their names in order, and the code of each document's bin."""

    names: list[str]
    codes: Numbers


@dataclass(frozen=True, slots=True)
class Counted:
    """The counts of some documents: all of them, those of each bin, and those of each value of a split."""

    total: Tally
    bins: Mapping[str, Tally]
    values: Mapping[str, Series]


@dataclass(frozen=True, slots=True)
class _Cells:
    """Rows of documents in cells: `cells` i8[r] numbers the cell of each row, `rows` i8[r] the document's index."""

    cells: Indices
    rows: Indices
    size: int


class TrendCounter:
    """Counts over time over one generation; the bins of each interval are computed at the first question."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._bins: dict[Interval, Bins] = {}
        self._computing = Lock()
        self._of_everything: dict[tuple[Interval, Split | None], Counted] = {}

    def counted(self, documents: Numbers, by: Interval, split: Split | None) -> Counted:
        """The counts of some documents; those of all articles, which every share needs, are cached."""
        if documents is not self._columns.everything:
            return self._counted(documents, by, split)
        if (by, split) not in self._of_everything:
            if len(self._of_everything) >= CACHED_ANSWERS:
                self._of_everything.clear()
            self._of_everything[by, split] = self._counted(documents, by, split)
        return self._of_everything[by, split]

    def _counted(self, documents: Numbers, by: Interval, split: Split | None) -> Counted:
        values = self.by_value(documents, by, split) if split else {}
        return Counted(self.total(documents), self.by_bin(documents, by), values)

    def bins(self, by: Interval) -> Bins:
        """The bins of an interval, and which documents lie in them."""
        with self._computing:
            if by not in self._bins:
                self._bins[by] = _bins(self._columns, by)
            return self._bins[by]

    def total(self, documents: Numbers) -> Tally:
        """What some documents amount to."""
        everything = np.zeros(len(documents), np.int64)
        return self._tallies(documents, _Cells(everything, np.arange(len(documents)), 1))[0]

    def by_bin(self, documents: Numbers, by: Interval) -> dict[str, Tally]:
        """The tally of each bin that has any of some documents, in order of time."""
        bins = self.bins(by)
        codes = bins.codes.take(documents, mode="clip").astype(np.int64)
        rows = codes.nonzero()[0]
        kept, cells = _numbered(codes[rows], len(bins.names) + 1)
        tallies = self._tallies(documents, _Cells(cells, rows, len(kept)))
        return {bins.names[code - 1]: tally for code, tally in zip(kept.tolist(), tallies, strict=True)}

    def by_value(self, documents: Numbers, by: Interval, split: Split) -> Mapping[str, Series]:
        """The values of a facet with the most articles, each with its total and its tally for each bin."""
        facet, bins = self._columns.facets[split.facet], self.bins(by)
        rows, codes = self._facet_rows(documents, split)
        kept, cells = _numbered(codes, len(facet.value_of))
        totals = self._tallies(documents, _Cells(cells, rows, len(kept)))
        width = len(bins.names) + 1
        pairs = cells * width + bins.codes.take(documents, mode="clip").astype(np.int64)[rows]
        found, numbered = _numbered(pairs, max(len(kept), 1) * width)
        tallies = self._tallies(documents, _Cells(numbered, rows, len(found)))
        by_bin: list[dict[str, Tally]] = [{} for _ in totals]
        for pair, tally in zip(found.tolist(), tallies, strict=True):
            place, code = divmod(pair, width)
            if code:  # code 0 is no bin
                by_bin[place][bins.names[code - 1]] = tally
        values = map(facet.value_of.__getitem__, kept.tolist())
        named = zip(values, map(Series, totals, by_bin), strict=True)
        return dict(sorted(named, key=lambda one: (-one[1].total.articles, one[0])))

    def _facet_rows(self, documents: Numbers, split: Split) -> tuple[Indices, Indices]:
        """(index into `documents`, code) for each of the documents' values, of the wanted values only."""
        facet = self._columns.facets[split.facet]
        if facet.at is None:
            codes = facet.codes.take(documents, mode="clip").astype(np.int64)
            rows = codes.nonzero()[0]
            codes = codes[rows]
        else:
            at, held = facet.rows(documents)
            rows, codes = at.astype(np.int64), held.astype(np.int64)
        counts = np.bincount(codes, minlength=len(facet.value_of))
        if np.count_nonzero(counts) > split.most:
            # Values ascend with their codes, so a stable sort breaks ties by value.
            wanted = np.zeros(len(counts), bool)
            wanted[np.argsort(-counts, kind="stable")[: split.most]] = True
            among = wanted[codes]
            rows, codes = rows[among], codes[among]
        return rows, codes

    def _tallies(self, documents: Numbers, placed: _Cells) -> list[Tally]:
        """The tally of each cell."""
        cells, held, size = placed.cells, documents[placed.rows], placed.size
        articles = np.bincount(cells, minlength=size)
        words = np.bincount(cells, self._columns.words.take(held, mode="clip"), size).astype(np.int64)
        outlets = self._columns.facets["outlet"]
        codes = outlets.codes.take(held, mode="clip").astype(np.int64)  # an article has one outlet at most
        named = codes > 0
        told = distinct_values(cells[named], codes[named], size, len(outlets.value_of))
        columns = articles, articles - self._repeats(documents, placed), told, words
        return list(map(Tally, *(column.tolist() for column in columns)))

    def _repeats(self, documents: Numbers, placed: _Cells) -> Indices:
        """In each cell, how many documents have the same story as an earlier one of the cell."""
        held = documents[placed.rows]
        rows = self._columns.stories.copied_among(held)
        if not len(rows):
            return np.zeros(placed.size, np.int64)
        cells = placed.cells[rows]
        stories = self._columns.stories.of.take(held[rows]).astype(np.int64)
        shared: Indices = np.bincount(cells, minlength=placed.size)
        shared -= distinct_values(cells, stories, placed.size, len(self._columns))
        return shared


def _bins(columns: Columns, by: Interval) -> Bins:
    first, last = (_starts(days.astype(np.int64), by) for days in (columns.first, columns.last))
    within = (columns.first != UNKNOWN_DAY) & (first == last) & columns.live
    found, codes = np.unique(first[within], return_inverse=True)
    numbered = np.zeros(len(columns), np.uint32)
    numbered[within] = codes + 1
    return Bins([bin_name(date.fromordinal(day), by) for day in found.tolist()], numbered)


def _starts(days: Indices, by: Interval) -> Indices:
    """The first day of the bin of each day, as proleptic Gregorian ordinals; day 1 is a Monday."""
    if by is Interval.DAY:
        return days
    if by is Interval.WEEK:
        return days - (days - 1) % DAYS_OF_A_WEEK
    unit = "M8[M]" if by is Interval.MONTH else "M8[Y]"
    calendar = (days - EPOCH).astype("M8[D]").astype(unit).astype("M8[D]")
    starts: Indices = calendar.astype(np.int64) + EPOCH
    return starts


def _numbered(cells: Indices, size: int) -> tuple[Indices, Indices]:
    """The cells there are, ascending, and the index of each row's cell among them."""
    if size > TABLE:
        found, places = np.unique(cells, return_inverse=True)
        return found, places
    there = np.zeros(size, bool)
    there[cells] = True
    return there.nonzero()[0], (there.cumsum() - 1)[cells]


def distinct_values(cells: Indices, values: NDArray[Any], size: int, most: int) -> Indices:
    """How many distinct values each cell has; values are less than `most`."""
    keys = cells * most + values
    if size * most <= TABLE:
        there = np.zeros(size * most, bool)
        there[keys] = True
        told: Indices = there.reshape(size, most).sum(axis=1)
        return told
    keys.sort()
    again = np.zeros(len(keys), bool)
    np.equal(keys[1:], keys[:-1], out=again[1:])
    counted: Indices = np.bincount(keys[~again] // most, minlength=size)
    return counted
