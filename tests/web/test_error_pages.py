"""Error pages: each names the index and says what to do next; what was asked beside the mistake is kept."""

import json
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from index.opening import open_engine
from tests.contract.engine_contract import an_article
from tests.contract.memory_engine import MemoryEngine
from tests.web.test_pages import links, page, text
from web import create_app, error_messages
from web.parameter_errors import Valid


@pytest.mark.parametrize(
    ("address", "status"),
    [("/nowhere", 404), ("/article/nobody", 404), ("/?q=a+OR+(", 400), ("/?sort=foo", 400), ("/facets/none", 404)],
)
def test_every_error_names_the_index_and_what_to_do_next(client: FlaskClient, address: str, status: int) -> None:
    html = page(client, address, status)
    index = client.get("/api/v1/status").get_json()["index"]["id"]
    assert f"Indeks {index}, dibangun" in text(html)
    assert links(html, "Ke halaman depan") == ["/"]
    assert links(html, "Cara mencari")


@pytest.mark.parametrize("address", ["/help", "/", "/facets/outlet", "/clippings?q=hujan", "/?q=zzz"])
def test_every_page_names_the_index_at_its_foot(client: FlaskClient, address: str) -> None:
    foot = page(client, address).partition("<footer")[2]
    assert client.get("/api/v1/status").get_json()["index"]["id"] in foot


def test_a_range_that_ends_before_it_begins_can_be_swapped_and_keeps_the_rest(client: FlaskClient) -> None:
    html = page(client, "/?q=hujan&outlet=Detik&from=2020&to=2016&sort=oldest", 400)
    (swapped,) = links(html, "Tukar: dari 2016 sampai 2020")
    assert swapped == "/?q=hujan&outlet=Detik&from=2016&to=2020&sort=oldest"
    page(client, swapped)
    assert links(html, "Tanpa rentang tanggal") == ["/?q=hujan&outlet=Detik&sort=oldest"]


def test_an_unknown_argument_can_be_called_by_the_nearest_name_or_left_out(client: FlaskClient) -> None:
    html = page(client, "/?q=hujan&outlt=Detik", 400)
    assert links(html, "Pakai “outlet”") == ["/?q=hujan&outlet=Detik"]
    assert links(html, "Tanpa argumen “outlt”") == ["/?q=hujan"]
    assert not links(page(client, "/?q=hujan&zzz=1", 400), "Pakai")


def test_an_address_without_arguments_says_that_it_has_none(client: FlaskClient) -> None:
    assert "hapus, sebab alamat ini tidak berargumen." in text(page(client, "/opensearch.xml?foo=1", 400))


def test_an_argument_given_twice_can_be_kept_once(client: FlaskClient) -> None:
    html = page(client, "/?q=hujan&q=banjir&year=2018", 400)
    assert links(html, "Hanya “hujan”") == ["/?q=hujan&year=2018"]
    assert links(html, "Hanya “banjir”") == ["/?q=banjir&year=2018"]


def test_a_language_given_twice_is_an_error_like_any_other(client: FlaskClient) -> None:
    response = client.get("/?q=hujan&lang=en&lang=id")
    assert response.status_code == 400
    assert links(response.text, "Hanya “en”") == ["/?q=hujan&lang=en"]


def test_a_wrong_value_can_be_left_out(client: FlaskClient) -> None:
    assert links(page(client, "/?q=hujan&sort=foo", 400), "Tanpa argumen “sort”") == ["/?q=hujan"]


def test_the_box_of_a_query_that_cannot_be_read_keeps_the_filters(client: FlaskClient) -> None:
    html = page(client, "/?q=hujan+OR&outlet=Detik&not.year=2018", 400)
    assert '<input type="hidden" name="outlet" value="Detik">' in html
    assert '<input type="hidden" name="not.year" value="2018">' in html


def test_a_remedy_never_leads_to_another_host(client: FlaskClient) -> None:
    html = client.get("/?sort=foo", environ_overrides={"PATH_INFO": "//elsewhere.example/"}).text
    assert 'href="//elsewhere' not in html


def test_a_list_says_of_what_it_is_the_values(client: FlaskClient) -> None:
    for address, told in (
        ("", "Semua nilai di dalam arsip."),
        ("?q=hujan", "Semua nilai di antara hasil untuk “hujan”."),
        ("?year=2018", "Semua nilai di antara hasil pencarian ini."),
        ("?not.place=Kota+1", "Semua nilai di antara hasil pencarian ini."),
        ("?find=tem", "Semua nilai di dalam arsip. Di sini hanya yang memuat “tem”."),
    ):
        assert told in text(page(client, f"/facets/outlet{address}"))


def test_without_an_index_the_page_can_be_tried_again() -> None:
    client = create_app({"TESTING": True, "KLIPING_LANGUAGE": "id"}, engine=MemoryEngine()).test_client()
    html = page(client, "/?q=hujan", 503)
    assert links(html, "Coba lagi") == [""]
    assert "flask reindex" in html
    assert "Belum ada indeks yang dapat dipakai." in text(page(client, "/nowhere", 404))


