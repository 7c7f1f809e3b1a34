"""Candidate pairs: which of millions of texts are worth comparing, decided from their samples alone.

The samples are inverted into a posting list of texts for each hash. Two texts are a candidate pair if they collide in
at least two posting lists, and often enough that a fifth of the shorter text or a passage of some thirty words is
probably in both. Containment decides, not resemblance, so a copy cut to a third is found as surely as a whole one. The
work is bounded: in a long posting list only the first members are paired with all others, and of the pairs that can
share no more than passages each text keeps a few. docs/architecture/copies.md gives the details.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from sys import byteorder

import numpy as np
import numpy.typing as npt

from archive.copies.fingerprints import SAMPLED_WHOLE, Sample, halvings
from archive.copies.ragged_arrays import RaggedArray, expand_ranges

LIST_HEAD = 16  # posting lists up to this length are paired in full; longer ones come from a template or a stock phrase
MIN_COLLISIONS = 2  # one collision of unrelated texts may be a phrase or chance
PASSAGE_COLLISIONS = 4  # at a sampling rate of an eighth: some thirty words in a row
SHORTER_PART = 5  # or a fifth of the shorter text's sampled shingles
# Share of the shorter text from which a pair is always compared. Copies share three fifths and templates two
# fifths; samples err a little. Of 54,540 real articles, no copies and one in a hundred template pairs lie below.
COPIED = (2, 5)
MAX_PASSAGE_PAIRS = 8  # of each text, with earlier ones it can only share passages with; as many as `grouping` links
PAIRS_AT_ONCE = 1 << 22  # collisions counted at once: 32 MB
COMPARED_AT_ONCE = 1 << 14  # pairs whose samples are compared at once

Indices = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Keys = npt.NDArray[np.uint64]
HASH_BITS = np.uint64(32)
LOW_HALF = np.uint64(0xFFFFFFFF)
HIGH = int(byteorder == "little")


@dataclass(frozen=True, slots=True, eq=False)
class Samples:
    """The samples of all texts: their hashes (uint32, ascending within each), and the shingle count of each text."""

    hashes: RaggedArray
    sizes: Indices


def candidate_pairs(samples: Samples) -> tuple[Indices, Indices]:
    """Find candidate pairs: positions of texts (int32), left < right, in ascending order."""
    found = [
        _worth_comparing(samples, keys, collisions)
        for keys, collisions in _colliding_pairs(_shared_postings(samples.hashes))
    ]
    together = np.sort(np.concatenate(found)) if found else np.empty(0, np.uint64)
    return _left(together).astype(np.int32), _right(together).astype(np.int32)


def _shared_postings(hashes: RaggedArray) -> Keys:
    """The postings of hashes that two or more texts have, ascending: hash in the high half, text in the low half."""
    entries = hashes.values.astype(np.uint64)
    entries <<= HASH_BITS
    entries |= np.repeat(np.arange(len(hashes.lengths), dtype=np.uint32), hashes.lengths)
    entries.sort()
    same = _high_halves(entries[1:]) == _high_halves(entries[:-1])
    kept = np.zeros(len(entries), np.bool_)
    kept[1:] |= same
    kept[:-1] |= same
    return entries[kept]


def _colliding_pairs(entries: Keys) -> Iterator[tuple[Keys, Indices]]:
    """Yield pairs that collide, and in how many posting lists; all pairs of a text with earlier ones come together."""
    texts, starts, partners = _posting_lists(entries)
    del entries
    portions = -(-int(partners.sum(dtype=np.int64)) // PAIRS_AT_ONCE)
    for portion in range(portions):
        mine = np.flatnonzero((texts % np.uint32(portions) == portion) & (partners > 0))
        counts = partners[mine].astype(np.int64)
        keys = texts[expand_ranges(starts[mine].astype(np.int64), counts)].astype(np.uint64)
        keys <<= HASH_BITS
        keys |= np.repeat(texts[mine], counts)
        yield _frequent_keys(keys)


def _posting_lists(entries: Keys) -> tuple[Sample, Sample, npt.NDArray[np.uint8]]:
    """The text of each posting, the start of its posting list, and how many of the list's head stand before it."""
    opens = np.ones(len(entries), np.bool_)
    opens[1:] = _high_halves(entries[1:]) != _high_halves(entries[:-1])
    places = np.arange(len(entries), dtype=np.uint32)
    starts = np.maximum.accumulate(np.where(opens, places, np.uint32(0)))
    return entries.astype(np.uint32), starts, np.minimum(places - starts, LIST_HEAD).astype(np.uint8)


