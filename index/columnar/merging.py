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

from index.columnar import texts
from index.columnar.arrays import Array, ArrayWriter, Section, smallest, spread
from index.columnar.ordering import by_ending
from index.columnar.postings import Counts, Numbers, Postings, counted_starts, row_counts, saturated
from index.columnar.ranking import ranked
from index.columnar.sources import Source
from index.columnar.texts import Texts

PORTION = 2_000_000  # postings merged at once: some 100 MB of work space


@dataclass(frozen=True, slots=True)
class Part:
    """A run on its way into the merged field: `ranks` u4[T] of its terms, `numbers` u4[count] its documents get.

    `live` is bool[count], or None where no document is deleted; the numbers of deleted ones mean nothing.
    """

    ranks: Numbers
    postings: Postings
    numbers: Numbers
    live: Array | None

    def piece(self, first: int, last: int) -> "Piece":
        """What the run has of the terms whose ranks lie from `first` to before `last`."""
        begin, end = map(int, np.searchsorted(self.ranks, (first, last)))
        posting = self.postings.between(begin, end)
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


@dataclass(frozen=True, slots=True)
class Sections:
    """The arrays of a field that are filled portion by portion; excesses are few enough to wait for the end."""

    documents: Section
    frequencies: Section | None
    positions: Section | None
    excess_at: list[Array]
    excess: list[Array]

    def append(self, begin: int, documents: Array, frequencies: Array) -> None:
        """Write documents and frequencies of the postings from number `begin` on."""
        self.documents.append(documents)
        if self.frequencies is not None:
            held, excess_at, excess = saturated(frequencies)
            self.frequencies.append(held)
            if excess_at is not None and excess is not None:
                self.excess_at.append(excess_at + np.uint32(begin))
                self.excess.append(excess)


def write_field(writer: ArrayWriter, field: str, sources: Sequence[Source]) -> None:
    """Merge a field of all sources that have it; an array file holds it as `field.…`, see `texts` and `postings`."""
    terms, ranks = ranked([source.runs[field].terms for source in sources if field in source.runs])
    parts = list(_parts(field, sources, ranks))
    counts, total = _sizes(parts, len(terms))
    starts = counted_starts(counts)
    sections = _reserve(writer, field, parts, (int(starts[-1]), total))
    places = [_portion(parts, starts, bounds, sections) for bounds in portions(starts)]
    used = counts > 0
    _write_terms(writer, field, terms if used.all() else terms.taken(np.flatnonzero(used)), sections)
    writer.add(f"{field}.starts", np.append(starts[:-1][used], starts[-1]))
    if sections.excess:
        writer.add(f"{field}.excess_at", np.concatenate(sections.excess_at))
        writer.add(f"{field}.excess", np.concatenate(sections.excess))
    if sections.positions is not None:
        writer.add(f"{field}.places", counted_starts(np.concatenate([np.empty(0, np.int64), *places])[used]))


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


def _sizes(parts: Sequence[Part], terms: int) -> tuple[Counts, int]:
    """How many live postings each term has in all parts, and how many positions there are altogether."""
    counts, positions = np.zeros(terms, np.int64), 0
    for part in parts:
        if part.live is None:
            counts[part.ranks] += row_counts(part.postings.starts)
            positions += 0 if part.postings.positions is None else len(part.postings.positions)
            continue
        for first, last in portions(part.postings.starts):
            piece = part.piece(int(part.ranks[first]), int(part.ranks[last - 1]) + 1)
            counts[piece.ranks] += piece.counts
            positions += 0 if piece.positions is None else len(piece.positions)
    return counts, positions


def portions(starts: Array) -> Iterator[tuple[int, int]]:
    """Ranges of things that cover all of them, each with some PORTION rows, or one thing with more; see `starts`."""
    first, terms = 0, len(starts) - 1
    while first < terms:
        last = int(np.searchsorted(starts, int(starts[first]) + PORTION, side="right")) - 1
        last = min(max(last, first + 1), terms)
        yield first, last
        first = last


def _reserve(writer: ArrayWriter, field: str, parts: Sequence[Part], sizes: tuple[int, int]) -> Sections:
    postings, positions = sizes
    counted = any(part.postings.frequencies is not None for part in parts)
    placed = [p.postings.positions.dtype for p in parts if p.postings.positions is not None]
    widest = max(placed, key=lambda dtype: dtype.itemsize) if placed else None
    documents = smallest(max(int(part.numbers.max(initial=0)) for part in parts))
    return Sections(
        writer.reserve(f"{field}.documents", documents, postings),
        writer.reserve(f"{field}.frequencies", np.uint8, postings) if counted else None,
        None if widest is None else writer.reserve(f"{field}.positions", widest, positions),
        [],
        [],
    )


def _portion(parts: Sequence[Part], starts: Numbers, bounds: tuple[int, int], sections: Sections) -> Counts:
    """Merge and write one range of ranks; the number of positions of each of its terms."""
    first, last = bounds
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
    sections.append(begin, documents, frequencies)
    begins = np.concatenate(([0], np.cumsum(frequencies, dtype=np.int64)))
    if sections.positions is not None:
        positions = np.empty(int(begins[-1]), sections.positions.dtype)
        for at, piece in set_down:
            positions[spread(begins[at], piece.frequencies)] = piece.positions
        sections.positions.append(positions)
    return np.diff(begins[starts[first : last + 1].astype(np.int64) - begin])


def _write_terms(writer: ArrayWriter, field: str, terms: Texts, sections: Sections) -> None:
    texts.write(writer, f"{field}.terms", terms)
    if sections.positions is not None:  # fields with positions hold words as written, and so answer wildcards
        writer.add(f"{field}.by_ending", by_ending(terms))
