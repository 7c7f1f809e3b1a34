"""Duplicates: which articles are copies of one another and make one story.

The stages: fingerprint → candidates → verification → relations → stories. Articles of equal shingles are one *text*
from the start, so that ten thousand identical ones cost no more than two. Samples propose pairs of texts, the texts
themselves laid side by side are the evidence (`overlaps`), stated rules judge it (`relations`), and groups are formed
about leads (`kinship`). All of it is computed anew from the whole table each time, and only what costs, the evidence,
is kept from run to run: so adding, changing and removing articles gives the very stories that building from nothing
gives.
"""

import os
import weakref
from array import array
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryFile

import numpy as np

from archive.copies.candidates import Samples, candidate_pairs
from archive.copies.comparisons import NO_COMPARISONS, Comparisons, Evidence, Pairs
from archive.copies.fingerprint_table import FingerprintTable, StaleFingerprintsError
from archive.copies.fingerprints import Fingerprint, Words, fingerprint
from archive.copies.grouping import Texts, stories
from archive.copies.relations import Overlaps
from archive.copies.stories import Stories
from archive.copies.verification import Spread, WordsOf, compared, handed_out, portions

TEXTS_AT_HAND = 1 << 13  # texts whose words stay in memory while pairs are compared: some 10 MB
NOT_SPOOLED = -1

ParagraphsOf = Callable[[str], Sequence[str]]


class Fingerprints:
    """The fingerprints of all articles of an archive, gathered in one run and grouped into stories at its end.

    The words of this run's new articles lie in a temporary file; those of known ones are read again where needed.
    """

    def __init__(self, spool_folder: Path | None = None) -> None:
        self._table = FingerprintTable()
        self._comparisons = NO_COMPARISONS
        self._spooled_at = array("q")
        self._spooled_to = 0
        self._spool = TemporaryFile(dir=spool_folder)  # noqa: SIM115 - lives as long as this object
        weakref.finalize(self, self._spool.close)

    def add(self, article_id: str, fingerprint: Fingerprint) -> None:
        """Take in a new or changed article; a ValueError if this run has it already."""
        self._table.add(article_id, fingerprint)
        self._spooled_at.append(self._spooled_to)
        self._spooled_to += self._spool.write(fingerprint.words.tobytes())

    def keep(self, article_id: str) -> None:
        """Take over an unchanged article from the last run; a KeyError if it is not held."""
        self._table.keep(article_id)

    def save(self, path: Path) -> None:
        """Write what the next run needs: this run's fingerprints, and the comparisons of its last grouping."""
        self._table.save(path, self._comparisons)

    @classmethod
    def load(cls, path: Path, spool_folder: Path | None = None) -> "Fingerprints":
        """Read what the last run saved; StaleFingerprintsError (a ValueError) if damaged or of another version."""
        fingerprints = cls(spool_folder)
        fingerprints._table, fingerprints._comparisons = FingerprintTable.load(path)
        fingerprints._spooled_at.extend([NOT_SPOOLED] * len(fingerprints._table.ids))
        return fingerprints

    def group(self, paragraphs_of: ParagraphsOf, spread: Spread = map) -> Stories:
        """Group the articles of this run; `paragraphs_of` gives the body of a kept article by its id.

        `spread` yields what a function makes of each portion of pairs, as `map` does, be it in other processes.
        """
        texts = self._texts()
        pairs = Pairs(texts.digests, *candidate_pairs(Samples(self._table.samples(texts.rows), texts.sizes)))
        words_of = lru_cache(TEXTS_AT_HAND)(lambda text: self._words(int(texts.rows[text]), paragraphs_of))
        evidence = self._evidence(pairs, words_of, spread)
        found = stories(texts, Overlaps(pairs.left, pairs.right, texts.sizes, evidence), self._table.ids)
        self._comparisons = Comparisons.of(pairs, evidence)
        return found

    def _texts(self) -> Texts:
        """Collapse articles of equal shingles; one without words is nobody's copy."""
        rows = self._table.rows[::-1]  # new articles first: a text's words are then at hand if any copy is new
        sizes = self._table.sizes
        rows = rows[sizes[rows] > 0]
        digests, first, text_of = np.unique(self._table.digests[rows], return_index=True, return_inverse=True)
        return Texts(digests, rows[first], sizes[rows[first]], rows, text_of)

    def _evidence(self, pairs: Pairs, words_of: WordsOf, spread: Spread) -> Evidence:
        """Look up what is known of the pairs, and compare the others."""
        evidence, known = self._comparisons.look_up(pairs)
        self._comparisons = NO_COMPARISONS
        self._spool.flush()
        unknown = np.flatnonzero(~known)
        comparing = spread(compared, handed_out(pairs, unknown, words_of))
        for places, found in zip(portions(unknown), comparing, strict=True):
            evidence[places] = found
        return evidence

    def _words(self, row: int, paragraphs_of: ParagraphsOf) -> Words:
        """Fetch a row's words from the spool, or make them again from the article's body."""
        start = self._spooled_at[row]
        if start != NOT_SPOOLED:
            end = self._spooled_at[row + 1] if row + 1 < len(self._spooled_at) else self._spooled_to
            return np.frombuffer(os.pread(self._spool.fileno(), end - start, start), np.uint32)
        article_id = self._table.ids[row]
        again = fingerprint(paragraphs_of(article_id))
        if again.digest != self._table.digest(row):
            raise StaleFingerprintsError(f"article {article_id!r} was kept as unchanged, but its text is another")
        return again.words
