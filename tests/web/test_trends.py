"""Trends and coverage as pages, files and JSON."""

import csv
import re
from html import unescape
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from index.answers import trends
from index.trends import Interval
from tests.web.sample_archive import app
from web.workbench.chart_axes import time_labels


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return app().test_client()


def page(client: FlaskClient, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.get_data(as_text=True)


def test_the_api_gives_each_series_on_one_axis_with_its_archive(client: FlaskClient) -> None:
    found = client.get(
        "/api/v1/trends?series=hujan&series=q=perundingan%26outlet=Tempo.co&by=year&share=off"
    ).get_json()
    assert (found["by"], found["count"], found["share"]) == ("year", "stories", False)
    assert found["bins"] == [str(year) for year in range(2015, 2024)]
    hujan, perundingan = found["series"]
    assert sum(hujan["values"]) == hujan["total"] == 40
    assert (perundingan["label"], perundingan["query"]) == ("perundingan · Tempo.co", "q=perundingan&outlet=Tempo.co")
    assert perundingan["values"] == [0, 0, 0, 0, 0, 1, 0, 0, 0]
    assert perundingan["archive"] != found["archive"], "that of its outlet"
    assert found["archive_undated"] == 1
    assert perundingan["thin"] == [True] * 9
    shares = client.get("/api/v1/trends?series=hujan&by=year").get_json()["series"][0]
    assert shares["values"] == [count / of for count, of in zip(shares["counts"], shares["archive"], strict=True)]


def test_the_page_offers_no_count_of_outlets_for_each_outlet(client: FlaskClient) -> None:
    counted = client.get("/trends?series=hujan&count=outlets").get_data(as_text=True)
    assert "count=outlets&amp;split=section" in counted
    assert "count=outlets&amp;split=outlet" not in counted
    split = client.get("/trends?series=hujan&split=outlet").get_data(as_text=True)
    assert "count=outlets" not in split
    assert "count=words&amp;split=outlet" in split


def test_filters_of_lines_are_told_in_words(client: FlaskClient) -> None:
    for days, told in (
        ("from=2019", "sejak 2019"),
        ("from=2019-09&to=2019-09", "September 2019"),
        ("to=2019-10", "sampai Oktober 2019"),
        ("from=2018&to=2019-10", "2018 – Oktober 2019"),
    ):
        assert f"Saringan semua garis: {told}." in client.get(f"/trends?series=hujan&{days}").get_data(as_text=True)


def test_shared_filters_hold_for_all_series_and_a_series_overrides_them(client: FlaskClient) -> None:
    found = client.get("/api/v1/trends?series=hujan&series=q=hujan%26outlet=Detik&outlet=Tempo.co&not.year=2015")
    queries = [series["query"] for series in found.get_json()["series"]]
    assert queries == ["q=hujan&outlet=Tempo.co&not.year=2015", "q=hujan&outlet=Detik&not.year=2015"]


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ("by=decade", "by"),
        ("count=hits", "count"),
        ("share=maybe", "share"),
        ("split=year&series=a", "split"),
        ("split=outlet&series=a&series=b", "split"),
        ("series=q=a%26nonsense=b", "nonsense"),
        ("series=q=a%26from=yesterday", "from"),
        ("&".join(f"series=kata{number}" for number in range(9)), "series"),
        ("colour=red", "colour"),
    ],
)
def test_bad_arguments_are_errors_that_name_the_argument(client: FlaskClient, arguments: str, named: str) -> None:
    answer = client.get(f"/api/v1/trends?{arguments}")
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    assert answer.get_json()["parameter"] == named
    for path in ("/trends", "/trends.csv", "/trends.svg"):
        assert client.get(f"{path}?{arguments}").status_code == 400


def test_an_axis_that_is_too_long_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trends, "MOST_BINS", 100)
    client = app().test_client()
    answer = client.get("/api/v1/trends?series=hujan&by=week").get_json()
    assert answer["parameter"] == "by"
    assert "month or year or given with a shorter range" in answer["detail"]
    assert "Persempit rentangnya" in client.get("/trends?series=hujan&by=week").get_data(as_text=True)
    assert client.get("/trends?series=hujan&by=week&from=2018&to=2018").status_code == 200


