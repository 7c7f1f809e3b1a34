"""The bulk writer: takes inverted batches, merges them into segments, and commits through Whoosh.

    take(batch) … → FLUSH bytes of batches → merged into a segment, in a background process
    commit        → the rest merged → a merge of what `merge_policy` chooses → derived fields and words in order → list

Batches arrive inverted, in files, so all writing is merging, and memory holds only what is being merged, whatever the
size of the archive. Documents have *provisional* numbers: first those of the existing index, then new ones in the order
taken. Merges leave out deleted documents and so renumber; `order` has the provisional number of each document.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.embedded.columnar.adapter import segment_list
from index.embedded.columnar.adapter.codec import ColumnarCodec
from index.embedded.columnar.postings.derived_fields import Derivation
from index.embedded.columnar.postings.word_order import OrderedFields
from index.embedded.columnar.segments import batches, segment_files
from index.embedded.columnar.segments.batches import BatchFile
from index.embedded.columnar.segments.merge_policy import to_merge
from index.embedded.columnar.segments.segment_files import Segment
from index.embedded.columnar.stock import SegmentWriter, clean_files
from index.parallel import BackgroundProcess

WORTH = 8 * 1024 * 1024  # bytes of batches that are worth a process, which takes a second to start
FLUSH = 256 * 1024 * 1024  # bytes of batches, of some 100,000 articles
Order = NDArray[np.int64]


class BulkWriter(SegmentWriter):  # type: ignore[misc]  # of unknown type, see `stock`
    """Whoosh's writer with `take`; `stale` derives again what is made from postings.

    `derivations` names the derived fields, `ordered` the fields whose words are also written in order.
    """

    segments: list[Segment]

    def __init__(
        self, index: Any, derivations: Mapping[str, Derivation], ordered: OrderedFields, *, stale: bool = False
    ) -> None:
        super().__init__(index, codec=ColumnarCodec())
        self._folder = Path(self.storage.folder)
        self._derivations, self._ordered = derivations, ordered
        self._stale = stale
        self._batches: list[BatchFile] = []
        self._background = BackgroundProcess()
        self._pending: Callable[[], Segment] | None = None
        self._provisional: dict[str, Order] = {}
        self._count = 0
        for segment in self.segments:
            self._number(segment, segment.doc_count_all())

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

    def take(self, batch: BatchFile) -> None:
        """Add a batch of documents; its file is removed once it is part of a segment."""
        self._check_state()
        self._batches.append(batch)
        if sum(waiting.nbytes for waiting in self._batches) >= FLUSH:
            self._settle()
            self.complete()

    def complete(self) -> None:
        """Start making a segment of what was taken, in the background, if it is worth a process and none is running."""
        if sum(waiting.nbytes for waiting in self._batches) >= WORTH and self._pending is None:
            self._pending = self._background.begin(_merged, self._folder, self._new_segment(), self._taken())

    def commit(self, **options: Any) -> None:
        """Write everything; if that fails, the files of the segment that is given up are closed."""
        try:
            super().commit(**options)
        except BaseException:
            with suppress(Exception):  # the first error is told
                self._close_segment()
            raise

    def cancel(self) -> None:
        """Discard everything."""
        self._background.close()
        super().cancel()

    def _merge_segments(self, mergetype: Any, optimize: bool | None, merge: bool | None) -> list[Segment]:  # noqa: FBT001
        """Return the segments the index is to have; Whoosh calls this at commit."""
        if mergetype is not None:
            raise ValueError("which segments are merged is decided by `merge_policy`")
        self._settle()
        self._background.close()
        if self._batches:
            self._accept(_merged(self._folder, self._new_segment(), self._taken()))
        if chosen := self._chosen(optimize=bool(optimize), merge=merge is not False):
            self._merge([self.segments[place] for place in chosen])
        for segment in self.segments:
            if self._derivations and (self._stale or not segment.derived):
                segment_files.derive(self._folder, segment, self._derivations, self._ordered)
        return list(self.segments)

    def _commit_toc(self, segments: list[Segment]) -> None:
        """Write the list of segments; Whoosh calls this at commit."""
        segment_list.write(self._folder, self.generation, segments)
        clean_files(self.storage, self.indexname, self.generation, segments)

    def _taken(self) -> list[BatchFile]:
        taken, self._batches = self._batches, []
        return taken

    def _settle(self) -> None:
        """Wait for the segment that is being written, and accept it."""
        if self._pending is not None:
            self._accept(self._pending())
            self._pending = None

    def _accept(self, segment: Segment) -> None:
        self._number(segment, segment.doc_count_all())
        self.segments.append(segment)

    def _merge(self, merged: Sequence[Segment]) -> None:
        """Replace segments by one, or by none if all their documents are deleted."""
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

    def _number(self, segment: Segment, count: int) -> None:
        self._provisional[segment.segid] = np.arange(self._count, self._count + count)
        self._count += count

    def _live(self, segment: Segment) -> Order:
        """Return the provisional numbers of a segment's live documents."""
        numbers, live = self._provisional[segment.segid], segment.live()
        return numbers if live is None else numbers[live]


def _merged(folder: Path, segment: Segment, taken: Sequence[BatchFile]) -> Segment:
    """Make a segment of batches and remove their files; runs in any process."""
    segment_files.write(folder, segment, batches.open_batches(taken))
    for batch in taken:
        batch.path.unlink()
    return segment
