"""Bins of time: their names, their days, and the bin of a date."""

from itertools import pairwise

import pytest

from index.trends import Interval, bin_of, bins_between, first_day, last_day, number_of_bins
from tests.contract.engine_contract import a_date


@pytest.mark.parametrize(
    ("by", "first", "last", "number"),
    [
        (Interval.DAY, "2015-12-30", "2016-03-01", 63),
        (Interval.WEEK, "2015-W52", "2017-W01", 55),  # 2015 had 53 weeks
        (Interval.MONTH, "2015-12", "2017-02", 15),
        (Interval.YEAR, "0001", "9999", 9999),
    ],
)
def test_bins_follow_each_other_without_gap(by: Interval, first: str, last: str, number: int) -> None:
    bins = list(bins_between(first, last, by))
    assert (bins[0], bins[-1], len(bins)) == (first, last, number)
    assert number_of_bins(first, last, by) == number
    assert all((first_day(after, by) - last_day(before, by)).days == 1 for before, after in pairwise(bins))


def test_a_date_lies_in_the_bin_that_contains_all_its_days() -> None:
    found = {
        day: [bin_of(a_date(day), by) for by in Interval] for day in ("2020-12-31", "2021-01-01", "2021-02", "2021")
    }
    assert found == {
        "2020-12-31": ["2020-12-31", "2020-W53", "2020-12", "2020"],
        "2021-01-01": ["2021-01-01", "2020-W53", "2021-01", "2021"],
        "2021-02": [None, None, "2021-02", "2021"],
        "2021": [None, None, None, "2021"],
    }
    assert [bin_of(a_date(None), by) for by in Interval] == [None] * 4
    assert last_day("9999-12", Interval.MONTH).day == 31
    assert last_day("9999-W52", Interval.WEEK).year == 9999
