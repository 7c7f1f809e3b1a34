"""Merging: the runs of several sources become one field of a segment, a bounded portion at a time.

Every run lists its terms in ascending order. To merge all runs it is enough to know the *rank* of each of their terms
in the union of all terms. A portion is a range of ranks, and in every run it is one slice. The index of each posting in
the result is computed without sorting: where its term's postings begin, plus the term's postings in earlier runs, plus
its index within its own run. Documents are numbered on from source to source. Deleted documents are left out, and so
are the terms that only they had.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from index.embedded.columnar.format import string_lists
from index.embedded.columnar.format.arrays import Array, ArrayWriter, concatenated_ranges
from index.embedded.columnar.format.string_order import argsort_by_ending
from index.embedded.columnar.postings.inversion import (
    Counts,
    Numbers,
    PostingList,
    Postings,
    row_counts,
    starts_from_counts,
)
from index.embedded.columnar.postings.packed import PackedPostings
from index.embedded.columnar.postings.packed_writer import PostingsWriter
from index.embedded.columnar.postings.sources import Source
from index.embedded.columnar.postings.term_union import union_terms

PORTION = 2_000_000  # postings merged at once: some 100 MB of work space


@dataclass(frozen=True, slots=True)
class MergeInput:
    """A run to be merged: `ranks` u4[T] of its terms, and `numbers` u4[count], the new numbers of its documents.

    `live` is bool[count], or None if no document is deleted; the numbers of deleted documents mean nothing.
    """

    ranks: Numbers
    postings: Postings | PackedPostings
    numbers: Numbers
    live: Array | None

    def piece(self, first: int, last: int) -> "RunSlice":
        """Return the live postings of the terms with ranks from `first` to before `last`, renumbered."""
        begin, end = map(int, np.searchsorted(self.ranks, (first, last)))
        posting = self.postings.between(begin, end, placed=True)
        counts = row_counts(self.postings.starts[begin : end + 1])
        whole = RunSlice(self.ranks[begin:end], counts, posting.documents, posting.counts, posting.positions)
        kept = whole if self.live is None else whole.of_live(self.live)
        return RunSlice(kept.ranks, kept.counts, self.numbers[kept.documents], kept.frequencies, kept.positions)


@dataclass(frozen=True, slots=True)
class RunSlice:
    """Consecutive terms of one run: their ranks, the number of postings of each, and the postings (see `Postings`)."""

    ranks: Numbers
    counts: Counts
    documents: Array
    frequencies: Array
    positions: Array | None

    def of_live(self, live: Array) -> "RunSlice":
        """Return the slice without the postings of deleted documents; a term may keep none."""
        kept = live[self.documents]
        before = np.concatenate(([0], np.cumsum(kept)))
        counts = np.diff(before[np.concatenate(([0], np.cumsum(self.counts)))])
        positions = None if self.positions is None else self.positions[np.repeat(kept, self.frequencies)]
        return RunSlice(self.ranks, counts, self.documents[kept], self.frequencies[kept], positions)


def write_field(writer: ArrayWriter, field: str, sources: Sequence[Source]) -> None:
    """Merge one field of all sources and write it as the arrays `field.…`; see `string_lists` and `packed`."""
    terms, ranks = union_terms([source.runs[field].terms for source in sources if field in source.runs])
    parts = list(_parts(field, sources, ranks))
    starts = starts_from_counts(_sizes(parts, len(terms)))
    placed = [part.postings.positions.dtype for part in parts if part.postings.positions is not None]
    positions = max(placed, key=lambda dtype: dtype.itemsize) if placed else None
    packed = PostingsWriter(writer.path.parent, sum(map(live_count, sources)), positions)
    for first, last in portions(starts):
        packed.append(row_counts(starts[first : last + 1]), _portion(parts, starts, first, last))
    used = packed.finish(writer, field)
    kept = terms if used.all() else terms.taken(np.flatnonzero(used))
    string_lists.write(writer, f"{field}.terms", kept)
    if placed:  # a field with positions holds word forms, which answer wildcards
        writer.add(f"{field}.by_ending", argsort_by_ending(kept))


def live_count(source: Source) -> int:
    """Return how many documents of a source are not deleted."""
    return source.count if source.live is None else int(np.count_nonzero(source.live))


def new_document_numbers(sources: Sequence[Source]) -> list[Numbers]:
    """Return the new numbers of the documents of every source; those of deleted documents mean nothing."""
    numbers, base = [], 0
    for source in sources:
        kept = np.ones(source.count, bool) if source.live is None else source.live
        numbers.append((np.cumsum(kept) + base - 1).astype(np.uint32))
        base += int(np.count_nonzero(kept))
    return numbers


def _parts(field: str, sources: Sequence[Source], ranks: Sequence[Numbers]) -> Iterator[MergeInput]:
    of_run = iter(ranks)
    for source, numbers in zip(sources, new_document_numbers(sources), strict=True):
        if run := source.runs.get(field):
            yield MergeInput(next(of_run), run.postings, numbers, source.live)


def _sizes(parts: Sequence[MergeInput], terms: int) -> Counts:
    """Return int64[terms]: the live postings of each term in all runs."""
    counts = np.zeros(terms, np.int64)
    for part in parts:
        counts[part.ranks] += live_counts(part.postings, part.live)
    return counts


def live_counts(postings: Postings | PackedPostings, live: Array | None) -> Counts:
    """Return int64[T]: the live documents of each term; `live` is None if no document is deleted."""
    counts = row_counts(postings.starts)
    if live is None:
        return counts
    for first, last in portions(postings.starts):
        before = np.concatenate(([0], np.cumsum(live[postings.between(first, last).documents])))
        counts[first:last] = np.diff(before[postings.starts[first : last + 1] - postings.starts[first]])
    return counts


def portions(starts: Array) -> Iterator[tuple[int, int]]:
    """Yield consecutive ranges of groups, each of at most PORTION rows or of one larger group."""
    first, groups = 0, len(starts) - 1
    while first < groups:
        last = int(np.searchsorted(starts, int(starts[first]) + PORTION, side="right")) - 1
        last = min(max(last, first + 1), groups)
        yield first, last
        first = last


def _portion(parts: Sequence[MergeInput], starts: Numbers, first: int, last: int) -> PostingList:
    """Merge one range of ranks."""
    begin, end = int(starts[first]), int(starts[last])
    free = starts[first:last].astype(np.int64) - begin  # the next free place of each term
    documents, frequencies = np.empty(end - begin, np.uint32), np.ones(end - begin, np.uint32)
    merged = []
    for part in parts:
        piece = part.piece(first, last)
        at = concatenated_ranges(free[piece.ranks - first], piece.counts)
        free[piece.ranks - first] += piece.counts
        documents[at], frequencies[at] = piece.documents, piece.frequencies
        merged.append((at, piece))
    return PostingList(documents, frequencies, _positions(merged, frequencies))


def _positions(merged: Sequence[tuple[Array, RunSlice]], frequencies: Array) -> Array | None:
    """Merge the positions of slices, given with the rows their postings went to; None if no slice has any."""
    placed = [piece.positions.dtype for _, piece in merged if piece.positions is not None]
    if not placed:
        return None
    begins = np.concatenate(([0], np.cumsum(frequencies, dtype=np.int64)))
    positions = np.empty(int(begins[-1]), max(placed, key=lambda dtype: dtype.itemsize))
    for at, piece in merged:
        positions[concatenated_ranges(begins[at], piece.frequencies)] = piece.positions
    return positions