def _frequent_keys(keys: Keys) -> tuple[Keys, Indices]:
    """The distinct keys that occur at least MIN_COLLISIONS times, and how often."""
    keys.sort()
    first = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    often = np.diff(first, append=len(keys))
    enough = often >= MIN_COLLISIONS
    return keys[first[enough]], often[enough]


def _worth_comparing(samples: Samples, keys: Keys, collisions: Indices) -> Keys:
    """Drop the pairs that collide too seldom or exceed MAX_PASSAGE_PAIRS.

    A portion must hold all pairs of a text with earlier texts, so that the limit is applied to all of them.
    """
    keys = keys[_collide_enough(samples, keys, collisions)]
    left, right = _left(keys), _right(keys)
    shared = _shared_hashes(samples.hashes, left, right)
    shorter, halved = _detectable(samples, left, right)
    estimate = shared << halved
    least, whole = COPIED
    kept: Flags = estimate * whole >= shorter * least
    others = np.flatnonzero(~kept)
    others = others[np.lexsort((left[others], -estimate[others], right[others]))]
    kept[others[_among_first(right[others], MAX_PASSAGE_PAIRS)]] = True
    return keys[kept]


def _collide_enough(samples: Samples, keys: Keys, collisions: Indices) -> Flags:
    """Whether pairs collide often enough, given what their samples can show."""
    shorter, halved = _detectable(samples, _left(keys), _right(keys))
    return (collisions >= PASSAGE_COLLISIONS) | (collisions * SHORTER_PART << halved >= shorter)


def _detectable(samples: Samples, left: Indices, right: Indices) -> tuple[Indices, Indices]:
    """The shingle count of the shorter text of each pair, and how often the sampling rate common to both was halved."""
    sizes = samples.sizes[left], samples.sizes[right]
    return np.minimum(*sizes), HALVINGS[np.minimum(np.maximum(*sizes), len(HALVINGS) - 1)]


def _shared_hashes(hashes: RaggedArray, left: Indices, right: Indices) -> Indices:
    """How many hashes the samples of each pair share; long lists pair few members, so collisions may be fewer."""
    counts = np.zeros(len(left), np.int64)
    for start in range(0, len(left), COMPARED_AT_ONCE):
        some = slice(start, start + COMPARED_AT_ONCE)
        texts, mine = np.unique(left[some], return_inverse=True)
        of_left, of_right = hashes.take(texts), hashes.take(right[some])
        keys = of_left.list_indices.astype(np.uint64) << HASH_BITS | of_left.values
        wanted = np.repeat(mine.astype(np.uint64) << HASH_BITS, of_right.lengths) | of_right.values
        found = keys.take(np.searchsorted(keys, wanted), mode="clip") == wanted
        counts[some] = RaggedArray(found, of_right.starts).sums()
    return counts


def _among_first(groups: Indices, most: int) -> Flags:
    """Which members are among the first `most` of their group, in a list sorted by group."""
    return np.arange(len(groups)) - np.searchsorted(groups, groups) < most


def _high_halves(entries: Keys) -> Sample:
    """The high halves without a copy, because postings are the largest arrays there are."""
    return entries.view(np.uint32)[HIGH::2]


def _left(keys: Keys) -> Indices:
    return (keys >> HASH_BITS).astype(np.int64)


def _right(keys: Keys) -> Indices:
    return (keys & LOW_HALF).astype(np.int64)


HALVINGS = np.array([halvings(size) for size in range(SAMPLED_WHOLE * 16)], np.int64)
