"""Trend reports and coverage: what a chart, a table and a program read from the same counts."""

from dataclasses import replace

import pytest

from archive.article import DateBasis
from index.answers.coverage import archive_counts, coverage
from index.answers.trends import THIN, Measure, TooManyBins, TrendReport, TrendRequest, trend_report
from index.query.request import Query
from index.trends import Interval
from tests.contract.engine_contract import a_date, an_article, build
from tests.contract.memory_engine import MemoryEngine

ENOUGH = THIN[Interval.YEAR]
OUTLETS = ("Kompas.com", "Tempo.co")


@pytest.fixture(scope="module")
def engine() -> MemoryEngine:
    """Enough articles on maize in 2018 and 2020, a few on rice in copies and with an uncertain date, one on paddy."""
    held = MemoryEngine()
    maize = [
        an_article(f"{year}-{number}", f"jagung {number}", f"{year}-03-01", outlet=OUTLETS[number % 2])
        for year in (2018, 2020)
        for number in range(ENOUGH)
    ]
    uncertain = replace(a_date("2020-07-01"), basis=DateBasis.CUE)
    rice = [
        an_article("a", "beras naik", "2018-05-01", outlet="Kompas.com"),
        an_article("b", "beras naik", "2018-06-01"),
        replace(an_article("c", "beras", outlet="Tempo.co"), date=uncertain),
        an_article("d", "beras"),
    ]
    build(held, *maize, *rice, an_article("e", "padi", "2012-01-01"), stories={"a": "a", "b": "a"})
    return held


def drawn(engine: MemoryEngine, *texts: str, shared: Query | None = None, **wishes: object) -> TrendReport:
    shared = shared or Query()
    queries = tuple(replace(shared, text=text) for text in texts)
    wished: dict[str, object] = {"by": Interval.YEAR, **wishes}
    return trend_report(engine, TrendRequest(queries, shared, **wished))  # type: ignore[arg-type]  # its own fields


def test_a_share_is_of_what_the_archive_has_in_the_bin_and_of_nothing_there_is_none(engine: MemoryEngine) -> None:
    report = drawn(engine, "beras")
    (line,) = report.lines
    assert report.bins == ("2018", "2019", "2020"), "2012 has a single article, and none on rice"
    assert report.outside == 1
    assert line.counts == (1, 0, 1), "copies are one story"
    assert line.archive == report.archive == (ENOUGH + 1, 0, ENOUGH + 1), "counted the same way"
    assert line.shares == (1 / (ENOUGH + 1), None, 1 / (ENOUGH + 1))
    assert (line.total, line.undated, report.archive_undated) == (3, 1, 1)
    assert drawn(engine, "beras", measure=Measure.ARTICLES).lines[0].counts == (2, 0, 1)


