"""Candidates: which texts, of millions, are worth comparing; found from their samples alone.

The samples are turned round: for each hash the *list* of texts that have it. Four in five hashes stand in one text
only, and drop out at once. Two texts are a candidate pair where they meet in at least two lists, and in so many that
either a fifth of the shorter text (as far as both samples can tell) or a passage of some thirty words is likely in
both. So a copy cut to a third of its text is found as surely as a whole one: what counts is how much of the shorter
one is in the longer one, and not how alike they are.

A list of thousands (schedules, gold prices, stock phrases) gives pairs in proportion to its length, not its square: its
first members, in the order given, are paired with all others. Given in an order of their own, the texts alone decide
which pairs come out, not the files they stood in.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from archive.fingerprints import SAMPLED_WHOLE, Sample, halvings

LIST_LEADS = 16  # lists up to this length are paired in full; longer ones hold a template or a phrase
MEETINGS = 2  # in one list strangers meet by a phrase or by chance
PASSAGE_MEETINGS = 4  # of an eighth: some thirty words in a row
SHORTER_PART = 5  # one in so many of the shorter text's sampled shingles
PAIRS_AT_ONCE = 1 << 24  # meetings counted in one go: 128 MB

Indices = npt.NDArray[np.int64]
Keys = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True, eq=False)
class Samples:
    """The samples of all texts in a row: the hashes (uint32); how many each text has, of how many shingles."""

    hashes: Sample
    counts: Indices
    sizes: Indices


def candidate_pairs(samples: Samples) -> tuple[Indices, Indices]:
    """Pair the likely relatives among texts: positions, left < right, ascending."""
    count = np.uint64(max(len(samples.counts), 1))
    found = [keys[_enough(samples, keys, meetings, count)] for keys, meetings in _met(_shared(samples), count)]
    together = np.sort(np.concatenate(found)) if found else np.empty(0, np.uint64)
    return (together // count).astype(np.int64), (together % count).astype(np.int64)


def _shared(samples: Samples) -> Keys:
    """The entries of all lists of two texts or more, ascending: the hash in the high half, the text in the low one."""
    texts = np.repeat(np.arange(len(samples.counts), dtype=np.uint64), samples.counts)
    entries = samples.hashes.astype(np.uint64) << np.uint64(32) | texts
    del texts
    entries.sort()
    hashes = entries >> np.uint64(32)
    same = hashes[1:] == hashes[:-1]
    kept = np.zeros(len(entries), np.bool_)
    kept[1:] |= same
    kept[:-1] |= same
    return entries[kept]


def _met(entries: Keys, count: np.uint64) -> Iterator[tuple[Keys, Indices]]:
    """Yield the pairs that meet, and in how many lists: all pairs of some later partners at a time."""
    texts = (entries & np.uint64(0xFFFFFFFF)).astype(np.int64)
    hashes = entries >> np.uint64(32)
    opens = np.ones(len(entries), np.bool_)
    opens[1:] = hashes[1:] != hashes[:-1]
    places = np.arange(len(entries))
    starts = np.maximum.accumulate(np.where(opens, places, 0))
    partners = np.minimum(places - starts, LIST_LEADS)
    portions = -(-int(partners.sum()) // PAIRS_AT_ONCE)
    for portion in range(portions):
        mine = np.flatnonzero((partners > 0) & (texts % portions == portion))
        counts = partners[mine]
        within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        leads = texts[np.repeat(starts[mine], counts) + within].astype(np.uint64)
        yield _counted(leads * count + np.repeat(texts[mine], counts).astype(np.uint64))


def _counted(keys: Keys) -> tuple[Keys, Indices]:
    """Distinct keys met at least MEETINGS times, and how often."""
    keys.sort()
    first = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    often = np.diff(first, append=len(keys))
    enough = often >= MEETINGS
    return keys[first[enough]], often[enough]


def _enough(samples: Samples, keys: Keys, meetings: Indices, count: np.uint64) -> npt.NDArray[np.bool_]:
    """Whether pairs meet often enough for what their samples can show."""
    left, right = (keys // count).astype(np.int64), (keys % count).astype(np.int64)
    shorter = np.minimum(samples.sizes[left], samples.sizes[right])
    halved = HALVINGS[np.minimum(np.maximum(samples.sizes[left], samples.sizes[right]), len(HALVINGS) - 1)]
    return (meetings >= PASSAGE_MEETINGS) | (meetings * SHORTER_PART << halved >= shorter)


HALVINGS = np.array([halvings(size) for size in range(SAMPLED_WHOLE * 16)], np.int64)
