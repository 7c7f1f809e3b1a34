"""Coding sheets: the sample is stratified, seeded and of one article a story; agreement is what the literature says."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.answers.exporting.agreement import (
    BadSheet,
    Level,
    agreements,
    cohen_kappa,
    krippendorff_alpha,
    read_sheet,
)
from index.answers.exporting.stratified_sample import sampled, shares
from index.query.request import Copies, Query
from tests.contract.engine_contract import an_article, build
from tests.contract.memory_engine import MemoryEngine

# K. Krippendorff (2011), section D: four observers, twelve units.
OBSERVERS = (
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
)


def units() -> list[list[str]]:
    columns = zip(*(line.split() for line in OBSERVERS), strict=True)
    return [[code for code in column if code != "."] for column in columns]


@pytest.mark.parametrize(("level", "alpha"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)])
def test_alpha_is_that_of_the_published_example(level: str, alpha: float) -> None:
    found = [codes for codes in units() if len(codes) > 1]
    assert krippendorff_alpha(found, Level(level)) == pytest.approx(alpha, abs=5e-4)


def test_kappa_is_that_of_a_table_worked_by_hand() -> None:
    # 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no: observed .7, expected .5
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    assert cohen_kappa(pairs) == pytest.approx(0.4)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=1, max_size=20))
def test_full_agreement_is_one_and_measures_do_not_depend_on_order(pairs: list[tuple[str, str]]) -> None:
    same = [(one, one) for one, _ in pairs]
    for value in (cohen_kappa(same), krippendorff_alpha(same)):
        assert value is None or value == pytest.approx(1)
    swapped = [(other, one) for one, other in pairs]
    assert cohen_kappa(pairs) == pytest.approx(cohen_kappa(swapped))
    assert krippendorff_alpha(pairs) == pytest.approx(krippendorff_alpha(swapped))


def test_sheets_saved_by_spreadsheets_are_read_and_compared(tmp_path: Path) -> None:
    first, second = tmp_path / "ani.csv", tmp_path / "budi.csv"
    rows = "id,title,coder,tone,remarks\r\n1,A,Ani,pro,\r\n2,B,Ani,con,?\r\n3,C,Ani,,\r\n"
    first.write_text(f'\ufeff# query,"x"\r\n{rows}', "utf-8")
    rows = "id;title;coder;tone;remarks\n2;B;Budi;con;\n1;A;Budi;con;\n3;C;Budi;pro;\n"
    second.write_text(f'"# query";"x"\n{rows}', "utf-8")
    sheets = [read_sheet(path) for path in (first, second)]
    assert [sheet.coder for sheet in sheets] == ["Ani", "Budi"]
    (found,) = agreements(sheets)
    assert (found.column, found.units, found.same) == ("tone", 2, 0.5)
    with pytest.raises(BadSheet, match="interval"):
        agreements(sheets, Level.INTERVAL)
    (tmp_path / "other.csv").write_text("a,b\n1,2\n")
    with pytest.raises(BadSheet, match="no column 'id'"):
        read_sheet(tmp_path / "other.csv")


def archive() -> MemoryEngine:
    engine = MemoryEngine()
    articles = [
        an_article(f"{number:03}", f"banjir {number}", f"2018-0{number % 3 + 1}-05", outlet=("A", "B", "B")[number % 3])
        for number in range(90)
    ]
    with engine.build() as building:
        for article in articles:
            building.add(article)
        building.set_stories({f"{number:03}": "000" for number in range(0, 30, 3)})
    return engine


def test_a_sample_is_seeded_and_has_its_share_of_each_stratum() -> None:
    engine = archive()
    ids, strata = sampled(engine, Query("banjir"), 27, 5)
    assert strata == 3
    assert len(ids) == len(set(ids)) == 27
    assert sampled(engine, Query("banjir"), 27, 5)[0] == ids
    assert sampled(engine, Query("banjir"), 27, 6)[0] != ids
    held = {match.article.id: match for match in engine.walk(Query("banjir", copies=Copies.FOLD))}
    assert set(ids) <= set(held), "one article of each story"
    counts = Counter(str(held[one].article.date.value)[:7] for one in ids)
    whole = Counter(str(match.article.date.value)[:7] for match in held.values())
    assert all(abs(counts[month] - 27 * size / len(held)) < 1 for month, size in whole.items())


@given(
    st.dictionaries(st.tuples(st.text("ab", max_size=3), st.text("01", max_size=2)), st.integers(1, 50), min_size=1),
    st.integers(1, 200),
)
def test_shares_are_proportional_and_add_up(sizes: dict[tuple[str, str], int], most: int) -> None:
    found, whole = shares(sizes, most, 0), sum(sizes.values())
    assert sum(found.values()) == min(most, whole)
    assert all(found[one] <= size for one, size in sizes.items())
    if most < whole:
        assert all(abs(found[one] - most * size / whole) < 1 for one, size in sizes.items())


def test_nothing_found_is_a_sample_of_nothing() -> None:
    engine = MemoryEngine()
    build(engine, an_article("a", "hujan"))
    assert sampled(engine, Query("banjir"), 10, 0) == ([], 0)
