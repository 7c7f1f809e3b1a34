"""Dates on the pages: their certainty, their evidence, and the articles that a date range leaves out."""

import re
from datetime import date
from html import unescape

import pytest
from flask.testing import FlaskClient

from archive.article import ArticleDate, DateBasis, DatePrecision
from archive.dating.publication_date import DateSources, date_article
from tests.contract.memory_engine import MemoryEngine
from tests.web.sample_archive import article, compile_translations
from web import create_app

SAID = "Harga beras naik, kata Deni, Kamis (2/7/2020)."
DATES = {
    "text": date_article(DateSources(None, None, (SAID,))),
    "given": date_article(DateSources("2020-06-24", None, (SAID,))),
    "swapped": date_article(DateSources("2020-02-07", "https://a.id/2020/07/02/x", (SAID,))),
    "month": ArticleDate(date(2020, 7, 1), DatePrecision.MONTH, DateBasis.CUE),
    "year": ArticleDate(date(2020, 1, 1), DatePrecision.YEAR, DateBasis.COPYRIGHT),
    "unknown": ArticleDate(),
}


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    engine = MemoryEngine()
    with engine.build() as build:
        for name, day in DATES.items():
            build.add(article(name, f"Beras {name}", (SAID,), date=day))
    compile_translations()
    settings: dict[str, object] = {"TESTING": True, "KLIPING_LANGUAGE": "id"}
    return create_app(settings, engine=engine).test_client()


def said(client: FlaskClient, address: str) -> str:
    """The text of a page without tags."""
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(unescape(re.sub(r"<[^>]*>", "", response.get_data(as_text=True))).split())


def test_a_range_of_days_says_on_page_and_in_json_how_many_it_leaves_out(client: FlaskClient) -> None:
    assert "tidak cukup diketahui" not in said(client, "/?q=beras")
    assert "3 artikel yang cocok tidak ikut" in said(client, "/?q=beras&from=2020-07-01&to=2020-07-03")
    assert "1 artikel yang cocok tidak ikut" in said(client, "/?q=beras&from=2020&to=2020")
    page = client.get("/?q=beras+date:2020-07-01..2020-07-03").get_data(as_text=True)
    assert "3 artikel yang cocok tidak ikut" in page
    assert '<a href="/?q=beras">Hapus rentang tanggal</a>' in page
    answer = client.get("/api/v1/search?q=beras&from=2020-07-01&to=2020-07-03").json
    assert answer is not None
    assert (answer["total"]["articles"], answer["undated_left_out"]) == (2, 3)


def test_articles_can_be_narrowed_by_precision_and_basis_of_their_dates(client: FlaskClient) -> None:
    assert "Ketepatan tanggal" in said(client, "/?q=beras")
    assert "Dasar tanggal" in said(client, "/?q=beras")
    for arguments, ids in (
        ("precision=unknown", {"unknown"}),
        ("not.precision=day&not.basis=none", {"month", "year"}),
        ("basis=url", {"swapped"}),
    ):
        answer = client.get(f"/api/v1/search?q=beras&{arguments}").json
        assert answer is not None
        assert {hit["id"] for hit in answer["hits"]} == ids
    assert client.get("/api/v1/search?precision=week").status_code == 400


def test_an_article_shows_evidence_that_disagrees_and_which_was_followed(client: FlaskClient) -> None:
    given = said(client, "/article/given")
    assert "Petunjuknya tidak sejalan. Tanggal yang tertulis bersama artikel diikuti" in given
    assert "“Kamis (2/7/2020)” menyebut tanggal dan bulannya." in given
    assert "menukar hari dengan bulannya" in said(client, "/article/swapped")
    assert "Petunjuknya tidak sejalan" not in said(client, "/article/text")
    assert "(tanggal dipersoalkan). Diakses dari" in given
    assert "?, tanggal dipersoalkan; tampilkan dasarnya" in said(client, "/?q=beras")
    assert "tanggal dipersoalkan" not in said(client, "/article/text")
    answer = client.get("/api/v1/articles/given").json
    assert answer is not None
    assert answer["date"]["disputed"] is True
