"""Sources: what a segment is made from. A batch of new documents and an older segment have the same interface.

    count      the number of documents, deleted ones included
    live       bool[count], or None if no document is deleted
    runs       field → Run: its terms, ascending, and their postings
    lengths    field → u1|u2|u4[count]: the tokens of each document in the field; only of fields that are scored

`live_blocks` yields the stored records of the live documents. Segments are made in one way only: by merging sources. A
batch is inverted where its documents were read, in any process.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.embedded.columnar.format.arrays import Array
from index.embedded.columnar.format.stored_records import Block, StoredRecords, compress_blocks
from index.embedded.columnar.format.string_lists import StringList, pack_strings
from index.embedded.columnar.postings.inversion import Postings
from index.embedded.columnar.postings.packed import PackedPostings


@dataclass(frozen=True, slots=True)
class Run:
    """A field of a source: its terms, ascending and unique, and their postings."""

    terms: StringList
    postings: Postings | PackedPostings


EMPTY = Run(pack_strings([]), Postings(np.zeros(1, np.uint32), np.empty(0, np.uint16)))


@dataclass(frozen=True, slots=True)
class Batch:
    """New documents, inverted, in memory."""

    count: int
    runs: Mapping[str, Run]
    lengths: Mapping[str, Array]
    blocks: Sequence[Block]
    live: NDArray[np.bool_] | None = None

    def live_blocks(self) -> Iterable[Block]:
        """Return all stored records: no document of a batch is deleted."""
        return self.blocks


@dataclass(frozen=True, slots=True)
class FileSource:
    """A source read from files: a written segment, or a batch file."""

    count: int
    runs: Mapping[str, Run]
    lengths: Mapping[str, Array]
    stored: StoredRecords
    live: NDArray[np.bool_] | None = None

    def live_blocks(self) -> Iterable[Block]:
        """Return the stored records of live documents: blocks as they are, or recompressed if any were deleted."""
        if self.live is None:
            return self.stored.blocks()
        return compress_blocks(list(self.stored.encoded(np.flatnonzero(self.live).tolist())))


Source = Batch | FileSource
