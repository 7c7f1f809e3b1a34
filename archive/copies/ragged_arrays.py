"""Ragged arrays: lists of unequal length stored back to back, so that one numpy operation covers thousands of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[Any]
Indices = npt.NDArray[np.int64]
Positions = npt.NDArray[np.integer]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class RaggedArray:
    """Lists stored back to back: all values, and the start of each list; the last start is the end of all."""

    values: Values
    starts: Indices

    @classmethod
    def from_lengths(cls, values: Values, lengths: Indices) -> "RaggedArray":
        """Split values into lists of the given lengths."""
        return cls(values, np.concatenate((np.zeros(1, np.int64), np.cumsum(lengths))))

    @classmethod
    def from_lists(cls, lists: Sequence[Values]) -> "RaggedArray":
        """Concatenate lists; there must be at least one."""
        return cls.from_lengths(np.concatenate(lists), np.array([len(values) for values in lists], np.int64))

    @property
    def lengths(self) -> Indices:
        """The length of each list."""
        return np.diff(self.starts)

    @property
    def list_indices(self) -> Indices:
        """The index of the list each value is in."""
        return np.repeat(np.arange(len(self.starts) - 1), self.lengths)

    @property
    def positions(self) -> Indices:
        """The position of each value within its list."""
        return np.arange(len(self.values)) - np.repeat(self.starts[:-1], self.lengths)

    def take(self, lists: Indices) -> "RaggedArray":
        """Select lists by index; an index may be repeated."""
        lengths = self.starts[lists + 1] - self.starts[lists]
        return RaggedArray.from_lengths(self.values[expand_ranges(self.starts[lists], lengths)], lengths)

    def kept(self, lists: Flags) -> "RaggedArray":
        """Keep some lists in their order, which is faster and smaller than `take` where they are most."""
        lengths = self.lengths
        return RaggedArray.from_lengths(self.values[np.repeat(lists, lengths)], lengths[lists])

    def sums(self) -> Indices:
        """The sum of each list; 0 for an empty one."""
        before = np.concatenate((np.zeros(1, np.int64), np.cumsum(self.values, dtype=np.int64)))
        return before[self.starts[1:]] - before[self.starts[:-1]]


def expand_ranges(starts: Indices, lengths: Indices) -> Indices:
    """The concatenated ranges start, start + 1, …, start + length − 1, as indices."""
    ends = np.cumsum(lengths)
    total = int(ends[-1]) if len(ends) else 0
    return np.repeat(starts - (ends - lengths), lengths) + np.arange(total)
