"""Relations: what two texts are to each other, decided from what they share.

The one place where copies are told from mere likeness. The rules, the first that holds:

- *identical*: the same shingles.
- *same template*: alike enough (Jaccard), but in the place of what differs stand numbers, days and names: several
  numbers or dates, being a good part of what differs; or a weekday, and nearly all that differs is of that kind; or
  names and numbers all through the text.
- *edited copy*: at least four fifths of what either says, or at least three fifths of each, is in both.
- *extended or cut*: at least three fifths of the shorter one is in the longer one, and is a good part of that.
- *round-up*: one of the two has passages of several others, and they are most of it; see `round_ups`.
- *shares passages*: a paragraph or more is in both.

Thresholds were chosen by reading pairs of real articles. Below three fifths of the shorter one, most are two stories of
one outlet with the same background; daily series of one form (gold prices, prayer times, the weather of another town)
reach nine tenths and are not copies.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from archive.comparisons import Evidence

ALIKE = (4, 5)  # fractions, not decimals: compared in whole numbers, the threshold itself is on the right side
CONTAINED = (3, 5)
PASSAGE = 30  # shingles: 34 words in a row, a paragraph
# What an extended text takes over is at least so much of it, or so many shingles: a paragraph on another matter that
# was put into a story makes the two no copies, though it may be nearly all of a short text.
CARRIED, CARRIED_SHINGLES = (1, 4), 100
FORM = (1, 4)  # Jaccard from which two texts can be of one form; and the part of what differs that is numbers and days
NUMBERS = 4  # that must stand in place of others, at least, in two texts of one form
WORDS_A_NUMBER = 40  # and one in so many of the shorter text
DAY_COUNTS = 3  # a weekday or month in place of another tells as much as so many numbers: copies keep the day
SAME_FORM = (1, 2)  # Jaccard from which a day in place of another and nearly nothing but such words make one form
NAMES_ALIKE, NAMES = (1, 3), (3, 20)  # Jaccard, and the part of the shorter text that names and numbers replace
NEARLY_ALL_DAY, NEARLY_ALL = (4, 5), (9, 10)
MOST_PARTS = 38  # of the 64 of a text: three fifths
SEVERAL = 2

Codes = npt.NDArray[np.uint8]
Indices = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


class Relation(StrEnum):
    """What one text is to another; the order is that of the codes in files."""

    NONE = "none"
    IDENTICAL = "identical"
    EDITED = "edited"
    CUT = "cut"
    TEMPLATE = "template"
    ROUND_UP = "round-up"
    PASSAGES = "passages"


RELATIONS = tuple(Relation)
CODES = {relation: np.uint8(code) for code, relation in enumerate(RELATIONS)}
SAME_STORY = (Relation.IDENTICAL, Relation.EDITED, Relation.CUT)
LOOSELY = (Relation.TEMPLATE, Relation.ROUND_UP)


@dataclass(frozen=True, slots=True, eq=False)
class Overlaps:
    """Pairs of texts: where each stands in a list of all, how many shingles it has, and what comparing them showed."""

    left: Indices
    right: Indices
    left_size: Indices
    right_size: Indices
    evidence: Evidence

    @property
    def shared(self) -> Indices:
        """Shingles in both."""
        return self.evidence["shared"].astype(np.int64)

    @property
    def either(self) -> Indices:
        """Shingles in at least one of the two."""
        return self.left_size + self.right_size - self.shared


def relations(overlaps: Overlaps) -> Codes:
    """Decide what the texts of each pair are to each other, seen by themselves: all but round-ups."""
    shared, either = overlaps.shared, overlaps.either
    shorter = np.minimum(overlaps.left_size, overlaps.right_size)
    longer = np.maximum(overlaps.left_size, overlaps.right_size)
    a_passage = shared >= PASSAGE
    edited = _at_least(ALIKE, shared, either) | a_passage & _at_least(CONTAINED, shared, longer)
    carried = _at_least(CARRIED, shared, longer) | (shared >= CARRIED_SHINGLES)
    rules = {
        Relation.IDENTICAL: shared == either,
        Relation.TEMPLATE: same_template(overlaps),
        Relation.EDITED: edited,
        Relation.CUT: a_passage & carried & _at_least(CONTAINED, shared, shorter),
        Relation.PASSAGES: a_passage,
    }
    found = np.select(list(rules.values()), [CODES[relation] for relation in rules], CODES[Relation.NONE])
    return np.where(shared > 0, found, CODES[Relation.NONE]).astype(np.uint8)


def same_template(overlaps: Overlaps) -> Flags:
    """Whether what differs in each pair is what changes in a form filled in anew."""
    shared, either = overlaps.shared, overlaps.either
    shorter = np.minimum(overlaps.left_size, overlaps.right_size)
    changed, varied, numbers, days = (
        overlaps.evidence[name].astype(np.int64) for name in ("changed", "varied", "numbers", "days")
    )
    told = numbers + DAY_COUNTS * days
    by_numbers = (told >= NUMBERS) & (told * WORDS_A_NUMBER >= shorter) & _at_least(FORM, numbers + days, changed)
    by_day = (days > 0) & _at_least(NEARLY_ALL_DAY, varied, changed)
    by_names = _at_least(NAMES, varied, shorter) & _at_least(NEARLY_ALL, varied, changed)
    return (
        by_numbers & _at_least(FORM, shared, either)
        | by_day & _at_least(SAME_FORM, shared, either)
        | by_names & _at_least(NAMES_ALIKE, shared, either)
    )


def round_ups(overlaps: Overlaps, codes: Codes) -> Codes:
    """Decide anew on the pairs of texts that are made of passages of several others.

    Such a text has passages of at least two others in different places, which together are three fifths of it or more
    while none is that much by itself; and at least two of the others go on where it leaves them, since its own cut
    copies do not.
    """
    found = codes.copy()
    usable = np.flatnonzero(np.isin(codes, [CODES[Relation.CUT], CODES[Relation.PASSAGES]]))
    for pairs, parts, contained in _by_text(overlaps, usable):
        if _of_several(parts, contained):
            found[pairs] = CODES[Relation.ROUND_UP]
    return found


def _at_least(part: tuple[int, int], numbers: Indices, wholes: Indices) -> Flags:
    """Whether each number is at least the given fraction of its whole."""
    numerator, denominator = part
    return denominator * numbers >= numerator * wholes


def _by_text(overlaps: Overlaps, pairs: Indices) -> Iterator[tuple[Indices, list[int], list[bool]]]:
    """Yield, for each text in several pairs, those pairs, its parts in each, and whether it holds the other whole."""
    texts = np.concatenate((overlaps.left[pairs], overlaps.right[pairs]))
    evidence = overlaps.evidence[pairs]
    parts = np.concatenate((evidence["left_parts"], evidence["right_parts"]))
    others = np.concatenate((overlaps.right_size[pairs], overlaps.left_size[pairs]))
    whole = _at_least(CONTAINED, np.tile(overlaps.shared[pairs], 2), others)
    order = np.argsort(texts, kind="stable")
    bounds = np.flatnonzero(np.diff(texts[order], prepend=-1, append=-1))
    for start, end in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
        if end - start >= SEVERAL:
            mine = order[start:end]
            yield pairs[mine % len(pairs)], parts[mine].tolist(), whole[mine].tolist()


def _of_several(parts: list[int], whole: list[bool]) -> bool:
    """Whether a text is made of passages of several others, from its parts in each of them."""
    covered = going_on = 0
    passages = sorted(zip(parts, whole, strict=True), key=lambda passage: (-passage[0].bit_count(), passage))
    for bits, is_whole in passages:
        if bits.bit_count() >= MOST_PARTS:
            return False
        if 2 * (bits & ~covered).bit_count() > bits.bit_count():
            covered |= bits
            going_on += not is_whole
    return going_on >= SEVERAL and covered.bit_count() >= MOST_PARTS
