"""Blocks: how often the words of a query stand in some documents, and the documents that are read at once.

Frequencies tell it before a position is read, so what is too much is refused before it takes memory. A query with
few occurrences is read a segment at a time. One with many is read a block of documents at a time, ascending: the
documents of a segment are cut where their occurrences reach `AT_ONCE`, and a single document is never cut.
"""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.concordance import MOST_FOUND, TooManyPlaces
from index.embedded.columnar.format.arrays import Array
from index.embedded.columnar.postings.merging import portions
from index.embedded.columnar.segments.segment_files import SegmentFields
from index.embedded.concordance.leaf_terms import leaf_terms
from index.embedded.facts.columns import Mask
from index.embedded.schema import INDEX_FIELDS
from index.embedded.terms.segment_terms import term_ranges
from index.query.tree import TextLeaf

AT_ONCE: Final = 1 << 21  # occurrences that are read at once: about 150 MB of work space by estimate


class SegmentPositions(NamedTuple):
    """The fields of one segment, its first document number, and how many documents it has."""

    fields: SegmentFields
    base: int
    size: int


class SegmentLeaves(NamedTuple):
    """The leaves of a query in one segment, with the terms of each (see `leaf_terms`)."""

    held: SegmentPositions
    leaves: Sequence[tuple[TextLeaf, Sequence[Array]]]


class Block(NamedTuple):
    """Documents of a segment that are read at once; `wanted` is a bool for each document of the segment."""

    there: SegmentLeaves
    wanted: Mask


class Blocks(NamedTuple):
    """The blocks of a query, ascending, and how often its words stand there, each leaf for itself.

    `occurrences` is an upper bound where it is at most `AT_ONCE`, since that is known without unpacking a list.
    """

    occurrences: int
    each: Iterator[Block]


def blocks(leaves: Sequence[TextLeaf], segments: Sequence[SegmentPositions], wanted: Mask) -> Blocks:
    """The blocks of some leaves in the wanted documents, bool[N]. Raises TooManyPlaces beyond MOST_FOUND."""
    parts = [SegmentLeaves(held, [(leaf, leaf_terms(leaf, held.fields)) for leaf in leaves]) for held in segments]
    masks = [wanted[held.base : held.base + held.size] for held in segments]
    most = sum(map(_most, parts))
    if most <= AT_ONCE:
        return Blocks(most, (Block(part, mask) for part, mask in zip(parts, masks, strict=True) if mask.any()))
    counted = [_by_document(part, mask) for part, mask in zip(parts, masks, strict=True)]
    occurrences = sum(int(counts.sum()) for counts in counted)
    if occurrences > MOST_FOUND:
        raise TooManyPlaces(occurrences)
    return Blocks(
        occurrences,
        (
            Block(part, within)
            for part, mask, counts in zip(parts, masks, counted, strict=True)
            for within in _cut(mask, counts)
        ),
    )


def _most(part: SegmentLeaves) -> int:
    """How often the words of some leaves stand in all documents of a segment."""
    found = 0
    for leaf, terms in part.leaves:
        places = _places(part, leaf)
        if places is not None:
            found += sum(int((places[of + 1].astype(np.int64) - places[of]).sum()) for of in terms)
    return found


def _by_document(part: SegmentLeaves, wanted: Mask) -> NDArray[np.int64]:
    """How often the words of some leaves stand in each wanted document of a segment."""
    counts = np.zeros(part.held.size, np.int64)
    for leaf, terms in part.leaves:
        field = INDEX_FIELDS[leaf.field].exact
        for first, last in (one for of in terms for one in term_ranges(of)):
            postings = part.held.fields.postings[field]
            for begin, end in portions(postings.starts[first : last + 1]):
                found = postings.between(first + begin, first + end)
                np.add.at(counts, found.documents, found.counts.astype(np.int64))
    counts[~wanted] = 0
    return counts


def _cut(wanted: Mask, counts: NDArray[np.int64]) -> Iterator[Mask]:
    """The wanted documents of a segment in parts of at most AT_ONCE occurrences, or of one document."""
    before = np.concatenate(([0], np.cumsum(counts)))
    first, size = 0, len(counts)
    while first < size:
        last = max(int(np.searchsorted(before, before[first] + AT_ONCE, side="right")) - 1, first + 1)
        if wanted[first:last].any():
            within = np.zeros(size, bool)
            within[first:last] = wanted[first:last]
            yield within
        first = last


def _places(part: SegmentLeaves, leaf: TextLeaf) -> Array | None:
    field = INDEX_FIELDS[leaf.field].exact
    held = part.held.fields.postings.get(field)
    return None if held is None else held.places
