"""Comparisons: how much pairs of texts share, remembered from run to run.

What two texts share never changes, and texts are named by the digest of their shingles, so a comparison stays true
whatever happens to the articles that carry them. It is evidence, not a verdict: the verdict is drawn anew each time.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

NEVER_COMPARED = -1

Digests = npt.NDArray[np.uint64]
Indices = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Pairs of texts, as positions in a sorted column of all texts' digests; `left` < `right`, each pair once."""

    digests: Digests
    left: Indices
    right: Indices


@dataclass(frozen=True, slots=True, eq=False)
class Comparisons:
    """Pairs of texts by the digests of their shingles (uint64, left < right), and how many they share (uint32)."""

    left: Digests
    right: Digests
    shared: npt.NDArray[np.uint32]

    @classmethod
    def of(cls, pairs: Pairs, shared: Indices) -> "Comparisons":
        """Keep the pairs that were compared."""
        made = shared != NEVER_COMPARED
        left, right = pairs.digests[pairs.left[made]], pairs.digests[pairs.right[made]]
        return cls(left, right, shared[made].astype(np.uint32))

    def look_up(self, pairs: Pairs) -> Indices:
        """What each pair shares, NEVER_COMPARED (-1) where that is not known."""
        found = np.full(len(pairs.left), NEVER_COMPARED, np.int64)
        left, left_there = _positions(pairs.digests, self.left)
        right, right_there = _positions(pairs.digests, self.right)
        there = left_there & right_there
        count = len(pairs.digests)
        keys, shared = left[there] * count + right[there], self.shared[there]
        order = np.argsort(keys)
        at, known = _positions(keys[order], pairs.left * count + pairs.right)
        found[known] = shared[order][at[known]]
        return found


NO_COMPARISONS = Comparisons(np.empty(0, np.uint64), np.empty(0, np.uint64), np.empty(0, np.uint32))


def _positions(
    column: npt.NDArray[np.integer], values: npt.NDArray[np.integer]
) -> tuple[Indices, npt.NDArray[np.bool_]]:
    """Where each value stands in a sorted column, and whether it does."""
    at = np.searchsorted(column, values)
    there = at < len(column)
    there[there] = column[at[there]] == values[there]
    return at, there
