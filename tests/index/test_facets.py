"""A facet of an answer shows its most frequent values, however many values it has."""

from hypothesis import given
from hypothesis import strategies as st

from index.facets import Count, FacetCounts, present
from index.query.request import Query

values = st.text("abc", max_size=3)
counts = st.dictionaries(values, st.integers(1, 9).map(lambda number: Count(number, number)))


@given(counts, st.integers(0, 12), st.sampled_from(["year", "outlet"]), st.lists(values, unique=True))
def test_a_cut_facet_is_the_beginning_of_the_whole_one_with_what_was_chosen(
    told: dict[str, Count], most: int, name: str, chosen: list[str]
) -> None:
    counted = FacetCounts(told)
    query = Query(chosen={name: tuple(chosen)})
    whole, cut = present(name, counted, query, None), present(name, counted, query, most)
    assert cut.total == whole.total == len(whole.values)
    kept = {value.value for value in whole.values[:most]} | set(chosen)
    assert cut.values == tuple(value for value in whole.values if value.value in kept)


def test_values_stand_by_count_then_by_name_and_years_by_time() -> None:
    counted = FacetCounts({"b": Count(2, 1), "a": Count(2, 2), "c": Count(5, 1)}, Count(3, 2))
    assert [value.value for value in present("outlet", counted, Query(), None).values] == ["c", "a", "b"]
    assert [value.value for value in present("year", counted, Query(), None).values] == ["c", "b", "a"]
    assert [value.value for value in present("outlet", counted, Query(), 2, by_stories=True).values] == ["a", "b"]
    assert present("outlet", counted, Query(), 1).missing == Count(3, 2)
