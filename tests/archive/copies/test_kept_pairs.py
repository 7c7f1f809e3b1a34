"""Candidate pairs brought up to date are those found from nothing, whatever came, went or filled a long list."""

import numpy as np
import pytest

from archive.copies.candidates.collisions import LIST_HEAD, candidate_pairs
from archive.copies.candidates.kept_pairs import MOST_CHANGED, updated_pairs
from archive.copies.candidates.postings import Samples
from archive.copies.comparing.pair_evidence import Pairs
from archive.copies.ragged_arrays import RaggedArray

TEXTS = 400
Numbers = list[int]


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
    places = np.array(texts, np.int64)
    samples = Samples(hashes, places, hashes.lengths[places])
    return Pairs(places.astype(np.uint64), *candidate_pairs(samples))


@pytest.mark.parametrize("seed", range(6))
def test_pairs_brought_up_to_date_are_those_found_from_nothing(seed: int) -> None:
    hashes, chance = archive(seed), np.random.default_rng(seed)
    present = set(chance.choice(TEXTS, TEXTS * 3 // 4, replace=False).tolist())
    pairs = from_nothing(hashes, sorted(present))
    assert len(pairs.left) > TEXTS
    for changed in (1, 3, 20, 60, TEXTS // MOST_CHANGED, 0):
        before = present
        present = before ^ set(chance.choice(TEXTS, changed, replace=False).tolist())
        either = np.array(sorted(before | present), np.int64)
        samples = Samples(hashes, either, hashes.lengths[either])
        expected = from_nothing(hashes, sorted(present))
        pairs = updated_pairs(samples, pairs, expected.digests)
        assert [(pairs.left == expected.left).all(), (pairs.right == expected.right).all()] == [True, True]


def test_a_text_that_drives_another_from_the_head_of_a_list_takes_its_pairs() -> None:
    words = np.arange(30, dtype=np.uint32)
    hashes = RaggedArray.from_lists([words] * (LIST_HEAD + 9))
    later, everything = list(range(1, LIST_HEAD + 9)), list(range(LIST_HEAD + 9))
    samples = Samples(hashes, np.array(everything), hashes.lengths)
    expected = from_nothing(hashes, everything)
    pairs = updated_pairs(samples, from_nothing(hashes, later), expected.digests)
    assert set(pairs.left.tolist()) == set(range(LIST_HEAD))
    assert (pairs.left == expected.left).all()
