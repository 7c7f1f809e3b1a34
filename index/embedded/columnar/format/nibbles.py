"""Small numbers in four bits, two to a byte, unpacked by shifting whole arrays.

    byte i holds numbers 2i and 2i+1, the first in its lower half

A byte is widened to two, and a copy of both, shifted by four bits, is laid over them, so that each has its number where
a mask leaves it: less than a nanosecond a number.
"""

from pathlib import Path
from typing import Final

import numpy as np

from index.embedded.columnar.format.arrays import Array, Spool

HIGHEST: Final = 15
BITS: Final = 4
LOWER_HALVES: Final = np.uint16(0x0F0F)


def packed(values: Array) -> Array:
    """u1: numbers up to HIGHEST, two to a byte; the last byte is filled up with 0."""
    whole = np.zeros(len(values) + len(values) % 2, np.uint8)
    whole[: len(values)] = values
    return whole[::2] | whole[1::2] << np.uint8(BITS)


def unpacked(held: Array, begin: int, end: int) -> Array:
    """u1[end-begin]: the numbers from one place to before another."""
    first = begin // 2
    numbers = held[first : -(-end // 2)].astype("<u2")
    numbers |= numbers << BITS
    numbers &= LOWER_HALVES
    found: Array = numbers.view(np.uint8)[begin - 2 * first : end - 2 * first]
    return found


class SmallSpool:
    """Small numbers that come in portions, packed into a spool; a byte is written when it is full."""

    def __init__(self, folder: Path) -> None:
        self._spool = Spool(folder, np.uint8)
        self._waiting: Array = np.empty(0, np.uint8)

    def append(self, values: Array) -> None:
        """Put the next numbers."""
        values = np.concatenate((self._waiting, values))
        whole = len(values) // 2 * 2
        self._spool.append(packed(values[:whole]))
        self._waiting = values[whole:]

    def finish(self) -> Spool:
        """Everything, its last byte filled up."""
        self._spool.append(packed(self._waiting))
        return self._spool
