"""The stem table of a build: the known stems of an index's words as arrays, and stemming of new words.

A *word* is a form ("anak"), or a form with its hyphenated unit ("anak anak-anak"), as in the exact and unit fields.
Every segment stores the stems of its own words, because its stem fields were derived from them. So each word is stemmed
once in the life of an index, and no separate stem dictionary is stored.
"""

import numpy as np

from index.embedded.columnar.format.arrays import Array
from index.embedded.columnar.format.string_lists import StringList, concatenate_lists, pack_strings
from index.embedded.columnar.postings.derived_fields import UNIT_SEPARATOR
from index.embedded.columnar.postings.term_union import indices_of
from index.embedded.columnar.segments.segment_files import SegmentFields
from index.embedded.schema import EXACT, STEM, UNITS
from index.words.stemming import StemCache

AT_ONCE = 1 << 17  # words stemmed at once; a batch takes some 40 MB


class StemTable:
    """Maps the words seen so far to their stems."""

    def __init__(self) -> None:
        self._known: list[tuple[StringList, Array, StringList]] = []  # words, the index of each one's stem, stems

    def add(self, fields: SegmentFields) -> None:
        """Add the words and stems of a segment."""
        stems = fields.all_terms(STEM)
        self._known.append((fields.terms[EXACT], fields.array(STEM, "of_forms"), stems))
        self._known.append((fields.terms[UNITS], fields.array(STEM, "of_units"), stems))

    def stems(self, words: StringList) -> StringList:
        """The stem of each of some distinct words; unknown words are stemmed and remembered."""
        at, parts, held = np.full(len(words), -1), [], 0
        for known, numbers, stems in self._known:
            unknown = np.flatnonzero(at < 0)
            places = indices_of(words.taken(unknown), known)
            hit = places >= 0
            at[unknown[hit]] = held + numbers[places[hit]].astype(np.int64)
            parts.append(stems)
            held += len(stems)
        unknown = np.flatnonzero(at < 0)
        if len(unknown):
            at[unknown] = held + np.arange(len(unknown))
            parts.append(self._learned(words.taken(unknown)))
        return concatenate_lists(parts).taken(at)

    def _learned(self, words: StringList) -> StringList:
        some = [words.between(start, min(start + AT_ONCE, len(words))) for start in range(0, len(words), AT_ONCE)]
        stems = concatenate_lists([_stemmed(list(portion)) for portion in some])
        self._known.append((words, np.arange(len(words)), stems))
        return stems


def _stemmed(words: list[bytes]) -> StringList:
    table = StemCache()
    parted = (word.partition(UNIT_SEPARATOR) for word in words)
    pairs = [(form.decode(), (unit or form).decode()) for form, _, unit in parted]
    table.learn(pairs)
    return pack_strings([table.stem_of(form, unit).encode() for form, unit in pairs])
