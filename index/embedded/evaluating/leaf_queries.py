"""Leaf queries: a word, phrase or wildcard as a document set with scorers; `index.ranking` has the scoring formula."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from index.embedded.columnar.format.arrays import Array
from index.embedded.columnar.postings.inversion import PostingList
from index.embedded.evaluating.adjacency import PairPostings
from index.embedded.evaluating.bm25 import Scores
from index.embedded.evaluating.document_sets import DocumentSet
from index.embedded.evaluating.intersection import intersect
from index.embedded.evaluating.phrases import WordsTogether
from index.embedded.evaluating.scoring import LookupScorer, Scorer, TermScorer
from index.embedded.facts.columns import Columns, Numbers
from index.embedded.schema import EXACT, INDEX_FIELDS, TITLE_EXACT, TITLE_ONLY, WHOLE, TextFields
from index.query.tree import Phrase, Wildcard, Word
from index.ranking import EXPRESSION, SURFACE, TITLE, WordPair, idf
from index.vocabulary import Vocabulary
from index.words.stemming import stem


class TermSource(Protocol):
    """Provides posting lists; unknown terms have empty lists."""

    def posting(self, field: str, term: str) -> PostingList:
        """A term's live documents and frequencies."""
        ...

    @property
    def bases(self) -> Sequence[int]:
        """The first document number of each segment, and last the total number of documents."""
        ...

    def with_positions(self, field: str, term: str) -> Sequence[PostingList]:
        """As `posting` with positions, for an exact field: a list a segment, with documents numbered from 0.

        These lists may contain deleted documents.
        """
        ...

    def of_words(self, field: str, asked: WordsTogether) -> PostingList:
        """As `posting`, of all documents with some words together in an exact field, and how often they stand so."""
        ...

    def of_forms(self, field: str, forms: tuple[str, ...]) -> PostingList:
        """As `posting`, of all documents with any of some forms in an exact field; frequencies are summed."""
        ...

    def matching(self, field: str, pattern: str) -> PostingList:
        """As `of_forms`, of all forms in an exact field that match a pattern with `*` and `?`."""
        ...

    def norms(self, field: str) -> Scores:
        """float32[N]: the norm of every document in a field; see `bm25`."""
        ...


class LeafQueries:
    """Evaluates leaves of query trees over one generation of an index; document sets have only live documents.

    Whatever counts documents for scores counts live ones: the same articles have the same scores in every index.
    """

    def __init__(self, terms: TermSource, vocabulary: Vocabulary, columns: Columns) -> None:
        self._terms = terms
        self._vocabulary = vocabulary
        self._size = len(columns)
        self._articles = len(columns.by_id)

    def word(self, word: Word, weight: float) -> DocumentSet:
        """The documents with any form of a word that is not switched off; a word in all caps matches only as such."""
        fields = INDEX_FIELDS[word.field]
        field, posting = self._posting(fields, word)
        found = self._scored(field, posting.documents, posting.counts, weight)
        more: tuple[Scorer, ...] = ()
        if fields is WHOLE:
            more += self._lookup_scorers(*self._posting(TITLE_ONLY, word), weight * TITLE)
        if not word.capitals and word.form not in word.without:
            more += self._lookup_scorers(fields.exact, self._terms.posting(fields.exact, word.form), weight * SURFACE)
        return DocumentSet(found.documents, found.scorers + more, found.worth)

    def phrase(self, leaf: Phrase) -> DocumentSet:
        """The documents with a phrase, scored as one term with the rarity of all its words together."""
        field = INDEX_FIELDS[leaf.field].exact
        if len(leaf.forms) == 1:
            found = self._terms.posting(field, leaf.forms[0])
            return self._scored(field, found.documents, found.counts)
        found = self._terms.of_words(field, WordsTogether(leaf.forms, leaf.slop, leaf.ordered))
        return self._scored(field, found.documents, found.counts, len(leaf.forms))

    def wildcard(self, leaf: Wildcard) -> DocumentSet:
        """The documents with a word that matches the pattern; all matching words count as one term."""
        field = INDEX_FIELDS[leaf.field].exact
        found = self._terms.matching(field, leaf.pattern)
        return self._scored(field, found.documents, found.counts)

    def worth(self, word: Word, weight: float) -> float:
        """The weighted idf of a word, as in `word`."""
        _, posting = self._posting(INDEX_FIELDS[word.field], word)
        return weight * idf(self._articles, len(posting.documents))

    def pair(self, pair: WordPair, weight: float, *, whole: bool) -> PairPostings:
        """The postings of two adjacent words of an expression, worth the idf of having both anywhere."""
        forms = pair.left.form, pair.right.form
        text, title = (
            (self._terms.with_positions(field, forms[0]), self._terms.with_positions(field, forms[1]))
            for field in (EXACT, TITLE_EXACT if whole else EXACT)
        )
        together = self._with_both(forms) if whole else np.empty(0, np.uint32)
        worth = EXPRESSION * weight * idf(self._articles, len(together))
        return PairPostings(text, title, together, self._with_any(pair.instead), worth, pair.near and whole)

    def _with_both(self, forms: tuple[str, str]) -> Numbers:
        """The documents with both of two forms, ascending."""
        few, many = sorted((self._terms.posting(EXACT, form).documents for form in forms), key=len)
        return few[intersect(few, many, self._size)[0]].astype(np.uint32)

    def _with_any(self, leaves: Sequence[Word | Phrase]) -> Numbers:
        """The documents with any of some leaves, ascending."""
        found = [self.word(one, 1.0) if isinstance(one, Word) else self.phrase(one) for one in leaves]
        return np.unique(np.concatenate([np.empty(0, np.uint32), *(one.documents for one in found)])).astype(np.uint32)

    @property
    def bases(self) -> Sequence[int]:
        """See `TermSource.bases`."""
        return self._terms.bases

    def _posting(self, fields: TextFields, word: Word) -> tuple[str, PostingList]:
        """The postings of a word without the forms that are switched off, and the field that they are from."""
        if word.capitals:
            return fields.capitals, self._terms.posting(fields.capitals, word.form)
        if not word.without:
            return fields.stem, self._terms.posting(fields.stem, stem(word.form))
        forms = (form for form, _ in self._vocabulary.forms(stem(word.form)) if form not in word.without)
        return fields.exact, self._terms.of_forms(fields.exact, tuple(forms))

    def _scored(self, field: str, documents: Numbers, counts: Array, weight: float = 1.0) -> DocumentSet:
        worth = weight * idf(self._articles, len(documents)) if self._articles else 0.0
        if not worth:
            return DocumentSet(documents)
        return DocumentSet(documents, (TermScorer(counts, self._terms.norms(field), worth),), worth)

    def _lookup_scorers(self, field: str, found: PostingList, weight: float) -> tuple[Scorer, ...]:
        if not weight or not len(found.documents):
            return ()
        return (LookupScorer(found, self._terms.norms(field), weight * idf(self._articles, len(found.documents))),)
