"""What every engine promises of trends; `engine_contract` describes the fixture and the articles."""

import pytest

from index.engine import Engine, NoIndex
from index.query.errors import BadQuery
from index.query.request import Query
from index.trends import Interval, Split, Tally
from tests.contract.engine_contract import an_article, build


def archive(engine: Engine) -> None:
    """Six articles on rice, two of them one story; two of maize."""
    build(
        engine,
        an_article("a", "beras naik", "2018-04-30", outlet="Kompas.com", reporters=("Ani", "Budi")),
        an_article("b", "beras naik", "2018-05-01", outlet="Tempo.co", reporters=("Budi",)),
        an_article("c", "beras turun lagi", "2018-05-31", outlet="Tempo.co"),
        an_article("d", "beras", "2018-05"),
        an_article("e", "beras", "2018", outlet="Kompas.com"),
        an_article("f", "beras langka"),
        an_article("g", "jagung manis", "2018-05-02", outlet="Kompas.com"),
        an_article("h", "jagung", "2020-01-01"),
        stories={"a": "a", "b": "a"},
    )


def test_an_article_lies_in_a_bin_if_its_whole_date_does(engine: Engine) -> None:
    archive(engine)
    by_month = engine.trends(Query("beras"), Interval.MONTH)
    assert by_month.bins == {"2018-04": Tally(1, 1, 1, 2), "2018-05": Tally(3, 3, 1, 6)}
    assert (by_month.total, by_month.undated) == (Tally(6, 5, 2, 11), 2)
    by_year = engine.trends(Query("beras"), Interval.YEAR)
    assert by_year.bins == {"2018": Tally(5, 4, 2, 9)}, "copies are one story within a bin"
    assert by_year.undated == 1
    by_week = engine.trends(Query("beras"), Interval.WEEK)
    assert by_week.bins == {"2018-W18": Tally(2, 1, 2, 4), "2018-W22": Tally(1, 1, 1, 3)}
    assert list(engine.trends(Query("beras"), Interval.DAY).bins) == ["2018-04-30", "2018-05-01", "2018-05-31"]


def test_trends_follow_the_filters_and_tell_what_a_range_leaves_out_for_its_date(engine: Engine) -> None:
    archive(engine)
    found = engine.trends(Query("beras", since="2018-05", chosen={"outlet": ("Tempo.co",)}), Interval.MONTH)
    assert (found.bins, found.undated) == ({"2018-05": Tally(2, 2, 1, 5)}, 0)
    found = engine.trends(Query("beras", since="2018-05-02"), Interval.MONTH)
    assert found.bins == {"2018-05": Tally(1, 1, 1, 3)}
    assert found.undated == 3, "dated to May, to the year, and not at all"
    assert engine.trends(Query("nihil"), Interval.MONTH).bins == {}


def test_an_answer_is_split_by_the_values_of_a_facet(engine: Engine) -> None:
    archive(engine)
    outlets = engine.trends(Query("beras"), Interval.MONTH, Split("outlet", 9)).values
    assert list(outlets) == ["Kompas.com", "Tempo.co"], "most articles first, then by name"
    assert outlets["Kompas.com"].bins == {"2018-04": Tally(1, 1, 1, 2)}
    assert outlets["Kompas.com"].total == Tally(2, 2, 1, 3), "also what lies in no bin"
    reporters = engine.trends(Query("beras"), Interval.YEAR, Split("reporter", 1)).values
    assert {name: series.bins for name, series in reporters.items()} == {"Budi": {"2018": Tally(2, 1, 2, 4)}}


def test_trends_forget_what_was_removed(engine: Engine) -> None:
    archive(engine)
    with engine.build() as building:
        building.remove("b")
        building.add(an_article("i", "beras baru", "2018-05-31", outlet="Tempo.co"))
    assert engine.trends(Query("beras"), Interval.YEAR).bins == {"2018": Tally(5, 5, 2, 9)}


def test_trends_of_no_index_or_of_a_bad_query_are_errors(engine: Engine) -> None:
    with pytest.raises(NoIndex):
        engine.trends(Query(), Interval.DAY)
    archive(engine)
    with pytest.raises(BadQuery):
        engine.trends(Query("1 OR ("), Interval.DAY)