def test_the_archive_of_a_share_passes_the_same_filters(engine: MemoryEngine) -> None:
    line = drawn(engine, "beras", shared=Query(chosen={"outlet": ("Kompas.com",)})).lines[0]
    assert (line.counts, line.archive) == ((1, 0, 0), (ENOUGH // 2 + 1, 0, ENOUGH // 2))


def test_a_line_with_a_hit_in_a_thin_bin_reaches_there_but_does_not_peak_there(engine: MemoryEngine) -> None:
    report = drawn(engine, "padi OR beras")
    assert (report.bins[0], report.outside) == ("2012", 0)
    assert report.thin == tuple(name not in {"2018", "2020"} for name in report.bins)
    assert report.lines[0].shares[0] == 1
    assert report.bins[report.lines[0].peak(share=True) or 0] == "2018"


def test_what_rests_on_uncertain_dates_is_told_and_can_be_left_out_of_both_sides(engine: MemoryEngine) -> None:
    assert drawn(engine, "beras").lines[0].uncertain == (0, 0, 1)
    report = drawn(engine, "beras", uncertain=False)
    (line,) = report.lines
    assert (line.counts, line.uncertain, line.left_out) == ((1, 0, 0), (0, 0, 0), 1)
    assert report.archive == (ENOUGH + 1, 0, ENOUGH)


def test_a_split_makes_a_line_of_each_value_with_its_own_archive(engine: MemoryEngine) -> None:
    report = drawn(engine, "beras", split="outlet", measure=Measure.ARTICLES)
    assert {line.value: (line.counts, line.archive) for line in report.lines} == {
        "Kompas.com": ((1, 0, 0), (ENOUGH // 2 + 1, 0, ENOUGH // 2)),
        "Tempo.co": ((0, 0, 1), (ENOUGH // 2, 0, ENOUGH // 2 + 1)),
    }
    assert report.unsplit == 0


def test_a_split_has_lines_of_the_chosen_values_alone() -> None:
    held = MemoryEngine()
    together = an_article("a", "beras", "2018-05-01", reporters=("Ani", "Budi", "Citra"))
    alone = [an_article(f"{n}", "beras", "2018-05-01", reporters=("Budi",)) for n in range(3)]
    build(held, together, *alone)
    chosen = Query(chosen={"reporter": ("Ani", "Citra")})
    report = drawn(held, "beras", shared=chosen, split="reporter", measure=Measure.ARTICLES)
    assert {line.value: line.total for line in report.lines} == {"Ani": 1, "Citra": 1}, "Budi wrote three others"
    assert report.unsplit == 0


def test_the_default_interval_suits_the_span_of_what_was_found(engine: MemoryEngine) -> None:
    assert drawn(engine, "beras", by=None).by is Interval.MONTH
    assert drawn(engine, "beras", shared=Query(since="2018-04", until="2018-06"), by=None).by is Interval.DAY
    assert drawn(engine, "nihil", by=None).by is Interval.MONTH, "that of the archive"


def test_an_axis_of_too_many_bins_is_refused() -> None:
    held = MemoryEngine()
    build(held, an_article("a", "beras", "1900-01-01"), an_article("b", "beras", "2020-01-01"))
    with pytest.raises(TooManyBins):
        drawn(held, "beras", by=Interval.DAY)
    assert len(drawn(held, "beras", by=Interval.MONTH).bins) == 1441
    assert drawn(held, "beras", by=None).by is Interval.YEAR


def test_coverage_has_a_row_for_each_outlet_and_marks_its_gaps(engine: MemoryEngine) -> None:
    found = coverage(engine, Query(), Interval.YEAR)
    assert found.bins == ("2018", "2019", "2020")
    assert [(row.outlet, row.articles, row.counts) for row in found.rows] == [
        ("Kompas.com", ENOUGH + 1, (ENOUGH // 2 + 1, 0, ENOUGH // 2)),
        ("Tempo.co", ENOUGH + 1, (ENOUGH // 2, 0, ENOUGH // 2 + 1)),
    ]
    assert found.rows[0].gaps == (False, True, False)
    assert (found.unnamed, found.all) == ((1, 0, 0), (ENOUGH + 2, 0, ENOUGH + 1))
    assert (found.undated, found.outside, found.further) == (1, 1, 0)
    assert coverage(engine, Query(), Interval.YEAR, most=1).further == 1
    assert coverage(engine, Query("nihil"), Interval.YEAR).bins == ()


def test_the_coverage_of_a_few_hits_spans_the_years_that_the_archive_has_well(engine: MemoryEngine) -> None:
    found = coverage(engine, Query("beras"), Interval.YEAR)
    assert (found.bins, found.all, found.outside) == (("2018", "2019", "2020"), (2, 0, 1), 0)
    stray = coverage(engine, Query("padi OR beras"), Interval.YEAR)
    assert (stray.bins, stray.outside) == (found.bins, 1), "2012 is thin in the archive"
    assert coverage(engine, Query("padi"), Interval.YEAR).bins == ("2012",)


def test_the_archive_is_counted_by_any_interval(engine: MemoryEngine) -> None:
    assert {name: tally.articles for name, tally in archive_counts(engine, Interval.YEAR).items()} == {
        "2012": 1,
        "2018": ENOUGH + 2,
        "2020": ENOUGH + 1,
    }
