"""Comparisons: what pairs of texts share, remembered from run to run.

What two texts share never changes, and texts are named by the digest of their shingles, so a comparison stays true
whatever happens to the articles that carry them. It is evidence, not a verdict: the verdict is drawn anew each time.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

# What is found by laying two texts side by side (see `overlaps`); a row of 27 bytes.
EVIDENCE = np.dtype(
    [
        ("shared", "<u4"),  # shingles in both
        ("changed", "<u2"),  # words of one that the other has not, the fewer of the two sides
        ("varied", "<u2"),  # such words that begin with a capital, have a digit, or name a day or month
        ("numbers", "<u2"),  # such words that have a digit, in a run rich in numbers
        ("days", "u1"),  # such words that name a day or month
        ("left_parts", "<u8"),  # which of 64 equal parts of the left text are in the right one
        ("right_parts", "<u8"),
    ]
)

Digests = npt.NDArray[np.uint64]
Indices = npt.NDArray[np.int64]
Positions = npt.NDArray[np.integer]
Evidence = npt.NDArray[np.void]


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Pairs of texts, as positions in a sorted column of all texts' digests; `left` < `right`, ascending."""

    digests: Digests
    left: Positions
    right: Positions


@dataclass(frozen=True, slots=True, eq=False)
class Comparisons:
    """Pairs of texts by the digests of their shingles (uint64, left < right), ascending, and the EVIDENCE of each."""

    left: Digests
    right: Digests
    evidence: Evidence

    @classmethod
    def of(cls, pairs: Pairs, evidence: Evidence) -> "Comparisons":
        """Keep what was found for pairs."""
        return cls(pairs.digests[pairs.left], pairs.digests[pairs.right], evidence)

    def look_up(self, pairs: Pairs) -> tuple[Evidence, npt.NDArray[np.bool_]]:
        """The evidence of each pair, zeros where there is none, and whether there is."""
        left, left_there = _positions(pairs.digests, self.left)
        right, right_there = _positions(pairs.digests, self.right)
        there = left_there & right_there
        at, known = _positions(_keys(left[there], right[there]), _keys(pairs.left, pairs.right))
        found = np.zeros(len(pairs.left), EVIDENCE)
        found[known] = self.evidence[np.flatnonzero(there)[at[known]]]
        return found, known


NO_COMPARISONS = Comparisons(np.empty(0, np.uint64), np.empty(0, np.uint64), np.empty(0, EVIDENCE))


def _keys(left: Positions, right: Positions) -> Digests:
    """A number for each pair, in the order of the pairs."""
    return left.astype(np.uint64) << np.uint64(32) | right.astype(np.uint64)


def _positions(column: Positions, values: Positions) -> tuple[Indices, npt.NDArray[np.bool_]]:
    """Where each value stands in a sorted column, and whether it does."""
    at = np.searchsorted(column, values)
    there = at < len(column)
    there[there] = column[at[there]] == values[there]
    return at, there
