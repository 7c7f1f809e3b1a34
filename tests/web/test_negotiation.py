"""Whoever asks for a page as JSON is led to the same answer of the API."""

import pytest
from flask.testing import FlaskClient

from tests.web.sample_archive import KALSEL, STORY, app, article
from tests.web.sample_archive import engine as sample_engine
from web import create_app

JSON = {"Accept": "application/json"}
BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return app().test_client()


@pytest.mark.parametrize(
    ("page", "answer"),
    [
        ("/", "/api/v1/search"),
        ("/?q=hujan&outlet=Detik&outlet=Suara", "/api/v1/search?q=hujan&outlet=Detik&outlet=Suara"),
        (f"/article/{KALSEL}?q=Korut", f"/api/v1/articles/{KALSEL}?q=Korut"),
        ("/article/jogja%202%3F%23%C3%BC", "/api/v1/articles/jogja%202%3F%23%C3%BC"),
        (f"/story/{STORY}", f"/api/v1/stories/{STORY}"),
        ("/facets/outlet?q=hujan", "/api/v1/facets/outlet?q=hujan"),
        ("/trends?series=hujan&by=year", "/api/v1/trends?series=hujan&by=year"),
        ("/coverage", "/api/v1/coverage"),
        ("/kwic?q=hujan", "/api/v1/kwic?q=hujan"),
        ("/words?q=hujan", "/api/v1/collocates?q=hujan"),
        ("/similar/cuaca-3", "/api/v1/articles/cuaca-3/similar"),
        ("/methods?q=hujan", "/api/v1/methods?q=hujan"),
    ],
)
def test_a_page_asked_for_as_json_leads_to_the_api(client: FlaskClient, page: str, answer: str) -> None:
    client.get(page)  # now the page is kept
    led = client.get(page, headers=JSON)
    assert (led.status_code, led.headers["Location"]) == (303, answer)
    assert client.get(led.headers["Location"]).status_code == 200
    for headers in (BROWSER, {"Accept": "*/*"}, {}):
        found = client.get(page, headers=headers)
        assert found.mimetype == "text/html"
        assert "Accept" in found.headers["Vary"]


def test_what_hangs_on_links_is_not_passed_on(client: FlaskClient) -> None:
    led = client.get("/?q=hujan&utm_source=x", headers=JSON)
    assert led.headers["Location"] == "/api/v1/search?q=hujan"


def test_an_article_has_an_address_that_ends_in_json(client: FlaskClient) -> None:
    led = client.get("/article/tempo/1.json?q=Korut")
    assert (led.status_code, led.headers["Location"]) == (303, "/api/v1/articles/tempo/1?q=Korut")
    assert client.get("/article/nothing.json", follow_redirects=True).status_code == 404
    assert client.get("/article/tempo/1.json?sort=x").status_code == 400


def test_an_article_whose_id_ends_in_json_goes_before() -> None:
    engine = sample_engine()
    with engine.build() as build:
        build.add(article("data.json", "Judul yang dicari", ("Isi.",)))
    client = create_app({"TESTING": True}, engine=engine).test_client()
    assert "Judul yang dicari" in client.get("/article/data.json").get_data(as_text=True)
    assert client.get("/article/data.json.json").status_code == 303
