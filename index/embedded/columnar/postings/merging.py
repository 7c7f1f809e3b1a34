"""Merging: the runs of several sources become one field of a segment, array-wise, a bounded portion at a time.

Every run lists its terms in ascending order, so that all runs together are merged by knowing, for each term of each
run, its *rank* among the terms of all. A portion is a range of ranks; in every run it is one slice. The place of each
posting in the result is computed, not sorted for: where its term's postings begin, plus those of earlier runs, plus
its place in its own run. Documents are numbered on from source to source; deleted ones are left out, and so are terms
only they had.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from index.embedded.columnar.format import string_lists
from index.embedded.columnar.format.arrays import Array, ArrayWriter, spread
from index.embedded.columnar.format.string_order import by_ending
from index.embedded.columnar.postings.inversion import Counts, Numbers, Posting, Postings, counted_starts, row_counts
from index.embedded.columnar.postings.packed import PackedPostings
from index.embedded.columnar.postings.packed_writer import PostingsWriter
from index.embedded.columnar.postings.sources import Source
from index.embedded.columnar.postings.term_union import ranked

PORTION = 2_000_000  # postings merged at once: some 100 MB of work space


@dataclass(frozen=True, slots=True)
class Part:
    """A run on its way into the merged field: `ranks` u4[T] of its terms, `numbers` u4[count] its documents get.

    `live` is bool[count], or None where no document is deleted; the numbers of deleted ones mean nothing.
    """

    ranks: Numbers
    postings: Postings | PackedPostings
    numbers: Numbers
    live: Array | None

    def piece(self, first: int, last: int) -> "Piece":
        """What the run has of the terms whose ranks lie from `first` to before `last`."""
        begin, end = map(int, np.searchsorted(self.ranks, (first, last)))
        posting = self.postings.between(begin, end, placed=True)
        counts = row_counts(self.postings.starts[begin : end + 1])
        whole = Piece(self.ranks[begin:end], counts, posting.documents, posting.counts, posting.positions)
        kept = whole if self.live is None else whole.kept(self.live)
        return Piece(kept.ranks, kept.counts, self.numbers[kept.documents], kept.frequencies, kept.positions)


@dataclass(frozen=True, slots=True)
class Piece:
    """Neighbouring terms of one run: their ranks, how many postings each has, and those postings; see `Postings`."""

    ranks: Numbers
    counts: Counts
    documents: Array
    frequencies: Array
    positions: Array | None

    def kept(self, live: Array) -> "Piece":
        """The piece without the postings of deleted documents; a term may keep none."""
        kept = live[self.documents]
        before = np.concatenate(([0], np.cumsum(kept)))
        counts = np.diff(before[np.concatenate(([0], np.cumsum(self.counts)))])
        positions = None if self.positions is None else self.positions[np.repeat(kept, self.frequencies)]
        return Piece(self.ranks, counts, self.documents[kept], self.frequencies[kept], positions)


def write_field(writer: ArrayWriter, field: str, sources: Sequence[Source]) -> None:
    """Merge a field of all sources that have it; the file holds it as `field.…`: see `texts` and `packed_postings`."""
    terms, ranks = ranked([source.runs[field].terms for source in sources if field in source.runs])
    parts = list(_parts(field, sources, ranks))
    starts = counted_starts(_sizes(parts, len(terms)))
    placed = [part.postings.positions.dtype for part in parts if part.postings.positions is not None]
    positions = max(placed, key=lambda dtype: dtype.itemsize) if placed else None
    packed = PostingsWriter(writer.path.parent, sum(map(live_count, sources)), positions)
    for first, last in portions(starts):
        packed.append(row_counts(starts[first : last + 1]), _portion(parts, starts, first, last))
    used = packed.finish(writer, field)
    kept = terms if used.all() else terms.taken(np.flatnonzero(used))
    string_lists.write(writer, f"{field}.terms", kept)
    if placed:  # words as written, and so they answer wildcards
        writer.add(f"{field}.by_ending", by_ending(kept))


def live_count(source: Source) -> int:
    """How many documents of a source are not deleted."""
    return source.count if source.live is None else int(np.count_nonzero(source.live))


def numberings(sources: Sequence[Source]) -> list[Numbers]:
    """The new number of every document of every source; those of deleted ones mean nothing."""
    numbers, base = [], 0
    for source in sources:
        kept = np.ones(source.count, bool) if source.live is None else source.live
        numbers.append((np.cumsum(kept) + base - 1).astype(np.uint32))
        base += int(np.count_nonzero(kept))
    return numbers


def _parts(field: str, sources: Sequence[Source], ranks: Sequence[Numbers]) -> Iterator[Part]:
    of_run = iter(ranks)
    for source, numbers in zip(sources, numberings(sources), strict=True):
        if run := source.runs.get(field):
            yield Part(next(of_run), run.postings, numbers, source.live)


def _sizes(parts: Sequence[Part], terms: int) -> Counts:
    """How many live postings each term has in all parts."""
    counts = np.zeros(terms, np.int64)
    for part in parts:
        counts[part.ranks] += live_counts(part.postings, part.live)
    return counts


def live_counts(postings: Postings | PackedPostings, live: Array | None) -> Counts:
    """How many documents that are not deleted each term has; `live` is None where none is deleted."""
    counts = row_counts(postings.starts)
    if live is None:
        return counts
    for first, last in portions(postings.starts):
        before = np.concatenate(([0], np.cumsum(live[postings.between(first, last).documents])))
        counts[first:last] = np.diff(before[postings.starts[first : last + 1] - postings.starts[first]])
    return counts


def portions(starts: Array) -> Iterator[tuple[int, int]]:
    """Ranges of things that cover all of them, each with some PORTION rows, or one thing with more; see `starts`."""
    first, terms = 0, len(starts) - 1
    while first < terms:
        last = int(np.searchsorted(starts, int(starts[first]) + PORTION, side="right")) - 1
        last = min(max(last, first + 1), terms)
        yield first, last
        first = last


def _portion(parts: Sequence[Part], starts: Numbers, first: int, last: int) -> Posting:
    """Merge one range of ranks."""
    begin, end = int(starts[first]), int(starts[last])
    free = starts[first:last].astype(np.int64) - begin  # the next free place of each term
    documents, frequencies = np.empty(end - begin, np.uint32), np.ones(end - begin, np.uint32)
    set_down = []
    for part in parts:
        piece = part.piece(first, last)
        at = spread(free[piece.ranks - first], piece.counts)
        free[piece.ranks - first] += piece.counts
        documents[at], frequencies[at] = piece.documents, piece.frequencies
        set_down.append((at, piece))
    return Posting(documents, frequencies, _positions(set_down, frequencies))


def _positions(set_down: Sequence[tuple[Array, Piece]], frequencies: Array) -> Array | None:
    """The positions of merged postings, from pieces and where their postings were set down; None if they have none."""
    placed = [piece.positions.dtype for _, piece in set_down if piece.positions is not None]
    if not placed:
        return None
    begins = np.concatenate(([0], np.cumsum(frequencies, dtype=np.int64)))
    positions = np.empty(int(begins[-1]), max(placed, key=lambda dtype: dtype.itemsize))
    for at, piece in set_down:
        positions[spread(begins[at], piece.frequencies)] = piece.positions
    return positions
