"""Openings: how many words the beginnings of two texts have in common.

A follow-up repeats the older story further down and opens with what is new, while a copy opens as its source does, also
where an editor has turned its sentences. So the first words are compared as sets, without regard to their order.
"""

import numpy as np
import numpy.typing as npt

from archive.copies.fingerprints import FLAG_BITS, distinct
from archive.copies.ragged_arrays import Indices, RaggedArray

OPENINGS = {"opening": 60, "beginning": 160}  # words: the lead, and the lead with what follows from it
FULL = 100  # per cent


def shared_openings(words: RaggedArray, left: Indices, right: Indices, length: int) -> npt.NDArray[np.uint8]:
    """For each pair, the share of the different words of the shorter opening that the other opening has, in per cent.

    `words` holds the word hashes of texts, `left` and `right` the texts of each pair; an opening has `length` words.
    """
    texts, places = np.unique(np.concatenate((left, right)), return_inverse=True)
    known = _distinct_words(words, texts, length)
    one, other = known.take(places[: len(left)]), known.take(places[len(left) :])
    both = np.sort(np.concatenate((_keys(one), _keys(other))))
    twice = both[1:][both[1:] == both[:-1]] >> np.uint64(32)
    shared = np.bincount(twice.astype(np.int64), minlength=len(left))
    fewer = np.maximum(np.minimum(one.lengths, other.lengths), 1)
    return (shared * FULL // fewer).astype(np.uint8)


def _distinct_words(words: RaggedArray, texts: Indices, length: int) -> RaggedArray:
    """The distinct words among the first of each text, without their flags."""
    found = words.take(texts)
    first = found.positions < length
    keys = distinct(_keys(found)[first])
    owners = (keys >> np.uint64(32)).astype(np.int64)
    return RaggedArray.from_lengths(
        (keys << np.uint64(FLAG_BITS)).astype(np.uint32), np.bincount(owners, minlength=len(texts))
    )


def _keys(lists: RaggedArray) -> npt.NDArray[np.uint64]:
    """A key for each word: the list it is in, then its hash."""
    return lists.list_indices.astype(np.uint64) << np.uint64(32) | lists.values.astype(np.uint64) >> np.uint64(
        FLAG_BITS
    )