def test_a_bad_query_among_several_is_shown_with_its_place(client: FlaskClient) -> None:
    answer = client.get("/api/v1/trends?series=hujan&series=satu+OR+(").get_json()
    assert answer["query"][: answer["position"]] == "satu OR "
    html = client.get("/trends?series=hujan&series=satu+OR+(")
    assert html.status_code == 400
    assert "satu OR <u>" in html.get_data(as_text=True)


def test_every_number_of_the_page_leads_to_as_many_articles(client: FlaskClient) -> None:
    html = page(client, "/trends?series=hujan&by=year&share=off&count=articles")
    cells = re.findall(r'<td[^>]*><a href="([^"]+)">(\d+)</a>', html)
    assert len(cells) >= 9
    for address, count in cells:
        assert client.get(unescape(address).replace("/?", "/api/v1/search?")).get_json()["total"]["articles"] == int(
            count
        )


@pytest.mark.parametrize("by", ["day", "week", "month"])
def test_a_point_leads_to_the_articles_of_its_bin(client: FlaskClient, by: str) -> None:
    html = page(client, f"/trends?series=perundingan&by={by}&share=off&uncertain=off")
    addresses = [unescape(one) for one in re.findall(r'<td[^>]*><a href="([^"]+)">\d+</a>', html)]
    assert addresses
    for address in addresses:
        assert client.get(address.replace("/?", "/api/v1/search?")).get_json()["total"]["stories"] >= 1


def test_the_address_of_a_search_becomes_that_of_its_trend(client: FlaskClient) -> None:
    html = page(client, "/?q=hujan&outlet=Tempo.co&sort=newest")
    (address,) = [unescape(one) for one in re.findall(r'href="(/trends\?[^"]*)"', html)]
    assert 'value="hujan"' in page(client, address)


def test_a_trend_is_saved_as_csv_and_as_a_drawing(client: FlaskClient) -> None:
    answer = client.get("/trends.csv?series=%3Dhujan&by=year")
    assert answer.mimetype == "text/csv"
    text = answer.get_data(as_text=True)
    assert text.startswith("\ufeff")
    rows = list(csv.reader(text.removeprefix("\ufeff").splitlines()))
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@"))], "no formulas"
    assert len([row for row in rows if row and re.fullmatch(r"\d{4}", row[0])]) == 9
    drawing = client.get("/trends.svg?series=%3Cb%3E&series=hujan&series=%01x")
    assert drawing.mimetype == "image/svg+xml"
    texts = [one.text for one in ElementTree.fromstring(drawing.get_data()).iter() if one.tag.endswith("text")]  # noqa: S314  # our own
    assert {"<b>", "hujan"} <= set(texts)


def test_the_label_of_a_first_period_that_ends_at_once_is_left_out() -> None:
    weeks = [f"2019-W{week:02}" for week in range(12, 40)]  # one week of March, then whole months
    months = [f"2019-{month:02}" for month in range(3, 10)]
    with app().test_request_context():
        assert [place for place, _ in time_labels(months, Interval.MONTH, 10)] == [0, 1, 2, 3, 4, 5, 6]
        assert time_labels(weeks, Interval.WEEK, 10)[0] == (2, "Apr 2019")


@pytest.mark.parametrize("fact", ["outlet", "bureau", "section", "agency", "reporter", "editor", "place"])
def test_a_split_by_a_fact_that_no_article_has_is_a_page_as_well(client: FlaskClient, fact: str) -> None:
    assert "<table" in page(client, f"/trends?series=hujan&split={fact}&by=year")


def test_a_split_draws_a_line_for_each_value(client: FlaskClient) -> None:
    found = client.get("/api/v1/trends?series=hujan&split=outlet&by=year").get_json()
    assert len(found["series"]) == 8
    assert found["values_left_out"] == 1
    html = page(client, "/trends?series=hujan&split=outlet&by=year")
    panels = html.split('<ol class="panels">')[1].split("</ol>")[0]
    assert panels.count("<svg") == 8
    assert all(len(re.findall(r"<text class=.peak", one)) <= 1 for one in panels.split("</svg>")), "labels never cross"
    axes = [re.findall(r'class="tick"[^>]*>([^<]+)<', one) for one in panels.split("</svg>")[:8]]
    assert axes == axes[:1] * 8, "the same axes"
    cells = re.findall(r"<small>(\d+) dari (\d+)</small>", html)
    assert sum(int(whole) for _, whole in cells) == sum(sum(series["archive"]) for series in found["series"])
    assert ">arsip</th>" not in html, "which is not what the shares are of"
    drawing = ElementTree.fromstring(client.get("/trends.svg?series=hujan&split=outlet").get_data())  # noqa: S314  # our own
    assert len([one for one in drawing.iter() if one.tag.endswith("}g")]) == 8
    assert client.get("/api/v1/trends?series=hujan&split=outlet").get_json()["by"] == "year"
    assert "1 nilai lain tidak digambar" in page(client, "/trends?series=hujan&split=outlet&by=year")


