"""Candidates: which texts, of millions, are worth comparing; found from their samples alone.

The samples are turned round: for each hash the *list* of texts that have it. Four in five hashes stand in one text
only, and drop out at once. Two texts are a candidate pair where they meet in at least two lists, and in so many that
either a fifth of the shorter text (as far as both samples can tell) or a passage of some thirty words is likely in
both. So a copy cut to a third of its text is found as surely as a whole one: what counts is how much of the shorter
one is in the longer one, and not how alike they are.

What is compared is bounded. A list of thousands (schedules, gold prices, stock phrases) gives pairs in proportion to
its length, not its square: its first members are paired with all others. And the samples of a pair, laid side by side,
tell which pairs can be copies or of one form; of the rest, which can only share passages, each text is compared with
the few before it that share most. Given in an order of their own, the texts alone decide which pairs come out, not the
files they stood in.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from sys import byteorder

import numpy as np
import numpy.typing as npt

from archive.copies.fingerprints import SAMPLED_WHOLE, Sample, halvings
from archive.copies.ragged_arrays import Ragged, spans

LIST_LEADS = 16  # lists up to this length are paired in full; longer ones hold a template or a phrase
MEETINGS = 2  # in one list strangers meet by a phrase or by chance
PASSAGE_MEETINGS = 4  # of an eighth: some thirty words in a row
SHORTER_PART = 5  # one in so many of the shorter text's sampled shingles
# Of the shorter text: from here on two texts can be copies (three fifths) or of one form (two fifths), since samples
# miss by a little. Of 54,540 real articles no pair of copies lies below, and one in a hundred pairs of one form.
COPIED = (2, 5)
PASSAGES = 8  # pairs of a text that can only share passages: as many as `kinship` links, of a stock paragraph enough
PAIRS_AT_ONCE = 1 << 22  # meetings counted in one go: 32 MB
COMPARED_AT_ONCE = 1 << 14  # pairs whose samples are laid side by side

Indices = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Keys = npt.NDArray[np.uint64]
HASH_BITS = np.uint64(32)
LOW_HALF = np.uint64(0xFFFFFFFF)
HIGH = int(byteorder == "little")


@dataclass(frozen=True, slots=True, eq=False)
class Samples:
    """The samples of all texts: their hashes (uint32), ascending in each; of how many shingles each was taken."""

    hashes: Ragged
    sizes: Indices


def candidate_pairs(samples: Samples) -> tuple[Indices, Indices]:
    """Pair the likely relatives among texts: positions (int32), left < right, ascending."""
    found = [_worth_comparing(samples, keys, meetings) for keys, meetings in _met(_shared(samples.hashes))]
    together = np.sort(np.concatenate(found)) if found else np.empty(0, np.uint64)
    return _left(together).astype(np.int32), _right(together).astype(np.int32)


def _shared(hashes: Ragged) -> Keys:
    """The entries of all lists of two texts or more, ascending: the hash in the high half, the text in the low one."""
    entries = hashes.values.astype(np.uint64)
    entries <<= HASH_BITS
    entries |= np.repeat(np.arange(len(hashes.lengths), dtype=np.uint32), hashes.lengths)
    entries.sort()
    same = _high(entries[1:]) == _high(entries[:-1])
    kept = np.zeros(len(entries), np.bool_)
    kept[1:] |= same
    kept[:-1] |= same
    return entries[kept]


def _met(entries: Keys) -> Iterator[tuple[Keys, Indices]]:
    """Yield pairs that meet, and in how many lists: all pairs of some later texts at a time."""
    texts, starts, partners = _lists(entries)
    del entries
    portions = -(-int(partners.sum(dtype=np.int64)) // PAIRS_AT_ONCE)
    for portion in range(portions):
        mine = np.flatnonzero((texts % np.uint32(portions) == portion) & (partners > 0))
        counts = partners[mine].astype(np.int64)
        keys = texts[spans(starts[mine].astype(np.int64), counts)].astype(np.uint64)
        keys <<= HASH_BITS
        keys |= np.repeat(texts[mine], counts)
        yield _counted(keys)


def _lists(entries: Keys) -> tuple[Sample, Sample, npt.NDArray[np.uint8]]:
    """The text of each entry, where its list starts, and how many of the list's leads stand before it."""
    opens = np.ones(len(entries), np.bool_)
    opens[1:] = _high(entries[1:]) != _high(entries[:-1])
    places = np.arange(len(entries), dtype=np.uint32)
    starts = np.maximum.accumulate(np.where(opens, places, np.uint32(0)))
    return entries.astype(np.uint32), starts, np.minimum(places - starts, LIST_LEADS).astype(np.uint8)


