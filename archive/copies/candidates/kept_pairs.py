"""Candidate pairs from run to run: those of the last run, but for the texts that new or removed texts concern.

The pairs of a text with earlier ones, in the order of digests, follow from the posting lists of its hashes. They change
only if a text before it comes or goes and they collide often enough, or if the head of a long list changes. So the
pairs of these few texts are found anew, and the others are kept: exactly the pairs that a run from nothing finds.

Of the texts of the last run only those are asked for that matter: the heads of the posting lists that new, removed and
concerned texts are in, and the whole of a long list whose head changes. Digests are random, so a new text is in the
head of a list the more seldom the longer the list is: on average, the lists that are read whole have no more texts than
the heads. So what is read is bounded by what changed, whatever the size of the archive.
"""

from dataclasses import dataclass

import numpy as np

from archive.copies.candidates.collisions import LIST_HEAD, candidate_pairs, collide_enough, frequent_keys
from archive.copies.candidates.known_texts import KnownTexts, SampledTexts
from archive.copies.candidates.postings import HASH_BITS, LOW_HALF, PostingLists, Samples
from archive.copies.comparing.pair_evidence import Digests, Pairs, positions_in
from archive.copies.fingerprints import Sample
from archive.copies.ragged_arrays import Flags, Indices, expand_ranges

MOST_CHANGED = 2  # if more than one text in two is new or removed, all pairs are found anew


@dataclass(frozen=True, slots=True, eq=False)
class Changes:
    """Which of the texts of two runs are new in the second, and which are gone."""

    new: Flags
    gone: Flags

    @classmethod
    def of(cls, part: SampledTexts, new: Digests, gone: Digests) -> "Changes":
        """The changes of some texts, by the digests of all that are new or gone."""
        return cls(part.among(new), part.among(gone))

    @property
    def either(self) -> Indices:
        """Those that are new or gone."""
        return np.flatnonzero(self.new | self.gone)


def updated_pairs(now: Digests, new: SampledTexts, before: Pairs, known: KnownTexts) -> Pairs:
    """The candidate pairs of the texts `now`, given all pairs of the texts there were before.

    `new` are the texts of `now` that were not there before; `known` finds those that were. All digests ascend.
    """
    gone = before.digests[~positions_in(now, before.digests)[1]]
    if (len(new) + len(gone)) * MOST_CHANGED > len(now) + len(gone):
        every = known.every()
        staying = every.take(np.flatnonzero(every.among(now)))
        return Pairs(now, *candidate_pairs(SampledTexts.together((staying, new)).samples))
    part, concerned = _concerned_part(new, gone, before, known)
    staying = part.take(np.flatnonzero(~part.among(gone)))
    found = candidate_pairs(staying.samples, np.flatnonzero(staying.among(concerned)))
    at, there = positions_in(now, before.digests)
    anew = np.zeros(len(now), np.bool_)
    anew[positions_in(now, concerned)[0]] = True
    both = np.flatnonzero(there[before.left] & there[before.right])
    kept = both[~anew[at[before.right[both]]]]
    places = positions_in(now, staying.digests)[0]
    left, right = (
        np.concatenate((at[side[kept]], places[more]))
        for side, more in zip((before.left, before.right), found, strict=True)
    )
    order = np.argsort(left.astype(np.uint64) << HASH_BITS | right.astype(np.uint64))
    return Pairs(now, left[order].astype(np.int32), right[order].astype(np.int32))


