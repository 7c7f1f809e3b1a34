"""Candidate pairs: which of millions of texts are worth comparing, decided from their samples alone.

The samples are inverted into a posting list of texts for each hash. Two texts are a candidate pair if they collide in
at least two posting lists, and often enough that a fifth of the shorter text or a passage of some thirty words is
probably in both. Containment decides, not resemblance, so a copy cut to a third is found as surely as a whole one. The
work is bounded: in a long posting list only the first members are paired with all others, and of the pairs that can
share no more than passages each text keeps a few. All pairs of a text with earlier texts depend on the posting lists of
its own hashes only, so they can be found for a few texts alone. docs/architecture/copies.md gives the details.
"""

from collections.abc import Iterator

import numpy as np

from archive.copies.candidates.postings import HASH_BITS, LOW_HALF, Keys, PostingLists, Samples
from archive.copies.fingerprints import SAMPLED_WHOLE, halvings
from archive.copies.ragged_arrays import Flags, Indices, RaggedArray, expand_ranges

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


def candidate_pairs(samples: Samples, later: Indices | None = None) -> tuple[Indices, Indices]:
    """Find candidate pairs: positions of texts (int32), left < right, in ascending order.

    `later` names the texts (ascending) whose pairs with earlier texts are wanted, all if None.
    """
    found = [_worth_comparing(samples, keys, collisions) for keys, collisions in _colliding_pairs(samples, later)]
    together = np.sort(np.concatenate(found)) if found else np.empty(0, np.uint64)
    return _left(together).astype(np.int32), _right(together).astype(np.int32)


def _colliding_pairs(samples: Samples, later: Indices | None) -> Iterator[tuple[Keys, Indices]]:
    """Yield pairs that collide, and in how many posting lists; all pairs of a text with earlier ones come together."""
    lists = PostingLists.of(samples, later)
    texts, starts = lists.texts, lists.starts
    partners = np.minimum(lists.ranks, LIST_HEAD).astype(np.uint8)
    if later is not None:
        wanted = np.zeros(len(samples.sizes), np.bool_)
        wanted[later] = True
        partners *= wanted[texts]
    portions = -(-int(partners.sum(dtype=np.int64)) // PAIRS_AT_ONCE)
    for portion in range(portions):
        mine = np.flatnonzero((texts % np.uint32(portions) == portion) & (partners > 0))
        counts = partners[mine].astype(np.int64)
        keys = texts[expand_ranges(starts[mine].astype(np.int64), counts)].astype(np.uint64)
        keys <<= HASH_BITS
        keys |= np.repeat(texts[mine], counts)
        yield frequent_keys(keys)


def frequent_keys(keys: Keys) -> tuple[Keys, Indices]:
    """The distinct keys that occur at least MIN_COLLISIONS times, and how often."""
    if not len(keys):
        return keys, np.empty(0, np.int64)
    keys.sort()
    first = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    often = np.diff(first, append=len(keys))
    enough = often >= MIN_COLLISIONS
    return keys[first[enough]], often[enough]


def _worth_comparing(samples: Samples, keys: Keys, collisions: Indices) -> Keys:
    """Drop the pairs that collide too seldom or exceed MAX_PASSAGE_PAIRS.

    A portion must hold all pairs of a text with earlier texts, so that the limit is applied to all of them.
    """
    enough = collide_enough(samples, keys, collisions)
    keys, shared = keys[enough], collisions[enough]  # they share at least the lists in which they collide
    left, right = _left(keys), _right(keys)
    shorter, halved = _detectable(samples, left, right)
    least, whole = COPIED
    doubtful = np.flatnonzero((shared << halved) * whole < shorter * least)
    shared[doubtful] = _shared_hashes(samples, left[doubtful], right[doubtful])
    estimate = shared << halved
    kept: Flags = estimate * whole >= shorter * least
    others = np.flatnonzero(~kept)
    others = others[np.lexsort((left[others], -estimate[others], right[others]))]
    kept[others[_among_first(right[others], MAX_PASSAGE_PAIRS)]] = True
    return keys[kept]


def collide_enough(samples: Samples, keys: Keys, collisions: Indices) -> Flags:
    """Whether pairs collide often enough, given what their samples can show."""
    shorter, halved = _detectable(samples, _left(keys), _right(keys))
    return (collisions >= PASSAGE_COLLISIONS) | (collisions * SHORTER_PART << halved >= shorter)


def _detectable(samples: Samples, left: Indices, right: Indices) -> tuple[Indices, Indices]:
    """The shingle count of the shorter text of each pair, and how often the sampling rate common to both was halved."""
    sizes = samples.sizes[left], samples.sizes[right]
    return np.minimum(*sizes), HALVINGS[np.minimum(np.maximum(*sizes), len(HALVINGS) - 1)]


def _shared_hashes(samples: Samples, left: Indices, right: Indices) -> Indices:
    """How many hashes the samples of each pair share; long lists pair few members, so collisions may be fewer."""
    counts = np.zeros(len(left), np.int64)
    for start in range(0, len(left), COMPARED_AT_ONCE):
        some = slice(start, start + COMPARED_AT_ONCE)
        texts, mine = np.unique(left[some], return_inverse=True)
        of_left, of_right = samples.of(texts), samples.of(right[some])
        keys = of_left.list_indices.astype(np.uint64) << HASH_BITS | of_left.values
        wanted = np.repeat(mine.astype(np.uint64) << HASH_BITS, of_right.lengths) | of_right.values
        found = keys.take(np.searchsorted(keys, wanted), mode="clip") == wanted
        counts[some] = RaggedArray(found, of_right.starts).sums()
    return counts


def _among_first(groups: Indices, most: int) -> Flags:
    """Which members are among the first `most` of their group, in a list sorted by group."""
    return np.arange(len(groups)) - np.searchsorted(groups, groups) < most


def _left(keys: Keys) -> Indices:
    return (keys >> HASH_BITS).astype(np.int64)


def _right(keys: Keys) -> Indices:
    return (keys & LOW_HALF).astype(np.int64)


HALVINGS = np.array([halvings(size) for size in range(SAMPLED_WHOLE * 16)], np.int64)
