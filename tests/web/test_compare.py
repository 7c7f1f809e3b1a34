"""Two queries side by side, as a page, as JSON and as CSV."""

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from tests.web.sample_archive import app


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return app().test_client()


def test_each_side_is_counted_as_its_search_is(client: FlaskClient) -> None:
    found = client.get("/api/v1/compare?a=hujan&b=q=perundingan%26copies=show&by=year").get_json()
    for name, text in (("a", "hujan"), ("b", "perundingan")):
        total = client.get(f"/api/v1/search?q={text}").get_json()["total"]
        assert {one: found["sides"][name][one] for one in ("articles", "stories")} == total
        line = client.get(f"/api/v1/trends?series={text}&by=year&share=off").get_json()["series"][0]
        counts = dict(zip(found["bins"], found["sides"][name]["counts"], strict=True))
        assert sum(counts.values()) == sum(line["counts"])
    assert found["shared_articles"] == 0
    detik = next(row for row in found["outlets"] if row["outlet"] == "Detik")
    of = client.get("/api/v1/search?q=hujan&outlet=Detik").get_json()["total"]["stories"]
    assert (detik["a"], detik["b"]) == (of, 0)
    assert detik["share_a"] == pytest.approx(of / found["sides"]["a"]["stories"])


def test_words_tell_one_side_from_the_other_and_not_from_the_archive(client: FlaskClient) -> None:
    found = client.get("/api/v1/compare?a=Korut&b=hujan").get_json()["sides"]
    words = {name: {word["word"] for word in side["words"]} for name, side in found.items()}
    assert "menteri" in words["a"]
    assert {"banjir", "surut"} <= words["b"]
    assert not words["a"] & words["b"]
    assert not (words["a"] | words["b"]) & {"korut", "hujan", "korea", "utara"}, "words of either query"


def test_articles_of_both_sides_are_told(client: FlaskClient) -> None:
    found = client.get("/api/v1/compare?a=hujan&b=q=banjir%26outlet=Detik&count=articles").get_json()
    assert found["shared_articles"] == found["sides"]["b"]["articles"] > 0


def test_a_side_that_is_absent_is_the_archive_and_shared_filters_hold_for_both(client: FlaskClient) -> None:
    found = client.get("/api/v1/compare?a=hujan&outlet=Detik").get_json()
    whole = client.get("/api/v1/search?outlet=Detik").get_json()["total"]["articles"]
    assert found["sides"]["b"]["articles"] == whole
    assert [row["outlet"] for row in found["outlets"]] == ["Detik"]


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ("count=words", "count"),
        ("by=hour", "by"),
        ("a=q=x%26nothing=1", "nothing"),
        ("page=2", "page"),
        ("a=x&q=y", "q"),
    ],
)
def test_bad_arguments_are_errors_that_name_the_argument(client: FlaskClient, arguments: str, named: str) -> None:
    assert client.get(f"/api/v1/compare?{arguments}").get_json()["parameter"] == named
    assert client.get(f"/compare?{arguments}").status_code == 400


def test_a_side_that_cannot_be_read_is_told_with_its_text(client: FlaskClient) -> None:
    answer = client.get("/api/v1/compare?a=hujan&b=banjir+OR+(").get_json()
    assert (answer["query"], answer["code"]) == ("banjir OR (", "unclosed_parenthesis")


def test_one_click_leads_from_a_search_to_its_comparison(client: FlaskClient) -> None:
    html = client.get("/?q=hujan&not.year=2018&sort=newest").get_data(as_text=True)
    (address,) = re.findall(r'<a href="([^"]+)">bandingkan</a>', html)
    page = client.get(unescape(address)).get_data(as_text=True)
    assert 'value="q=hujan&amp;not.year=2018"' in page
    offers = [unescape(one) for one in re.findall(r'<a href="(/compare[^"]+)">(?:dengan|di) ', page)]
    assert len(offers) >= 2
    for offer in offers:
        assert "Kata khas" in client.get(offer).get_data(as_text=True), offer


def test_each_number_of_the_page_leads_to_as_many(client: FlaskClient) -> None:
    html = client.get("/compare?a=hujan&b=perundingan").get_data(as_text=True)
    outlets = html[html.index('id="outlets"') : html.index('id="words-1"')]
    cells = re.findall(r'<td><a href="([^"]+)">(\d+)</a></td>', outlets)
    assert len(cells) >= 9
    for address, count in cells:
        found = client.get(unescape(address).replace("/?", "/api/v1/search?")).get_json()
        assert found["total"]["stories"] == int(count), address


def test_the_archive_is_no_line_of_its_own_share(client: FlaskClient) -> None:
    one, both = (
        client.get(f"/compare?a=hujan&b={other}").get_data(as_text=True).count('class="curve c1" d="M')
        for other in ("q%3D", "perundingan")
    )
    assert one == 4 < both, "the four swatches stay"


def test_the_outlets_come_as_csv_with_what_was_asked(client: FlaskClient) -> None:
    answer = client.get("/compare.csv?a=hujan&b=perundingan")
    text = answer.get_data(as_text=True)
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=kliping-compare-hujan-perundingan-")
    assert '# a_query,"q=hujan"' in text
    assert "outlet,a,b,share_a,share_b" in text
    rows = client.get("/api/v1/compare?a=hujan&b=perundingan").get_json()["outlets"]
    assert answer.headers["X-Kliping-Rows"] == str(len(rows))
