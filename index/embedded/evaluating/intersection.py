"""Intersection of ascending document lists: which documents two lists share, and at which indices.

The method depends on density. Finding a few documents in a long list takes a binary search each. Where both lists are
long, a mask or table over all N documents is cheaper: it is filled and read in one pass without branches. A mask shows
which documents are shared; if these are few, their indices are again found by binary search.
"""

import numpy as np
from numpy.typing import NDArray

from index.embedded.columnar.format.arrays import Array
from index.embedded.facts.columns import Mask, Numbers

Indices = NDArray[np.intp]
SEARCH_COST = 16  # one binary search costs as much as writing and reading this many table entries


def to_mask(documents: Numbers, size: int) -> Mask:
    """bool[size]: the documents as a mask."""
    mask = np.zeros(size, bool)
    mask[documents.astype(np.intp)] = True  # with its own conversion, numpy takes three times as long
    return mask


def search_is_cheaper(few: int, many: int, size: int) -> bool:
    """Whether `few` binary searches in a list of `many` are cheaper than a table over all `size` documents."""
    return few * SEARCH_COST < many + size // 8


def intersect(few: Numbers, many: Numbers, size: int) -> tuple[Indices, Indices]:
    """The indices of the shared documents in each of two ascending lists, of which the first is the shorter."""
    if not len(few):
        return np.empty(0, np.intp), np.empty(0, np.intp)
    if search_is_cheaper(len(few), len(many), size):
        return intersect_by_search(few, many)
    held = to_mask(many, size).take(few, mode="clip").nonzero()[0]
    return held, _indices(few.take(held), many, size)


def _indices(shared: Numbers, among: Numbers, size: int) -> Indices:
    """The indices of some documents in an ascending list that contains all of them."""
    if search_is_cheaper(len(shared), len(among), size):
        return among.searchsorted(shared.astype(among.dtype, copy=False))
    table = np.empty(size, np.intp)  # only entries that were written are read
    table[among.astype(np.intp)] = np.arange(len(among))
    return table.take(shared, mode="clip")


def intersect_by_search(few: Array, many: Array) -> tuple[Indices, Indices]:
    """As `intersect`, by a binary search for each document of the first list, which may be in any order."""
    if not len(many):
        return np.empty(0, np.intp), np.empty(0, np.intp)
    few = few.astype(many.dtype, copy=False)  # with mixed types, numpy would convert the whole long list
    at = many.searchsorted(few)
    at[at == len(many)] = 0
    held = (many.take(at) == few).nonzero()[0]
    return held, at[held]
