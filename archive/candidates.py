"""Candidates: which texts, of millions, are worth comparing; found from their MinHash signatures alone.

Signatures are cut into *bands*; texts that agree in a whole band meet in a *bucket* (locality-sensitive hashing). Two
texts of Jaccard similarity s meet at least once with probability 1 − (1 − s^ROWS)^BANDS: 0.9996 at 0.8, 0.47 at 0.5.
The bias is towards finding too many, since the signatures themselves then sort out most of those in vain.

A bucket of thousands (schedules, horoscopes) gives pairs in proportion to its size, not its square: its first members,
in the order given, are paired with all others. Given in an order of their own, the texts alone decide which pairs come
out, not the files they stood in.
"""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from archive.fingerprints import NUM_PERMUTATIONS

BAND_ROWS = 5
BANDS = NUM_PERMUTATIONS // BAND_ROWS
BUCKET_LEADS = 32  # buckets up to this size are compared in full; fuller ones hold one template, and it joins by few
AGREEING = 64  # places of 100 in which signatures must agree: four standard deviations below those of 0.8
PAIRS_AT_ONCE = 1 << 12  # whose signatures are compared in one go: 3 MB, which a processor keeps at hand
KEY_FACTOR = np.uint64(0xD6E8FEB86659FD93)
HALF = np.uint64(32)

Indices = npt.NDArray[np.int64]
Signatures = npt.NDArray[np.uint32]
PairKeys = npt.NDArray[np.uint64]


def candidate_pairs(signatures: Signatures, rows: Indices) -> tuple[Indices, Indices]:
    """Pair the likely copies among `rows` of a signature matrix: positions in `rows`, left < right, ascending."""
    found = np.empty(0, np.uint64)
    count = np.uint64(max(len(rows), 1))
    for band in range(BANDS):
        keys = [
            left.astype(np.uint64) * count + right.astype(np.uint64) for left, right in _met(signatures, rows, band)
        ]
        found = np.unique(np.concatenate((found, *keys)))
    return (found // count).astype(np.int64), (found % count).astype(np.int64)


def _met(signatures: Signatures, rows: Indices, band: int) -> Iterator[tuple[Indices, Indices]]:
    """Yield the pairs that meet in one band and whose whole signatures agree enough."""
    for left, right in _bucket_pairs(_band_keys(signatures, rows, band)):
        agreeing = np.count_nonzero(signatures[rows[left]] == signatures[rows[right]], axis=1)
        alike = agreeing >= AGREEING
        yield left[alike], right[alike]


def _band_keys(signatures: Signatures, rows: Indices, band: int) -> PairKeys:
    """Hash each row's part of the signature in a band to 64 bits."""
    keys = np.zeros(len(rows), np.uint64)
    for column in range(band * BAND_ROWS, (band + 1) * BAND_ROWS):
        keys ^= signatures[rows, column]
        keys *= KEY_FACTOR
        keys ^= keys >> HALF
    return keys


def _bucket_pairs(keys: PairKeys) -> Iterator[tuple[Indices, Indices]]:
    """Pair each member of a bucket with the bucket's first members before it, in portions of bounded size."""
    order = np.argsort(keys, kind="stable")  # stable: within a bucket the order given
    opens = np.ones(len(order), np.bool_)
    opens[1:] = keys[order[1:]] != keys[order[:-1]]
    places = np.arange(len(order))
    starts = np.maximum.accumulate(np.where(opens, places, 0))
    partners = np.minimum(places - starts, BUCKET_LEADS)
    members = np.flatnonzero(partners)
    portions = np.cumsum(partners[members]) // PAIRS_AT_ONCE
    for portion in np.split(members, np.flatnonzero(np.diff(portions)) + 1):
        counts = partners[portion]
        within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        yield order[np.repeat(starts[portion], counts) + within], order[np.repeat(portion, counts)]
