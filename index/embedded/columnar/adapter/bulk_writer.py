"""The writer of whole batches, and of merges: where Whoosh's commits meet our arrays.

    take(batch) … → FLUSH bytes of batches → merged into a segment, by a process beside this one
    commit        → the rest merged → a merge of what `policy` names → derived fields → Whoosh's list of segments

Batches come inverted, in files, so that writing is merging from beginning to end, and no more is in memory than what is
being merged, whatever the archive's size. A document has a *provisional* number: those of the index as it was come
first, the new ones follow in the order they were taken. Merges leave deleted documents out and so renumber; `order`
tells which document came to stand where.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.embedded.columnar.adapter import segment_list
from index.embedded.columnar.adapter.codec import ColumnarCodec
from index.embedded.columnar.postings.derived_fields import Derivation
from index.embedded.columnar.segments import batches, segment_files
from index.embedded.columnar.segments.batches import Filed
from index.embedded.columnar.segments.merge_policy import to_merge
from index.embedded.columnar.segments.segment_files import Segment
from index.embedded.columnar.stock import SegmentWriter, clean_files
from index.parallel import Beside

WORTH = 8 * 1024 * 1024  # bytes of batches worth a process, which takes a second to start
FLUSH = 256 * 1024 * 1024  # bytes of batches, of some 100,000 articles
Order = NDArray[np.int64]


class BulkWriter(SegmentWriter):  # type: ignore[misc]  # of unknown type, see `stock`
    """Whoosh's writer with `take`; `derivations` say which fields are derived, `stale` that all are to be, anew."""

    segments: list[Segment]

    def __init__(self, index: Any, derivations: Mapping[str, Derivation], *, stale: bool = False) -> None:
        super().__init__(index, codec=ColumnarCodec())
        self._folder = Path(self.storage.folder)
        self._derivations = derivations
        self._stale = stale
        self._batches: list[Filed] = []
        self._beside = Beside()
        self._under_way: Callable[[], Segment] | None = None
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

    def take(self, batch: Filed) -> None:
        """Take a batch of documents in; its file is removed when it has become part of a segment."""
        self._check_state()
        self._batches.append(batch)
        if sum(held.nbytes for held in self._batches) >= FLUSH:
            self._settle()
            self.complete()

    def complete(self) -> None:
        """Begin to make a segment of what was taken, in a process beside, if that is worth one and none is busy yet."""
        if sum(held.nbytes for held in self._batches) >= WORTH and self._under_way is None:
            self._under_way = self._beside.begin(_merged, self._folder, self._new_segment(), self._taken())

    def cancel(self) -> None:
        """Let everything go."""
        self._beside.close()
        super().cancel()

    def _merge_segments(self, mergetype: Any, optimize: bool | None, merge: bool | None) -> list[Segment]:  # noqa: FBT001
        """Whoosh's hook at commit: the segments the index is to have."""
        if mergetype is not None:
            raise ValueError("which segments are merged is decided by `merge_policy`")
        self._settle()
        self._beside.close()
        if self._batches:
            self._accept(_merged(self._folder, self._new_segment(), self._taken()))
        if chosen := self._chosen(optimize=bool(optimize), merge=merge is not False):
            self._merge([self.segments[place] for place in chosen])
        for segment in self.segments:
            if self._derivations and (self._stale or not segment.derived):
                segment_files.derive(self._folder, segment, self._derivations)
        return list(self.segments)

    def _commit_toc(self, segments: list[Segment]) -> None:
        """Whoosh's hook for the list of segments."""
        segment_list.write(self._folder, self.generation, segments)
        clean_files(self.storage, self.indexname, self.generation, segments)

    def _taken(self) -> list[Filed]:
        taken, self._batches = self._batches, []
        return taken

    def _settle(self) -> None:
        """Wait for the segment that is being written."""
        if self._under_way is not None:
            self._accept(self._under_way())
            self._under_way = None

    def _accept(self, segment: Segment) -> None:
        self._numbered(segment, segment.doc_count_all())
        self.segments.append(segment)

    def _merge(self, merged: Sequence[Segment]) -> None:
        """Put one segment in the place of several, or none where all their documents are deleted."""
        kept = [old for old in merged if old.doc_count()]
        self.segments = [old for old in self.segments if old not in merged]
        if kept:
            segment = self._new_segment()
            segment_files.write(self._folder, segment, [segment_files.open_source(self._folder, old) for old in kept])
            self._provisional[segment.segid] = np.concatenate([self._live(old) for old in kept])
            self.segments.append(segment)

    def _chosen(self, *, optimize: bool, merge: bool) -> Sequence[int]:
        if optimize:
            return range(len(self.segments))
        sizes, deleted = [s.doc_count() for s in self.segments], [s.deleted_count() for s in self.segments]
        return to_merge(sizes, deleted) if merge else ()

    def _new_segment(self) -> Segment:
        segment: Segment = self.codec.new_segment(self.storage, self.indexname)
        return segment

    def _numbered(self, segment: Segment, count: int) -> None:
        self._provisional[segment.segid] = np.arange(self._count, self._count + count)
        self._count += count

    def _live(self, segment: Segment) -> Order:
        """The provisional numbers of a segment's live documents."""
        numbers, live = self._provisional[segment.segid], segment.live()
        return numbers if live is None else numbers[live]


def _merged(folder: Path, segment: Segment, taken: Sequence[Filed]) -> Segment:
    """Make a segment of batches, in any process, and remove their files."""
    segment_files.write(folder, segment, batches.opened(taken))
    for batch in taken:
        batch.path.unlink()
    return segment
