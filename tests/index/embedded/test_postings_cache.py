"""The postings cache returns cached lists, evicts the least recently used ones, and stays within its byte limit."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.embedded.columnar.postings.inversion import PostingList
from index.embedded.terms.postings_cache import PostingsCache

ROOM = 12_000


def of_length(length: int) -> PostingList:
    return PostingList(np.zeros(length, np.uint32))


def test_what_was_asked_last_is_not_made_again() -> None:
    made: list[int] = []

    def make(length: int) -> PostingList:
        made.append(length)
        return of_length(length)

    lists = PostingsCache(make, ROOM)
    assert lists(10) is lists(10)
    assert made == [10]


def test_what_was_asked_longest_ago_goes_first() -> None:
    lists = PostingsCache(of_length, ROOM)
    first, second = lists(1000), lists(1001)
    assert lists(1000) is first
    lists(1002)
    assert lists(1000) is first
    assert lists(1001) is not second


@given(st.lists(st.integers(0, 1500), max_size=40))
def test_no_more_is_kept_than_there_is_room_for(asked: list[int]) -> None:
    lists = PostingsCache(of_length, ROOM)
    for length in asked:
        assert len(lists(length).documents) == length
        assert lists.nbytes <= ROOM


def test_what_is_empty_is_not_kept_without_end() -> None:
    made: list[int] = []

    def make(number: int) -> list[PostingList]:
        made.append(number)
        return []

    lists = PostingsCache(make, ROOM)
    for number in range(1000):
        lists(number)
    assert lists.nbytes <= ROOM
    lists(0)
    assert made[-1] == 0


def test_lists_of_several_segments_and_of_patterns_are_measured_together() -> None:
    lists = PostingsCache(lambda count: [of_length(100)] * count, ROOM)
    kept = lists(3)
    assert lists.nbytes >= 3 * 400
    assert lists(3) is kept
