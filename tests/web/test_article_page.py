"""The article page: from hit to hit of a search, paragraphs with addresses, citing, and only facts that are known."""

import re

import pytest
from flask.testing import FlaskClient

from tests.contract.memory_engine import MemoryEngine
from tests.web.sample_archive import KALSEL, app, article
from tests.web.test_pages import links, page, text
from web import create_app
from web.article_parts import PART_CHARACTERS
from web.pages.clippings import MOST_OF_ALL


@pytest.fixture
def client() -> FlaskClient:
    return app().test_client()


def hits(html: str) -> list[str]:
    """The addresses of the articles in a list of hits, in order."""
    return [found.replace("&amp;", "&") for found in re.findall(r'<h3><a href="([^"]*)"', html)]


def test_a_reader_goes_from_hit_to_hit_through_all_pages_and_back(client: FlaskClient) -> None:
    listed = [one for number in range(1, 5) for one in hits(page(client, f"/?q=hujan&page={number}"))]
    assert len(listed) == 40
    walked = [listed[0]]
    while following := links(page(client, walked[-1]), "berikutnya →"):
        walked.append(following[0])
    assert [one.partition("?")[0] for one in walked] == [one.partition("?")[0] for one in listed]
    assert walked[10].endswith("?q=hujan&page=2")
    assert "hasil ke-11" in text(page(client, walked[10]))
    assert links(page(client, walked[10]), "← sebelumnya") == [walked[9]]
    assert links(page(client, walked[0]), "← sebelumnya") == []
    assert links(page(client, walked[10]), "← 40 hasil") == ["/?q=hujan&page=2"]


def test_the_order_and_filters_of_the_search_are_those_of_the_walk(client: FlaskClient) -> None:
    address = "/?outlet=Detik&sort=oldest"
    first, second, *_ = hits(page(client, address))
    assert links(page(client, first), "berikutnya →") == [second]
    assert second.endswith("?outlet=Detik&sort=oldest")


def test_a_copy_has_the_place_of_the_hit_it_is_folded_under(client: FlaskClient) -> None:
    shown = text(page(client, f"/article/{KALSEL}?q=perundingan"))
    copied = text(page(client, "/article/tempo/1?q=perundingan"))
    assert re.search(r"hasil ke-(\d)", shown)
    assert re.findall(r"hasil ke-\d", copied) == re.findall(r"hasil ke-\d", shown)


@pytest.mark.parametrize("query", ["", "?q=Pompeo", "?q=perundingan&page=9"])
def test_an_article_that_is_no_hit_has_no_neighbours(client: FlaskClient, query: str) -> None:
    html = page(client, f"/article/{KALSEL}{query}")
    assert "hasil ke-" not in text(html)
    assert not links(html, "berikutnya →")


def test_each_paragraph_has_an_address(client: FlaskClient) -> None:
    html = page(client, f"/article/{KALSEL}")
    assert re.findall(r'<p id="(p\d+)">', html) == ["p1", "p2", "p3"]
    assert links(html, "Alamat paragraf 3") == ["#p3"]


def test_paragraphs_keep_their_numbers_in_the_parts_of_a_long_article() -> None:
    engine = MemoryEngine()
    with engine.build() as build:
        build.add(article("long", "Panjang", tuple(f"{number} " + "kata " * 7_000 for number in range(1, 10))))
    client = create_app({"TESTING": True, "KLIPING_LANGUAGE": "id"}, engine=engine).test_client()
    found = [re.findall(r'<p id="p(\d+)">(\d+) ', page(client, f"/article/long?part={part}")) for part in (1, 2, 3)]
    assert [number for part in found for number, _ in part] == [str(number) for number in range(1, 10)]
    assert all(number == said for part in found for number, said in part)
    assert PART_CHARACTERS < 9 * 7_000 * 5


def test_only_facts_that_are_known_are_told(client: FlaskClient) -> None:
    facts = page(client, "/article/hostile").partition('class="facts"')[2].partition("</dl>")[0]
    assert re.findall("<dt>(.*?)</dt>", facts) == ["Media", "Pewarta", "Panjang", "Terbit di", "Alamat tetap"]
    assert "tidak disebut" not in facts


def test_citation_and_address_stand_above_the_text_and_on_paper_with_the_index(client: FlaskClient) -> None:
    html = page(client, f"/article/{KALSEL}?q=Korut")
    above = html.partition('class="text"')[0].partition("<h1")[2]
    assert "Kutip" in text(above)
    assert f"Diakses dari http://localhost/article/{KALSEL} (indeks " in text(above)
    kept = text(html.partition('class="kept"')[2].partition("</p>")[0])
    assert re.search(rf"http://localhost/article/{KALSEL} · indeks [0-9a-f]+$", kept)


def test_a_page_of_hits_becomes_clippings_that_say_where_they_are_from(client: FlaskClient) -> None:
    (address,) = links(page(client, "/?q=hujan&page=2&size=5"), "Cetak halaman ini sebagai kliping")
    html = page(client, address)
    found = [text(one) for one in re.findall(r'<article class="clipping".*?</article>', html, re.DOTALL)]
    titles = [text(one) for one in re.findall(r"<h3>(.*?)</h3>", page(client, "/?q=hujan&page=2&size=5"), re.DOTALL)]
    titles = [title for title in titles if title.startswith("Cuaca")]
    assert len(found) == len(titles) == 5
    for clipping, title in zip(found, titles, strict=True):
        assert title in clipping
        assert "Hujan turun di" in clipping
        assert re.search(r"http://localhost/article/cuaca-\d+ · indeks [0-9a-f]+$", clipping)
    index = client.get("/api/v1/status").get_json()["index"]["id"]
    assert f"Dari pencarian http://localhost/?q=hujan&page=2&size=5&index={index} pada" in text(html)


def test_a_page_of_endless_articles_is_cut_and_says_so() -> None:
    engine = MemoryEngine()
    with engine.build() as build:
        for number in range(30):
            build.add(article(f"long-{number}", f"Panjang {number}", ("kata " * 3_000, "kata " * 3_000)))
    client = create_app({"TESTING": True, "KLIPING_LANGUAGE": "id"}, engine=engine).test_client()
    html = page(client, "/clippings?size=100")
    assert html.count('class="clipping"') == 30
    assert html.count("Teks ini dipotong di sini") == 30
    assert len(html) < MOST_OF_ALL + 60_000
