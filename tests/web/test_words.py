"""Words around a query and its keywords, as a page and as JSON."""

import csv
import re
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from index import association
from index.answers.word_statistics import ranked_keywords
from index.opening import open_engine
from index.query.request import Query
from index.word_statistics import KeywordsWanted
from index.words import stemming
from tests.contract.engine_contract import an_article, build
from tests.contract.memory_engine import MemoryEngine
from tests.web.sample_archive import app
from web import create_app


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return app().test_client()


def test_the_words_around_a_query_come_with_all_counts_and_measures(client: FlaskClient) -> None:
    found = client.get("/api/v1/collocates?q=banjir&window=2").get_json()
    assert (found["measure"], found["by"], found["hits"]) == ("loglikelihood", "form", 80)
    first = found["words"][0]
    assert first["word"] == "surut"
    assert (first["count"], first["articles"], first["outlets"]) == (80, 40, 9)
    table = association.ContingencyTable(
        first["count"], found["window_words"], first["overall"], found["archive_words"]
    )
    assert first["loglikelihood"] == pytest.approx(float(association.log_likelihood(table)), abs=1e-4)
    assert first["mi"] == pytest.approx(float(association.mutual_information(table)), abs=1e-4)
    assert first["logdice"] <= 14
    values = [word["loglikelihood"] for word in found["words"]]
    assert values == sorted(values, reverse=True)


def test_the_file_of_words_has_the_counts_of_the_api_and_says_what_was_asked(client: FlaskClient) -> None:
    html = client.get("/words?q=banjir&window=2&measure=mi&outlet=Detik").get_data(as_text=True)
    (address,) = re.findall(r'href="(/words\.csv[^"]*)"', html)
    lines = client.get(unescape(address)).get_data(as_text=True).lstrip("\ufeff").splitlines()
    rows = list(csv.reader(lines))
    facts = {row[0]: row[1] for row in rows if row[0].startswith("# ")}
    asked = facts["# query"], facts["# window"], facts["# measure"]
    assert asked == ("q=banjir&outlet=Detik", "2", "mi")
    held = list(csv.DictReader(line for line in lines if not line.startswith("# ")))
    assert len(held) == int(facts["# rows"])
    for kind, name in (("around", "collocates"), ("keyword", "keywords")):
        own = {} if kind == "keyword" else {"window": "2", "measure": "mi"}
        told = client.get(f"/api/v1/{name}", query_string={"q": "banjir", "outlet": "Detik", **own}).get_json()["words"]
        mine = [row for row in held if row["kind"] == kind]
        assert told
        for row, one in zip(mine, told, strict=False):
            assert [row["word"], *(row[fact] for fact in ("count", "overall", "articles", "outlets", "months"))] == [
                one["form"],
                *(str(one[fact]) for fact in ("count", "overall", "articles", "outlets", "months")),
            ]
            assert float(row["loglikelihood"]) == one["loglikelihood"]


def test_function_words_come_only_if_asked_for(client: FlaskClient) -> None:
    plain, whole = (client.get(f"/api/v1/collocates?q=hujan{more}").get_json()["words"] for more in ("", "&stop=on"))
    assert "di" in {word["word"] for word in whole}
    assert "di" not in {word["word"] for word in plain}


def test_parts_of_addresses_are_no_words(tmp_path: Path) -> None:
    engine = open_engine(tmp_path)
    hoax = "kabar pribumi di https://goo.gl/abc dan http://www.contoh.co.id/x.html"
    build(engine, *(an_article(f"a{number}", hoax) for number in range(9)))
    with engine.build() as building:
        for number in range(20):
            building.add(an_article(f"b{number}", "harga beras naik lagi"))
    client = create_app({"TESTING": True, "KLIPING_CACHE_MB": 0}, engine=engine).test_client()
    for address in ("keywords?q=pribumi", "collocates?q=pribumi&window=20"):
        words = {word["word"] for word in client.get(f"/api/v1/{address}").get_json()["words"]}
        assert "kabar" in words
        assert not words & {"https", "http", "www", "goo", "gl", "co", "id", "html"}, address
    every = client.get("/api/v1/collocates?q=pribumi&window=20&stop=on").get_json()["words"]
    assert "https" in {word["word"] for word in every}


def test_function_words_are_known_by_the_stems_in_use(tmp_path: Path) -> None:
    exceptions = tmp_path / "exceptions.tsv"
    exceptions.write_text("karena\tkarna\n", encoding="utf-8")
    stemming.use_exceptions(exceptions)
    try:
        held = MemoryEngine()
        build(held, *(an_article(f"a{number}", "banjir surut karena hujan reda") for number in range(9)))
        build(held, *(an_article(f"b{number}", "harga beras naik") for number in range(9)))
        found = ranked_keywords(held, Query("banjir"), KeywordsWanted(least=1))
    finally:
        stemming.use_exceptions(None)
    assert {word.counts.word for word in found.words} == {"surut", "hujan", "reda"}


def test_keywords_leave_out_the_words_of_the_query_and_its_expansions(client: FlaskClient) -> None:
    found = client.get("/api/v1/keywords?q=perundingan+Korut").get_json()
    words = {word["word"] for word in found["words"]}
    assert found["articles"] == 3 + 1
    assert "menteri" in words
    assert not words & {"runding", "korut", "korea", "utara", "dan"}


@pytest.mark.parametrize(
    ("arguments", "named"),
    [("window=0", "window"), ("measure=chi", "measure"), ("by=letter", "by"), ("page=2", "page")],
)
def test_bad_arguments_are_errors_that_name_the_argument(client: FlaskClient, arguments: str, named: str) -> None:
    assert client.get(f"/api/v1/collocates?q=hujan&{arguments}").get_json()["parameter"] == named
    assert client.get(f"/words?q=hujan&{arguments}").status_code == 400


def test_each_word_of_the_page_leads_to_articles_that_have_it(client: FlaskClient) -> None:
    html = client.get("/words?q=banjir").get_data(as_text=True)
    addresses = [unescape(one) for one in re.findall(r'<th scope="row"><a href="([^"]+)">', html)]
    assert len(addresses) >= 4
    for address in addresses:
        total = client.get(address.replace("/?", "/api/v1/search?")).get_json()["total"]["articles"]
        assert total >= 3, address


def test_nothing_asked_and_nothing_found_are_pages_too(client: FlaskClient) -> None:
    assert "Kata yang berdiri di sekitar" in client.get("/words").get_data(as_text=True)
    assert "Tidak ada kata yang cukup sering" in client.get("/words?q=zzz").get_data(as_text=True)
    assert client.get("/api/v1/collocates?q=zzz").get_json()["words"] == []
    assert client.get("/api/v1/keywords?q=zzz").get_json()["words"] == []


@pytest.mark.parametrize("path", ["/words", "/kwic"])
def test_a_table_without_a_query_is_refused_with_the_way_to_its_page(client: FlaskClient, path: str) -> None:
    answer = client.get(path + ".csv?outlet=Tempo.co")
    assert answer.status_code == 400
    assert "Tulis kata atau frasa yang dicari" in answer.text
    assert f'href="{path}?outlet=Tempo.co"' in answer.text
    assert client.get(path + "?outlet=Tempo.co").status_code == 200
