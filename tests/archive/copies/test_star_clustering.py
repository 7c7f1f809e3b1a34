"""Every cluster member is connected to its lead, whatever the order of the edges."""

import random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from archive.copies.star_clustering import WeightedEdges, star_clusters

pairs = st.dictionaries(
    st.tuples(st.integers(0, 11), st.integers(0, 11)).filter(lambda pair: pair[0] < pair[1]), st.floats(0.1, 1)
)


def grouped(bonds: dict[tuple[int, int], float], sizes: list[int]) -> tuple[list[int], list[int]]:
    left, right = (np.array([pair[side] for pair in bonds], np.int64) for side in (0, 1))
    leads, tied = star_clusters(WeightedEdges(left, right, np.array(list(bonds.values()), np.float64)), np.array(sizes))
    return leads.tolist(), tied.tolist()


@given(pairs)
def test_every_member_is_bound_to_its_lead_and_no_two_leads_are(bonds: dict[tuple[int, int], float]) -> None:
    leads, tied = grouped(bonds, [10] * 12)
    names = list(bonds)
    for thing, (lead, bond) in enumerate(zip(leads, tied, strict=True)):
        assert leads[lead] == lead
        assert (bond < 0) == (lead == thing)
        assert bond < 0 or set(names[bond]) == {thing, lead}
    assert all(left != leads[left] or right != leads[right] for left, right in bonds)


@given(pairs, st.randoms())
def test_the_order_of_pairs_does_not_matter(bonds: dict[tuple[int, int], float], chance: random.Random) -> None:
    shuffled = list(bonds.items())
    chance.shuffle(shuffled)
    assert grouped(dict(shuffled), list(range(12)))[0] == grouped(bonds, list(range(12)))[0]


def test_a_chain_does_not_drag_strangers_together() -> None:
    leads, _ = grouped({(0, 1): 0.9, (1, 2): 0.9, (2, 3): 0.9}, [10, 10, 10, 10])
    assert leads == [1, 1, 1, 3]


def test_a_short_text_in_many_long_ones_does_not_gather_them() -> None:
    leads, _ = grouped({(0, long): 0.2 + long / 100 for long in range(1, 6)}, [50, 250, 251, 252, 253, 254])
    assert leads == [5, 1, 2, 3, 4, 5]
