"""A facet of an answer shows its most frequent values, however many values it has."""

from hypothesis import given
from hypothesis import strategies as st

from index.engine import Count
from index.facets import present
from index.query.request import Query

values = st.text("abc", max_size=3)
counts = st.dictionaries(values, st.integers(1, 9).map(lambda number: Count(number, number)))


@given(counts, st.integers(0, 12), st.sampled_from(["year", "outlet"]), st.lists(values, unique=True))
def test_a_cut_facet_is_the_beginning_of_the_whole_one_with_what_was_chosen(
    counted: dict[str, Count], most: int, name: str, chosen: list[str]
) -> None:
    query = Query(chosen={name: tuple(chosen)})
    whole, cut = present(name, counted, query, None), present(name, counted, query, most)
    assert cut.total == whole.total == len(whole.values)
    kept = {value.value for value in whole.values[:most]} | set(chosen)
    assert cut.values == tuple(value for value in whole.values if value.value in kept)


def test_values_stand_by_count_then_by_name_and_years_by_time() -> None:
    counted = {"b": Count(2, 1), "a": Count(2, 2), "c": Count(5, 1)}
    assert [value.value for value in present("outlet", counted, Query(), None).values] == ["c", "a", "b"]
    assert [value.value for value in present("year", counted, Query(), None).values] == ["c", "b", "a"]
