"""Which ids were met, each with a number: 16 bytes an id, where a dictionary of strings takes two hundred.

An id is told by 64 bits of its hash; two of a million ids have the same with a chance of 10⁻⁸. They lie in a table with
open places: an id stands at the place its last bits say, or at the next that was free. Never more than half of the
places are taken.

    keys     u8[2ᵏ]   hashes, 0 where a place is free
    numbers  u8[2ᵏ]   what was given with them
"""

from array import array

FIRST_PLACES = 1 << 10
ALL_BITS = (1 << 64) - 1


class MetIds:
    """A growing table of ids."""

    def __init__(self) -> None:
        self._count = 0
        self._clear(FIRST_PLACES)

    def __len__(self) -> int:
        return self._count

    def __contains__(self, article_id: str) -> bool:
        return bool(self._keys[self._place(_key(article_id))])

    def add(self, article_id: str, number: int = 0) -> int | None:
        """Note an id; None if it is new, else the number it was first given with, which it keeps."""
        key = _key(article_id)
        place = self._place(key)
        if self._keys[place]:
            return self._numbers[place]
        self._keys[place], self._numbers[place] = key, number
        self._count += 1
        if 2 * self._count > len(self._keys):
            self._grow()
        return None

    def _place(self, key: int) -> int:
        """Where a key stands, or the free place where it would."""
        keys, last = self._keys, len(self._keys) - 1
        place = key & last
        while (held := keys[place]) and held != key:
            place = (place + 1) & last
        return place

    def _grow(self) -> None:
        keys, numbers = self._keys, self._numbers
        self._clear(2 * len(keys))
        for key, number in zip(keys, numbers, strict=True):
            if key:
                place = self._place(key)
                self._keys[place], self._numbers[place] = key, number

    def _clear(self, places: int) -> None:
        self._keys, self._numbers = array("Q", bytes(8 * places)), array("Q", bytes(8 * places))


def _key(article_id: str) -> int:
    return hash(article_id) & ALL_BITS or 1
