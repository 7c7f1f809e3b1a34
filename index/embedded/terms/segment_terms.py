"""Posting lists for query evaluation, read from the segments of an open generation.

Each segment's list is decoded, deleted documents are left out, and the lists of several segments are concatenated:
document numbers continue from segment to segment. Lists with positions stay separate for each segment, with documents
numbered from 0 and deleted ones among them; `bases` holds the first document number of each segment. Recently used
lists are cached. All statistics are those of the live documents, so they do not depend on how segments came to be.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import translate
from functools import cached_property, partial
from re import compile as regex
from re import split
from typing import Any

import numpy as np

from index.embedded.columnar.adapter.lengths import quantized
from index.embedded.columnar.adapter.readers import ColumnarDocumentReader, ColumnarTermsReader
from index.embedded.columnar.format.arrays import Array
from index.embedded.columnar.postings.inversion import EMPTY_POSTING_LIST, PostingList
from index.embedded.columnar.segments.segment_files import SegmentDocuments, SegmentFields
from index.embedded.evaluating.bm25 import Scores, norms
from index.embedded.evaluating.document_sets import union
from index.embedded.evaluating.phrases import WordsTogether, find_words
from index.embedded.facts.columns import Mask
from index.embedded.terms.postings_cache import PostingsCache
from index.embedded.terms.title_pairs import SegmentTitlePairs, title_pairs

CACHE_BYTES = 64 << 20  # of all kinds of lists together: of fifty thousand articles those of about 1,500 requests


class SegmentTerms:
    """The terms of all segments together; implements `leaf_queries.TermSource`.

    `live` is bool[N], or None if no document is deleted.
    """

    def __init__(self, leaves: Sequence[tuple[Any, int]], live: Mask | None = None) -> None:
        loader = _Loader(
            [
                _SegmentPostings(fields_of(reader), base, reader.doc_count_all(), _live_part(live, reader, base))
                for reader, base in leaves
            ]
        )
        self._segments = [(fields_of(reader), _live_part(live, reader, base)) for reader, base in leaves]
        self._documents = [documents_of(reader) for reader, _ in leaves]
        self._size = sum(reader.doc_count_all() for reader, _ in leaves)
        self._live = live
        self.bases: Sequence[int] = (*(base for _, base in leaves), self._size)
        self._norms: dict[str, Scores] = {}
        self._sizes: dict[str, int] = {}
        kept = PostingsCache(CACHE_BYTES)
        self.posting: Callable[[str, str], PostingList] = kept.keeping("posting", loader.posting)
        self.with_positions: Callable[[str, str], Sequence[PostingList]] = kept.keeping(
            "with positions", loader.with_positions
        )
        self.of_words: Callable[[str, WordsTogether], PostingList] = kept.keeping(
            "of words", partial(loader.of_words, self.with_positions)
        )
        self.of_forms: Callable[[str, tuple[str, ...]], PostingList] = kept.keeping(
            "of forms", partial(_of_forms, self.posting, self._size)
        )
        self.matching: Callable[[str, str], PostingList] = kept.keeping(
            "matching", partial(_matching, loader.matching, self._size)
        )

    @cached_property
    def title_pairs(self) -> Sequence[SegmentTitlePairs]:
        """The pairs of adjacent words in the titles of each segment."""
        return title_pairs(self._segments)

    def norms(self, field: str) -> Scores:
        """float32[N]: the norm of every document in a field."""
        if field not in self._norms:
            lengths = np.concatenate([held.lengths_of(field) for held in self._documents] or [np.empty(0, np.uint8)])
            counted = lengths if self._live is None else lengths[self._live]
            self._norms[field] = norms(quantized(lengths), float(counted.sum(dtype=np.int64)) / max(len(counted), 1))
        return self._norms[field]

    def occurrences(self, field: str, forms: Sequence[str]) -> int:
        """How often forms stand next to each other in a field with positions; of one form, how often it occurs."""
        if len(forms) == 1:
            return int(self.posting(field, forms[0]).counts.sum(dtype=np.int64))
        return int(self.of_words(field, WordsTogether(tuple(forms))).counts.sum(dtype=np.int64))

    def documents_with(self, field: str, term: str) -> int:
        """How many live documents have a term: where none is deleted, no posting list is unpacked."""
        if self._live is not None:
            return len(self.posting(field, term).documents)
        held = [
            (fields.postings[field], number)
            for fields, _ in self._segments
            if (number := fields.number(field, term.encode())) >= 0
        ]
        return sum(int(postings.starts[number + 1]) - int(postings.starts[number]) for postings, number in held)

    def size(self, field: str) -> int:
        """How many tokens all live documents have in a field."""
        if field not in self._sizes:
            lengths = np.concatenate([held.lengths_of(field) for held in self._documents] or [np.empty(0, np.uint8)])
            counted = lengths if self._live is None else lengths[self._live]
            self._sizes[field] = int(counted.sum(dtype=np.int64))
        return self._sizes[field]


@dataclass(frozen=True, slots=True)
class _SegmentPostings:
    """The postings of one segment, its first document, how many it has, and which of them live (None for all)."""

    fields: SegmentFields
    base: int
    size: int
    live: Mask | None

    def renumbered(self, posting: PostingList) -> PostingList:
        """A posting list without deleted documents and positions, with the numbers of all segments together."""
        documents, frequencies = posting.documents, posting.frequencies
        if self.live is not None:
            kept = self.live.take(documents).nonzero()[0]
            documents = documents.take(kept)
            frequencies = None if frequencies is None else frequencies.take(kept)
        elif not self.base:
            return posting
        return PostingList(documents + np.uint32(self.base) if self.base else documents, frequencies)


class _Loader:
    """Decodes posting lists from segments.

    A class of its own, so that the caches do not form a reference cycle with `SegmentTerms`: an unused generation is
    freed at once.
    """

    def __init__(self, segments: Sequence[_SegmentPostings]) -> None:
        self._segments = segments

    def posting(self, field: str, term: str) -> PostingList:
        """A term's documents and frequencies over all segments."""
        return _concatenated([each.renumbered(each.fields.posting(field, term.encode())) for each in self._segments])

    def with_positions(self, field: str, term: str) -> Sequence[PostingList]:
        """A term's documents, frequencies and positions, a list a segment: positions are too many to be copied."""
        return [each.fields.posting(field, term.encode(), placed=True) for each in self._segments]

    def of_words(
        self, with_positions: Callable[[str, str], Sequence[PostingList]], field: str, asked: WordsTogether
    ) -> PostingList:
        """The documents with some words together over all segments, and how often they stand so."""
        words = [with_positions(field, form) for form in asked.read]
        found = [
            (each, *find_words(asked, lists, each.size)) for each, *lists in zip(self._segments, *words, strict=True)
        ]
        return _concatenated([each.renumbered(PostingList(*places)) for each, *places in found])

    def matching(self, field: str, pattern: str) -> Sequence[PostingList]:
        """The posting lists of all terms that match a wildcard pattern; consecutive terms come as one list."""
        return [
            each.renumbered(each.fields.postings[field].between(first, last))
            for each in self._segments
            if field in each.fields.postings
            for first, last in term_ranges(matching_terms(each.fields, field, pattern))
        ]


