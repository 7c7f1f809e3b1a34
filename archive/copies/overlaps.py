"""Overlaps: texts side by side, what two of them share, and of what kind are the words they do not.

A word is *covered* where a shingle that both texts have runs over it. The words that are not, less those that stand
uncovered on both sides, are what one text has in place of the other's: a reworded sentence, or, in texts filled into
the same form each day, hardly anything but numbers, days and names. A reworded paragraph has other numbers too, but
few for its words; its numbers do not count.

A thousand pairs are compared at once, by operations on all their words: a pair by itself costs ten times as much.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from archive.copies.comparisons import EVIDENCE, Evidence
from archive.copies.fingerprints import HAS_DIGIT, MARK_BITS, MARKS, SHINGLE_WORDS, Words, fingerprint, shingles_of
from archive.copies.ragged_arrays import Ragged, spans

PARTS = 64  # into which a text is cut to tell where what it shares stands; as many as a number has bits
ALIKE = 3  # words are looked at where at least one in so many of a text's shingles is shared: below, the two are
# neither copies nor of the same form
RICH = 5  # in a run of words that differ, one in so many is a number or a day where a form was filled in anew
MOST = 0xFFFF
PAIR_BITS = np.uint64(16)  # of a number that says which pair a shingle belongs to; 48 of the shingle's own are enough
BEYOND = np.uint64(0xFFFFFFFFFFFFFFFF)  # above every shingle of every pair
DAYS = np.sort(
    fingerprint(
        [
            "senin selasa rabu kamis jumat sabtu minggu ahad januari februari maret april mei juni juli agustus",
            "september oktober november desember jan feb mar apr jun jul agu ags sep okt nov des",
        ]
    ).words
    >> MARK_BITS
)

Flags = npt.NDArray[np.bool_]
Indices = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class _Side:
    """One side of some pairs: the text of each, and for its shingles in order whether the other side has them."""

    text: Indices
    kept: Ragged

    def is_alike(self) -> Flags:
        """Whether enough of each text's shingles are shared to look at its words."""
        alike: Flags = self.kept.sums() * ALIKE >= self.kept.lengths
        return alike

    def taken(self, pairs: Indices) -> "_Side":
        """The side of some of the pairs."""
        return _Side(self.text[pairs], self.kept.taken(pairs))


@dataclass(frozen=True, slots=True, eq=False)
class _Differing:
    """Words that no kept shingle runs over: the pair of each, the word, whether its run is rich in numbers."""

    pairs: Indices
    words: Words
    rich: Flags


def overlap(one: Words, other: Words) -> Evidence:
    """Compare two texts by themselves: one row of EVIDENCE."""
    found: Evidence = overlaps(Ragged.joined([one, other]), np.array([0]), np.array([1]))[0]
    return found


def overlaps(words: Ragged, left: Indices, right: Indices) -> Evidence:
    """Compare pairs of texts, fewer than 65,536, by their places among all the words: a row of EVIDENCE for each."""
    found = np.zeros(len(left), EVIDENCE)
    shingles = _shingles(words)
    one, other = _sides(shingles, left, right, found)
    meeting = np.flatnonzero(found["shared"])
    found["left_parts"][meeting] = _parts(one.kept, meeting)
    found["right_parts"][meeting] = _parts(other.kept, meeting)
    alike = meeting[(one.is_alike() | other.is_alike())[meeting]]
    if len(alike):
        _tell_differing(found, alike, [_differing(words, side.taken(alike)) for side in (one, other)])
    return found


def _shingles(words: Ragged) -> Ragged:
    """The shingles of all texts, in order."""
    lengths = words.lengths
    counts = np.where(lengths < SHINGLE_WORDS, np.minimum(lengths, 1), lengths - SHINGLE_WORDS + 1)
    everywhere = shingles_of(words.values)  # also across the ends of texts
    found = Ragged.of(everywhere.take(spans(words.starts[:-1], counts), mode="clip"), counts)
    for text in np.flatnonzero((lengths > 0) & (lengths < SHINGLE_WORDS)).tolist():
        found.values[found.starts[text]] = shingles_of(words.values[words.starts[text] : words.starts[text + 1]])[0]
    return found


