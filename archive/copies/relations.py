"""Relations of text pairs: near-duplicates told from mere similarity by fixed rules, the first that holds.

- *identical*: the same set of shingles.
- *same template*: similar, but what differs is mostly numbers, days and names (`same_template`).
- *edited copy*: a Jaccard similarity of at least four fifths, or at least three fifths of each text is in both.
- *extended or cut*: at least three fifths of the shorter text are in the longer one, and are a good part of it.
  Both only if the texts also open alike (`open_alike`): a follow-up holds the older story as its background.
- *round-up*: one of the two consists mostly of passages of several other texts (`round_ups`).
- *shares passages*: a paragraph or more is in both.

The thresholds come from reading pairs of real articles; docs/architecture/copies.md gives the reasons.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from archive.copies.comparing.pair_comparison import PARTS
from archive.copies.comparing.pair_evidence import Evidence
from archive.copies.ragged_arrays import Flags, Indices, Positions, RaggedArray, expand_ranges

ALIKE = (4, 5)  # fractions, not decimals: integer comparison is exact at the threshold
CONTAINED = (3, 5)
# Texts that share less than this, in all or of the shorter one, are copies only if they open alike.
CLEARLY_ALIKE, CLEARLY_CONTAINED = (13, 20), (17, 20)
OPENING, BEGINNING = 42, 60  # per cent of the words of the first 60 and 160 that are in both
LONG_BEGINNING = 75  # per cent of the first 160 words that make up for another lead
WHOLLY_CONTAINED = (97, 100)  # a text cut at its beginning opens otherwise, and is in the other to the last word
OTHER_BEGINNING = 56  # per cent: with less, and less contained, a text is about something else
LEAST_PART, NEARLY_WHOLE = (
    (1, 4),
    (19, 20),
)  # of both texts that a cut text must be, unless it is nearly all in the other
PASSAGE = 30  # shingles: 34 words in a row, a paragraph
# The least an extended text takes over, as a share of it or in shingles: a short text that is one paragraph of a story
# on another matter is not a copy of the story, though nearly all of it is contained.
CARRIED, CARRIED_SHINGLES = (1, 4), 100
FORM = (1, 4)  # least Jaccard of two texts of one template; also the least share of numbers and days in what differs
NUMBERS = 4  # least numbers that differ between two texts of one template
WORDS_A_NUMBER = 40  # and at least one for so many shingles of the shorter text
DAY_COUNTS = 3  # numbers that a differing weekday or month counts for, since copies keep the day
SAME_FORM = (1, 2)  # least Jaccard for the rule of a differing day
NAMES_ALIKE, NAMES = (1, 3), (3, 20)  # for the rule of names: least Jaccard; least differing share of the shorter text
SERIES, SERIES_WORDS = 3, 8  # least numbers and words that differ where all that differs is numbers and names
NEARLY_ALL_DAY, NEARLY_ALL = (4, 5), (9, 10)  # share of names, numbers and days in what differs, for these two rules
MOST_PARTS = 38  # of the 64 parts of a text: three fifths
SEVERAL = 2
AT_ONCE = 1 << 16  # pairs classified at once: 10 MB

Codes = npt.NDArray[np.uint8]


class Relation(StrEnum):
    """What one text is to another; the order of the members is that of the codes in files."""

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
LOOSE_GROUP = (Relation.TEMPLATE, Relation.ROUND_UP)


@dataclass(frozen=True, slots=True, eq=False)
class ComparedPairs:
    """Pairs of texts as positions among all texts, the shingle count of every text, and the evidence of each pair."""

    left: Positions
    right: Positions
    sizes: Indices
    evidence: Evidence

    def take(self, pairs: Indices | slice) -> "ComparedPairs":
        """Some of the pairs."""
        return ComparedPairs(self.left[pairs], self.right[pairs], self.sizes, self.evidence[pairs])

    @property
    def left_size(self) -> Indices:
        """Shingles of the left text."""
        return self.sizes[self.left]

    @property
    def right_size(self) -> Indices:
        """Shingles of the right text."""
        return self.sizes[self.right]

    @property
    def shorter(self) -> Indices:
        """Shingles of the shorter text."""
        return np.minimum(self.left_size, self.right_size)

    @property
    def shared(self) -> Indices:
        """Shingles in both texts."""
        return self.evidence["shared"].astype(np.int64)

    @property
    def either(self) -> Indices:
        """Shingles in at least one of the two texts."""
        return self.left_size + self.right_size - self.shared


def relations(compared: ComparedPairs) -> Codes:
    """Decide the relation of each pair on its own: all relations but round-ups."""
    starts = range(0, len(compared.left), AT_ONCE)
    portions = [_relations(compared.take(slice(start, start + AT_ONCE))) for start in starts]
    return np.concatenate(portions) if portions else np.empty(0, np.uint8)


def _relations(compared: ComparedPairs) -> Codes:
    shared, either = compared.shared, compared.either
    shorter = compared.shorter
    longer = np.maximum(compared.left_size, compared.right_size)
    a_passage = shared >= PASSAGE
    edited = at_least(ALIKE, shared, either) | a_passage & at_least(CONTAINED, shared, longer)
    carried = at_least(CARRIED, shared, longer) | (shared >= CARRIED_SHINGLES)
    alike = open_alike(compared)
    rules = {
        Relation.IDENTICAL: shared == either,
        Relation.TEMPLATE: same_template(compared),
        Relation.EDITED: edited & alike,
        Relation.CUT: a_passage & carried & at_least(CONTAINED, shared, shorter) & alike & ~_one_of_several(compared),
        Relation.PASSAGES: a_passage,
    }
    found = np.select(list(rules.values()), [CODES[relation] for relation in rules], CODES[Relation.NONE])
    return np.where(shared > 0, found, CODES[Relation.NONE]).astype(np.uint8)


def open_alike(compared: ComparedPairs) -> Flags:
    """Whether the texts of each pair open alike, or share so much that it does not matter how they open."""
    shared, either = compared.shared, compared.either
    shorter = compared.shorter
    opening, beginning = (compared.evidence[name].astype(np.int64) for name in ("opening", "beginning"))
    clearly = at_least(CLEARLY_ALIKE, shared, either) | at_least(CLEARLY_CONTAINED, shared, shorter)
    doubtful = (opening < OPENING) & (beginning < LONG_BEGINNING) | (beginning < BEGINNING)
    elsewhere = (opening < OPENING) & (beginning < OTHER_BEGINNING)
    mostly = at_least(ALIKE, shared, either) | at_least(WHOLLY_CONTAINED, shared, shorter)
    return np.where(clearly, mostly | ~elsewhere, ~doubtful)


def _one_of_several(compared: ComparedPairs) -> Flags:
    """Whether the shorter text is so small a part of both that the longer one holds others beside it."""
    shorter = compared.shorter
    small: Flags = ~at_least(LEAST_PART, compared.shared, compared.either)
    return small & ~at_least(NEARLY_WHOLE, compared.shared, shorter)


def same_template(compared: ComparedPairs) -> Flags:
    """Whether the texts of each pair fill in the same template, judged by the words that differ.

    One of four rules must hold: numbers or dates are several and a good part of what differs; a weekday or month
    differs, and nearly all that differs is numbers, days and names; several words differ, and nearly all of them are
    numbers and names; names and numbers differ all through the text.
    """
    shared, either = compared.shared, compared.either
    shorter = compared.shorter
    changed, varied, numbers, days = (
        compared.evidence[name].astype(np.int64) for name in ("changed", "varied", "numbers", "days")
    )
    weighted = numbers + DAY_COUNTS * days
    by_numbers = (
        (weighted >= NUMBERS) & (weighted * WORDS_A_NUMBER >= shorter) & at_least(FORM, numbers + days, changed)
    )
    by_series = (numbers >= SERIES) & (changed >= SERIES_WORDS) & at_least(NEARLY_ALL, varied, changed)
    by_day = (days > 0) & at_least(NEARLY_ALL_DAY, varied, changed)
    by_names = at_least(NAMES, varied, shorter) & at_least(NEARLY_ALL, varied, changed)
    return (
        by_numbers & at_least(FORM, shared, either)
        | by_day & at_least(SAME_FORM, shared, either)
        | by_series & at_least(NAMES_ALIKE, shared, either)
        | by_names & at_least(NAMES_ALIKE, shared, either)
    )


def round_ups(compared: ComparedPairs, codes: Codes) -> Codes:
    """Reclassify the pairs of texts that consist of passages of several others.

    A round-up has passages of at least two other texts in different places. Together they are three fifths of it or
    more, and no single one is. At least two of the other texts continue where the round-up leaves them; copies cut from
    the text itself do not.
    """
    found = codes.copy()
    usable = np.flatnonzero(np.isin(codes, [CODES[Relation.CUT], CODES[Relation.PASSAGES]]))
    passages = _passages_by_text(compared, usable)
    for text in np.flatnonzero(_is_round_up(passages)).tolist():
        found[usable[passages.pairs[passages.starts[text] : passages.starts[text + 1]]]] = CODES[Relation.ROUND_UP]
    return found


def at_least(part: tuple[int, int], numbers: Indices, wholes: Indices) -> Flags:
    """Whether each number is at least the given fraction of its whole."""
    numerator, denominator = part
    return denominator * numbers >= numerator * wholes


@dataclass(frozen=True, slots=True, eq=False)
class _Passages:
    """For each text that may be a round-up: the pairs it is in, and its parts in each, the largest passage first.

    Texts are stored back to back and `starts` delimits them. `whole` tells whether the other text is contained in this
    one.
    """

    starts: Indices
    pairs: Indices
    parts: npt.NDArray[np.uint64]
    whole: Flags


def _passages_by_text(compared: ComparedPairs, pairs: Indices) -> _Passages:
    """View the pairs from both sides, and keep the texts whose passages are enough together but not singly."""
    near = np.concatenate((compared.left[pairs], compared.right[pairs]))
    parts = np.concatenate((compared.evidence["left_parts"][pairs], compared.evidence["right_parts"][pairs]))
    order = np.argsort(near.astype(np.int64) * (2 * PARTS) - np.bitwise_count(parts), kind="stable")
    near, parts = near[order], parts[order]
    bounds = np.flatnonzero(np.diff(near, prepend=-1, append=-1))
    starts = bounds[:-1]
    together = np.bitwise_or.reduceat(parts, starts) if len(starts) else parts
    lengths = np.diff(bounds)
    enough = (np.bitwise_count(parts[starts]) < MOST_PARTS) & (np.bitwise_count(together) >= MOST_PARTS)
    enough &= lengths >= SEVERAL
    kept = expand_ranges(starts[enough], lengths[enough])
    mine = order[kept] % max(len(pairs), 1)
    other = np.where(order[kept] < len(pairs), compared.right[pairs[mine]], compared.left[pairs[mine]])
    shared = compared.evidence["shared"][pairs[mine]].astype(np.int64)
    whole = at_least(CONTAINED, shared, compared.sizes[other])
    return _Passages(RaggedArray.from_lengths(kept, lengths[enough]).starts, mine, parts[kept], whole)


def _is_round_up(passages: _Passages) -> Flags:
    """Whether each text consists of passages of several others; all texts at once, passage by passage."""
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
