"""Masks of the documents whose date, or the size of whose story, lies in a range."""

from datetime import date

import numpy as np

from index.embedded.facts.columns import Columns, Mask
from index.embedded.facts.rows import UNKNOWN_DAY
from index.query.tree import DateRange, StoryMeasure, StorySize


def within_range(columns: Columns, leaf: DateRange | StorySize) -> Mask:
    """bool[N]: documents whose date, or the size of whose story, lies in a range."""
    if isinstance(leaf, DateRange):
        certain = certainly_dated(columns, leaf.first, leaf.last)
        return certain | possibly_dated(columns, leaf.first, leaf.last) if leaf.possibly else certain
    counts = columns.versions if leaf.measure is StoryMeasure.VERSIONS else columns.outlets
    mask: Mask = counts >= (leaf.least or 0)
    return mask if leaf.most is None else mask & (counts <= leaf.most)


def possibly_dated(columns: Columns, first: date | None, last: date | None) -> Mask:
    """bool[N]: documents whose date span overlaps a range of days but exceeds it, and all undated documents."""
    mask: Mask = columns.first == UNKNOWN_DAY
    outside = np.zeros(len(columns), bool)
    overlapping = ~mask
    if first is not None:
        outside |= columns.first < first.toordinal()
        overlapping &= columns.last >= first.toordinal()
    if last is not None:
        outside |= columns.last > last.toordinal()
        overlapping &= columns.first <= last.toordinal()
    return mask | (overlapping & outside)


def certainly_dated(columns: Columns, first: date | None, last: date | None) -> Mask:
    """bool[N]: documents whose whole date span lies in a range of days; undated ones only if both ends are None."""
    if first is None and last is None:
        return np.ones(len(columns), bool)
    mask: Mask = columns.first != UNKNOWN_DAY
    if first is not None:
        mask &= columns.first >= first.toordinal()
    if last is not None:
        mask &= columns.last <= last.toordinal()
    return mask
