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

from index.columnar.postings import Numbers, row_counts
from index.columnar.texts import Texts

Hashes = NDArray[np.uint64]

SEED = 20180531  # of the numbers below: any will do, and they are never stored
PLACES = 1 << 8  # of a byte in a term, a power of two; beyond, they are counted from the first again
_random = np.random.default_rng(SEED)
VALUES: Hashes = _random.integers(1, 1 << 63, 256, np.uint64) << np.uint64(1) | np.uint64(1)
FACTORS: Hashes = _random.integers(1, 1 << 63, PLACES, np.uint64) << np.uint64(1) | np.uint64(1)


def ranked(lists: Sequence[Texts]) -> tuple[list[bytes], list[Numbers]]:
    """All terms in ascending order, each once, and for each list the rank u4[T] of each of its terms."""
    hashes = np.concatenate([np.empty(0, np.uint64), *map(hashed, lists)])
    _, first, which = np.unique(hashes, return_index=True, return_inverse=True)
    terms = _at(lists, first)
    order = sorted(range(len(terms)), key=terms.__getitem__)
    ranks = np.empty(len(terms), np.uint32)
    ranks[order] = np.arange(len(terms), dtype=np.uint32)
    ends = np.cumsum([len(terms) for terms in lists])
    return [terms[number] for number in order], np.split(ranks[which], ends[:-1]) if len(lists) else []


def hashed(terms: Texts) -> Hashes:
    """u8[T]: the hash of each term."""
    starts = terms.at[:-1].astype(np.int64)
    counts = row_counts(terms.at)
    places = np.arange(len(terms.text)) - np.repeat(starts, counts)
    values = VALUES[terms.text] * FACTORS[places & (PLACES - 1)]
    sums = np.zeros(len(terms), np.uint64)
    said = counts > 0  # the empty term, if it is there, has nothing to add up
    if said.any():
        sums[said] = np.add.reduceat(values, starts[said])
    return sums


def _at(lists: Sequence[Texts], numbers: NDArray[np.int64]) -> list[bytes]:
    """The terms with these numbers, counted on from list to list."""
    found, order = [b""] * len(numbers), np.argsort(numbers)
    ascending, base = numbers[order], 0
    for terms in lists:
        begin, end = np.searchsorted(ascending, (base, base + len(terms)))
        for number, place in zip(order[begin:end].tolist(), (ascending[begin:end] - base).tolist(), strict=True):
            found[number] = terms[place]
        base += len(terms)
    return found
