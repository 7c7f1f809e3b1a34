"""Pair evidence: what two texts share, cached from run to run.

What two texts share never changes, and a text is identified by the digest of its shingles. So cached evidence stays
valid whatever happens to the articles. It is evidence, not a verdict: relations are decided anew on each run.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from archive.copies.fingerprints import Hash
from archive.copies.ragged_arrays import Indices, Positions

# What comparing two texts finds (see `pair_comparison`); a row of 29 bytes.
EVIDENCE = np.dtype(
    [
        ("shared", "<u4"),  # shingles in both
        ("changed", "<u2"),  # words only one side has, counted on the side with fewer
        ("varied", "<u2"),  # of these, words that begin with a capital, have a digit, or name a day or month
        ("numbers", "<u2"),  # of these, words with a digit, in a run rich in numbers
        ("days", "u1"),  # of these, names of days or months
        (
            "opening",
            "u1",
        ),  # of the words of the shorter opening of 60 words, the share in the other opening, in per cent
        ("beginning", "u1"),  # the same of the first 160 words
        ("left_parts", "<u8"),  # which of 64 equal parts of the left text are in the right one
        ("right_parts", "<u8"),
    ]
)

Digests = npt.NDArray[np.uint64]
Evidence = npt.NDArray[np.void]


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Pairs of texts, as positions in the ascending digests of all texts, also those in no pair.

    `left` < `right`; the pairs ascend.
    """

    digests: Digests
    left: Positions
    right: Positions


@dataclass(frozen=True, slots=True, eq=False)
class ComparisonCache:
    """All candidate pairs of some texts, and the EVIDENCE of each."""

    pairs: Pairs
    evidence: Evidence

    def look_up(self, pairs: Pairs) -> tuple[Evidence, npt.NDArray[np.bool_]]:
        """The evidence of each pair, zeros where none is cached, and whether it is cached."""
        before = self.pairs
        now, there = positions_in(pairs.digests, before.digests)
        kept = np.flatnonzero(there[before.left] & there[before.right])
        cached = _keys(now[before.left[kept]], now[before.right[kept]])
        at, known = positions_in(cached, _keys(pairs.left, pairs.right))
        found = np.zeros(len(pairs.left), EVIDENCE)
        found[known] = self.evidence[kept[at[known]]]
        return found, known


_NONE = np.empty(0, np.int32)
NO_COMPARISONS = ComparisonCache(Pairs(np.empty(0, np.uint64), _NONE, _NONE), np.empty(0, EVIDENCE))


def _keys(left: Positions, right: Positions) -> Digests:
    """A sortable key for each pair, ascending as the pairs are."""
    return left.astype(np.uint64) << np.uint64(32) | right.astype(np.uint64)


def positions_in(column: npt.NDArray[Hash], values: npt.NDArray[Hash]) -> tuple[Indices, npt.NDArray[np.bool_]]:
    """The position of each value in a sorted column, and whether the column has it."""
    at = np.searchsorted(column, values)
    there = at < len(column)
    there[there] = column[at[there]] == values[there]
    return at, there