def _of_forms(posting: Callable[[str, str], PostingList], size: int, field: str, forms: tuple[str, ...]) -> PostingList:
    """The union of the posting lists of some forms."""
    return union([posting(field, form) for form in forms], size)


def _matching(
    matching: Callable[[str, str], Sequence[PostingList]], size: int, field: str, pattern: str
) -> PostingList:
    """The union of the posting lists of all terms that match a pattern."""
    return union(matching(field, pattern), size)


def matching_terms(fields: SegmentFields, field: str, pattern: str) -> Array:
    """The numbers of a field's terms that match a wildcard pattern, ascending.

    The pattern is tried only on terms with its literal prefix, or else its literal suffix, or else its longest literal
    part.
    """
    terms = fields.terms[field]
    literals = split(r"[*?]", pattern)
    prefix, suffix = literals[0].encode(), literals[-1].encode()
    if prefix and pattern == f"{literals[0]}*":
        return np.array(terms.beginning(prefix), np.int64)
    if prefix:
        candidates: Array = np.array(terms.beginning(prefix), np.int64)
    elif suffix:
        candidates = np.sort(terms.ending(suffix, fields.array(field, "by_ending")))
    else:
        candidates = terms.containing(max(literals, key=len).encode())
    matches = regex(translate(pattern)).match
    return np.array([number for number in candidates.tolist() if matches(terms[number].decode())], np.int64)


def fields_of(reader: Any) -> SegmentFields:
    """The terms and postings behind a reader of a segment."""
    terms: ColumnarTermsReader = reader._terms  # Whoosh offers no public access to a codec's reader
    return terms.fields


def documents_of(reader: Any) -> SegmentDocuments:
    """The documents behind a reader of a segment."""
    documents: ColumnarDocumentReader = reader._perdoc  # as above
    return documents.documents


def _live_part(live: Mask | None, reader: Any, base: int) -> Mask | None:
    """The part of a mask of live documents that belongs to a segment; None if all its documents are live."""
    part = None if live is None else live[base : base + reader.doc_count_all()]
    return None if part is None or part.all() else part


def _concatenated(found: Sequence[PostingList]) -> PostingList:
    """The lists of all segments as one list, without positions."""
    held = [posting for posting in found if len(posting.documents)]
    if not held:
        return EMPTY_POSTING_LIST
    if len(held) == 1:
        return held[0]
    documents = np.concatenate([posting.documents for posting in held])
    return PostingList(documents, np.concatenate([posting.counts for posting in held]))


def term_ranges(numbers: Array) -> Iterator[tuple[int, int]]:
    """Ascending numbers as ranges of consecutive ones: (first, last + 1) of each."""
    if not len(numbers):
        return
    breaks = np.flatnonzero(np.diff(numbers.astype(np.int64)) != 1) + 1
    for run in np.split(numbers, breaks):
        yield int(run[0]), int(run[-1]) + 1
