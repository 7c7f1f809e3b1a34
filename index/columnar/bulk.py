"""The writer of whole batches, and of merges: where Whoosh's commits meet our arrays.

    take(batch) … → FLUSH bytes of batches held → one merge → a segment; at commit a merge of what `policy` names → TOC

Batches come inverted, so that writing is merging from beginning to end and memory is bounded by FLUSH, whatever the
archive's size. A document has a *provisional* number: those of the index as it was come first, the new ones follow in
the order they were taken. Merges leave deleted documents out and so renumber; `order` tells which document came to
stand where.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.columnar import segments
from index.columnar.codec import ColumnarCodec
from index.columnar.policy import to_merge
from index.columnar.segments import Segment
from index.columnar.sources import Batch, Source, Spelling, respelt
from index.columnar.stock import SegmentWriter

FLUSH = 256 * 1024 * 1024  # bytes of batches, of some 60,000 articles; merging them takes as much again
Order = NDArray[np.int64]


class BulkWriter(SegmentWriter):  # type: ignore[misc]  # of unknown type, see `stock`
    """Whoosh's writer with `take`; `spellings` say for each field how its batches' terms are spelt in the index."""

    segments: list[Segment]

    def __init__(self, index: Any, spellings: Mapping[str, Spelling]) -> None:
        super().__init__(index, codec=ColumnarCodec())
        self._folder = Path(self.storage.folder)
        self._spellings = spellings
        self._batches: list[Batch] = []
        self._bytes = 0
        self._provisional: dict[str, Order] = {}
        self._count = 0
        for segment in self.segments:
            self._numbered(segment, segment.doc_count_all())

    @property
    def order(self) -> Order:
        """int64[N]: the provisional number of each document of the committed index."""
        numbers = [self._provisional[segment.segid] for segment in self.segments]
        return np.concatenate(numbers) if numbers else np.empty(0, np.int64)

    @property
    def live(self) -> NDArray[np.bool_]:
        """bool[N]: which documents of the committed index are not deleted."""
        mask = np.ones(sum(segment.doc_count_all() for segment in self.segments), bool)
        base = 0
        for segment in self.segments:
            mask[[base + number for number in segment.deleted_docs()]] = False
            base += segment.doc_count_all()
        return mask

    def take(self, batch: Batch) -> None:
        """Take a batch of documents in."""
        self._check_state()
        self._batches.append(batch)
        self._bytes += batch.nbytes
        if self._bytes >= FLUSH:
            self._flush()

    def _flush(self) -> None:
        """Write the batches held as a segment."""
        batches, self._batches, self._bytes = self._batches, [], 0
        if not batches:
            return
        for field, spelling in self._spellings.items():
            batches = respelt(batches, field, spelling)
        segment = self._written(batches)
        self._numbered(segment, segment.doc_count_all())
        self.segments.append(segment)

    def _merge_segments(self, mergetype: Any, optimize: bool | None, merge: bool | None) -> list[Segment]:  # noqa: FBT001
        """Whoosh's hook at commit: the segments the index is to have."""
        self._flush()
        if mergetype is not None:
            raise ValueError("which segments are merged is decided by index.columnar.policy")
        chosen = self._chosen(optimize=bool(optimize), merge=merge is not False)
        if chosen:
            merged = [self.segments[place] for place in chosen]
            segment = self._written([segments.open_source(self._folder, old) for old in merged])
            self._provisional[segment.segid] = np.concatenate([self._live(old) for old in merged])
            self.segments = [old for old in self.segments if old not in merged]
            self.segments += [segment] if segment.doc_count_all() else []
        return list(self.segments)

    def _chosen(self, *, optimize: bool, merge: bool) -> Sequence[int]:
        if optimize:
            return range(len(self.segments))
        sizes, deleted = [s.doc_count() for s in self.segments], [s.deleted_count() for s in self.segments]
        return to_merge(sizes, deleted) if merge else ()

    def _written(self, sources: Sequence[Source]) -> Segment:
        segment: Segment = self.codec.new_segment(self.storage, self.indexname)
        segments.write(self._folder, segment, sources)
        return segment

    def _numbered(self, segment: Segment, count: int) -> None:
        self._provisional[segment.segid] = np.arange(self._count, self._count + count)
        self._count += count

    def _live(self, segment: Segment) -> Order:
        """The provisional numbers of a segment's live documents."""
        numbers, live = self._provisional[segment.segid], segment.live()
        return numbers if live is None else numbers[live]
