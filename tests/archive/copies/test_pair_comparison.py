"""Comparing many pairs at once gives the same evidence as comparing each pair alone."""

from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from archive.copies.comparing.pair_comparison import overlap, overlaps
from archive.copies.comparing.pair_evidence import EVIDENCE
from archive.copies.fingerprints import fingerprint
from archive.copies.ragged_arrays import RaggedArray, expand_ranges

texts = st.lists(st.text("abc ", max_size=40) | st.text(st.sampled_from("ab1 A,"), max_size=60), min_size=2, max_size=6)
ragged_lists = st.lists(st.lists(st.integers(0, 9), max_size=5), min_size=1, max_size=8)


def uncovered(words: list[str], others: list[str]) -> list[str]:
    """The words outside every shingle that the other text has too; a text of fewer than five words is one shingle."""
    width, other_width = min(5, len(words)), min(5, len(others))
    theirs = {tuple(others[place : place + other_width]) for place in range(len(others) - other_width + 1)}
    covered: set[int] = set()
    for place in range(len(words) - width + 1):
        if tuple(words[place : place + width]) in theirs:
            covered |= set(range(place, place + width))
    return [word for place, word in enumerate(words) if place not in covered]


@given(texts)
def test_many_pairs_at_once_are_told_as_each_by_itself(bodies: list[str]) -> None:
    words = [fingerprint([body]).words for body in bodies]
    pairs = np.array(list(combinations(range(len(words)), 2)))
    together = overlaps(RaggedArray.from_lists(words), pairs[:, 0], pairs[:, 1])
    for (left, right), found in zip(pairs.tolist(), together, strict=True):
        assert found == overlap(words[left], words[right])


@given(st.lists(st.sampled_from("abcdef"), min_size=5, max_size=40), st.integers(0, 40), st.integers(0, 8))
def test_words_in_place_of_others_are_counted_where_texts_are_alike(words: list[str], at: int, cut: int) -> None:
    other = [*words[:at], "lain", *words[at + cut :]]
    found = overlap(fingerprint([" ".join(words)]).words, fingerprint([" ".join(other)]).words)
    mine, theirs = uncovered(words, other), uncovered(other, words)
    for word in list(mine):
        if word in theirs:
            mine.remove(word)
            theirs.remove(word)
    alike = 3 * found["shared"] >= max(len(words), len(other))
    assert not alike or found["changed"] == min(len(mine), len(theirs))


def test_texts_without_words_share_nothing() -> None:
    empty, text = fingerprint([""]).words, fingerprint(["satu dua tiga"]).words
    assert all(overlap(one, other) == np.zeros((), EVIDENCE) for one, other in ((empty, text), (text, empty)))


@given(ragged_lists, st.data())
def test_lists_in_one_array_are_taken_and_summed_as_lists_are(lists: list[list[int]], data: st.DataObject) -> None:
    ragged = RaggedArray.from_lists([np.array(values, np.int64) for values in lists])
    chosen = data.draw(st.lists(st.integers(0, len(lists) - 1)))
    taken = ragged.take(np.array(chosen, np.int64))
    cut = np.split(taken.values, taken.starts[1:-1])[: len(chosen)]
    assert [values.tolist() for values in cut] == [lists[place] for place in chosen]
    assert ragged.sums().tolist() == list(map(sum, lists))
    assert ragged.list_indices.tolist() == [owner for owner, values in enumerate(lists) for _ in values]
    assert ragged.positions.tolist() == [place for values in lists for place in range(len(values))]


def test_spans_count_on_from_each_start() -> None:
    assert expand_ranges(np.array([7, 0, 3]), np.array([2, 0, 3])).tolist() == [7, 8, 3, 4, 5]
