"""The front page: a search box, and what the archive holds, in numbers that its searches confirm."""

import re
from collections.abc import Collection
from html import unescape

import pytest
from flask.testing import FlaskClient

from index.engine import EngineAnswer
from index.facets import FACETS
from index.query.request import Query
from tests.contract.memory_engine import MemoryEngine
from tests.web.sample_archive import app, article, given
from tests.web.test_pages import links, page, text
from web import create_app


@pytest.fixture
def client() -> FlaskClient:
    return app().test_client()


def client_of(engine: MemoryEngine) -> FlaskClient:
    return create_app({"TESTING": True, "KLIPING_LANGUAGE": "id", "KLIPING_CACHE_MB": "0"}, engine=engine).test_client()


def rows(html: str) -> dict[str, list[str]]:
    """The cells of the table of outlets by years, as HTML, by the label of their row."""
    found = re.findall(r'<tr[^>]*><th scope="row">(.*?)</th>(.*?)</tr>', html, re.DOTALL)
    return {text(label): re.findall(r"<td[^>]*>(.*?)</td>", cells) for label, cells in found}


def total(client: FlaskClient, address: str) -> int:
    """The number of articles that a search finds."""
    return int(client.get("/api/v1/search" + address.removeprefix("/")).get_json()["total"]["articles"])


def test_the_archive_is_told_in_numbers_and_can_be_browsed(client: FlaskClient) -> None:
    html = page(client, "/")
    assert "44 berita berbeda dalam 46 artikel dari 12 media" in text(html)
    assert links(html, "Telusuri semua berita") == ["/?sort=newest"]
    assert html.index('id="find"') < html.index('class="years"')


def test_each_number_of_the_coverage_is_what_its_search_finds(client: FlaskClient) -> None:
    html = page(client, "/")
    held = rows(html)
    assert len(held) == 11
    numbers = [
        one for cells in held.values() for one in re.findall(r'<a href="([^"]*)"[^>]*>(\d+)</a>', "".join(cells))
    ]
    assert len(numbers) > 10
    for address, number in numbers:
        assert total(client, unescape(address)) == int(number)
    shown = sum(int(text(cell)) for cells in held.values() for cell in cells if text(cell).isdigit())
    (undated,) = map(int, re.findall(r"(\d+) artikel tidak diketahui tahunnya", text(html)))
    assert shown + undated == 46


def test_an_outlet_and_a_year_are_searches_and_a_gap_is_told(client: FlaskClient) -> None:
    html = page(client, "/")
    assert "/?year=2018" in links(html, "2018")
    assert "/?outlet=ANTARA+News" in links(html, "ANTARA News")
    assert [text(cell) for cell in rows(html)["ANTARA News"]][3:6] == ["1", "celah", "1"]
    assert "2 media lain" in rows(html)


def test_many_years_share_columns() -> None:
    engine = MemoryEngine()
    with engine.build() as build:
        for number, year in enumerate(range(1950, 2000)):
            build.add(article(f"a{number}", "Beras", ("Harga beras.",), outlet="Harian", date=given(year, 5, 1)))
    client = client_of(engine)
    html = page(client, "/")
    (cells,) = rows(html).values()
    assert len(cells) <= 16
    assert "/?from=1950&to=1953" in links(html, "1950–53")
    assert total(client, "/?outlet=Harian&from=1950&to=1953") == 4
    assert sum(int(text(cell)) for cell in cells) == 50


def test_the_newest_are_one_of_each_large_outlet(client: FlaskClient) -> None:
    newest = page(client, "/").partition('class="newest"')[2].partition("</section>")[0]
    outlets = re.findall(r"<b>(.*?)</b>", newest)
    assert len(outlets) == len(set(outlets)) == 6
    for outlet, address in zip(outlets, re.findall(r'<a lang="id" href="([^"]*)"', newest), strict=True):
        found = client.get("/api/v1/search", query_string={"outlet": outlet, "sort": "newest", "size": 1}).get_json()
        assert address == f"/article/{found['hits'][0]['id']}"


def test_the_questions_are_answered_as_their_searches_answer(client: FlaskClient) -> None:
    said = text(page(client, "/"))
    found = client.get("/api/v1/search?q=banjir").get_json()
    years = {value["value"]: value["count"] for value in found["facets"]["year"]}
    year, count, everything = re.findall(r"“banjir” paling banyak diberitakan\? Pada (\d+): (\d+) dari (\d+)", said)[0]
    assert int(count) == years[year] == max(years.values())
    assert int(everything) == found["total"]["articles"]
    outlets = {value["value"]: value["count"] for value in found["facets"]["outlet"]}
    told = dict(re.findall(r"([\w. ]+?) \((\d+)\)", said.partition("menulis tentang “banjir”?")[2].partition(";")[0]))
    assert {name.strip(): int(number) for name, number in told.items()}.items() <= outlets.items()
    assert "3 media, 3 versi" in said


def test_the_most_copied_stories_are_listed_with_their_versions(client: FlaskClient) -> None:
    copied = page(client, "/").partition('class="copied"')[2].partition("</section>")[0]
    assert "3 versi di 3 media" in text(copied)


def test_an_archive_that_knows_nothing_of_its_articles_has_a_front_page() -> None:
    engine = MemoryEngine()
    with engine.build() as build:
        build.add(article("a", "Satu", ("Kalimat tunggal ini.",)))
    html = page(client_of(engine), "/")
    assert "1 berita berbeda dalam 1 artikel" in text(html)
    assert 'class="years"' not in html
    assert links(html, "Satu") == ["/article/a"]


def test_what_it_shows_is_counted_once_for_each_published_index() -> None:
    asked: list[Query] = []

    class Counting(MemoryEngine):
        def find(self, query: Query, facets: Collection[str] = tuple(FACETS)) -> EngineAnswer:
            asked.append(query)
            return super().find(query, facets)

    engine = Counting()
    with engine.build() as build:
        build.add(article("a", "Banjir", ("Banjir surut.",), outlet="Harian", date=given(2018, 5, 1)))
    client = client_of(engine)
    client.get("/")
    before = len(asked)
    assert before
    client.get("/")
    assert len(asked) == before
    with engine.build() as build:
        build.add(article("b", "Gempa", ("Gempa terasa.",), outlet="Harian", date=given(2019, 5, 1)))
    assert "2 artikel" in text(page(client, "/"))
    assert len(asked) > before