def test_drawing_and_table_are_saved_under_one_name(client: FlaskClient) -> None:
    (name,) = re.findall(r'download="([^"]+)\.svg"', page(client, "/trends?series=hujan&series=Korut&by=year"))
    table = client.get("/trends.csv?series=hujan&series=Korut&by=year").headers["Content-Disposition"]
    assert table == f"attachment; filename={name}.csv"


@pytest.mark.parametrize(
    "address",
    ["/trends", "/trends?series=zzz", "/trends?series=hujan&from=1900&to=1901", "/coverage?q=zzz", "/trends.svg"],
)
def test_nothing_to_draw_is_a_page_too(client: FlaskClient, address: str) -> None:
    assert page(client, address)


def test_coverage_is_a_picture_a_table_a_file_and_json(client: FlaskClient) -> None:
    found = client.get("/api/v1/coverage").get_json()
    row = next(one for one in found["outlets"] if one["outlet"] == "Tempo.co")
    assert sum(row["counts"]) == row["articles"] == 6
    assert sum(found["archive"]) + found["undated"] + found["outside"] == found["articles"] == 46
    html = page(client, "/coverage")
    assert "Tempo.co" in html
    assert 'role="img"' in html
    rows = list(csv.reader(page(client, "/coverage.csv?by=month").removeprefix("\ufeff").splitlines()))
    assert ["Tempo.co", "6"] in [one[:2] for one in rows]
    assert client.get("/coverage?by=day").status_code == 400


def test_forms_switched_off_and_on_are_kept_in_every_address(client: FlaskClient) -> None:
    kept = "off=hujannya&amp;on=penghujan"
    html = page(client, "/trends?series=hujan&series=perundingan&by=year&off=hujannya&on=penghujan")
    assert html.count(kept) > 3


def test_a_drawing_says_what_is_drawn_even_where_its_lines_do_not(client: FlaskClient) -> None:
    for address, told in (
        ("series=hujan&split=outlet", "hujan"),
        ("series=hujan&split=outlet&from=2018", "hujan · sejak 2018"),
        ("series=hujan&from=2018", "sejak 2018"),
    ):
        drawing = ElementTree.fromstring(client.get(f"/trends.svg?{address}").get_data())  # noqa: S314  # our own
        written = [one.text for one in drawing.iter() if one.tag.endswith("}tspan")]
        assert told in written, address
    assert "<title>Tren: hujan – " in page(client, "/trends?series=hujan&split=outlet")


def test_no_number_stands_twice_in_the_table_of_the_whole_archive(client: FlaskClient) -> None:
    def columns(address: str) -> list[list[str]]:
        heads = re.findall(r"<thead><tr>(.*?)</tr></thead>", page(client, address), re.DOTALL)
        return [[unescape(re.sub(r"<.*?>", "", one)) for one in re.findall(r"<th.*?</th>", head)] for head in heads]

    assert columns("/trends?by=year") == [["tahun", "semua artikel"], ["media", "berita"]]
    narrowed = [["tahun", "hujan", "arsip"], ["media", "berita", "per 1.000", "arsip"]]
    assert columns("/trends?q=hujan&by=year") == narrowed
    assert columns("/compare?a=hujan&b=q=&by=year&count=articles")[-1] == ["tahun", "hujan", "semua artikel"]
    assert columns("/compare?a=hujan&b=feri&by=year&count=articles")[-1] == ["tahun", "hujan", "feri", "arsip"]


def test_each_search_of_a_trend_leads_to_its_paragraph_on_methods(client: FlaskClient) -> None:
    told = page(client, "/trends?series=hujan&series=perundingan&outlet=Tempo.co").partition("Untuk bagian metode:")[2]
    assert '<a href="/methods?q=hujan&amp;outlet=Tempo.co">hujan</a>' in told
    assert '<a href="/methods?q=perundingan&amp;outlet=Tempo.co">perundingan</a>' in told
