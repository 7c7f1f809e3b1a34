"""Work spread over processes comes back whole and in order, or says that it was lost."""

import os

import pytest

from index.parallel import WorkLost, processes, spread


@pytest.mark.parametrize("portions", [0, 1, 40])
def test_answers_come_in_the_order_of_the_portions(portions: int) -> None:
    assert list(spread(abs, range(-portions, 0))) == list(range(portions, 0, -1))


def test_a_portion_that_fails_fails_here() -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        list(spread(int, ["1", "2", "3", "x", "5"]))


@pytest.mark.skipif(processes() == 1, reason="with one core all work is done in this process")
def test_a_process_that_is_killed_is_told_from_one_that_is_done() -> None:
    with pytest.raises(WorkLost):
        list(spread(os._exit, [1] * 10))
