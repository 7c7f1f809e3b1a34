"""The same arguments choose the same articles wherever they are counted."""

from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from index.opening import open_engine
from tests.contract.engine_contract import an_article, build
from web import create_app

ARGUMENTS = (
    "",
    "on=pemerintah",
    "off=memerintahkan",
    "on=pemerintah&off=memerintahkan",
    "expand=off",
    "copies=show",
    "copies=loose&lead=longest&sort=newest",
    "from=2018-05&to=2019",
    "on=pemerintah&outlet=Tempo.co",
    "on=pemerintah&not.outlet=Tempo.co",
    "year=2018&year=2019",
    "month=2018-06",
    "not.year=2018",
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    texts = ("perintah menteri", "pemerintah daerah", "ia memerintahkan", "pemerintah memberi perintah", "hujan")
    engine = open_engine(Path(tmp_path_factory.mktemp("archive")))
    outlets = ("Tempo.co", "Kompas.com", "Republika")
    build(
        engine,
        *(
            an_article(f"{number}", f"{texts[number % 5]} hari {number}", date, outlet=outlets[number % 3])
            for number, date in enumerate(["2018-05-01", "2018-06-02", "2019-07-03", "2020-08-04"] * 6)
        ),
    )
    return create_app({"TESTING": True, "KLIPING_CACHE_MB": 0}, engine=engine).test_client()


def test_the_arguments_tell_answers_apart(client: FlaskClient) -> None:
    totals = [client.get(f"/api/v1/search?q=perintah&{more}").get_json()["total"]["articles"] for more in ARGUMENTS]
    assert len(set(totals)) > 6


@pytest.mark.parametrize("arguments", ARGUMENTS)
def test_every_answer_counts_the_articles_of_the_search(client: FlaskClient, arguments: str) -> None:
    def answer(name: str, more: str = "") -> Any:
        response = client.get(f"/api/v1/{name}?q=perintah&{arguments}{more}")
        assert response.status_code == 200, response.get_json()
        return response.get_json()

    articles = answer("search")["total"]["articles"]
    assert articles
    lines = answer("kwic")["total"]
    plain = arguments.replace("copies=loose", "copies=show").replace("&lead=longest&sort=newest", "")
    rows = client.get(f"/api/v1/export?format=csv&text=off&q=perintah&{plain}").headers["X-Kliping-Rows"]
    (series,) = answer("trends", "&count=articles")["series"]
    counted = {
        "kwic": lines["articles"],
        "collocates": answer("collocates")["hits"] - lines["lines"] + articles,
        "keywords": answer("keywords")["articles"],
        "coverage": answer("coverage")["articles"],
        "trends": series["total"],
        "export": int(rows),
    }
    assert counted == dict.fromkeys(counted, articles)


def test_the_pages_lead_on_with_what_was_switched_on(client: FlaskClient) -> None:
    for page in ("kwic", "words", "coverage"):
        html = client.get(f"/{page}?q=perintah&on=pemerintah&off=memerintahkan").get_data(as_text=True)
        assert html.count("off=memerintahkan&amp;on=pemerintah") > 1, page
