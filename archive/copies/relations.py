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

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from archive.copies.comparisons import Evidence
from archive.copies.overlaps import PARTS
from archive.copies.ragged_arrays import Ragged, spans

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
AT_ONCE = 1 << 16  # pairs decided on in one go: 10 MB

Codes = npt.NDArray[np.uint8]
Indices = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Positions = npt.NDArray[np.integer]


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
    """Pairs of texts, by their places in a list of all; the shingles each text of it has; what comparing showed."""

    left: Positions
    right: Positions
    sizes: Indices
    evidence: Evidence

    def taken(self, pairs: Indices | slice) -> "Overlaps":
        """Some of the pairs."""
        return Overlaps(self.left[pairs], self.right[pairs], self.sizes, self.evidence[pairs])

    @property
    def left_size(self) -> Indices:
        """Shingles of the left text."""
        return self.sizes[self.left]

    @property
    def right_size(self) -> Indices:
        """Shingles of the right text."""
        return self.sizes[self.right]

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
    starts = range(0, len(overlaps.left), AT_ONCE)
    portions = [_relations(overlaps.taken(slice(start, start + AT_ONCE))) for start in starts]
    return np.concatenate(portions) if portions else np.empty(0, np.uint8)


def _relations(overlaps: Overlaps) -> Codes:
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
    passages = _by_text(overlaps, usable)
    for text in np.flatnonzero(_of_several(passages)).tolist():
        found[usable[passages.pairs[passages.starts[text] : passages.starts[text + 1]]]] = CODES[Relation.ROUND_UP]
    return found


def _at_least(part: tuple[int, int], numbers: Indices, wholes: Indices) -> Flags:
    """Whether each number is at least the given fraction of its whole."""
    numerator, denominator = part
    return denominator * numbers >= numerator * wholes


@dataclass(frozen=True, slots=True, eq=False)
class _Passages:
    """Of each text that may be made of others: the pairs it is in, its parts in each, the largest passage first.

    Texts in a row, `starts` says from where to where; `whole` is whether the other text is in this one whole.
    """

    starts: Indices
    pairs: Indices
    parts: npt.NDArray[np.uint64]
    whole: Flags


def _by_text(overlaps: Overlaps, pairs: Indices) -> _Passages:
    """See the pairs from both sides, and keep the texts whose passages together are enough, and none by itself."""
    near = np.concatenate((overlaps.left[pairs], overlaps.right[pairs]))
    parts = np.concatenate((overlaps.evidence["left_parts"][pairs], overlaps.evidence["right_parts"][pairs]))
    order = np.argsort(near.astype(np.int64) * (2 * PARTS) - np.bitwise_count(parts), kind="stable")
    near, parts = near[order], parts[order]
    bounds = np.flatnonzero(np.diff(near, prepend=-1, append=-1))
    starts = bounds[:-1]
    together = np.bitwise_or.reduceat(parts, starts) if len(starts) else parts
    lengths = np.diff(bounds)
    enough = (np.bitwise_count(parts[starts]) < MOST_PARTS) & (np.bitwise_count(together) >= MOST_PARTS)
    enough &= lengths >= SEVERAL
    kept = spans(starts[enough], lengths[enough])
    mine = order[kept] % max(len(pairs), 1)
    other = np.where(order[kept] < len(pairs), overlaps.right[pairs[mine]], overlaps.left[pairs[mine]])
    shared = overlaps.evidence["shared"][pairs[mine]].astype(np.int64)
    whole = _at_least(CONTAINED, shared, overlaps.sizes[other])
    return _Passages(Ragged.of(kept, lengths[enough]).starts, mine, parts[kept], whole)


def _of_several(passages: _Passages) -> Flags:
    """Whether each text is made of passages of several others: all texts at once, a passage after the other."""
    lengths = np.diff(passages.starts)
    covered = np.zeros(len(lengths), np.uint64)
    going_on = np.zeros(len(lengths), np.int64)
    for place in range(lengths.max(initial=0)):
        texts = np.flatnonzero(lengths > place)
        at = passages.starts[texts] + place
        bits = passages.parts[at]
        new = 2 * np.bitwise_count(bits & ~covered[texts]).astype(np.int64) > np.bitwise_count(bits)
        covered[texts[new]] |= bits[new]
        going_on[texts[new]] += ~passages.whole[at[new]]
    return (going_on >= SEVERAL) & (np.bitwise_count(covered) >= MOST_PARTS)
