"""Sources: what segments are made of. A batch of new documents and an older segment look the same from here.

    count      how many documents, deleted ones included
    live       bool[count], or None where none is deleted
    runs       field → Run: its terms in ascending order, and their postings
    lengths    field → u1|u2|u4[count]: how many tokens each document has in it; only fields that are scored
    blocks     the stored records of all documents, deleted ones included

So there is one way to make a segment: merge sources. A batch is inverted where its documents were read, in any
process.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from index.columnar.arrays import Array
from index.columnar.postings import Numbers, Postings, regrouped
from index.columnar.ranking import ranked
from index.columnar.stored import Block, Stored, blocks
from index.columnar.texts import Texts, listed

Spelling = Callable[[Sequence[bytes]], list[bytes]]


@dataclass(frozen=True, slots=True)
class Run:
    """A field's terms, ascending and each once, and their postings."""

    terms: Texts
    postings: Postings


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

    @property
    def nbytes(self) -> int:
        """About how much memory the batch takes."""
        runs = sum(run.postings.nbytes + run.terms.nbytes for run in self.runs.values())
        return runs + sum(len(block.data) for block in self.blocks)


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


def respelt(sources: Sequence[Batch], field: str, spelling: Spelling) -> list[Batch]:
    """The same batches with the terms of a field spelt otherwise; terms that become equal fall together.

    `spelling` is asked once, for every different term: what costs, such as stemming, is paid once a word.
    """
    terms, ranks = ranked([source.runs[field].terms for source in sources if field in source.runs])
    spelt = spelling(terms)
    names = sorted(set(spelt))
    number_of = {name: number for number, name in enumerate(names)}
    groups = np.array([number_of[name] for name in spelt], np.uint32)
    of_run = iter(ranks)
    return [
        _respelt(source, field, groups[next(of_run)], names) if field in source.runs else source for source in sources
    ]


def _respelt(source: Batch, field: str, groups: Numbers, names: Sequence[bytes]) -> Batch:
    numbers, local = np.unique(groups, return_inverse=True)
    postings = regrouped(source.runs[field].postings, local.astype(np.uint32), len(numbers))
    spelt = listed([names[number] for number in numbers.tolist()])
    return replace(source, runs={**source.runs, field: Run(spelt, postings)})
