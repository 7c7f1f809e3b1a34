"""Leaves: a word, phrase or wildcard of a query as the documents that have it, and what scores them; see `ranking`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from index.embedded.columnar.format.arrays import Array
from index.embedded.columnar.postings.inversion import Posting
from index.embedded.evaluating.adjacency import Pair
from index.embedded.evaluating.bm25 import Scores, idf
from index.embedded.evaluating.document_sets import Matching, added
from index.embedded.evaluating.phrases import phrase
from index.embedded.evaluating.scoring import Aligned, LookedUp, Scorer
from index.embedded.facts.columns import Numbers
from index.embedded.schema import CAPITALS, EXACT, STEM, TITLE_CAPITALS, TITLE_EXACT, TITLE_STEM
from index.engine import Vocabulary
from index.query.tree import Phrase, Wildcard, Word
from index.ranking import SURFACE, TITLE
from index.words.stemming import stem


class TermSource(Protocol):
    """Where posting lists come from. Deleted documents may be among them; unknown terms have empty lists."""

    def posting(self, field: str, term: str) -> Posting:
        """A term's documents and frequencies."""
        ...

    @property
    def bases(self) -> Sequence[int]:
        """The first document of each segment, and at the end how many there are in all."""
        ...

    def placed(self, field: str, term: str) -> Sequence[Posting]:
        """The same with positions, in an exact field: a list a segment, whose documents are numbered from 0."""
        ...

    def fitting(self, field: str, pattern: str) -> Sequence[Posting]:
        """Those of all terms of an exact field that fit a pattern with `*` and `?`, in any portions."""
        ...

    def norms(self, field: str) -> Scores:
        """float32[N]: the norm of every document in a field, see `bm25`."""
        ...


@dataclass(frozen=True, slots=True)
class TextFields:
    """The fields of the index that hold a text: its exact words, their stems, those in capitals."""

    exact: str
    stem: str
    capitals: str


WHOLE = TextFields(EXACT, STEM, CAPITALS)
TITLE_ONLY = TextFields(TITLE_EXACT, TITLE_STEM, TITLE_CAPITALS)
TEXT_FIELDS = {None: WHOLE, "title": TITLE_ONLY}  # tree field → fields of the index; every other tree field is a facet


class Leaves:
    """Looks leaves up in one generation of an index of `size` documents."""

    def __init__(self, terms: TermSource, vocabulary: Vocabulary, size: int) -> None:
        self._terms = terms
        self._vocabulary = vocabulary
        self._size = size

    def word(self, word: Word, weight: float) -> Matching:
        """The documents with any form of a word, less those that are switched off, or with the word in capitals."""
        fields = TEXT_FIELDS[word.field]
        if word.capitals:
            return self._beside_title(fields, fields.capitals, word.form, weight)
        if word.without:
            return self._some_forms(word, fields.exact, weight)
        found = self._beside_title(fields, fields.stem, stem(word.form), weight)
        surface = self._looked_up(fields.exact, word.form, weight * SURFACE)
        return Matching(found.documents, found.scorers + surface, found.worth)

    def phrase(self, leaf: Phrase) -> Matching:
        """The documents with a phrase, scored as one term, as rare as all its words together are."""
        field = TEXT_FIELDS[leaf.field].exact
        if len(leaf.forms) == 1:
            found = self._terms.posting(field, leaf.forms[0])
            return self._scored(field, found.documents, found.counts)
        placed, bases = [self._terms.placed(field, form) for form in leaf.forms], self._terms.bases
        parts = [
            phrase(words, leaf.slop, end - base)
            for *words, base, end in zip(*placed, bases[:-1], bases[1:], strict=True)
        ]
        if len(parts) == 1:
            return self._scored(field, *parts[0], len(leaf.forms))
        documents = [found + np.uint32(base) for (found, _), base in zip(parts, bases[:-1], strict=True)]
        counts = [np.empty(0, np.intp), *(counts for _, counts in parts)]
        together = np.concatenate([np.empty(0, np.uint32), *documents])
        return self._scored(field, together, np.concatenate(counts), len(leaf.forms))

    def wildcard(self, leaf: Wildcard) -> Matching:
        """The documents with a word that fits; all such words count together as if they were one."""
        field = TEXT_FIELDS[leaf.field].exact
        return self._scored(field, *self._together(self._terms.fitting(field, leaf.pattern)))

    def worth(self, word: Word, weight: float) -> float:
        """What a word is worth: as in `word`."""
        fields = TEXT_FIELDS[word.field]
        field, term = (fields.capitals, word.form) if word.capitals else (fields.stem, stem(word.form))
        return weight * idf(self._size, len(self._terms.posting(field, term).documents))

    def pair(self, left: str, right: str, amount: float) -> Pair:
        """Two forms wherever they stand in the texts."""
        return Pair(self._terms.placed(EXACT, left), self._terms.placed(EXACT, right), amount)

    @property
    def bases(self) -> Sequence[int]:
        """As `TermSource.bases`."""
        return self._terms.bases

    def _beside_title(self, fields: TextFields, field: str, term: str, weight: float) -> Matching:
        """The documents with a term, which counts more where the title has it too."""
        posting = self._terms.posting(field, term)
        found = self._scored(field, posting.documents, posting.counts, weight)
        if fields is not WHOLE:
            return found
        title = self._looked_up(TITLE_CAPITALS if field == CAPITALS else TITLE_STEM, term, weight * TITLE)
        return Matching(found.documents, found.scorers + title, found.worth)

    def _some_forms(self, word: Word, field: str, weight: float) -> Matching:
        forms = [form for form, _ in self._vocabulary.forms(stem(word.form)) if form not in word.without]
        found = self._scored(field, *self._together([self._terms.posting(field, form) for form in forms]), weight)
        surface = self._looked_up(field, word.form, weight * SURFACE) if word.form in forms else ()
        return Matching(found.documents, found.scorers + surface, found.worth)

    def _scored(self, field: str, documents: Numbers, counts: Array, weight: float = 1.0) -> Matching:
        worth = weight * idf(self._size, len(documents)) if self._size else 0.0
        if not worth:
            return Matching(documents)
        return Matching(documents, (Aligned(counts, self._terms.norms(field), worth),), worth)

    def _looked_up(self, field: str, term: str, weight: float) -> tuple[Scorer, ...]:
        found = self._terms.posting(field, term)
        if not weight or not len(found.documents):
            return ()
        return (LookedUp(found, self._terms.norms(field), weight * idf(self._size, len(found.documents))),)

    def _together(self, postings: Sequence[Posting]) -> tuple[Numbers, Array]:
        """The documents of some terms, and how often each has any of them."""
        held, total = added([found.documents for found in postings], [found.counts for found in postings], self._size)
        return held.astype(np.uint32), total
