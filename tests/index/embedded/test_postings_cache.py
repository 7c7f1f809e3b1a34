"""The postings cache returns cached lists, evicts the least recently used ones, and stays within its byte limit."""

from collections.abc import Callable
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.embedded.columnar.postings.inversion import PostingList
from index.embedded.terms.postings_cache import PostingsCache

ROOM = 12_000


def kept(make: Callable[[int], Any]) -> tuple[PostingsCache, Callable[[int], Any]]:
    cache = PostingsCache(ROOM)
    return cache, cache.keeping("posting", make)


def of_length(length: int) -> PostingList:
    return PostingList(np.zeros(length, np.uint32))


def test_what_was_asked_last_is_not_made_again() -> None:
    made: list[int] = []

    def make(length: int) -> PostingList:
        made.append(length)
        return of_length(length)

    _, lists = kept(make)
    assert lists(10) is lists(10)
    assert made == [10]


def test_what_was_asked_longest_ago_goes_first() -> None:
    _, lists = kept(of_length)
    first, second = lists(1000), lists(1001)
    assert lists(1000) is first
    lists(1002)
    assert lists(1000) is first
    assert lists(1001) is not second


@given(st.lists(st.integers(0, 1500), max_size=40))
def test_no_more_is_kept_than_there_is_room_for(asked: list[int]) -> None:
    cache, lists = kept(of_length)
    others = cache.keeping("of forms", of_length)
    for length in asked:
        assert len(lists(length).documents) == len(others(length).documents) == length
        assert cache.nbytes <= ROOM


def test_kinds_of_lists_are_not_taken_for_each_other() -> None:
    cache, lists = kept(of_length)
    others = cache.keeping("with positions", lambda length: [of_length(length)])
    assert isinstance(lists(10), PostingList)
    assert isinstance(others(10), list)


def test_what_is_empty_is_not_kept_without_end() -> None:
    made: list[int] = []

    def make(number: int) -> list[PostingList]:
        made.append(number)
        return []

    cache, lists = kept(make)
    for number in range(1000):
        lists(number)
    assert cache.nbytes <= ROOM
    lists(0)
    assert made[-1] == 0


def test_lists_of_several_segments_and_of_patterns_are_measured_together() -> None:
    cache, lists = kept(lambda count: [of_length(100)] * count)
    found = lists(3)
    assert cache.nbytes >= 3 * 400
    assert lists(3) is found
