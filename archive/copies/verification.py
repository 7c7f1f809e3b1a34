"""Verification: candidate pairs handed out in portions, with the words of their texts, to whoever compares them.

A portion is complete in itself, so that it can be worked off in another process.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from archive.copies.comparisons import Evidence, Pairs
from archive.copies.fingerprints import Words
from archive.copies.overlaps import overlaps
from archive.copies.ragged_arrays import Ragged

AT_ONCE = 1 << 10  # pairs: their words and what is made of them stay within 50 MB

Indices = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Portion:
    """Some pairs: the words of their texts, and where among these each pair's two stand."""

    words: Ragged
    left: Indices
    right: Indices


WordsOf = Callable[[int], Words]
# Yields what a function makes of each portion, in their order, as `map` does; here or in other processes.
Spread = Callable[[Callable[[Portion], Evidence], Iterable[Portion]], Iterable[Evidence]]


def compared(portion: Portion) -> Evidence:
    """Compare the pairs of a portion."""
    return overlaps(portion.words, portion.left, portion.right)


def handed_out(pairs: Pairs, which: Indices, words_of: WordsOf) -> Iterator[Portion]:
    """Some of the pairs in portions; `words_of` gives the words of a text by its position."""
    for places in portions(which):
        left, right = pairs.left[places], pairs.right[places]
        texts, found = np.unique(np.concatenate((left, right)), return_inverse=True)
        yield Portion(
            Ragged.joined([words_of(text) for text in texts.tolist()]), found[: len(left)], found[len(left) :]
        )


def portions(which: Indices) -> Iterator[Indices]:
    """Places of pairs in as many portions."""
    return (which[start : start + AT_ONCE] for start in range(0, len(which), AT_ONCE))
