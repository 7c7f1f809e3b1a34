"""The stem table: what is known of the stems of an index's words, in arrays, and how the others are learned.

A *word* is a form ("anak"), or a form with its hyphenated unit ("anak anak-anak"), as exact and unit fields have them.
Every segment knows the stems of its own words, since its stem fields were derived from them; so a word is stemmed once
in the life of an index, and nothing is kept for it but its postings.
"""

import numpy as np

from index.embedded.columnar.format.arrays import Array
from index.embedded.columnar.format.string_lists import Texts, joined, listed
from index.embedded.columnar.postings.derived_fields import BETWEEN
from index.embedded.columnar.postings.term_union import places_of
from index.embedded.columnar.segments.segment_files import Fields
from index.embedded.schema import EXACT, STEM, UNITS
from index.words.stemming import Stems

AT_ONCE = 1 << 17  # words stemmed at once; they take some 40 MB meanwhile


class StemTable:
    """Words and their stems, as far as they were met."""

    def __init__(self) -> None:
        self._known: list[tuple[Texts, Array, Texts]] = []  # words, the place of each one's stem, stems

    def add(self, fields: Fields) -> None:
        """Take over what a segment knows."""
        stems = fields.spelt(STEM)
        self._known.append((fields.terms[EXACT], fields.array(STEM, "of_forms"), stems))
        self._known.append((fields.terms[UNITS], fields.array(STEM, "of_units"), stems))

    def stems(self, words: Texts) -> Texts:
        """The stem of each of some words, each different; those not known are learned."""
        at, parts, held = np.full(len(words), -1), [], 0
        for known, numbers, stems in self._known:
            unknown = np.flatnonzero(at < 0)
            places = places_of(words.taken(unknown), known)
            met = places >= 0
            at[unknown[met]] = held + numbers[places[met]].astype(np.int64)
            parts.append(stems)
            held += len(stems)
        unknown = np.flatnonzero(at < 0)
        if len(unknown):
            at[unknown] = held + np.arange(len(unknown))
            parts.append(self._learned(words.taken(unknown)))
        return joined(parts).taken(at)

    def _learned(self, words: Texts) -> Texts:
        some = [words.between(start, min(start + AT_ONCE, len(words))) for start in range(0, len(words), AT_ONCE)]
        stems = joined([_stemmed(list(portion)) for portion in some])
        self._known.append((words, np.arange(len(words)), stems))
        return stems


def _stemmed(words: list[bytes]) -> Texts:
    table = Stems()
    parted = (word.partition(BETWEEN) for word in words)
    pairs = [(form.decode(), (unit or form).decode()) for form, _, unit in parted]
    table.learn(pairs)
    return listed([table.stem_of(form, unit).encode() for form, unit in pairs])
