"""Bounds: which numbers are among the greatest, told in one pass, where selection among all of them takes ten."""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

GROUPS: Final = 4  # for each of the greatest that are wanted


def reached_by(numbers: NDArray[Any], count: int) -> Any:
    """A number that at least `count` of some numbers reach, and few more; there are at least that many.

    They are split into many groups, and the count-th greatest of the maxima of the groups is such a number.
    """
    width = len(numbers) // (GROUPS * count)
    groups = GROUPS * count if width > 1 else len(numbers)
    greatest = numbers[: groups * width].reshape(width, groups).max(axis=0) if width > 1 else numbers
    return np.partition(greatest, len(greatest) - count)[len(greatest) - count]