def _concerned_part(new: SampledTexts, gone: Digests, before: Pairs, known: KnownTexts) -> tuple[SampledTexts, Digests]:
    """The digests of the staying texts whose pairs with earlier ones may be others than before, and texts enough.

    Among the texts are these, the gone ones, and of each of their hashes at least the head of the posting list. A text
    that is after the head in the whole list is so in the list of these texts, too.
    """
    changed = SampledTexts.together((new, known.with_digests(gone)))
    asked = changed.hashes()
    part = SampledTexts.together((changed, known.sharing(asked, LIST_HEAD)))
    altered = altered_lists(part.samples, Changes.of(part, new.digests, gone))
    part = SampledTexts.together((part, known.sharing(altered)))
    concerned, driven_out = concerned_texts(part.samples, Changes.of(part, new.digests, gone))
    digests = part.digests[concerned]
    followers = np.setdiff1d(_paired_with(before, part.digests[driven_out]), gone)
    part = SampledTexts.together((part, known.with_digests(np.setdiff1d(followers, part.digests))))
    digests = np.setdiff1d(np.union1d(digests, followers), gone)
    hashes = part.hashes(np.flatnonzero(part.among(digests)))
    heads = known.sharing(np.setdiff1d(hashes, asked, assume_unique=True), LIST_HEAD)
    return SampledTexts.together((part, heads)), digests


def _paired_with(pairs: Pairs, earlier: Digests) -> Digests:
    """The digests of the texts that are the later ones in pairs with some texts."""
    sought = np.zeros(len(pairs.digests), np.bool_)
    sought[positions_in(pairs.digests, earlier)[0]] = True
    return np.unique(pairs.digests[pairs.right[sought[pairs.left]]])


@dataclass(frozen=True, slots=True, eq=False)
class _ChangedLists:
    """The posting lists of the hashes of changed texts, with the rank of each posting in the lists before and now.

    `heads` are the postings of changed texts that are, or were, among the first of their list.
    """

    lists: PostingLists
    old_ranks: Indices
    ranks: Indices
    heads: Indices

    @classmethod
    def of(cls, samples: Samples, changes: Changes) -> "_ChangedLists":
        """The lists, among some texts."""
        lists = PostingLists.of(samples, changes.either)
        old_ranks, ranks = lists.ranks_among(~changes.new), lists.ranks_among(~changes.gone)
        new, gone = changes.new[lists.texts], changes.gone[lists.texts]
        return cls(lists, old_ranks, ranks, np.flatnonzero(new & (ranks < LIST_HEAD) | gone & (old_ranks < LIST_HEAD)))


def altered_lists(samples: Samples, changes: Changes) -> Sample:
    """The hashes of the lists whose head changes and that may have more than LIST_HEAD texts."""
    changed = _ChangedLists.of(samples, changes)
    lists = changed.lists
    long = lists.ends[changed.heads] - lists.starts[changed.heads] >= LIST_HEAD
    return np.unique(lists.hashes_of(changed.heads[long]))


def concerned_texts(samples: Samples, changes: Changes) -> tuple[Flags, Flags]:
    """Which texts may have other pairs with earlier texts than before, and which were driven from the head of a list.

    The former are all new texts, the texts that a new or removed text collides with often enough to be a candidate, and
    those in a list from whose head a text is gone. Those that were paired with texts of the latter are concerned, too.
    """
    changed = _ChangedLists.of(samples, changes)
    heads, ends = changed.heads, changed.lists.ends
    texts = changed.lists.texts.astype(np.int64)
    new, gone = changes.new[texts], changes.gone[texts]
    counts = ends[heads] - heads - 1
    followers = texts[expand_ranges(heads + 1, counts)]
    keys = np.repeat(texts[heads], counts).astype(np.uint64) << HASH_BITS | followers.astype(np.uint64)
    reopened = np.repeat(gone[heads] & (ends[heads] - changed.lists.starts[heads] > LIST_HEAD), counts)
    driven_out = np.zeros(len(changes.new), np.bool_)
    leaving = ~new & ~gone & (changed.old_ranks < LIST_HEAD) & (changed.ranks >= LIST_HEAD)
    driven_out[texts[leaving]] = True
    concerned = changes.new.copy()
    concerned[followers[reopened]] = True
    often, collisions = frequent_keys(keys)
    often = often[collide_enough(samples, often, collisions)]
    concerned[(often & LOW_HALF).astype(np.int64)] = True
    return concerned, driven_out
