"""Alignment of text pairs: how many shingles two texts share, and what kinds of words differ.

A word is *covered* if it lies within a shingle that both texts have. The uncovered words of each side, less those
uncovered on both sides, are what one text has in place of the other's words. In a rewritten sentence they are words of
every kind. In texts made from one template they are hardly anything but numbers, days and names. A rewritten paragraph
has other numbers too, but few for its length, so a number counts only in a run of words that is rich in numbers.

A thousand pairs are compared at once by array operations on all their words: one pair alone costs ten times as much.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from archive.copies.comparing.openings import OPENINGS, shared_openings
from archive.copies.comparing.pair_evidence import EVIDENCE, Evidence
from archive.copies.fingerprints import (
    FLAG_BITS,
    FLAG_MASK,
    HAS_DIGIT,
    MIX_FACTOR,
    SHINGLE_WORDS,
    WordHashes,
    fingerprint,
    shingles_of,
)
from archive.copies.ragged_arrays import Flags, Indices, RaggedArray, expand_ranges

PARTS = 64  # equal parts of a text, to locate what it shares; one bit of a uint64 each
# Words are compared only if at least a third of a text's shingles is shared: below, the texts are neither copies nor of
# one template.
ALIKE = 3
RICH = 5  # where a template was filled in anew, at least a fifth of a run of differing words are numbers or days
MAX_COUNT = 0xFFFF
PAIR_BITS = np.uint64(16)  # of a key, for the owner of a shingle; the other 48 bits of the shingle are enough
FILTER_BITS = 20  # of a mixed key, looked up in a table of 1 MB
FILTER_SHIFT = np.uint64(64 - FILTER_BITS)
SENTINEL = np.uint64(0xFFFFFFFFFFFFFFFF)  # greater than every key
DAY_HASHES = np.sort(
    fingerprint(
        [
            "senin selasa rabu kamis jumat sabtu minggu ahad januari februari maret april mei juni juli agustus",
            "september oktober november desember jan feb mar apr jun jul agu ags sep okt nov des",
        ]
    ).words
    >> FLAG_BITS
)


@dataclass(frozen=True, slots=True, eq=False)
class _Side:
    """One side of some pairs: the text of each, and which of its shingles, in order, the other text has too."""

    text: Indices
    kept: RaggedArray

    def is_alike(self) -> Flags:
        """Whether enough of the shingles are shared to compare the words."""
        alike: Flags = self.kept.sums() * ALIKE >= self.kept.lengths
        return alike

    def take(self, pairs: Indices) -> "_Side":
        """The side of some of the pairs."""
        return _Side(self.text[pairs], self.kept.take(pairs))


@dataclass(frozen=True, slots=True, eq=False)
class _Differing:
    """Uncovered words: the pair of each, its hash, and whether its run is rich in numbers."""

    pairs: Indices
    words: WordHashes
    rich: Flags


def overlap(one: WordHashes, other: WordHashes) -> Evidence:
    """Compare two texts: one row of EVIDENCE."""
    found: Evidence = overlaps(RaggedArray.from_lists([one, other]), np.array([0]), np.array([1]))[0]
    return found


def overlaps(words: RaggedArray, left: Indices, right: Indices) -> Evidence:
    """Compare pairs of texts, fewer than 65,536, given as indices into `words`: a row of EVIDENCE for each."""
    found = np.zeros(len(left), EVIDENCE)
    shingles = _shingles(words)
    one, other = _sides(shingles, left, right, found)
    meeting = np.flatnonzero(found["shared"])
    found["left_parts"][meeting] = _parts(one.kept, meeting)
    found["right_parts"][meeting] = _parts(other.kept, meeting)
    alike = meeting[(one.is_alike() | other.is_alike())[meeting]]
    if len(alike):
        for name, length in OPENINGS.items():
            found[name][alike] = shared_openings(words, left[alike], right[alike], length)
        _count_differing(found, alike, [_differing(words, side.take(alike)) for side in (one, other)])
    return found


def _shingles(words: RaggedArray) -> RaggedArray:
    """The shingles of all texts, in order."""
    lengths = words.lengths
    counts = np.where(lengths < SHINGLE_WORDS, np.minimum(lengths, 1), lengths - SHINGLE_WORDS + 1)
    everywhere = shingles_of(words.values)  # includes shingles that span two texts
    found = RaggedArray.from_lengths(everywhere.take(expand_ranges(words.starts[:-1], counts), mode="clip"), counts)
    for text in np.flatnonzero((lengths > 0) & (lengths < SHINGLE_WORDS)).tolist():
        found.values[found.starts[text]] = shingles_of(words.values[words.starts[text] : words.starts[text + 1]])[0]
    return found


def _sides(shingles: RaggedArray, left: Indices, right: Indices, found: Evidence) -> tuple[_Side, _Side]:
    """Look up the right texts' shingles among the left texts', and count the shared ones."""
    texts, mine = np.unique(left, return_inverse=True)
    of_left, of_right = shingles.take(texts), shingles.take(right)
    in_order = _keyed(of_left.list_indices, of_left)
    sorted_keys = np.append(np.sort(in_order), SENTINEL)
    first = RaggedArray(np.searchsorted(sorted_keys, in_order), of_left.starts).take(mine)
    wanted = _keyed(np.repeat(mine, of_right.lengths), of_right)
    likely = _likely_among(in_order, wanted)
    places = np.searchsorted(sorted_keys, wanted[likely])
    same = sorted_keys[places] == wanted[likely]
    kept = np.zeros(len(wanted), np.bool_)
    kept[likely[same]] = True
    shift = first.starts[:-1] - of_left.starts[mine]  # from a text's offset among the keys to its offset in this pair
    matched = np.zeros(len(first.values), np.bool_)
    matched[places[same] + np.repeat(shift, RaggedArray(kept, of_right.starts).sums())] = True
    found["shared"] = RaggedArray(matched, first.starts).sums()
    kept_left = matched[first.values + np.repeat(shift, first.lengths)]
    return _Side(left, RaggedArray(kept_left, first.starts)), _Side(right, RaggedArray(kept, of_right.starts))


def _keyed(owners: Indices, shingles: RaggedArray) -> npt.NDArray[np.uint64]:
    """Shingles prefixed with their owner's number."""
    return owners.astype(np.uint64) << (np.uint64(64) - PAIR_BITS) | shingles.values >> PAIR_BITS


