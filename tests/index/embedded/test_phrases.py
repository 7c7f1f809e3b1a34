"""Phrase matching agrees with a plain search, for any number of documents and any chunk boundaries."""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.embedded.columnar.postings.inversion import PostingList
from index.embedded.evaluating import phrases

SIZE = 40
Places = Mapping[int, set[int]]
placed = st.dictionaries(st.integers(0, SIZE - 1), st.sets(st.integers(0, 12), min_size=1), max_size=SIZE)


def posting(places: Places, kind: type) -> PostingList:
    documents = sorted(places)
    positions = [position for document in documents for position in sorted(places[document])]
    counts = [len(places[document]) for document in documents]
    return PostingList(np.array(documents, kind), np.array(counts, np.uint8), np.array(positions, np.uint16))


def plainly(words: Sequence[Places], slop: int) -> dict[int, int]:
    """Document → number of phrase matches, counted by positions of the last word."""
    found: Counter[int] = Counter()
    for document in range(SIZE):
        reached = words[0].get(document, set())
        for word in words[1:]:
            reached = {at for at in word.get(document, set()) if any(at - slop <= before < at for before in reached)}
        found[document] = len(reached)
    return {document: count for document, count in found.items() if count}


LIMITS = [(1 << 14, 1 << 10, 3), (4, 0, 100), (4, 0, 0), (7, 2, 3)]  # of CHUNK, SEARCHED and DENSE


@pytest.mark.parametrize("limits", LIMITS)
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_phrase_is_found_as_if_every_place_were_looked_at(
    monkeypatch: pytest.MonkeyPatch, data: st.DataObject, limits: tuple[int, int, int]
) -> None:
    for name, value in zip(("CHUNK", "SEARCHED", "DENSE"), limits, strict=True):
        monkeypatch.setattr(phrases, name, value)
    words, slop = data.draw(st.lists(placed, min_size=2, max_size=3)), data.draw(st.integers(1, 3))
    kind = data.draw(st.sampled_from([np.uint16, np.uint32]))
    documents, counts = phrases.find_phrase([posting(word, kind) for word in words], slop, SIZE)
    assert dict(zip(documents.tolist(), counts.tolist(), strict=True)) == plainly(words, slop)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(placed, min_size=2, max_size=3), distance=st.integers(1, 4), twice=st.booleans())
@pytest.mark.parametrize("limits", LIMITS)
def test_words_near_each_other_are_found_as_if_every_window_were_looked_at(
    monkeypatch: pytest.MonkeyPatch,
    words: Sequence[Places],
    distance: int,
    limits: tuple[int, int, int],
    *,
    twice: bool,
) -> None:
    for name, value in zip(("CHUNK", "SEARCHED", "DENSE"), limits, strict=True):
        monkeypatch.setattr(phrases, name, value)
    times = [2 if twice else 1, *[1] * (len(words) - 1)]
    lists = [posting(word, np.uint16) for word in words]
    documents, counts = phrases.find_together(lists, times, distance, SIZE)
    found: Counter[int] = Counter()
    for document in range(SIZE):
        starts = [place for word in words for place in word.get(document, ())]
        for start in starts:
            held = [sum(start <= at <= start + distance for at in word.get(document, ())) for word in words]
            found[document] += all(has >= wanted for has, wanted in zip(held, times, strict=True))
    assert dict(zip(documents.tolist(), counts.tolist(), strict=True)) == {d: n for d, n in found.items() if n}


@pytest.mark.parametrize("chunk", [1 << 14, 3])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.tuples(placed, placed), few=st.sets(st.integers(0, SIZE - 1)), most=st.integers(1, 4))
def test_the_smallest_distance_of_two_words_is_found_in_a_few_documents(
    monkeypatch: pytest.MonkeyPatch, chunk: int, words: tuple[Places, Places], few: set[int], most: int
) -> None:
    left, right = words
    monkeypatch.setattr(phrases, "CHUNK", chunk)
    asked = np.array(sorted(few), np.uint32)
    gaps = phrases.smallest_gaps(posting(left, np.uint16), posting(right, np.uint16), asked, most)
    for document, gap in zip(asked.tolist(), gaps.tolist(), strict=True):
        distances = (b - a for a in left.get(document, ()) for b in right.get(document, ()) if 0 < b - a <= most)
        assert gap == min(distances, default=0)


def test_a_phrase_is_found_at_the_end_of_as_many_documents_as_two_bytes_can_number() -> None:
    documents, last = np.arange(1 << 16, dtype=np.uint16), (1 << 16) - 1
    ones = np.ones(1 << 16, np.uint8)
    first = PostingList(documents, ones, np.zeros(1 << 16, np.uint16))
    second = PostingList(documents, ones, np.where(documents == last, 1, 5).astype(np.uint16))
    found, counts = phrases.find_phrase([first, second], 1, 1 << 16)
    assert (found.tolist(), counts.tolist()) == ([last], [1])


def test_a_phrase_is_found_in_a_document_as_long_as_a_library() -> None:
    far = 3_000_000_000
    words = [
        PostingList(np.array([0, 1], np.uint32), np.array([1, 1], np.uint8), np.array([far + step, step], np.uint32))
        for step in range(2)
    ]
    assert phrases.find_phrase(words, 1, 2)[0].tolist() == [0, 1]
