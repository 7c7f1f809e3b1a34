"""The evaluator's posting lists, from the segments of an open generation.

A list is unpacked from each segment, and the lists of several segments put one after the other, with documents numbered
on from segment to segment. Those asked last are kept. Lists with positions stay in their segments, documents numbered
from 0 in each: `bases` tells where each segment's begin.
"""

from collections.abc import Callable, Iterator, Sequence
from fnmatch import translate
from re import compile as regex
from re import split
from typing import Any

import numpy as np

from index.embedded.columnar.adapter.lengths import stepped
from index.embedded.columnar.adapter.readers import ColumnarDocuments, ColumnarTerms
from index.embedded.columnar.format.arrays import Array
from index.embedded.columnar.postings.inversion import NOTHING, Posting
from index.embedded.columnar.segments.segment_files import Documents, Fields
from index.embedded.evaluating.bm25 import Scores, norms
from index.embedded.terms.postings_cache import KeptLists

# Bytes of lists kept of each kind: of fifty thousand articles, all that is ever asked; of a million, the lists of some
# ten of the commonest words.
KEPT = 64 << 20


class SegmentTerms:
    """The terms of all segments together; implements `leaves.TermSource`."""

    def __init__(self, leaves: Sequence[tuple[Any, int]]) -> None:
        lists = _Lists([(_fields(reader), base) for reader, base in leaves])
        self._documents = [_documents(reader) for reader, _ in leaves]
        self._size = sum(reader.doc_count_all() for reader, _ in leaves)
        self.bases: Sequence[int] = (*(base for _, base in leaves), self._size)
        self._norms: dict[str, Scores] = {}
        self.posting: Callable[[str, str], Posting] = KeptLists(lists.posting, KEPT)
        self.placed: Callable[[str, str], Sequence[Posting]] = KeptLists(lists.placed, KEPT)
        self.fitting: Callable[[str, str], Sequence[Posting]] = KeptLists(lists.fitting, KEPT)

    def norms(self, field: str) -> Scores:
        """float32[N]: the norm of every document in a field."""
        if field not in self._norms:
            lengths = np.concatenate([held.lengths_of(field) for held in self._documents] or [np.empty(0, np.uint8)])
            self._norms[field] = norms(stepped(lengths), float(lengths.sum(dtype=np.int64)) / max(self._size, 1))
        return self._norms[field]


class _Lists:
    """Unpacks lists of some segments, each with the number of its first document.

    By itself, so that who keeps what it gives does not keep itself alive: a generation nobody needs is gone at once.
    """

    def __init__(self, segments: Sequence[tuple[Fields, int]]) -> None:
        self._segments = segments

    def posting(self, field: str, term: str) -> Posting:
        """A term's documents and frequencies."""
        return _together([(fields.posting(field, term.encode()), base) for fields, base in self._segments])

    def placed(self, field: str, term: str) -> Sequence[Posting]:
        """A term's documents, frequencies and positions, segment by segment: positions are too many to be copied."""
        return [fields.posting(field, term.encode(), placed=True) for fields, _ in self._segments]

    def fitting(self, field: str, pattern: str) -> Sequence[Posting]:
        """The posting lists of all terms that fit a pattern, neighbours in one."""
        return [
            _renumbered(fields.postings[field].between(first, last), base)
            for fields, base in self._segments
            if field in fields.postings
            for first, last in _stretches(fitting_terms(fields, field, pattern))
        ]


def fitting_terms(fields: Fields, field: str, pattern: str) -> Array:
    """The numbers of a field's terms that fit a pattern, ascending.

    Only those with its literal beginning are tried, or its literal end, or else the longest literal inside it.
    """
    terms = fields.terms[field]
    literals = split(r"[*?]", pattern)
    head, tail = literals[0].encode(), literals[-1].encode()
    if head and pattern == f"{literals[0]}*":
        return np.array(terms.beginning(head), np.int64)
    if head:
        tried: Array = np.array(terms.beginning(head), np.int64)
    elif tail:
        tried = np.sort(terms.ending(tail, fields.array(field, "by_ending")))
    else:
        tried = terms.containing(max(literals, key=len).encode())
    fits = regex(translate(pattern)).match
    return np.array([number for number in tried.tolist() if fits(terms[number].decode())], np.int64)


def _fields(reader: Any) -> Fields:
    terms: ColumnarTerms = reader._terms  # Whoosh has no other way to a codec's own reader
    return terms.fields


def _documents(reader: Any) -> Documents:
    documents: ColumnarDocuments = reader._perdoc  # as above
    return documents.documents


def _together(found: Sequence[tuple[Posting, int]]) -> Posting:
    """The lists of all segments as one, without positions."""
    held = [(posting, base) for posting, base in found if len(posting.documents)]
    if not held:
        return NOTHING
    if len(held) == 1 and held[0][1] == 0:
        return held[0][0]
    renumbered = [_renumbered(posting, base) for posting, base in held]
    documents = np.concatenate([posting.documents for posting in renumbered])
    return Posting(documents, np.concatenate([posting.counts for posting in renumbered]))


def _renumbered(posting: Posting, base: int) -> Posting:
    if not base:
        return posting
    return Posting(posting.documents + np.uint32(base), posting.frequencies)


def _stretches(numbers: Array) -> Iterator[tuple[int, int]]:
    """Ascending numbers as ranges of neighbours: the first, and one past the last, of each."""
    if not len(numbers):
        return
    breaks = np.flatnonzero(np.diff(numbers.astype(np.int64)) != 1) + 1
    for stretch in np.split(numbers, breaks):
        yield int(stretch[0]), int(stretch[-1]) + 1
