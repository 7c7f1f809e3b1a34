"""Ragged arrays: lists of unequal length one after the other, so that thousands are worked on by one operation."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[Any]
Indices = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Ragged:
    """Lists in a row: all their values, and where each list starts; the last start is where all end."""

    values: Values
    starts: Indices

    @classmethod
    def of(cls, values: Values, lengths: Indices) -> "Ragged":
        """Cut values into lists of given lengths."""
        return cls(values, np.concatenate((np.zeros(1, np.int64), np.cumsum(lengths))))

    @classmethod
    def joined(cls, lists: Sequence[Values]) -> "Ragged":
        """Put lists, one at least, one after the other."""
        return cls.of(np.concatenate(lists), np.array([len(values) for values in lists], np.int64))

    @property
    def lengths(self) -> Indices:
        """The length of each list."""
        return np.diff(self.starts)

    @property
    def owners(self) -> Indices:
        """Which list each value is in."""
        return np.repeat(np.arange(len(self.starts) - 1), self.lengths)

    @property
    def places(self) -> Indices:
        """Where each value stands in its list."""
        return np.arange(len(self.values)) - np.repeat(self.starts[:-1], self.lengths)

    def taken(self, lists: Indices) -> "Ragged":
        """Take some of the lists, any of them as often as it is named."""
        lengths = self.starts[lists + 1] - self.starts[lists]
        return Ragged.of(self.values[spans(self.starts[lists], lengths)], lengths)

    def sums(self) -> Indices:
        """The sum of each list, 0 for an empty one."""
        before = np.concatenate((np.zeros(1, np.int64), np.cumsum(self.values, dtype=np.int64)))
        return before[self.starts[1:]] - before[self.starts[:-1]]


def spans(starts: Indices, lengths: Indices) -> Indices:
    """Count on from each start, as far as its length: the places of all lists in a row."""
    ends = np.cumsum(lengths)
    total = int(ends[-1]) if len(ends) else 0
    return np.repeat(starts - (ends - lengths), lengths) + np.arange(total)
