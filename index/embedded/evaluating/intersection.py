"""Joining: which documents two ascending lists share, and where in them they stand.

Joining chooses by density. Looking few documents up in many costs a search each; where both are many, a mask or table
over all N documents is cheaper, since filling and reading it is one pass without a branch. A mask tells which documents
are shared, and these are again looked up if they are few.
"""

import numpy as np
from numpy.typing import NDArray

from index.embedded.columnar.format.arrays import Array
from index.embedded.facts.columns import Mask, Numbers

Places = NDArray[np.intp]
SEARCH_COST = 16  # looking one document up costs as much as writing and reading so many places of a table


def masked(documents: Numbers, size: int) -> Mask:
    """bool[size]: the documents as a mask."""
    mask = np.zeros(size, bool)
    mask[documents.astype(np.intp)] = True  # converting them itself, numpy takes three times as long
    return mask


def rather_searched(few: int, many: int, size: int) -> bool:
    """Whether looking so few documents up in so many is cheaper than a table over all."""
    return few * SEARCH_COST < many + size // 8


def common(few: Numbers, many: Numbers, size: int) -> tuple[Places, Places]:
    """The places, in two ascending lists of which the first is the shorter, of the documents they share."""
    if not len(few):
        return np.empty(0, np.intp), np.empty(0, np.intp)
    if rather_searched(len(few), len(many), size):
        return searched(few, many)
    held = masked(many, size).take(few, mode="clip").nonzero()[0]
    return held, _places(few.take(held), many, size)


def _places(shared: Numbers, among: Numbers, size: int) -> Places:
    """Where some documents stand in an ascending list that has all of them."""
    if rather_searched(len(shared), len(among), size):
        return among.searchsorted(shared.astype(among.dtype, copy=False))
    table = np.empty(size, np.intp)  # read only where it is written
    table[among.astype(np.intp)] = np.arange(len(among))
    return table.take(shared, mode="clip")


def searched(few: Array, many: Array) -> tuple[Places, Places]:
    """The same, by looking each of the first up in the second; the first may be in any order."""
    if not len(many):
        return np.empty(0, np.intp), np.empty(0, np.intp)
    few = few.astype(many.dtype, copy=False)  # of two types, all the many would be converted
    at = many.searchsorted(few)
    at[at == len(many)] = 0
    held = (many.take(at) == few).nonzero()[0]
    return held, at[held]
