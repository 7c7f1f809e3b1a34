"""Posting lists: the samples of all texts inverted, whole or for a few hashes only.

A posting is one uint64, the hash in its high half and the text in its low half, so one sort brings postings in order. A
list is found by going through all samples: that takes some nanoseconds a hash, less than reading an inversion saved
from run to run and bringing it up to date.
"""

from dataclasses import dataclass
from sys import byteorder

import numpy as np
import numpy.typing as npt

from archive.copies.fingerprints import Sample, distinct
from archive.copies.ragged_arrays import Flags, Indices, RaggedArray

HASH_BITS = np.uint64(32)
LOW_HALF = np.uint64(0xFFFFFFFF)
HIGH = int(byteorder == "little")
FILTER_BITS = 20  # of a hash, looked up in a table of 1 MB, which stays in the processor's cache; more for many hashes
MOST_FILTER_BITS = 26  # 64 MB
SPARSE = 5  # bits more than the wanted hashes need: one other hash in 32 passes
NO_TEXT = -1
SCANNED_AT_ONCE = 1 << 15  # hashes: half a megabyte of indices, for the same reason

Keys = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True, eq=False)
class Samples:
    """The samples of all texts: the shingle count of each, and the place of its sample among `hashes`.

    `hashes` are uint32, ascending within each sample; samples of no text may be among them.
    """

    hashes: RaggedArray
    places: Indices
    sizes: Indices

    def of(self, texts: Indices) -> RaggedArray:
        """The samples of some texts."""
        return self.hashes.take(self.places[texts])

    def postings(self, wanted: Sample) -> Keys:
        """The postings of the wanted hashes, which ascend; in no order."""
        bits = min(max(FILTER_BITS, len(wanted).bit_length() + SPARSE), MOST_FILTER_BITS)
        shift = np.uint32(32 - bits)
        table = np.zeros(1 << bits, np.bool_)
        table[wanted >> shift] = True
        hashes = self.hashes.values
        portions = ((at, hashes[at : at + SCANNED_AT_ONCE] >> shift) for at in range(0, len(hashes), SCANNED_AT_ONCE))
        # `take` is twice as fast as indexing, which checks every index.
        passing = [np.flatnonzero(table.take(some.astype(np.int64), mode="clip")) + at for at, some in portions]
        found = np.concatenate(passing) if passing else np.empty(0, np.int64)
        if len(found):
            found = found[wanted.take(np.searchsorted(wanted, hashes[found]), mode="clip") == hashes[found]]
        text_at = np.full(len(self.hashes.starts) - 1, NO_TEXT)
        text_at[self.places] = np.arange(len(self.places))
        texts = text_at[np.searchsorted(self.hashes.starts, found, side="right") - 1]
        found, texts = found[texts != NO_TEXT], texts[texts != NO_TEXT]
        postings: Keys = hashes[found].astype(np.uint64) << HASH_BITS | texts.astype(np.uint64)
        return postings


@dataclass(frozen=True, slots=True, eq=False)
class PostingLists:
    """Lists of two texts or more, back to back: the text of each posting, and where its list starts (uint32).

    `hashes` are those of the lists in turn.
    """

    texts: npt.NDArray[np.uint32]
    starts: npt.NDArray[np.uint32]
    hashes: Sample

    @classmethod
    def of(cls, samples: Samples, texts: Indices | None = None) -> "PostingLists":
        """The lists of the hashes of some texts, or of all."""
        if texts is None:
            hashes = samples.of(np.arange(len(samples.places)))
            entries = hashes.values.astype(np.uint64)
            entries <<= HASH_BITS
            entries |= np.repeat(np.arange(len(samples.places), dtype=np.uint32), hashes.lengths)
        else:
            entries = samples.postings(distinct(samples.of(texts).values))
        entries.sort()
        return cls._of_entries(entries[_shared(entries)])

    @classmethod
    def _of_entries(cls, entries: Keys) -> "PostingLists":
        opens = np.ones(len(entries), np.bool_)
        opens[1:] = _high_halves(entries[1:]) != _high_halves(entries[:-1])
        places = np.arange(len(entries), dtype=np.uint32)
        starts = np.maximum.accumulate(np.where(opens, places, np.uint32(0)))
        return cls(entries.astype(np.uint32), starts, _high_halves(entries)[opens])

    def hashes_of(self, postings: Indices) -> Sample:
        """The hashes of the lists that some postings are in."""
        firsts = np.flatnonzero(self.ranks == 0)
        return self.hashes[np.searchsorted(firsts, self.starts[postings])]

    @property
    def ranks(self) -> npt.NDArray[np.uint32]:
        """How many texts stand before each in its list."""
        return np.arange(len(self.texts), dtype=np.uint32) - self.starts

    def ranks_among(self, counted: Flags) -> Indices:
        """How many of the counted texts stand before each posting in its list."""
        before: Indices = np.concatenate((np.zeros(1, np.int64), np.cumsum(counted[self.texts], dtype=np.int64)))
        return before[:-1] - before[self.starts]

    @property
    def ends(self) -> Indices:
        """Where the list of each posting ends."""
        bounds = np.append(np.flatnonzero(self.ranks == 0), np.int64(len(self.texts)))
        ends: Indices = np.repeat(bounds[1:], np.diff(bounds))
        return ends


def _shared(entries: Keys) -> Flags:
    """Whether postings, ascending, are of hashes that two or more texts have."""
    same = _high_halves(entries[1:]) == _high_halves(entries[:-1])
    kept = np.zeros(len(entries), np.bool_)
    kept[1:] |= same
    kept[:-1] |= same
    return kept


def _high_halves(entries: Keys) -> Sample:
    """The high halves without a copy, because postings are the largest arrays there are."""
    return entries.view(np.uint32)[HIGH::2]
