"""Small numbers in four bits or in two, several to a byte, unpacked by shifting whole arrays.

    four bits   byte i holds numbers 2i and 2i+1, the first in its lower half
    two bits    byte i holds numbers 4i to 4i+3, the first in its lowest bits

A byte is widened to as many bytes as it holds numbers, and shifted copies of it are laid over each other, so that each
of them has its number where a mask leaves it: a tenth of a nanosecond a number.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np

from index.columnar.arrays import Array, Spool

# For so many bits a number: the type as wide as a byte's numbers, and how far copies are shifted, each with its mask.
SHIFTS: Final[dict[int, tuple[str, Sequence[tuple[int, int]]]]] = {
    4: ("<u2", ((4, 0x0F0F),)),
    2: ("<u4", ((12, 0x000F000F), (6, 0x03030303))),
}


def packed(values: Array, bits: int) -> Array:
    """u1: numbers of so many bits, several to a byte; the last byte is filled up with zeros."""
    in_byte = 8 // bits
    whole = np.zeros(-(-len(values) // in_byte) * in_byte, np.uint8)
    whole[: len(values)] = values
    found = whole[::in_byte].copy()
    for place in range(1, in_byte):
        found |= whole[place::in_byte] << np.uint8(bits * place)
    return found


def unpacked(held: Array, begin: int, end: int, bits: int) -> Array:
    """u1[end-begin]: the numbers from one place to before another."""
    in_byte = 8 // bits
    first = begin // in_byte
    wide, shifts = SHIFTS[bits]
    numbers = held[first : -(-end // in_byte)].astype(wide)
    for shift, mask in shifts:
        numbers |= numbers << shift
        numbers &= mask
    found: Array = numbers.view(np.uint8)[begin - first * in_byte : end - first * in_byte]
    return found


class SmallSpool:
    """Small numbers that come in portions, packed into a spool; a byte is written when it is full."""

    def __init__(self, folder: Path, bits: int) -> None:
        self._spool = Spool(folder, np.uint8)
        self._bits = bits
        self._waiting: Array = np.empty(0, np.uint8)

    def append(self, values: Array) -> None:
        """Put the next numbers."""
        values = np.concatenate((self._waiting, values))
        whole = len(values) // (8 // self._bits) * (8 // self._bits)
        self._spool.append(packed(values[:whole], self._bits))
        self._waiting = values[whole:]

    def finish(self) -> Spool:
        """Everything, its last byte filled up."""
        self._spool.append(packed(self._waiting, self._bits))
        return self._spool
