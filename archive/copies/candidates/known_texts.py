"""The texts of the last run, as candidates are sought among them: by hashes of their samples, and by their digests.

An index may hold the samples itself and answer these questions (`KnownTexts`), so that a run reads those of a few texts
only. Otherwise they are kept with the fingerprints: `KeptTexts`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np

from archive.copies.candidates.postings import HASH_BITS, LOW_HALF, Keys, Samples
from archive.copies.comparing.pair_evidence import Digests, positions_in
from archive.copies.fingerprints import Sample, distinct
from archive.copies.ragged_arrays import Flags, Indices, RaggedArray


@dataclass(frozen=True, slots=True, eq=False)
class SampledTexts:
    """Some texts in the order of their digests, with the samples of their shingles."""

    digests: Digests
    samples: Samples

    @classmethod
    def of(cls, digests: Digests, sizes: Indices, hashes: RaggedArray) -> "SampledTexts":
        """Texts by ascending digests, with the shingle count and the sample of each."""
        return cls(digests, Samples(hashes, np.arange(len(digests)), sizes))

    @classmethod
    def together(cls, some: Sequence["SampledTexts"]) -> "SampledTexts":
        """The texts of all of them, each once."""
        found = [part for part in some if len(part)] or [NO_SAMPLES]
        if len(found) == 1:
            return found[0]
        digests, first = np.unique(np.concatenate([part.digests for part in found]), return_index=True)
        samples = [part.samples.of(np.arange(len(part))) for part in found]
        lengths = np.concatenate([part.lengths for part in samples])
        hashes = RaggedArray.from_lengths(np.concatenate([part.values for part in samples]), lengths)
        return cls.of(digests, np.concatenate([part.samples.sizes for part in found])[first], hashes.take(first))

    def __len__(self) -> int:
        return len(self.digests)

    def take(self, texts: Indices) -> "SampledTexts":
        """Some of the texts, by ascending positions."""
        samples = self.samples
        return SampledTexts(self.digests[texts], Samples(samples.hashes, samples.places[texts], samples.sizes[texts]))

    def among(self, digests: Digests) -> Flags:
        """Which of the texts have one of some ascending digests."""
        return positions_in(digests, self.digests)[1]

    def hashes(self, texts: Indices | None = None) -> Sample:
        """The distinct hashes in the samples of some texts, or of all; ascending."""
        return distinct(self.samples.of(np.arange(len(self)) if texts is None else texts).values)


class KnownTexts(Protocol):
    """The texts of the last run. They are found as they were then, whatever this run adds or removes."""

    def sharing(self, hashes: Sample, most: int | None = None) -> SampledTexts:
        """The texts whose samples have any of some ascending hashes.

        With `most`, of each hash at least so many texts, those first by digest; without, all.
        """
        ...

    def with_digests(self, digests: Digests) -> SampledTexts:
        """The texts with some ascending digests, which must be there."""
        ...

    def every(self) -> SampledTexts:
        """All texts."""
        ...


class KeptTexts:
    """Known texts in memory; implements `KnownTexts`.

    The lists of hashes are found by going through all samples. Those of one question are kept for the next, which is
    often about some of the same hashes.
    """

    def __init__(self, texts: SampledTexts) -> None:
        self.texts = texts
        self._asked: Sample = np.empty(0, np.uint32)
        self._postings: Keys = np.empty(0, np.uint64)  # of the hashes asked for, ascending

    def sharing(self, hashes: Sample, most: int | None = None) -> SampledTexts:
        """See `KnownTexts.sharing`."""
        if not positions_in(self._asked, hashes)[1].all():
            self._asked, self._postings = hashes, np.sort(self.texts.samples.postings(hashes))
        lists = (self._postings >> HASH_BITS).astype(np.uint32)
        wanted = positions_in(hashes, lists)[1]
        if most is not None:
            wanted &= np.arange(len(lists)) - np.searchsorted(lists, lists) < most
        postings = self._postings[wanted]
        return self.texts.take(distinct(postings & LOW_HALF).astype(np.int64))

    def with_digests(self, digests: Digests) -> SampledTexts:
        """See `KnownTexts.with_digests`."""
        return self.texts.take(positions_in(self.texts.digests, digests)[0])

    def every(self) -> SampledTexts:
        """See `KnownTexts.every`."""
        return self.texts


NO_SAMPLES: Final = SampledTexts.of(
    np.empty(0, np.uint64),
    np.empty(0, np.int64),
    RaggedArray(np.empty(0, np.uint32), np.zeros(1, np.int64)),
)
NO_TEXTS: Final = KeptTexts(NO_SAMPLES)
