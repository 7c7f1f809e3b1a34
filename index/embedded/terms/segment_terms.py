"""Posting lists for query evaluation, read from the segments of an open generation.

Each segment's list is decoded, and the lists of several segments are concatenated: document numbers continue from
segment to segment. Lists with positions stay separate for each segment, with documents numbered from 0; `bases` holds
the first document number of each segment. Recently used lists are cached.
"""

from collections.abc import Callable, Iterator, Sequence
from fnmatch import translate
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
from index.embedded.evaluating.phrases import find_phrase
from index.embedded.terms.postings_cache import PostingsCache

# Bytes cached for each kind of list. For fifty thousand articles, this holds every list ever asked for; for a million,
# the lists of some ten of the most common words.
CACHE_BYTES = 64 << 20


class SegmentTerms:
    """The terms of all segments together; implements `leaf_queries.TermSource`."""

    def __init__(self, leaves: Sequence[tuple[Any, int]]) -> None:
        loader = _Loader([(_fields(reader), base) for reader, base in leaves])
        self._documents = [_documents(reader) for reader, _ in leaves]
        self._size = sum(reader.doc_count_all() for reader, _ in leaves)
        self.bases: Sequence[int] = (*(base for _, base in leaves), self._size)
        self._norms: dict[str, Scores] = {}
        self._sizes: dict[str, int] = {}
        self.posting: Callable[[str, str], PostingList] = PostingsCache(loader.posting, CACHE_BYTES)
        self.with_positions: Callable[[str, str], Sequence[PostingList]] = PostingsCache(
            loader.with_positions, CACHE_BYTES
        )
        self.matching: Callable[[str, str], Sequence[PostingList]] = PostingsCache(loader.matching, CACHE_BYTES)

    def norms(self, field: str) -> Scores:
        """float32[N]: the norm of every document in a field."""
        if field not in self._norms:
            lengths = np.concatenate([held.lengths_of(field) for held in self._documents] or [np.empty(0, np.uint8)])
            self._norms[field] = norms(quantized(lengths), float(lengths.sum(dtype=np.int64)) / max(self._size, 1))
        return self._norms[field]

    def occurrences(self, field: str, forms: Sequence[str]) -> int:
        """How often forms stand next to each other in a field with positions; of one form, how often it occurs."""
        if len(forms) == 1:
            return int(self.posting(field, forms[0]).counts.sum(dtype=np.int64))
        words = [self.with_positions(field, form) for form in forms]
        sizes = np.diff(self.bases).tolist()
        counts = (find_phrase(lists, 1, size)[1] for *lists, size in zip(*words, sizes, strict=True))
        return sum(int(count.sum(dtype=np.int64)) for count in counts)

    def size(self, field: str) -> int:
        """How many tokens all documents have in a field."""
        if field not in self._sizes:
            self._sizes[field] = sum(int(held.lengths_of(field).sum(dtype=np.int64)) for held in self._documents)
        return self._sizes[field]


class _Loader:
    """Decodes posting lists from segments, each given with its first document number.

    A class of its own, so that the caches do not form a reference cycle with `SegmentTerms`: an unused generation is
    freed at once.
    """

    def __init__(self, segments: Sequence[tuple[SegmentFields, int]]) -> None:
        self._segments = segments

    def posting(self, field: str, term: str) -> PostingList:
        """A term's documents and frequencies over all segments."""
        return _concatenated([(fields.posting(field, term.encode()), base) for fields, base in self._segments])

    def with_positions(self, field: str, term: str) -> Sequence[PostingList]:
        """A term's documents, frequencies and positions, a list a segment: positions are too many to be copied."""
        return [fields.posting(field, term.encode(), placed=True) for fields, _ in self._segments]

    def matching(self, field: str, pattern: str) -> Sequence[PostingList]:
        """The posting lists of all terms that match a wildcard pattern; consecutive terms come as one list."""
        return [
            _renumbered(fields.postings[field].between(first, last), base)
            for fields, base in self._segments
            if field in fields.postings
            for first, last in _ranges(matching_terms(fields, field, pattern))
        ]


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


def _fields(reader: Any) -> SegmentFields:
    terms: ColumnarTermsReader = reader._terms  # Whoosh offers no public access to a codec's reader
    return terms.fields


def _documents(reader: Any) -> SegmentDocuments:
    documents: ColumnarDocumentReader = reader._perdoc  # as above
    return documents.documents


def _concatenated(found: Sequence[tuple[PostingList, int]]) -> PostingList:
    """The lists of all segments as one list, without positions."""
    held = [(posting, base) for posting, base in found if len(posting.documents)]
    if not held:
        return EMPTY_POSTING_LIST
    if len(held) == 1 and held[0][1] == 0:
        return held[0][0]
    renumbered = [_renumbered(posting, base) for posting, base in held]
    documents = np.concatenate([posting.documents for posting in renumbered])
    return PostingList(documents, np.concatenate([posting.counts for posting in renumbered]))


def _renumbered(posting: PostingList, base: int) -> PostingList:
    if not base:
        return posting
    return PostingList(posting.documents + np.uint32(base), posting.frequencies)


def _ranges(numbers: Array) -> Iterator[tuple[int, int]]:
    """Ascending numbers as ranges of consecutive ones: (first, last + 1) of each."""
    if not len(numbers):
        return
    breaks = np.flatnonzero(np.diff(numbers.astype(np.int64)) != 1) + 1
    for run in np.split(numbers, breaks):
        yield int(run[0]), int(run[-1]) + 1
