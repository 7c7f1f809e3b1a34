"""Order: the places of byte strings in ascending order, worked out for all of them at once.

Eight bytes of a string are one number whose order is theirs. All strings are sorted by their first eight; those that
agree, by their next eight; and so on, with ever fewer. A million words are sorted in a second and never become
Python strings, which would take ten times their memory.
"""

import numpy as np
from numpy.typing import NDArray

from index.embedded.columnar.format.arrays import Array
from index.embedded.columnar.format.string_lists import Numbers, Texts, gathered

WIDTH = 8  # bytes of a key

Keys = NDArray[np.uint64]


def ascending(held: Texts) -> Numbers:
    """u4[n]: the places of the strings in ascending order; equal ones in the order they had."""
    keys = _keys(held, np.arange(len(held)), 0)
    order = np.argsort(keys, kind="stable")
    group = _groups(keys[order], np.zeros(len(keys), np.int64))
    tied, offset, longest = _tied(group), WIDTH, int(_lengths(held).max(initial=0))
    while len(tied) and offset < longest:
        keys = _keys(held, order[tied], offset)
        inner = np.lexsort((keys, group[tied]))
        order[tied] = order[tied][inner]
        group[tied] = _groups(keys[inner], group[tied])
        tied, offset = tied[_tied(group[tied])], offset + WIDTH
    order[tied] = order[tied][np.lexsort((_lengths(held)[order[tied]], group[tied]))]  # a zero is less than no byte
    return order.astype(np.uint32)


def by_ending(held: Texts) -> Numbers:
    """u4[n]: the places of the strings in the order of their reversals."""
    ends = held.at[1:].astype(np.int64) - 1
    return ascending(Texts(held.at, gathered(held.text, ends, _lengths(held), -1)))


def _lengths(held: Texts) -> NDArray[np.int64]:
    return np.subtract(held.at[1:], held.at[:-1], dtype=np.int64)


def _keys(held: Texts, places: Array, offset: int) -> Keys:
    """u8[n]: eight bytes of each string from `offset` on, the first the most significant, zeros after its end."""
    keys = np.zeros(len(places), np.uint64)
    begins = held.at[:-1][places].astype(np.int64) + offset
    left = held.at[1:][places].astype(np.int64) - begins
    for place in range(WIDTH if len(held.text) else 0):
        byte = held.text.take(begins + place, mode="clip")
        keys = keys << np.uint64(8) | np.where(place < left, byte, 0).astype(np.uint64)
    return keys


def _groups(keys: Keys, group: NDArray[np.int64]) -> NDArray[np.int64]:
    """Numbers, ascending, for strings in order that are still alike: of the same group and with the same key."""
    first = np.ones(len(keys), bool)
    first[1:] = (keys[1:] != keys[:-1]) | (group[1:] != group[:-1])
    return np.cumsum(first)


def _tied(group: NDArray[np.int64]) -> NDArray[np.intp]:
    """The places of those whose group has others as well."""
    same = group[1:] == group[:-1]
    return np.flatnonzero(np.append(same, False) | np.append(False, same))  # numpy's signature
