"""The measures of association, against tables calculated by hand and the definitions of their sources."""

from math import log, log2

import numpy as np
import pytest

from index.association import ContingencyTable, log_dice, log_likelihood, log_ratio, mutual_information


def plain_log_likelihood(a: int, here: int, word: int, whole: int) -> float:
    """G² as Dunning defines it, cell by cell."""
    observed = [a, here - a, word - a, whole - here - word + a]
    rows, columns = [here, here, whole - here, whole - here], [word, whole - word, word, whole - word]
    terms = [o * log(o * whole / (row * column)) for o, row, column in zip(observed, rows, columns, strict=True) if o]
    return 2 * sum(terms)


def test_log_likelihood_of_a_table_calculated_by_hand() -> None:
    # 10 of 100 here, 20 of 1,000 in all: expected 2, 98, 18, 882; observed 10, 90, 10, 890.
    by_hand = 2 * (10 * log(5) + 90 * log(90 / 98) + 10 * log(10 / 18) + 890 * log(890 / 882))
    assert log_likelihood(ContingencyTable(10, 100, 20, 1000)) == pytest.approx(by_hand)
    assert by_hand == pytest.approx(21.2, abs=0.2)


@pytest.mark.parametrize(
    "table", [(0, 50, 10, 500), (10, 10, 10, 500), (7, 90, 30, 120), (1, 1, 1, 1), (5, 50, 50, 500)]
)
def test_log_likelihood_agrees_with_its_definition_and_is_negative_for_what_is_rarer(
    table: tuple[int, int, int, int],
) -> None:
    a, here, word, whole = table
    sign = -1 if a * whole < here * word else 1
    assert log_likelihood(ContingencyTable(*table)) == pytest.approx(sign * plain_log_likelihood(*table), abs=1e-9)


def test_a_word_as_frequent_here_as_elsewhere_has_no_association() -> None:
    assert log_likelihood(ContingencyTable(5, 50, 50, 500)) == pytest.approx(0)
    assert mutual_information(ContingencyTable(5, 50, 50, 500)) == pytest.approx(0)
    assert log_ratio(ContingencyTable(5, 50, 50, 500)) == pytest.approx(0)


def test_log_dice_is_fourteen_at_most_and_one_more_is_twice_as_strong() -> None:
    assert log_dice(10, 10, 10) == 14
    assert log_dice(4, 100, 100) - log_dice(2, 100, 100) == pytest.approx(1)
    assert log_dice(3, 5, 7) == pytest.approx(14 + log2(2 * 3 / 12))


def test_mutual_information_is_the_power_of_two_above_what_is_expected() -> None:
    assert mutual_information(ContingencyTable(8, 100, 20, 1000)) == pytest.approx(2)


def test_log_ratio_compares_relative_frequencies_and_bears_words_found_only_here() -> None:
    assert log_ratio(ContingencyTable(40, 100, 50, 1100)) == pytest.approx(log2(0.4 / 0.01))
    assert log_ratio(ContingencyTable(40, 100, 40, 1100)) == pytest.approx(log2(0.4 / (0.5 / 1000)))


def test_measures_take_arrays() -> None:
    found = log_likelihood(ContingencyTable(np.array([10, 0]), 100, np.array([20, 20]), 1000))
    assert [found[0], found[1]] == [
        pytest.approx(log_likelihood(ContingencyTable(10, 100, 20, 1000))),
        pytest.approx(log_likelihood(ContingencyTable(0, 100, 20, 1000))),
    ]