def _counted(keys: Keys) -> tuple[Keys, Indices]:
    """Distinct keys met at least MEETINGS times, and how often."""
    keys.sort()
    first = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    often = np.diff(first, append=len(keys))
    enough = often >= MEETINGS
    return keys[first[enough]], often[enough]


def _worth_comparing(samples: Samples, keys: Keys, meetings: Indices) -> Keys:
    """The pairs that meet often enough, less what is beyond the bound; with a text come all that stand before it."""
    keys = keys[_enough(samples, keys, meetings)]
    left, right = _left(keys), _right(keys)
    shared = _shared_hashes(samples.hashes, left, right)
    shorter, halved = _shown(samples, left, right)
    told = shared << halved
    least, whole = COPIED
    kept: Flags = told * whole >= shorter * least
    others = np.flatnonzero(~kept)
    others = others[np.lexsort((left[others], -told[others], right[others]))]
    kept[others[_among_first(right[others], PASSAGES)]] = True
    return keys[kept]


def _enough(samples: Samples, keys: Keys, meetings: Indices) -> Flags:
    """Whether pairs meet often enough for what their samples can show."""
    shorter, halved = _shown(samples, _left(keys), _right(keys))
    return (meetings >= PASSAGE_MEETINGS) | (meetings * SHORTER_PART << halved >= shorter)


def _shown(samples: Samples, left: Indices, right: Indices) -> tuple[Indices, Indices]:
    """The shingles of the shorter text of each pair, and how often the share that both were sampled at was halved."""
    sizes = samples.sizes[left], samples.sizes[right]
    return np.minimum(*sizes), HALVINGS[np.minimum(np.maximum(*sizes), len(HALVINGS) - 1)]


def _shared_hashes(hashes: Ragged, left: Indices, right: Indices) -> Indices:
    """How many hashes the samples of each pair share; fewer meet, as long lists pair a few members only."""
    counts = np.zeros(len(left), np.int64)
    for start in range(0, len(left), COMPARED_AT_ONCE):
        some = slice(start, start + COMPARED_AT_ONCE)
        texts, mine = np.unique(left[some], return_inverse=True)
        of_left, of_right = hashes.taken(texts), hashes.taken(right[some])
        keys = of_left.owners.astype(np.uint64) << HASH_BITS | of_left.values
        wanted = np.repeat(mine.astype(np.uint64) << HASH_BITS, of_right.lengths) | of_right.values
        found = keys.take(np.searchsorted(keys, wanted), mode="clip") == wanted
        counts[some] = Ragged(found, of_right.starts).sums()
    return counts


def _among_first(groups: Indices, most: int) -> Flags:
    """Which members are among the first of their group, in a list ascending by group."""
    return np.arange(len(groups)) - np.searchsorted(groups, groups) < most


def _high(entries: Keys) -> Sample:
    """The high halves, without a copy: entries are the largest arrays there are."""
    return entries.view(np.uint32)[HIGH::2]


def _left(keys: Keys) -> Indices:
    return (keys >> HASH_BITS).astype(np.int64)


def _right(keys: Keys) -> Indices:
    return (keys & LOW_HALF).astype(np.int64)


HALVINGS = np.array([halvings(size) for size in range(SAMPLED_WHOLE * 16)], np.int64)
