"""An article is dated from the other copies of its story."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.article import UNDATED, ArticleDate, DateBasis, DatePrecision, Evidence, EvidenceKind
from archive.dating.dates_from_copies import dated_by_copies
from archive.dating.outliers import StatedYears
from archive.dating.publication_date import DateSources, date_article
from index.engine import Engine
from index.opening import open_engine
from index.query.request import Copies, Query
from index.reindexing.pipeline import reindex
from index.reindexing.request import ReindexRequest


def on(day: str, basis: DateBasis = DateBasis.GIVEN) -> ArticleDate:
    precision = {4: DatePrecision.YEAR, 7: DatePrecision.MONTH, 10: DatePrecision.DAY}[len(day)]
    return ArticleDate(date.fromisoformat(day + "-01-01"[len(day) - 4 :]), precision, basis)


@pytest.mark.parametrize(
    ("copies", "value"),
    [
        (["2020-07-02"], "2020-07"),
        (["2020-07-02", "2020-07-03"], "2020-07"),
        (["2020-07-30"], "2020"),
        (["2020-06-30", "2020-07-02"], "2020"),
        (["2019-12-30"], None),
        (["2020"], None),
        ([], None),
    ],
)
def test_copies_bound_the_date_of_an_undated_one_and_never_name_its_day(copies: list[str], value: str | None) -> None:
    dated = dated_by_copies(UNDATED, [on(copy) for copy in copies])
    assert dated.value == value
    assert dated.basis == (DateBasis.COPIES if value else None)


def test_copies_give_the_year_of_a_day_the_text_names_without_one() -> None:
    own = date_article(DateSources(None, None, ("Ia mengatakan pada Kamis (2/7) bahwa harga naik.",)))
    dated = dated_by_copies(own, [on("2020-07-03"), on("2020-07-02")])
    assert (dated.value, dated.basis) == ("2020-07-02", DateBasis.COPIES)
    assert dated.evidence == (
        Evidence("2020-07-02", EvidenceKind.COPY),
        Evidence("2020-07-03", EvidenceKind.COPY),
        Evidence("Kamis (2/7)", EvidenceKind.DAY),
    )
    assert dated_by_copies(own, [on("2019-07-02")]).value == "2019-07"  # in 2019 it was a Tuesday


def test_what_copies_gave_is_not_given_on() -> None:
    assert dated_by_copies(UNDATED, [on("2020-07-02", DateBasis.COPIES)]) == UNDATED


def test_a_year_of_its_own_is_made_closer_by_copies_of_that_year_only() -> None:
    own = on("2020", DateBasis.COPYRIGHT)
    assert dated_by_copies(own, [on("2020-07-02")]).value == "2020-07"
    assert dated_by_copies(own, [on("2019-07-02")]) == own
    assert dated_by_copies(own, [on("2020-07-30")]) == own


BODY = " ".join(f"kata{number}" for number in range(60))


def dates_in(engine: Engine) -> dict[str, ArticleDate]:
    found = engine.find(Query(size=100, copies=Copies.SHOW)).matches
    return {match.article.id: match.article.date for match in found}


def test_an_index_that_grew_and_shrank_dates_as_one_made_from_nothing(tmp_path: Path) -> None:
    archive, grown = tmp_path / "archive", open_engine(tmp_path / "grown")
    archive.mkdir()
    undated = {"id": "undated", "text": BODY}
    early, late = ({"id": day, "text": BODY, "date": day} for day in ("2020-07-02", "2020-07-20"))
    seen = []
    for number, told in enumerate(([undated], [undated, early], [undated, early, late], [undated, late], [undated])):
        (archive / "articles.jsonl").write_text("\n".join(map(json.dumps, [*told, {"id": "lain", "text": "lain"}])))
        fresh = open_engine(tmp_path / f"fresh-{number}")
        for engine in (grown, fresh):
            reindex(engine, ReindexRequest((archive,)))
        assert dates_in(grown) == dates_in(fresh)
        assert grown.info().id == fresh.info().id
        seen.append(dates_in(grown)["undated"])
    assert [day.value for day in seen] == [None, "2020-07", "2020-07", "2020-07", None]
    assert [len(day.evidence) for day in seen] == [0, 1, 2, 1, 0]


def test_a_day_of_the_text_far_from_those_of_copies_yields_to_them() -> None:
    own = date_article(DateSources(None, None, ("Harga naik, kata Deni, Selasa (10/9/2019).",)))
    assert own.value == "2019-09-10"
    assert dated_by_copies(own, [on("2019-09-12")]) == own
    assert dated_by_copies(own, [on("2019-12-12", DateBasis.CUE), on("2019-12-12", DateBasis.COPIES)]) == own
    dated = dated_by_copies(own, [on("2019-12-12"), on("2019-12-13", DateBasis.URL)])
    assert (dated.value, dated.basis, dated.disputed) == ("2019-12", DateBasis.COPIES, False)
    assert [piece.words for piece in dated.evidence] == ["2019-12-12", "2019-12-13", "Selasa (10/9/2019)"]


def test_the_day_of_a_page_stays_and_is_disputed_by_copies_far_from_it() -> None:
    own = date_article(DateSources(None, None, ("Jakarta, Selasa (10/9/2019) - Harga naik.",)))
    assert (own.basis, own.disputed) == (DateBasis.DATELINE, False)
    dated = dated_by_copies(own, [on("2019-12-12")])
    assert (dated.value, dated.basis, dated.disputed) == ("2019-09-10", DateBasis.DATELINE, True)
    assert dated.evidence[-1] == Evidence("2019-12-12", EvidenceKind.COPY)


def test_a_day_ten_years_outside_all_stated_ones_keeps_its_year_and_evidence() -> None:
    stated = [date(2015 + number % 6, 3, 1).toordinal() for number in range(30)]
    years, cue = StatedYears.of(stated), on("1967-12-07", DateBasis.CUE)
    assert (years.first, years.last) == (2015, 2020)
    assert (years.plausible(cue).value, years.plausible(cue).basis) == ("1967", DateBasis.CUE)
    for day in (on("2006-01-01", DateBasis.CUE), on("1967-12-07"), on("1967", DateBasis.COPYRIGHT), UNDATED):
        assert years.plausible(day) == day
    assert StatedYears.of(stated[:5]).plausible(cue) == cue


@given(st.dates(date(2000, 1, 1), date(2026, 1, 1)), st.lists(st.dates(date(2000, 1, 1), date(2026, 1, 1)), max_size=4))
def test_a_date_of_its_own_stays_whatever_the_copies_say(own: date, copies: list[date]) -> None:
    dated = on(own.isoformat())
    others = [on(copy.isoformat()) for copy in copies]
    assert dated_by_copies(dated, others) == dated
    found = dated_by_copies(UNDATED, others)
    assert found.first is None or all(found.first <= copy for copy in copies)
