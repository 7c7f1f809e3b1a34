"""Numbers of four bits (nibbles), packed two to a byte and unpacked by shifting whole arrays.

    byte i holds numbers 2i and 2i+1, the first in its lower half

To unpack, each byte is widened to two, and a copy shifted by four bits is OR-ed over it. A mask then leaves one number
in each byte. This takes less than a nanosecond per number.
"""

from pathlib import Path
from typing import Final

import numpy as np

from index.embedded.columnar.format.arrays import Array, Spool

HIGHEST: Final = 15
BITS: Final = 4
LOWER_HALVES: Final = np.uint16(0x0F0F)


def pack(values: Array) -> Array:
    """Pack numbers up to HIGHEST into u1, two to a byte; the last byte is padded with 0."""
    whole = np.zeros(len(values) + len(values) % 2, np.uint8)
    whole[: len(values)] = values
    return whole[::2] | whole[1::2] << np.uint8(BITS)


def unpack(nibbles: Array, begin: int, end: int) -> Array:
    """Return u1[end-begin]: the numbers from index `begin` up to but excluding `end`."""
    first = begin // 2
    numbers = nibbles[first : -(-end // 2)].astype("<u2")
    numbers |= numbers << BITS
    numbers &= LOWER_HALVES
    found: Array = numbers.view(np.uint8)[begin - 2 * first : end - 2 * first]
    return found


class NibbleSpool:
    """Packs numbers that arrive in portions into a spool; a byte is written only when it is full."""

    def __init__(self, folder: Path) -> None:
        self._spool = Spool(folder, np.uint8)
        self._waiting: Array = np.empty(0, np.uint8)

    def append(self, values: Array) -> None:
        """Append numbers."""
        values = np.concatenate((self._waiting, values))
        whole = len(values) // 2 * 2
        self._spool.append(pack(values[:whole]))
        self._waiting = values[whole:]

    def finish(self) -> Spool:
        """Return all numbers, with the last byte padded."""
        self._spool.append(pack(self._waiting))
        return self._spool
