"""The timeline of the results page: which periods it draws, how high, and what it says of the rest."""

import re
from collections.abc import Iterable
from html import unescape

import pytest
from flask.testing import FlaskClient

from index.trends import Interval
from tests.contract.memory_engine import MemoryEngine
from tests.web.sample_archive import app, article, given
from web import create_app
from web.timeline.drawing import CEILING, FLOOR, Drawing, draw
from web.timeline.slots import MOST_SLOTS, plain, year_slots

OUTLET = "Media"


def archive(days: Iterable[str]) -> FlaskClient:
    """A client of an archive with one article, hence one story, for each given day."""
    engine = MemoryEngine()
    with engine.build() as build:
        for number, day in enumerate(days):
            date = given(*map(int, day.split("-")))
            build.add(
                article(f"a-{number}", f"Banjir {number}", (f"Banjir nomor {number}.",), date=date, outlet=OUTLET)
            )
    return create_app({"TESTING": True, "KLIPING_LANGUAGE": "id"}, engine=engine).test_client()


def figure(client: FlaskClient, address: str) -> str:
    html = client.get(address).get_data(as_text=True)
    found = re.search(r'<figure class="time">.*?</figure>', html, re.DOTALL)
    return unescape(found.group()) if found else ""


def bars(html: str) -> list[tuple[str, str]]:
    """The period and the count of each bar."""
    return re.findall(r'data-at="([^"]+)" aria-label="[^:]+: (\S+) ', html)


def drawing(counts: dict[str, int]) -> Drawing:
    """The drawing of some years."""
    with app().test_request_context("/"):
        return draw(Interval.YEAR, plain(list(counts)), counts, [0] * len(counts))


def heights(counts: list[int]) -> list[float]:
    return [bar.height for bar in drawing({str(2000 + place): count for place, count in enumerate(counts)}).bars]


def test_a_month_is_drawn_by_day_and_each_day_is_a_filter() -> None:
    client = archive(["2019-09-01"] * 3 + ["2019-09-17"] * 12 + ["2018-01-01"])
    html = figure(client, "/?q=banjir&month=2019-09")
    assert bars(html) == [("2019-09-01", "3"), ("2019-09-17", "12")]
    assert "Berita per hari" in html
    address = re.search(r'<a href="([^"]+)" data-at="2019-09-17"', html)
    assert address is not None
    assert address.group(1) == "/?q=banjir&from=2019-09-17&to=2019-09-17"
    day = figure(client, address.group(1))
    assert bars(day) == [("2019-09-01", "3"), ("2019-09-17", "12")], "its month stays in view"
    assert re.findall(r'data-at="([^"]+)"[^>]*aria-current', day) == ["2019-09-17"]
    assert '<a href="/?q=banjir&from=2019-09&to=2019-09" data-at="2019-09-17"' in day


def test_hits_of_a_single_month_are_drawn_by_day_without_a_filter() -> None:
    assert bars(figure(archive(["2019-09-01", "2019-09-02"]), "/?q=banjir")) == [
        ("2019-09-01", "1"),
        ("2019-09-02", "1"),
    ]


def test_from_a_day_there_is_a_way_back_to_month_year_and_all() -> None:
    client, address = archive(["2019-09-01", "2019-05-02", "2010-01-01"]), "/?q=banjir&from=2019-09-01&to=2019-09-01"
    for expected in ("/?q=banjir&from=2019-09-01&to=2019-09-30", "/?q=banjir&from=2019&to=2019", "/?q=banjir"):
        found = re.search(r'<a href="([^"]+)">← ', figure(client, address))
        assert found is not None
        address = found.group(1).replace("from=2019-09&to=2019-09", "from=2019-09-01&to=2019-09-30")
        assert address == expected
    assert "← " not in figure(client, address)


def test_months_are_drawn_where_no_day_is_known() -> None:
    client = app().test_client()
    assert bars(figure(client, "/?q=perundingan&month=2019-03")) == [("2019-03", "1")]