def test_an_index_of_another_version_is_not_taken_for_none(tmp_path: Path) -> None:
    engine = open_engine(tmp_path)
    with engine.build() as build:
        build.add(an_article("a", "Hujan turun."))
    for file in tmp_path.rglob("manifest.json"):
        file.write_text(json.dumps({**json.loads(file.read_text()), "version": "0"}))
    client = create_app({"TESTING": True, "KLIPING_LANGUAGE": "id", "KLIPING_INDEX": tmp_path}).test_client()
    html = page(client, "/?q=hujan", 503)
    assert "Indeks dibuat oleh versi lain" in text(html)
    assert "Belum ada" not in text(html)
    assert "flask reindex" in html
    answer = client.get("/api/v1/search?q=hujan").json
    assert answer is not None
    assert answer["type"].endswith("outdated-index")


WRONG = (
    "/?size=1000",
    "/?page=x",
    "/?year=18",
    "/?from=kemarin",
    "/words?q=hujan&page=2",
    "/kwic?q=hujan&stories=all",
    "/trends?" + "&".join(f"series=q%3D{number}" for number in range(9)),
    "/export?q=hujan&format=bibtex&fields=id",
    "/export?ids=",
    "/export?ids=a&q=hujan",
    "/export?ids=a&copies=loose",
    "/export?texts=off&fields=text",
)


@pytest.mark.parametrize("address", WRONG)
def test_what_an_argument_may_be_is_said_in_the_language_of_the_page(client: FlaskClient, address: str) -> None:
    words = re.compile(r"\b(?:a|an|or|of|if|the|left|out|number|whole|given|where|which|times|least|most)\b")
    indonesian = lead(page(client, address, 400))
    client.get("/?lang=en")
    english = lead(page(client, address, 400))
    assert not words.search(indonesian)
    assert indonesian != english


def lead(html: str) -> str:
    """The sentence of an error page that says what is wrong, without the names and values in it."""
    sentence = text(html.partition('<p class="lead">')[2].partition("</p>")[0])
    return re.sub("“[^”]*”", "", sentence)


def test_every_rule_of_arguments_is_known_to_the_page() -> None:
    assert set(error_messages.VALID_VALUES) == set(Valid)


def test_a_program_is_told_where_the_addresses_are_and_which_methods_one_takes(client: FlaskClient) -> None:
    assert "/api lists the addresses" in client.get("/api/v1/nowhere").get_json()["detail"]
    assert client.get("/api/v1/batch").get_json()["detail"] == "This address does not take GET; it takes OPTIONS, POST."
    assert "'nobody'" in client.get("/api/v1/articles/nobody").get_json()["detail"]


@pytest.mark.parametrize(
    ("address", "told", "onward"),
    [
        ("/facets/outlet?page=9", "Halaman 9 melewati nilai terakhir", "/facets/outlet"),
        ("/clippings?q=hujan&page=99", "Halaman 99 melewati hasil terakhir", "/clippings?q=hujan&amp;page=4"),
        ("/coverage?q=zzzz", "Tidak ada artikel yang cocok", "/?q=zzzz"),
        ("/trends?q=zzzz", "Tidak ada artikel yang cocok", "/?q=zzzz"),
        ("/trends?series=hujan&series=zzzz", "Tidak ada artikel yang cocok dengan zzzz", "/?q=zzzz"),
        ("/compare?a=hujan&b=zzzz", "Tidak ada artikel yang cocok dengan zzzz", "/?q=zzzz"),
        ("/words?q=zzzz", "Tidak ada artikel yang cocok", "/?q=zzzz"),
        ("/words?q=outlet:Detik", "fakta seperti media tidak punya baris sendiri", "/?q=outlet%3ADetik"),
    ],
)
def test_a_page_with_nothing_to_show_says_why_and_leads_on(
    client: FlaskClient, address: str, told: str, onward: str
) -> None:
    page = client.get(address).get_data(as_text=True)
    (message,) = re.findall(rf'<p class="(?:empty|note)">[^<]*{told}.*?</p>', page)
    assert f'href="{onward}"' in message


def test_nothing_is_drawn_of_queries_that_find_nothing(client: FlaskClient) -> None:
    for address in ("/trends?q=zzzz", "/compare?a=zzzz&b=yyyy"):
        page = client.get(address).get_data(as_text=True)
        assert 'id="chart"' not in page
        assert "<table" not in page
    assert "Tidak ada artikel yang cocok" in client.get("/cite?q=zzzz").get_data(as_text=True)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/trends?page=2", "“page” tidak dapat dipakai di sini: hapus, sebab semuanya dihitung sekaligus."),
        ("/compare?a=x&q=y", "“q” tidak dapat dipakai di sini: hapus, sebab ada “a”."),
        ("/export?ids=&format=csv", "“ids” kosong. Yang dapat: sedikitnya satu id"),
    ],
)
def test_an_argument_that_no_value_helps_is_told_as_such(client: FlaskClient, address: str, told: str) -> None:
    assert told in client.get(address).get_data(as_text=True)


def test_a_long_query_is_shown_around_its_mistake(client: FlaskClient) -> None:
    for asked in ("banjir " * 300, "banjir " * 60 + "( " + "hujan " * 60):
        page = client.get("/", query_string={"q": asked}).get_data(as_text=True)
        (shown,) = re.findall(r'<p class="typed">.*?<code>(.*?)</code>', page)
        assert len(shown) < 500
        assert shown.startswith("…")
        assert shown.endswith("…")
    (whole,) = re.findall(r"<code>(.*?)</code></p>", client.get("/?q=hujan+OR+(").get_data(as_text=True))
    assert whole == "hujan OR <u>(</u>"
