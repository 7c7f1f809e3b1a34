"""Facets counted together have the counts that each has alone."""

from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.embedded.facts.columns import FacetColumn
from index.embedded.facts.joint_columns import TOGETHER, joint_columns

NAMES = tuple(name for names in TOGETHER for name in names)


@st.composite
def facets(draw: st.DrawFn) -> dict[str, FacetColumn]:
    """Facets of up to three values, of some documents; one of them may have several values a document."""
    size = draw(st.integers(1, 12))
    made: dict[str, FacetColumn] = {}
    for name in NAMES:
        values: Any = [f"v{number}" for number in range(draw(st.integers(0, 3)))]
        codes = draw(st.lists(st.integers(0, len(values)), min_size=size, max_size=size))
        made[name] = FacetColumn(values, np.array(codes, np.uint8), None)
    several = draw(st.sampled_from(["", *NAMES]))
    if several:
        at = np.zeros(size + 1, np.uint32)
        made[several] = FacetColumn(made[several].names, np.zeros(0, np.uint8), at)
    return made


@given(facets(), st.data())
def test_counts_of_combinations_add_up_to_those_of_each_value(
    made: dict[str, FacetColumn], data: st.DataObject
) -> None:
    size = len(made[NAMES[0]].codes) or len(made[NAMES[1]].codes)
    documents = np.array(sorted(data.draw(st.sets(st.integers(0, size - 1)))), np.uint32)
    counted = {name: counts for one in joint_columns(made) for name, counts in one.counts(documents).items()}
    assert {name for name, facet in made.items() if facet.at is None} - set(counted) <= {
        "year",
        "month",
        "section",
        "place",
    }
    for name, counts in counted.items():
        alone = np.bincount(made[name].codes[documents], minlength=len(made[name].names) + 1)
        assert counts.tolist() == alone.tolist()


def test_what_may_combine_in_too_many_ways_is_counted_alone() -> None:
    many: Any = [f"v{number:05}" for number in range(5_000)]
    few = FacetColumn([], np.zeros(3, np.uint8), None)  # type: ignore[arg-type]  # a list will do
    wide = FacetColumn(many, np.zeros(3, np.uint16), None)
    made = {name: wide if name in {"section", "place"} else few for name in NAMES}
    assert [tuple(one.parts) for one in joint_columns(made)] == [names for names in TOGETHER if "place" not in names]
