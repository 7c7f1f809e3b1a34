"""Ranking: the terms of several sorted lists, each different one once, and every term's rank among them.

A hundred batches of news say the same words again and again, five million of them in all where 200,000 are different.
As Python strings in a dictionary they would take longer than all else in writing an index; so terms are told apart by
a 64-bit hash, worked out for all letters at once, and only the different ones become strings and are sorted. Two of
two million terms have the same hash with a chance of 10⁻⁷.

    hash(term) = Σ VALUES[byte i] · FACTORS[i]  modulo 2⁶⁴, over the bytes of the term; FACTORS are odd
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.embedded.columnar.format.arrays import Array, spread
from index.embedded.columnar.format.string_lists import Texts, joined
from index.embedded.columnar.format.string_order import ascending
from index.embedded.columnar.postings.inversion import Numbers, row_counts

Hashes = NDArray[np.uint64]

AT_ONCE = 1 << 15  # terms hashed at once: each of their letters takes some 30 bytes meanwhile
SEED = 20180531  # of the numbers below: any will do, and they are never stored
PLACES = 1 << 8  # of a byte in a term, a power of two; beyond, they are counted from the first again
_random = np.random.default_rng(SEED)
VALUES: Hashes = _random.integers(1, 1 << 63, 256, np.uint64) << np.uint64(1) | np.uint64(1)
FACTORS: Hashes = _random.integers(1, 1 << 63, PLACES, np.uint64) << np.uint64(1) | np.uint64(1)


def ranked(lists: Sequence[Texts]) -> tuple[Texts, list[Numbers]]:
    """All terms in ascending order, each once, and for each list the rank u4[T] of each of its terms."""
    hashes = np.concatenate([np.empty(0, np.uint64), *map(hashed, lists)])
    _, first, which = np.unique(hashes, return_index=True, return_inverse=True)
    as_met = np.argsort(first)
    different = _at(lists, first[as_met])
    order = ascending(different)
    ranks = np.empty(len(different), np.uint32)
    ranks[as_met[order]] = np.arange(len(different), dtype=np.uint32)
    ends = np.cumsum([len(terms) for terms in lists])
    return different.taken(order), np.split(ranks[which], ends[:-1]) if len(lists) else []


def places_of(wanted: Texts, among: Texts) -> NDArray[np.int64]:
    """int64[n]: the place of each string in a list in which none stands twice, -1 where it is not in it."""
    if not len(among):
        return np.full(len(wanted), -1)
    hashes = hashed(among)
    order = np.argsort(hashes)
    sought = hashed(wanted)
    places = order[np.minimum(np.searchsorted(hashes, sought, sorter=order), len(among) - 1)]
    return np.where(hashes[places] == sought, places, -1)


def hashed(terms: Texts) -> Hashes:
    """u8[T]: the hash of each term."""
    some = [_hashed(terms.at[at : at + AT_ONCE + 1], terms.text) for at in range(0, len(terms), AT_ONCE)]
    return np.concatenate([np.empty(0, np.uint64), *some])


def _hashed(bounds: Array, text: Array) -> Hashes:
    starts = bounds[:-1].astype(np.int64) - int(bounds[0])
    counts = row_counts(bounds)
    values = VALUES[text[bounds[0] : bounds[-1]]]
    values *= FACTORS[spread(np.zeros(len(counts), np.int64), counts) & (PLACES - 1)]
    sums = np.zeros(len(counts), np.uint64)
    said = counts > 0  # the empty term, if it is there, has nothing to add up
    if said.any():
        sums[said] = np.add.reduceat(values, starts[said])
    return sums


def _at(lists: Sequence[Texts], numbers: NDArray[np.int64]) -> Texts:
    """The terms with these numbers, ascending, counted on from list to list."""
    found, base = [], 0
    for terms in lists:
        begin, end = np.searchsorted(numbers, (base, base + len(terms)))
        found.append(terms.taken(numbers[begin:end] - base))
        base += len(terms)
    return joined(found)
