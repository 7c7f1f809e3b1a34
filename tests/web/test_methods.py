"""The paragraph on methods tells what was asked, how it was read, and what it found, in both languages."""

import re
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient

from tests.web import sample_archive
from web.config import VERSION


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    app = sample_archive.app()
    app.config["KLIPING_URL"] = "https://arsip.example"
    return app.test_client()


def told(client: FlaskClient, address: str) -> tuple[str, str]:
    answer = client.get(f"/api/v1/methods?{address}")
    assert answer.status_code == 200
    paragraphs = answer.get_json()["paragraphs"]
    return paragraphs["id"], paragraphs["en"]


def test_a_paragraph_has_all_that_is_needed_to_repeat_a_search(client: FlaskClient) -> None:
    address = "q=Korut+bertemu&outlet=ANTARA+News&not.year=2019&from=2018&to=2020-12"
    indonesian, english = told(client, address)
    index = client.get("/api/v1/status").get_json()["index"]
    total = client.get(f"/api/v1/search?{address}").get_json()["total"]
    for paragraph in (indonesian, english):
        assert index["id"] in paragraph
        assert f"Kliping {VERSION}" in paragraph
        assert 'dibaca sebagai: (korut OR "korea utara") bertemu' in paragraph or "was read as: (korut OR" in paragraph
        assert "Korut → Korea Utara" in paragraph
        assert "https://arsip.example/?q=Korut+bertemu&outlet=" in paragraph
    assert f"Ditemukan {total['articles']} artikel, yaitu {total['stories']} berita berbeda" in indonesian
    assert "Saringan: media ANTARA News; bukan tahun 2019; sejak 2018; sampai Desember 2020." in indonesian
    assert "Filters: outlet ANTARA News; not year 2019; from 2018; to December 2020." in english
    assert "Semuanya bertanggal 31 Mei 2018." in indonesian
    assert "The date of 1 article was inferred" in english


def test_what_was_chosen_is_told_and_what_was_not_is_left_out(client: FlaskClient) -> None:
    indonesian, english = told(client, "q=Korut&expand=off&copies=show")
    assert "Singkatan, kepanjangan, dan ejaan lain tidak ikut dicari." in indonesian
    assert "counted one by one" in english
    assert "Saringan" not in indonesian
    everything, _ = told(client, "")
    assert "dibaca sebagai" not in everything
    assert "1 artikel tidak bertanggal." in everything
    assert "Tanggalnya dari 9 " in everything
    off, _ = told(client, "q=Korut&off=Korea+Utara")
    assert "Ditawarkan tetapi tidak dicari: Korut → Korea Utara." in off
    assert "Tidak dicari atas pilihan peneliti: Korea Utara." in off
    nothing, _ = told(client, "q=gandum")
    assert "Ditemukan 0 artikel" in nothing
    assert "Tanggalnya" not in nothing


@pytest.mark.parametrize(
    ("text", "sentence", "inflected"),
    [
        ('"Korea Utara"', 'Pencarian "Korea Utara" dibaca sebagai: "korea utara".', ""),
        ("=banjir", "Pencarian “=banjir” dibaca sebagai: =banjir.", ""),
        ("AS media:antara", "Pencarian “AS media:antara” dibaca sebagai: AS outlet:antara.", ""),
        ('hujan -banjir "Korea Utara"', 'Pencarian hujan -banjir "Korea Utara" dibaca', "hujan, banjir"),
    ],
)
def test_only_what_applies_to_the_query_is_said_of_its_words(
    client: FlaskClient, text: str, sentence: str, inflected: str
) -> None:
    indonesian, english = told(client, urlencode({"q": text, "expand": "off"}))
    assert sentence in indonesian
    assert (f"Dicari dalam semua bentuk dekatnya: {inflected}." in indonesian) is bool(inflected)
    assert ("in all near forms" in english) is bool(inflected)


@pytest.mark.parametrize("page", ["/methods", "/export", "/cite"])
def test_the_parts_above_a_taken_result_are_all_that_was_asked(client: FlaskClient, page: str) -> None:
    asked = "q=banjir&on=banjiran&off=kebanjiran&expand=off&not.outlet=Detik&from=2018&outlet=Tempo.co"
    shown = client.get(f"{page}?{asked}").get_data(as_text=True).partition('class="asked"')[2].partition("</p>")[0]
    parts = [" ".join(re.sub("<[^>]*>", "", part).split()) for part in re.findall('class="part">(.*?)</span>', shown)]
    assert parts == [
        *("banjir", "Media: Tempo.co", "− Media: Detik", "Sejak: 2018", "Ikut dicari: banjiran"),
        *("Tidak dicari: kebanjiran", "Tidak dicari: singkatan, kepanjangan, dan ejaan lain"),
    ]


def test_the_page_has_both_languages_whatever_its_own(client: FlaskClient) -> None:
    page = client.get("/methods?q=Korut").get_data(as_text=True)
    assert '<p id="methods-en" lang="en">Articles were searched on' in page
    assert '<p id="methods-id" lang="id">Artikel dicari pada' in page
    assert "<h1>Pencarian ini, untuk bagian metode</h1>" in page, "the page goes on in its own language"
    assert client.get("/methods?q=(").status_code == 400


@pytest.mark.parametrize("page", ["/methods", "/export", "/cite", "/api/v1/methods"])
def test_what_a_whole_result_cannot_use_is_refused_and_not_passed_over(client: FlaskClient, page: str) -> None:
    assert client.get(f"{page}?q=banjir").status_code == 200
    for more in ("page=2", "size=20", "fields=" if page != "/export" else "ids=", "halaman=2"):
        assert client.get(f"{page}?q=banjir&{more}").status_code == 400
    found = client.get("/?q=banjir&size=20&page=2&sort=newest").get_data(as_text=True)
    assert '"/cite?q=banjir&amp;sort=newest"' in found, "the links of a later page lead to the whole result"
