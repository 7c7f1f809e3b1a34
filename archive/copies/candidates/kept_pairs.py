"""Candidate pairs from run to run: those of the last run, but for the texts that new or removed texts concern.

The pairs of a text with earlier ones, in the order of digests, follow from the posting lists of its hashes. They change
only if a text before it comes or goes and they collide often enough, or if the head of a long list changes. So the
pairs of these few texts are found anew, and the others are kept: exactly the pairs that a run from nothing finds.
"""

from dataclasses import dataclass

import numpy as np

from archive.copies.candidates.collisions import LIST_HEAD, candidate_pairs, collide_enough, frequent_keys
from archive.copies.candidates.postings import HASH_BITS, LOW_HALF, PostingLists, Samples
from archive.copies.comparing.pair_evidence import Digests, Pairs, positions_in
from archive.copies.fingerprints import distinct
from archive.copies.ragged_arrays import Flags, expand_ranges

MOST_CHANGED = 2  # if more than one text in two is new or removed, all pairs are found anew


@dataclass(frozen=True, slots=True, eq=False)
class Changes:
    """Which of the texts of two runs are new in the second, and which are gone."""

    new: Flags
    gone: Flags

    @property
    def either(self) -> Flags:
        """Which are new or gone."""
        changed: Flags = self.new | self.gone
        return changed


def updated_pairs(samples: Samples, before: Pairs, now: Digests) -> Pairs:
    """The candidate pairs of the texts `now`, given all pairs of the texts there were before.

    `samples` are those of all texts of `now` or before, in the order of their digests. All digests ascend.
    """
    texts = distinct(np.concatenate((before.digests, now)))
    changes = Changes(*(~positions_in(some, texts)[1] for some in (before.digests, now)))
    stay = np.flatnonzero(~changes.gone)
    ours = Samples(samples.hashes, samples.places[stay], samples.sizes[stay])
    if np.count_nonzero(changes.either) * MOST_CHANGED > len(texts):
        return Pairs(now, *candidate_pairs(ours))
    was = np.flatnonzero(~changes.new)
    known = Pairs(texts, was[before.left], was[before.right])
    concerned = concerned_texts(samples, changes, known)
    found = candidate_pairs(ours, np.flatnonzero(concerned[stay]))
    kept = ~(changes.gone[known.left] | changes.gone[known.right] | concerned[known.right])
    at = np.cumsum(~changes.gone) - 1
    left, right = (
        np.concatenate((at[side[kept]], more)) for side, more in zip((known.left, known.right), found, strict=True)
    )
    order = np.argsort(left.astype(np.uint64) << HASH_BITS | right.astype(np.uint64))
    return Pairs(now, left[order].astype(np.int32), right[order].astype(np.int32))


def concerned_texts(samples: Samples, changes: Changes, known: Pairs) -> Flags:
    """Which texts may have other pairs with earlier texts than before, among `known`; all new ones do.

    These are the texts that a new or removed text collides with often enough to be a candidate, those that were paired
    with a text that new ones drove from the head of a list, and those in a list from whose head a text is gone.
    """
    lists = PostingLists.of(samples, np.flatnonzero(changes.either))
    texts, ends = lists.texts.astype(np.int64), lists.ends
    old_ranks, ranks = lists.ranks_among(~changes.new), lists.ranks_among(~changes.gone)
    new, gone = changes.new[texts], changes.gone[texts]
    heads = np.flatnonzero(new & (ranks < LIST_HEAD) | gone & (old_ranks < LIST_HEAD))
    counts = ends[heads] - heads - 1
    followers = texts[expand_ranges(heads + 1, counts)]
    keys = np.repeat(texts[heads], counts).astype(np.uint64) << HASH_BITS | followers.astype(np.uint64)
    reopened = np.repeat(gone[heads] & (ends[heads] - lists.starts[heads] > LIST_HEAD), counts)
    driven_out = np.zeros(len(changes.new), np.bool_)
    driven_out[texts[~new & ~gone & (old_ranks < LIST_HEAD) & (ranks >= LIST_HEAD)]] = True
    concerned = changes.new.copy()
    concerned[followers[reopened]] = True
    concerned[known.right[driven_out[known.left]]] = True
    often, collisions = frequent_keys(keys)
    often = often[collide_enough(samples, often, collisions)]
    concerned[(often & LOW_HALF).astype(np.int64)] = True
    return concerned
