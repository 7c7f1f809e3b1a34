"""The near-duplicate pipeline: fingerprints → candidates → verification → relations → stories.

Articles with the same set of shingles are collapsed into one *text* first, so ten thousand identical articles cost no
more than two. Samples propose candidate pairs of texts (`candidates`), aligning their words gives the evidence
(`pair_comparison`), fixed rules classify each pair (`relations`), and clusters form around leads (`grouping`).
Everything is recomputed from the whole table on each run. Only the evidence, which is the expensive part, is cached
between runs. So incremental runs give exactly the stories that a rebuild from nothing gives.
"""

from pathlib import Path

import numpy as np

from archive.copies.candidates.kept_pairs import updated_pairs
from archive.copies.candidates.known_texts import KnownTexts
from archive.copies.comparing.pair_batches import ParallelMap, WordHashesOf, compare_batch, index_batches, pair_batches
from archive.copies.comparing.pair_evidence import NO_COMPARISONS, ComparisonCache, Evidence, Pairs, positions_in
from archive.copies.comparing.text_words import ParagraphsOf, SpooledWords, TextWords
from archive.copies.fingerprint_table import FingerprintTable
from archive.copies.fingerprints import Fingerprint
from archive.copies.grouping import DistinctTexts, group_articles
from archive.copies.relations import ComparedPairs
from archive.copies.stories import Stories
from archive.copies.told import NOTHING_TOLD, Told


class NearDuplicateDetector:
    """Collects the fingerprints of all articles of an archive in one run, then groups the articles into stories.

    The words of articles added in this run are spooled to a temporary file. The words of unchanged articles are
    computed again from their bodies where needed. With `known`, an index holds the samples of the texts of the last
    run and is asked for some; otherwise all are kept with the fingerprints.
    """

    def __init__(self, spool_folder: Path | None = None, known: KnownTexts | None = None) -> None:
        self._known = known
        self._table = FingerprintTable()
        self._comparisons = NO_COMPARISONS
        self._spool = SpooledWords(spool_folder, 0)

    def add(self, article_id: str, fingerprint: Fingerprint, told: Told = NOTHING_TOLD) -> None:
        """Add a new or changed article with what it says of itself; ValueError if this run already has it."""
        self._table.add(article_id, fingerprint, told)
        self._spool.add(fingerprint.words)

    def keep(self, article_id: str) -> None:
        """Carry over an unchanged article from the last run; KeyError if that run did not have it."""
        self._table.keep(article_id)

    def save(self, path: Path) -> None:
        """Write what the next run needs: this run's fingerprints and the evidence of its last grouping."""
        self._table.save(path, self._comparisons, samples=self._known is None)

    @classmethod
    def load(
        cls, path: Path, spool_folder: Path | None = None, known: KnownTexts | None = None
    ) -> "NearDuplicateDetector":
        """Read what the last run saved; StaleFingerprintsError (a ValueError) if damaged or of another version."""
        fingerprints = cls(spool_folder, known)
        fingerprints._table, fingerprints._comparisons = FingerprintTable.load(path, samples=known is None)
        fingerprints._spool = SpooledWords(spool_folder, len(fingerprints._table.ids))
        return fingerprints

    def group(self, paragraphs_of: ParagraphsOf, parallel_map: ParallelMap = map) -> Stories:
        """Group the articles of this run into stories.

        `paragraphs_of` gives the bodies of kept articles by their ids, in turn. `parallel_map` applies a function to
        each batch of pairs and yields the results in order, as `map` does; it may use other processes.
        """
        texts = self._texts()
        pairs = self._candidates(texts)
        words = TextWords(self._table, self._spool, paragraphs_of)
        evidence = self._evidence(pairs, lambda some: words.of(texts.rows[some].tolist()), parallel_map)
        found = group_articles(texts, ComparedPairs(pairs.left, pairs.right, texts.sizes, evidence), self._table.ids)
        self._comparisons = ComparisonCache(pairs, evidence)
        return found

    def _texts(self) -> DistinctTexts:
        """Collapse articles with equal shingle sets into texts; articles without words are left out."""
        rows = self._table.rows[::-1]  # newest first: a text with any new copy then gets its words from the spool
        sizes = self._table.sizes
        rows = rows[sizes[rows] > 0]
        digests, first, text_of = np.unique(self._table.digests[rows], return_index=True, return_inverse=True)
        return DistinctTexts(digests, rows[first], sizes[rows[first]], rows, text_of, self._table.told)

    def _candidates(self, texts: DistinctTexts) -> Pairs:
        """All candidate pairs: those of the last run, brought up to date."""
        before = self._comparisons.pairs
        new = texts.rows[~positions_in(before.digests, texts.digests)[1]]
        known = self._table.kept_texts() if self._known is None else self._known
        return updated_pairs(texts.digests, self._table.sampled(new), before, known)

    def _evidence(self, pairs: Pairs, words_of: WordHashesOf, parallel_map: ParallelMap) -> Evidence:
        """Take the evidence of known pairs from the cache, and compare the other pairs."""
        evidence, known = self._comparisons.look_up(pairs)
        self._comparisons = NO_COMPARISONS
        unknown = np.flatnonzero(~known)
        comparing = parallel_map(compare_batch, pair_batches(pairs, unknown, words_of))
        for places, found in zip(index_batches(unknown), comparing, strict=True):
            evidence[places] = found
        return evidence
