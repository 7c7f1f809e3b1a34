"""Sorting byte strings: an argsort over whole arrays, without making Python strings.

Eight bytes of a string, read as one big-endian number, sort as the string does. All strings are sorted by their first
eight bytes; those that tie, by their next eight; and so on, with ever fewer. A million words are sorted in a second and
never become Python strings, which would take ten times the memory.
"""

import numpy as np
from numpy.typing import NDArray

from index.embedded.columnar.format.arrays import Array
from index.embedded.columnar.format.string_lists import Numbers, StringList, gather_bytes

WIDTH = 8  # bytes of a key

Keys = NDArray[np.uint64]


def argsort_strings(strings: StringList) -> Numbers:
    """Return u4[n]: the indices of the strings in ascending order; the sort is stable."""
    keys = _keys(strings, np.arange(len(strings)), 0)
    order = np.argsort(keys, kind="stable")
    group = _groups(keys[order], np.zeros(len(keys), np.int64))
    tied, offset, longest = _tied(group), WIDTH, int(_lengths(strings).max(initial=0))
    while len(tied) and offset < longest:
        keys = _keys(strings, order[tied], offset)
        inner = np.lexsort((keys, group[tied]))
        order[tied] = order[tied][inner]
        group[tied] = _groups(keys[inner], group[tied])
        tied, offset = tied[_tied(group[tied])], offset + WIDTH
    lengths = _lengths(strings)[order[tied]]  # they break the ties of NUL bytes with zero padding
    order[tied] = order[tied][np.lexsort((lengths, group[tied]))]
    return order.astype(np.uint32)


def argsort_by_ending(strings: StringList) -> Numbers:
    """Return u4[n]: the indices of the strings in the order of their reversals."""
    ends = strings.at[1:].astype(np.int64) - 1
    return argsort_strings(StringList(strings.at, gather_bytes(strings.text, ends, _lengths(strings), -1)))


def _lengths(strings: StringList) -> NDArray[np.int64]:
    return np.subtract(strings.at[1:], strings.at[:-1], dtype=np.int64)


def _keys(strings: StringList, indices: Array, offset: int) -> Keys:
    """Return u8[n]: eight bytes of each string from `offset` on, most significant first, padded with zeros."""
    keys = np.zeros(len(indices), np.uint64)
    begins = strings.at[:-1][indices].astype(np.int64) + offset
    left = strings.at[1:][indices].astype(np.int64) - begins
    for place in range(WIDTH if len(strings.text) else 0):
        byte = strings.text.take(begins + place, mode="clip")
        keys = keys << np.uint64(8) | np.where(place < left, byte, 0).astype(np.uint64)
    return keys


def _groups(keys: Keys, group: NDArray[np.int64]) -> NDArray[np.int64]:
    """Number sorted strings, ascending; strings share a number if they share the previous group and the key."""
    first = np.ones(len(keys), bool)
    first[1:] = (keys[1:] != keys[:-1]) | (group[1:] != group[:-1])
    return np.cumsum(first)


def _tied(group: NDArray[np.int64]) -> NDArray[np.intp]:
    """Return the indices of the strings that share their group with another."""
    same = group[1:] == group[:-1]
    return np.flatnonzero(np.append(same, False) | np.append(False, same))  # numpy's signature