def _likely_among(keys: npt.NDArray[np.uint64], wanted: npt.NDArray[np.uint64]) -> Indices:
    """Which of the wanted may be among the keys; a table tells of most of the others faster than a search."""
    table = np.zeros(1 << FILTER_BITS, np.bool_)
    table[keys * MIX_FACTOR >> FILTER_SHIFT] = True
    return np.flatnonzero(table[wanted * MIX_FACTOR >> FILTER_SHIFT])


def _parts(kept: RaggedArray, pairs: Indices) -> npt.NDArray[np.uint64]:
    """A bit for each of 64 equal parts of a text, the first lowest: whether the shingle in its middle is shared."""
    middles = (2 * np.arange(PARTS) + 1) * kept.lengths[pairs, None] // (2 * PARTS) + kept.starts[pairs, None]
    return np.packbits(kept.values[middles], axis=1, bitorder="little").view("<u8")[:, 0]


def _differing(words: RaggedArray, side: _Side) -> _Differing:
    """The uncovered words of one side."""
    of_side = words.take(side.text)
    pairs, places = of_side.list_indices, of_side.positions
    widths, last = np.minimum(of_side.lengths, SHINGLE_WORDS), side.kept.lengths - 1
    before = np.concatenate((np.zeros(1, np.int64), np.cumsum(side.kept.values)))
    starts = side.kept.starts[pairs]
    until = before[starts + np.minimum(places, last[pairs]) + 1]
    uncovered = np.flatnonzero(until == before[starts + np.maximum(places - widths[pairs] + 1, 0)])
    pairs, found = pairs[uncovered], of_side.values[uncovered]
    return _Differing(pairs, found, _are_rich(found, uncovered + pairs))  # + pairs: a gap between pairs ends runs


def _are_rich(words: WordHashes, places: Indices) -> Flags:
    """Whether words lie in a run of consecutive places that is rich in numbers and days."""
    if not len(words):
        return np.zeros(0, np.bool_)
    starts = np.flatnonzero(np.diff(places, prepend=-2) > 1)
    lengths = np.diff(starts, append=len(places))
    telling = np.add.reduceat((words & HAS_DIGIT > 0) | _are_days(words >> FLAG_BITS), starts, dtype=np.int64)
    return np.repeat(telling * RICH >= lengths, lengths)


def _are_days(hashes: WordHashes) -> Flags:
    """Whether words name a weekday or a month."""
    found: Flags = DAY_HASHES.take(np.searchsorted(DAY_HASHES, hashes), mode="clip") == hashes
    return found


def _count_differing(found: Evidence, alike: Indices, sides: Sequence[_Differing]) -> None:
    """Count the differing words by kind; each count is that of the side with fewer."""
    pairs, words, rich = (
        np.concatenate([getattr(side, name) for side in sides]) for name in ("pairs", "words", "rich")
    )
    if not len(words):
        return
    keys = pairs.astype(np.uint64) << np.uint64(32) | words >> FLAG_BITS
    order = np.argsort(keys)
    keys = keys[order]
    first = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    sign = np.where(order < len(sides[0].words), 1, -1)
    surplus, pairs = np.add.reduceat(sign, first), pairs[order[first]]
    marks = np.bitwise_or.reduceat(words[order] & np.uint32(FLAG_MASK), first)
    days = _are_days((keys[first] & np.uint64(0xFFFFFFFF)).astype(np.uint32))
    numbers = np.logical_or.reduceat(rich[order], first) & (marks & np.uint32(HAS_DIGIT) > 0)
    everything = np.ones(len(first), np.bool_)
    kinds = {"changed": everything, "varied": (marks > 0) | days, "numbers": numbers, "days": days}
    for name, kind in kinds.items():
        fewer = _fewer(pairs[kind], surplus[kind], len(alike))
        found[name][alike] = np.minimum(fewer, 0xFF if name == "days" else MAX_COUNT)


def _fewer(pairs: Indices, surplus: Indices, count: int) -> Indices:
    """For each pair, the number of surplus words on the side that has fewer of them."""
    of_one, of_other = (np.bincount(pairs, np.maximum(side, 0), count) for side in (surplus, -surplus))
    return np.minimum(of_one, of_other).astype(np.int64)
