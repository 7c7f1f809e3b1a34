"""The union of sorted term lists: every distinct term once, and the rank in it of each list's terms.

A hundred batches of news hold five million terms, of which 200,000 are distinct. A dictionary of Python strings would
take longer than all else in writing an index. So terms are told apart by a 64-bit hash, computed over all bytes at
once, and only the distinct terms are sorted. Any two of two million terms share a hash with a probability of 10⁻⁷.

    hash(term) = Σ VALUES[byte i] · FACTORS[i]  modulo 2⁶⁴, over the bytes of the term; FACTORS are odd
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.embedded.columnar.format.arrays import Array, concatenated_ranges
from index.embedded.columnar.format.string_lists import StringList, concatenate_lists
from index.embedded.columnar.format.string_order import argsort_strings
from index.embedded.columnar.postings.inversion import Numbers, row_counts

Hashes = NDArray[np.uint64]

AT_ONCE = 1 << 15  # terms hashed at once: each of their bytes takes some 30 bytes of work space
SEED = 20180531  # of the random numbers below; any seed will do, since hashes are never stored
PLACES = 1 << 8  # distinct FACTORS, a power of two; longer terms use them again from the first
_random = np.random.default_rng(SEED)
VALUES: Hashes = _random.integers(1, 1 << 63, 256, np.uint64) << np.uint64(1) | np.uint64(1)
FACTORS: Hashes = _random.integers(1, 1 << 63, PLACES, np.uint64) << np.uint64(1) | np.uint64(1)


def union_terms(lists: Sequence[StringList]) -> tuple[StringList, list[Numbers]]:
    """Return all distinct terms, ascending, and for each list u4[T]: the rank of each of its terms."""
    hashes = np.concatenate([np.empty(0, np.uint64), *map(hashed, lists)])
    _, first, which = np.unique(hashes, return_index=True, return_inverse=True)
    by_occurrence = np.argsort(first)
    distinct = _at(lists, first[by_occurrence])
    order = argsort_strings(distinct)
    ranks = np.empty(len(distinct), np.uint32)
    ranks[by_occurrence[order]] = np.arange(len(distinct), dtype=np.uint32)
    ends = np.cumsum([len(terms) for terms in lists])
    return distinct.taken(order), np.split(ranks[which], ends[:-1]) if len(lists) else []


def indices_of(wanted: StringList, among: StringList) -> NDArray[np.int64]:
    """Return int64[n]: the index of each wanted string in a list of unique strings, -1 if it is not there."""
    if not len(among):
        return np.full(len(wanted), -1)
    hashes = hashed(among)
    order = np.argsort(hashes)
    sought = hashed(wanted)
    indices = order[np.minimum(np.searchsorted(hashes, sought, sorter=order), len(among) - 1)]
    return np.where(hashes[indices] == sought, indices, -1)


def hashed(terms: StringList) -> Hashes:
    """Return u8[T]: the hash of each term."""
    some = [_hashed(terms.at[at : at + AT_ONCE + 1], terms.text) for at in range(0, len(terms), AT_ONCE)]
    return np.concatenate([np.empty(0, np.uint64), *some])


def _hashed(bounds: Array, text: Array) -> Hashes:
    starts = bounds[:-1].astype(np.int64) - int(bounds[0])
    counts = row_counts(bounds)
    values = VALUES[text[bounds[0] : bounds[-1]]]
    values *= FACTORS[concatenated_ranges(np.zeros(len(counts), np.int64), counts) & (PLACES - 1)]
    sums = np.zeros(len(counts), np.uint64)
    filled = counts > 0  # `reduceat` cannot sum nothing, and the empty term may be there
    if filled.any():
        sums[filled] = np.add.reduceat(values, starts[filled])
    return sums


def _at(lists: Sequence[StringList], numbers: NDArray[np.int64]) -> StringList:
    """Return the terms with these numbers, ascending; numbers run on from list to list."""
    found, base = [], 0
    for terms in lists:
        begin, end = np.searchsorted(numbers, (base, base + len(terms)))
        found.append(terms.taken(numbers[begin:end] - base))
        base += len(terms)
    return concatenate_lists(found)
