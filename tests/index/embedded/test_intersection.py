"""Document lists are intersected and counted with the same result by every method, whichever is the fastest."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import chain
from typing import Any
from unittest.mock import Mock

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.embedded.columnar.format.arrays import Array
from index.embedded.evaluating import document_sets, intersection
from index.embedded.evaluating.document_sets import sum_by_document
from index.embedded.evaluating.facet_counts import count_values, count_values_of_few, select, select_few
from index.embedded.evaluating.intersection import intersect, search_is_cheaper, to_mask
from index.embedded.facts.columns import Columns, FacetColumn, Groups
from index.facets import Count, FacetCounts

SIZE = 400
TYPES = (np.uint16, np.uint32)
documents = st.sets(st.integers(0, SIZE - 1), max_size=SIZE).map(sorted)
lists = st.lists(st.tuples(documents, st.sampled_from(TYPES)), max_size=5)


@given(documents, documents, st.sampled_from(TYPES), st.sampled_from(TYPES), st.sampled_from([0, 1, 16, 10_000]))
def test_shared_documents_are_found_where_they_stand_in_both_lists(
    one: list[int], other: list[int], kind: type, other_kind: type, cost: int
) -> None:
    few: Array
    many: Array
    few, many = sorted((np.array(one, kind), np.array(other, other_kind)), key=len)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(intersection, "SEARCH_COST", cost)
        at_few, at_many = intersect(few, many, SIZE)
    shared = sorted({*one} & {*other})
    assert few[at_few].tolist() == many[at_many].tolist() == shared


def test_few_documents_are_looked_up_and_many_are_not() -> None:
    assert search_is_cheaper(10, 1_000, 10_000)
    assert not search_is_cheaper(1_000, 1_000, 10_000)


@given(lists, st.sampled_from([0, document_sets.SORT_COST, 10_000]), st.none() | documents)
def test_sums_are_those_of_a_dictionary_however_they_are_added(
    given_lists: list[tuple[list[int], type]], cost: int, also: list[int] | None
) -> None:
    held: list[Array] = [np.array(one, kind) for one, kind in given_lists]
    values = [np.arange(1, len(one) + 1, dtype=np.float32) for one in held]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(document_sets, "SORT_COST", cost)
        found, sums = sum_by_document(
            held, values, SIZE, [] if also is None else [to_mask(np.array(also, np.uint32), SIZE)]
        )
    expected = dict.fromkeys(also or (), 0.0)
    for one in held:
        for place, document in enumerate(one.tolist(), 1):
            expected[document] = expected.get(document, 0.0) + place
    assert dict(zip(found.tolist(), sums.tolist(), strict=True)) == expected
    assert found.tolist() == sorted(expected)
    assert sums.dtype == np.float64


@st.composite
def columns(draw: st.DrawFn) -> tuple[Columns, FacetColumn, list[list[int]]]:
    """Columns of some documents in stories, a facet column, and the codes of every document as plain lists."""
    size = draw(st.integers(1, 30))
    stories = [draw(st.integers(0, place)) for place in range(size)]
    told = Counter(stories)
    copied = np.array([told[story] > 1 for story in stories])
    kin = sorted(copied.nonzero()[0].tolist(), key=lambda place: (stories[place], place))
    groups = Groups(np.array(stories, np.uint32), copied, np.array(kin, np.uint32))
    several = draw(st.booleans())
    codes: list[list[int]] = [
        draw(st.lists(st.integers(1, 3), unique=True, max_size=3)) if several else [draw(st.integers(0, 3))]
        for _ in range(size)
    ]
    at = np.cumsum([0, *map(len, codes)], dtype=np.uint32) if several else None
    names: Any = ["a", "b", "c"]
    coded = FacetColumn(names, np.fromiter(chain.from_iterable(codes), np.uint8), at)
    return Mock(spec=Columns, stories=groups), coded, codes


@given(columns(), st.data())
def test_values_are_counted_the_same_by_arrays_and_one_by_one(
    made: tuple[Columns, FacetColumn, list[list[int]]], data: st.DataObject
) -> None:
    held, coded, codes = made
    chosen = sorted(data.draw(st.sets(st.integers(0, len(codes) - 1))))
    numbers = np.array(chosen, np.uint32)
    stories = held.stories.of.tolist()
    expected = plainly(chosen, codes, stories)
    for selection, counts in (
        (selected := select(numbers, held), count_values({"": coded}, selected, {})[""]),
        (picked := select_few(numbers, held), count_values_of_few(coded, picked)),
    ):
        assert selection.story_count == len({stories[document] for document in chosen})
        assert counts == expected
        assert len(counts) == len(expected)
        for most in range(4):
            assert counts.most_frequent(most) == expected.most_frequent(most)
            assert counts.most_frequent(most, by_stories=True) == expected.most_frequent(most, by_stories=True)
        assert {value: counts.get(value) for value in "abcd"} == {value: expected.get(value) for value in "abcd"}


def plainly(chosen: Sequence[int], codes: Sequence[Sequence[int]], stories: Sequence[int]) -> FacetCounts:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for document in chosen:
        for code in filter(None, codes[document]):
            found[" abc"[code]].append(stories[document])
    without = [stories[document] for document in chosen if not any(codes[document])]
    counts = {value: Count(len(told), len(set(told))) for value, told in found.items()}
    return FacetCounts(counts, Count(len(without), len(set(without))))
