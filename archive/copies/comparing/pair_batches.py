"""Verification: candidate pairs in batches, each with the words of its texts, to be compared in parallel.

A batch is self-contained, so another process can work on it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from archive.copies.comparing.pair_comparison import overlaps
from archive.copies.comparing.pair_evidence import Evidence, Pairs
from archive.copies.fingerprints import WordHashes
from archive.copies.ragged_arrays import Indices, RaggedArray

BATCH_PAIRS = 1 << 10  # with their words and intermediate arrays they stay within 50 MB


@dataclass(frozen=True, slots=True, eq=False)
class PairBatch:
    """Some pairs: the words of their texts, and the index of each left and right text among them."""

    words: RaggedArray
    left: Indices
    right: Indices


WordHashesOf = Callable[[Indices], Sequence[WordHashes]]
# Applies a function to each batch and yields the results in order, as `map` does; here or in other processes.
ParallelMap = Callable[[Callable[[PairBatch], Evidence], Iterable[PairBatch]], Iterable[Evidence]]


def compare_batch(batch: PairBatch) -> Evidence:
    """Compare the pairs of a batch."""
    return overlaps(batch.words, batch.left, batch.right)


def pair_batches(pairs: Pairs, which: Indices, words_of: WordHashesOf) -> Iterator[PairBatch]:
    """Yield the selected pairs in batches; `words_of` returns the word hashes of texts by position."""
    for places in index_batches(which):
        left, right = pairs.left[places], pairs.right[places]
        texts, found = np.unique(np.concatenate((left, right)), return_inverse=True)
        yield PairBatch(RaggedArray.from_lists(words_of(texts)), found[: len(left)], found[len(left) :])


def index_batches(which: Indices) -> Iterator[Indices]:
    """Split the indices of pairs into batches."""
    return (which[start : start + BATCH_PAIRS] for start in range(0, len(which), BATCH_PAIRS))
