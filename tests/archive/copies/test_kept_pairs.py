"""Candidate pairs brought up to date are those found from nothing, whatever came, went or filled a long list."""

from dataclasses import dataclass, field

import numpy as np
import pytest

from archive.copies.candidates.collisions import LIST_HEAD, candidate_pairs
from archive.copies.candidates.kept_pairs import MOST_CHANGED, updated_pairs
from archive.copies.candidates.known_texts import KeptTexts, SampledTexts
from archive.copies.comparing.pair_evidence import Digests, Pairs
from archive.copies.fingerprints import Sample
from archive.copies.ragged_arrays import RaggedArray

TEXTS = 400
Numbers = list[int]


@dataclass
class CountingTexts:
    """Known texts that note how many of them were handed out."""

    kept: KeptTexts
    handed_out: int = field(default=0)

    def sharing(self, hashes: Sample, most: int | None = None) -> SampledTexts:
        return self._noted(self.kept.sharing(hashes, most))

    def with_digests(self, digests: Digests) -> SampledTexts:
        return self._noted(self.kept.with_digests(digests))

    def every(self) -> SampledTexts:
        return self._noted(self.kept.every())

    def _noted(self, found: SampledTexts) -> SampledTexts:
        self.handed_out += len(found)
        return found


def some(hashes: RaggedArray, texts: Numbers) -> SampledTexts:
    places = np.array(sorted(texts), np.int64)
    return SampledTexts.of(places.astype(np.uint64), hashes.lengths[places], hashes.take(places))


def archive(seed: int) -> RaggedArray:
    """Samples of texts in families: some of a few texts, some larger than the head of a list, some stock phrases."""
    chance = np.random.default_rng(seed)
    found = []
    for text in range(TEXTS):
        family = int(chance.integers(3 if text % 2 else TEXTS // 4))
        common = np.random.default_rng([seed, family, text % 2]).integers(1 << 32, size=24, dtype=np.uint32)
        own = chance.integers(1 << 32, size=int(chance.integers(4, 20)), dtype=np.uint32)
        found.append(np.unique(np.concatenate((chance.choice(common, int(chance.integers(0, 22))), own))))
    order = chance.permutation(TEXTS)
    return RaggedArray.from_lists([found[text] for text in order.tolist()])


def from_nothing(hashes: RaggedArray, texts: Numbers) -> Pairs:
    found = some(hashes, texts)
    return Pairs(found.digests, *candidate_pairs(found.samples))


@pytest.mark.parametrize("seed", range(6))
def test_pairs_brought_up_to_date_are_those_found_from_nothing(seed: int) -> None:
    hashes, chance = archive(seed), np.random.default_rng(seed)
    present = set(chance.choice(TEXTS, TEXTS * 3 // 4, replace=False).tolist())
    pairs = from_nothing(hashes, sorted(present))
    assert len(pairs.left) > TEXTS
    for changed in (1, 3, 20, 60, TEXTS // MOST_CHANGED, 0):
        before = present
        present = before ^ set(chance.choice(TEXTS, changed, replace=False).tolist())
        expected = from_nothing(hashes, sorted(present))
        new, known = some(hashes, sorted(present - before)), KeptTexts(some(hashes, sorted(before)))
        pairs = updated_pairs(expected.digests, new, pairs, known)
        assert [(pairs.left == expected.left).all(), (pairs.right == expected.right).all()] == [True, True]


def test_a_text_that_drives_another_from_the_head_of_a_list_takes_its_pairs() -> None:
    words = np.arange(30, dtype=np.uint32)
    hashes = RaggedArray.from_lists([words] * (LIST_HEAD + 9))
    later, everything = list(range(1, LIST_HEAD + 9)), list(range(LIST_HEAD + 9))
    expected = from_nothing(hashes, everything)
    known = KeptTexts(some(hashes, later))
    pairs = updated_pairs(expected.digests, some(hashes, [0]), from_nothing(hashes, later), known)
    assert set(pairs.left.tolist()) == set(range(LIST_HEAD))
    assert (pairs.left == expected.left).all()


def test_what_is_read_for_a_new_text_does_not_grow_with_the_lists_it_is_in() -> None:
    stock = np.arange(6, dtype=np.uint32)
    own = np.arange(1000, 1000 + 20 * TEXTS, dtype=np.uint32).reshape(TEXTS, 20)
    hashes = RaggedArray.from_lists([np.concatenate((stock, words)) for words in own])
    for texts in (TEXTS // 4, TEXTS):
        before, added = list(range(texts - 1)), texts - 1  # after all others, so in the head of no list
        known = CountingTexts(KeptTexts(some(hashes, before)))
        expected = from_nothing(hashes, [*before, added])
        pairs = updated_pairs(expected.digests, some(hashes, [added]), from_nothing(hashes, before), known)
        assert (pairs.left == expected.left).all()
        assert known.handed_out == LIST_HEAD
