"""Sources: what segments are made of. A batch of new documents and an older segment look the same from here.

    count      how many documents, deleted ones included
    live       bool[count], or None where none is deleted
    runs       field → Run: its terms in ascending order, and their postings
    lengths    field → u1|u2|u4[count]: how many tokens each document has in it; only fields that are scored
    blocks     the stored records of all documents, deleted ones included

So there is one way to make a segment: merge sources. A batch is inverted where its documents were read, in any
process.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.embedded.columnar.format.arrays import Array
from index.embedded.columnar.format.stored_records import Block, Stored, blocks
from index.embedded.columnar.format.string_lists import Texts, listed
from index.embedded.columnar.postings.inversion import Postings
from index.embedded.columnar.postings.packed import PackedPostings


@dataclass(frozen=True, slots=True)
class Run:
    """A field's terms, ascending and each once, and their postings."""

    terms: Texts
    postings: Postings | PackedPostings


EMPTY = Run(listed([]), Postings(np.zeros(1, np.uint32), np.empty(0, np.uint16)))


@dataclass(frozen=True, slots=True)
class Batch:
    """New documents, inverted."""

    count: int
    runs: Mapping[str, Run]
    lengths: Mapping[str, Array]
    blocks: Sequence[Block]
    live: NDArray[np.bool_] | None = None

    def live_blocks(self) -> Iterable[Block]:
        """The stored records."""
        return self.blocks


@dataclass(frozen=True, slots=True)
class Held:
    """A segment already written, as a source of the next."""

    count: int
    runs: Mapping[str, Run]
    lengths: Mapping[str, Array]
    stored: Stored
    live: NDArray[np.bool_] | None = None

    def live_blocks(self) -> Iterable[Block]:
        """The stored records of live documents: blocks as they are, or packed anew where documents were deleted."""
        if self.live is None:
            return self.stored.blocks()
        return blocks(list(self.stored.packed(np.flatnonzero(self.live).tolist())))


Source = Batch | Held