def test_stories_and_articles_are_told_apart() -> None:
    client = app().test_client()
    folded, shown = figure(client, "/?q=Biegun"), figure(client, "/?q=Biegun&copies=show")
    assert "Berita per hari" in folded
    assert "Artikel per hari" in shown


def test_empty_years_are_closed_and_said_but_short_gaps_keep_their_place() -> None:
    slots = year_slots({2001: 1, 2003: 1, 2011: 1}).slots
    assert [(slot.first, slot.last) for slot in slots] == [
        ("2001", "2001"),
        ("2002", "2002"),
        ("2003", "2003"),
        ("2004", "2010"),
        ("2011", "2011"),
    ]
    assert "tahun kosong" in figure(archive(["2001-01-01", "2011-01-01"]), "/?q=banjir")


def test_a_handful_of_years_far_from_the_others_is_counted_with_a_link_to_it() -> None:
    client = archive(
        ["1000-01-01", "1001-01-01", *(f"{year}-05-05" for year in range(2010, 2020) for _ in range(6)), "9000-01-01"]
    )
    html = figure(client, "/?q=banjir")
    assert [period for period, _ in bars(html)] == [str(year) for year in range(2010, 2020)]
    assert '<a class="earlier" href="/?q=banjir&to=2009">lebih awal: 2</a>' in html
    assert '<a class="later" href="/?q=banjir&from=2020">lebih baru: 1</a>' in html
    assert bars(figure(client, "/?q=banjir&to=2009")) == [("1000-01", "1"), ("1001-01", "1")]


@pytest.mark.parametrize("years", [[1000, 1001, 1990, 2010, 9000], [1, 9999], [2020]])
def test_few_hits_are_all_drawn_however_far_apart(years: list[int]) -> None:
    client = archive([f"{year:04}-{month:02}-01" for year in years for month in (1, 9)])
    assert {period[:4] for period, _ in bars(figure(client, "/?q=banjir"))} == {f"{year:04}" for year in years}


def test_a_drawing_is_bounded_whatever_the_years_are() -> None:
    every_other = dict.fromkeys(range(1000, 3000, 2), 30)
    held = year_slots(every_other)
    assert len(held.slots) <= MOST_SLOTS
    assert held.last == 2998


def test_one_never_looks_like_hundreds() -> None:
    one, many = heights([1]), heights([473])
    assert one[0] * 3 < many[0] == FLOOR - CEILING
    small, larger, _ = heights([1, 473, 54_540])
    assert small * 2 < larger
    grown = heights([1, 2, 10, 100, 473, 1_000, 54_540])
    assert grown == sorted(set(grown))
    assert all(1 < height <= FLOOR - CEILING for height in grown)


def test_peak_and_last_bar_are_labelled_and_a_round_number_has_a_line() -> None:
    drawn = drawing({"2001": 3, "2002": 39, "2003": 7})
    assert [label.text for label in drawn.counts] == ["39", "7"]
    assert drawn.grid.text == "20"
    assert drawn.bars[1].top < drawn.grid.y < FLOOR


def test_labels_of_neighbours_of_one_height_do_not_cover_each_other() -> None:
    names = [str(year) for year in range(1990, 2020)]
    counts = dict.fromkeys(names, 1) | {"2018": 40, "2019": 39}
    peak, last = drawing(counts).counts
    assert (peak.end, last.end) == ("end", "start")
    assert peak.x <= last.x
    short = dict.fromkeys(names[:12], 1) | {names[10]: 2}
    assert {label.end for label in drawing(short).counts} == {"middle"}, "short ones have room above their own bars"


def test_the_coverage_of_the_archive_stands_behind_the_hits_and_in_words() -> None:
    client = app().test_client()
    html = figure(client, "/?q=hujan")
    assert "isi arsip" in html
    assert re.search(r'<svg class="held"[^>]*><path d="M0 48V', html)
    assert "2018: 5 dari 6 di arsip" in html
    assert "isi arsip" not in figure(client, "/?sort=newest"), "everything is no background to itself"
