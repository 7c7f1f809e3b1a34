"""A compact map from seen ids to numbers: 16 bytes per slot, where a dictionary of strings takes two hundred per id.

An id is represented by 64 bits of its hash; the chance that any two of a million ids collide is 10⁻⁸. The table uses
open addressing with linear probing, and at most half of its slots are occupied.

    keys     u8[2ᵏ]   hashes, 0 in a free slot
    numbers  u8[2ᵏ]   the number stored with each id
"""

from array import array

INITIAL_SLOTS = 1 << 10  # a small run stays small; the table doubles
ALL_BITS = (1 << 64) - 1


class SeenIds:
    """A growing hash table of ids."""

    def __init__(self) -> None:
        self._count = 0
        self._clear(INITIAL_SLOTS)

    def __len__(self) -> int:
        return self._count

    def __contains__(self, article_id: str | bytes) -> bool:
        return bool(self._keys[self._slot(_key(article_id))])

    def add(self, article_id: str | bytes, number: int = 0) -> int | None:
        """Add an id. Returns None if it is new, else the number it was first added with, which it keeps."""
        key = _key(article_id)
        slot = self._slot(key)
        if self._keys[slot]:
            return self._numbers[slot]
        self._keys[slot], self._numbers[slot] = key, number
        self._count += 1
        if 2 * self._count > len(self._keys):
            self._grow()
        return None

    def put(self, article_id: str | bytes, number: int) -> None:
        """Give an id this number, also in place of another."""
        if self.add(article_id, number) is not None:
            self._numbers[self._slot(_key(article_id))] = number

    def number(self, article_id: str | bytes) -> int | None:
        """The number of an id; None if it was not added."""
        slot = self._slot(_key(article_id))
        return self._numbers[slot] if self._keys[slot] else None

    def _slot(self, key: int) -> int:
        """The slot of a key, or the free slot where it belongs."""
        keys, last = self._keys, len(self._keys) - 1
        slot = key & last
        while (held := keys[slot]) and held != key:
            slot = (slot + 1) & last
        return slot

    def _grow(self) -> None:
        keys, numbers = self._keys, self._numbers
        self._clear(2 * len(keys))
        for key, number in zip(keys, numbers, strict=True):
            if key:
                slot = self._slot(key)
                self._keys[slot], self._numbers[slot] = key, number

    def _clear(self, slots: int) -> None:
        self._keys, self._numbers = array("Q", bytes(8 * slots)), array("Q", bytes(8 * slots))


def _key(article_id: str | bytes) -> int:
    return hash(article_id) & ALL_BITS or 1
