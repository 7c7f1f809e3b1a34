"""Overlaps: two texts side by side, what they share, and of what kind are the words they do not.

A word is *covered* where a shingle that both texts have runs over it. The words that are not, less those that stand
uncovered on both sides, are what one text has in place of the other's: a reworded sentence, or, in texts filled into
the same form each day, hardly anything but numbers, days and names. A reworded paragraph has other numbers too, but
few for its words; its numbers do not count.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from archive.comparisons import EVIDENCE, Evidence
from archive.fingerprints import HAS_DIGIT, MARK_BITS, MARKS, SHINGLE_WORDS, Shingles, Words, distinct, fingerprint
from archive.fingerprints import shingles_of as shingles_in_order

PARTS = 64  # into which a text is cut to tell where what it shares stands; as many as a number has bits
ALIKE = 3  # words are looked at where at least one in so many of the shorter text's shingles is shared: below, it is
# neither a copy nor the same form
RICH = 5  # in a run of words that differ, one in so many is a number or a day where a form was filled in anew
MOST = 0xFFFF
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


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    """A text as it is compared: its words, its shingles in order, and each of those once, ascending."""

    words: Words
    in_order: Shingles
    shingles: Shingles

    @classmethod
    def of(cls, words: Words) -> "Text":
        """Prepare words for comparing."""
        in_order = shingles_in_order(words)
        return cls(words, in_order, distinct(in_order.copy()))


def overlap(left: Text, right: Text) -> Evidence:
    """Compare two texts: one row of EVIDENCE."""
    found = np.zeros((), EVIDENCE)
    together = np.concatenate((left.shingles, right.shingles))
    together.sort()
    common = together[1:][together[1:] == together[:-1]]
    found["shared"] = len(common)
    if not len(common):
        return found
    kept, kept_right = (_kept(text, common) for text in (left, right))
    found["left_parts"], found["right_parts"] = _parts(kept), _parts(kept_right)
    if len(common) * ALIKE >= min(len(left.shingles), len(right.shingles)):
        _tell_differing(found, _uncovered(left, kept), _uncovered(right, kept_right))
    return found


def _kept(text: Text, common: Shingles) -> Flags:
    """Which of a text's shingles, in their order, are among the common ones."""
    places = np.searchsorted(common, text.in_order)
    kept: Flags = common.take(places, mode="clip") == text.in_order
    return kept


def _parts(kept: Flags) -> int:
    """A bit for each of 64 parts of a text, the first part's the lowest: whether the shingle in its middle is kept."""
    middles = (2 * np.arange(PARTS) + 1) * len(kept) // (2 * PARTS)
    return int.from_bytes(np.packbits(kept[middles], bitorder="little").tobytes(), "little")


def _uncovered(text: Text, kept: Flags) -> tuple[Words, Flags]:
    """The words no kept shingle runs over, and whether they stand in a run of such words that is rich in numbers."""
    runs = np.zeros(len(text.words) + 1, np.int64)
    width = min(SHINGLE_WORDS, len(text.words))
    runs[: len(kept)] += kept
    runs[width : width + len(kept)] -= kept
    places = np.flatnonzero(np.cumsum(runs[:-1]) == 0)
    words: Words = text.words[places]
    if not len(places):
        return words, np.zeros(0, np.bool_)
    starts = np.flatnonzero(np.diff(places, prepend=-2) > 1)
    lengths = np.diff(starts, append=len(places))
    told = np.add.reduceat((words & HAS_DIGIT > 0) | _are_days(words >> MARK_BITS), starts, dtype=np.int64)
    return words, np.repeat(told * RICH >= lengths, lengths)


def _are_days(hashes: Words) -> Flags:
    """Whether words name a weekday or a month."""
    found: Flags = DAYS.take(np.searchsorted(DAYS, hashes), mode="clip") == hashes
    return found


def _tell_differing(found: Evidence, left: tuple[Words, Flags], right: tuple[Words, Flags]) -> None:
    """Count the words that stand in place of others, by kind; each count that of the side with fewer."""
    words, rich = (np.concatenate(columns) for columns in zip(left, right, strict=True))
    sides = np.ones(len(words), np.int64)
    sides[len(left[0]) :] = -1
    order = np.argsort(words >> MARK_BITS)
    words, rich, sides = words[order], rich[order], sides[order]
    hashes = words >> MARK_BITS
    first = np.flatnonzero(np.diff(hashes, prepend=hashes[:1] + np.uint32(1)))
    if not len(first):
        return
    surplus = np.add.reduceat(sides, first)
    marks = np.bitwise_or.reduceat(words & np.uint32(MARKS), first)
    rich = np.logical_or.reduceat(rich, first)
    days = _are_days(hashes[first])
    found["changed"] = min(_fewer(surplus), MOST)
    found["varied"] = min(_fewer(surplus[(marks > 0) | days]), MOST)
    found["numbers"] = min(_fewer(surplus[rich & (marks & np.uint32(HAS_DIGIT) > 0)]), MOST)
    found["days"] = min(_fewer(surplus[days]), 0xFF)


def _fewer(surplus: npt.NDArray[np.int64]) -> int:
    """How many words the side has that has fewer of its own."""
    return int(min(surplus[surplus > 0].sum(), -surplus[surplus < 0].sum()))
