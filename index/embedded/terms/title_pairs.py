"""Pairs of adjacent words in titles: which words follow a word, and how often.

The titles of a segment are put back into reading order from its postings, once, when pairs are first asked for. Each
pair has a key made of the numbers of its terms, which are in alphabetical order:

    keys    i8[K]   number of the first term · number of terms + number of the second term, ascending
    counts  u4[K]   how often the second term follows the first in a title
"""

from collections import Counter
from collections.abc import Sequence
from typing import Final

import numpy as np

from index.embedded.columnar.format.arrays import Array
from index.embedded.columnar.segments.segment_files import SegmentFields
from index.embedded.facts.columns import Mask
from index.embedded.schema import TITLE_EXACT

MOST_WORDS: Final = 2_000_000  # of the titles of a segment: half a second; of more, evenly spread titles are read
LONGEST_TITLE: Final = 1 << 16  # words of a title, above all positions


class SegmentTitlePairs:
    """The pairs of adjacent words in the live titles of one segment."""

    def __init__(self, fields: SegmentFields, live: Mask | None) -> None:
        self._terms = fields.terms[TITLE_EXACT]
        firsts, seconds = _pairs(fields, live)
        self._keys, counts = np.unique(firsts * len(self._terms) + seconds, return_counts=True)
        self._counts = counts.astype(np.uint32)

    def following(self, form: str, beginning: str) -> Counter[str]:
        """The words with a prefix that follow a form, and how often."""
        first = self._terms.find(form.encode())
        if first < 0:
            return Counter()
        seconds = self._terms.beginning(beginning.encode())
        least = first * len(self._terms)
        held = slice(*np.searchsorted(self._keys, (least + seconds.start, least + seconds.stop)).tolist())
        found = zip((self._keys[held] - least).tolist(), self._counts[held].tolist(), strict=True)
        return Counter({self._terms[second].decode(): count for second, count in found})


def title_pairs(segments: Sequence[tuple[SegmentFields, Mask | None]]) -> Sequence[SegmentTitlePairs]:
    """The pairs of all segments that have titles."""
    return [SegmentTitlePairs(fields, live) for fields, live in segments if TITLE_EXACT in fields.terms]


def _pairs(fields: SegmentFields, live: Mask | None) -> tuple[Array, Array]:
    """The numbers of the terms that stand next to each other in titles: the first and the second of each pair."""
    postings = fields.postings[TITLE_EXACT]
    rows = postings.between(0, len(fields.terms[TITLE_EXACT]), placed=True)
    counts = rows.counts.astype(np.int64)
    documents = rows.documents.astype(np.int64).repeat(counts)
    ends = postings.starts.astype(np.int64)
    numbers = np.arange(len(fields.terms[TITLE_EXACT])).repeat(ends[1:] - ends[:-1]).repeat(counts)
    places = np.asarray(rows.positions, np.int64)
    kept = np.ones(len(documents), bool) if live is None else live[documents]
    if len(documents) > MOST_WORDS:
        kept &= documents % (len(documents) // MOST_WORDS + 1) == 0
    keys = documents[kept] * LONGEST_TITLE + places[kept]
    order = keys.argsort(kind="stable")
    keys, numbers = keys[order], numbers[kept][order]
    adjacent = np.flatnonzero(np.diff(keys) == 1)
    return numbers[adjacent], numbers[adjacent + 1]