def _sides(shingles: Ragged, left: Indices, right: Indices, found: Evidence) -> tuple[_Side, _Side]:
    """Look up the right texts' shingles among the left ones', and count what is shared."""
    texts, mine = np.unique(left, return_inverse=True)
    of_left, of_right = shingles.taken(texts), shingles.taken(right)
    in_order = _keyed(of_left.owners, of_left)
    sorted_keys = np.append(np.sort(in_order), BEYOND)
    first = Ragged(np.searchsorted(sorted_keys, in_order), of_left.starts).taken(mine)
    wanted = _keyed(np.repeat(mine, of_right.lengths), of_right)
    places = np.searchsorted(sorted_keys, wanted)
    kept = sorted_keys[places] == wanted
    moved = first.starts[:-1] - of_left.starts[mine]  # from a text's place among the keys to its place in this pair
    met = np.zeros(len(first.values), np.bool_)
    met[(places + np.repeat(moved, of_right.lengths))[kept]] = True
    found["shared"] = Ragged(met, first.starts).sums()
    kept_left = met[first.values + np.repeat(moved, first.lengths)]
    return _Side(left, Ragged(kept_left, first.starts)), _Side(right, Ragged(kept, of_right.starts))


def _keyed(owners: Indices, shingles: Ragged) -> npt.NDArray[np.uint64]:
    """Shingles with the number of their owner in front."""
    return owners.astype(np.uint64) << (np.uint64(64) - PAIR_BITS) | shingles.values >> PAIR_BITS


def _parts(kept: Ragged, pairs: Indices) -> npt.NDArray[np.uint64]:
    """A bit for each of 64 parts of a text, the first part's the lowest: whether the shingle in its middle is kept."""
    middles = (2 * np.arange(PARTS) + 1) * kept.lengths[pairs, None] // (2 * PARTS) + kept.starts[pairs, None]
    return np.packbits(kept.values[middles], axis=1, bitorder="little").view("<u8")[:, 0]


def _differing(words: Ragged, side: _Side) -> _Differing:
    """The words of one side that no kept shingle runs over."""
    of_side = words.taken(side.text)
    pairs, places = of_side.owners, of_side.places
    widths, last = np.minimum(of_side.lengths, SHINGLE_WORDS), side.kept.lengths - 1
    before = np.concatenate((np.zeros(1, np.int64), np.cumsum(side.kept.values)))
    starts = side.kept.starts[pairs]
    until = before[starts + np.minimum(places, last[pairs]) + 1]
    uncovered = np.flatnonzero(until == before[starts + np.maximum(places - widths[pairs] + 1, 0)])
    pairs, found = pairs[uncovered], of_side.values[uncovered]
    return _Differing(pairs, found, _are_rich(found, uncovered + pairs))  # a gap of one between pairs ends runs there


def _are_rich(words: Words, places: Indices) -> Flags:
    """Whether words stand in a run of successive places that is rich in numbers and days."""
    if not len(words):
        return np.zeros(0, np.bool_)
    starts = np.flatnonzero(np.diff(places, prepend=-2) > 1)
    lengths = np.diff(starts, append=len(places))
    told = np.add.reduceat((words & HAS_DIGIT > 0) | _are_days(words >> MARK_BITS), starts, dtype=np.int64)
    return np.repeat(told * RICH >= lengths, lengths)


def _are_days(hashes: Words) -> Flags:
    """Whether words name a weekday or a month."""
    found: Flags = DAYS.take(np.searchsorted(DAYS, hashes), mode="clip") == hashes
    return found


def _tell_differing(found: Evidence, alike: Indices, sides: Sequence[_Differing]) -> None:
    """Count the words that stand in place of others, by kind; each count that of the side with fewer."""
    pairs, words, rich = (
        np.concatenate([getattr(side, name) for side in sides]) for name in ("pairs", "words", "rich")
    )
    if not len(words):
        return
    keys = pairs.astype(np.uint64) << np.uint64(32) | words >> MARK_BITS
    order = np.argsort(keys)
    keys = keys[order]
    first = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    sign = np.where(order < len(sides[0].words), 1, -1)
    surplus, pairs = np.add.reduceat(sign, first), pairs[order[first]]
    marks = np.bitwise_or.reduceat(words[order] & np.uint32(MARKS), first)
    days = _are_days((keys[first] & np.uint64(0xFFFFFFFF)).astype(np.uint32))
    numbers = np.logical_or.reduceat(rich[order], first) & (marks & np.uint32(HAS_DIGIT) > 0)
    everything = np.ones(len(first), np.bool_)
    kinds = {"changed": everything, "varied": (marks > 0) | days, "numbers": numbers, "days": days}
    for name, kind in kinds.items():
        fewer = _fewer(pairs[kind], surplus[kind], len(alike))
        found[name][alike] = np.minimum(fewer, 0xFF if name == "days" else MOST)


def _fewer(pairs: Indices, surplus: Indices, count: int) -> Indices:
    """How many words the side of each pair has that has fewer of its own."""
    of_one, of_other = (np.bincount(pairs, np.maximum(side, 0), count) for side in (surplus, -surplus))
    return np.minimum(of_one, of_other).astype(np.int64)
