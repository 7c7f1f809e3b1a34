"""The page of similar articles: words that most of them share are told once, and each row tells its own."""

import re

from flask.testing import FlaskClient

from tests.contract.engine_contract import an_article, build
from tests.contract.memory_engine import MemoryEngine
from web import create_app

GIVEN = "Bulog menyimpan beras oplosan di gudang pengecer, Bapanas mengusut mafia pangan"


def client(*others: str) -> FlaskClient:
    engine = MemoryEngine()
    found = (an_article(f"b{number}", text) for number, text in enumerate(others))
    rest = (an_article(f"c{number}", f"Hujan turun di kota ke-{number}") for number in range(40))
    build(engine, an_article("a", GIVEN), *found, *rest)
    return create_app({"TESTING": True, "KLIPING_CACHE_MB": 0}, engine=engine).test_client()


def test_words_that_most_share_are_told_once_and_each_row_tells_its_own() -> None:
    page = client(
        "Bulog dan beras oplosan di gudang, mafia bersiap",
        "Beras oplosan Bulog di gudang menurut Bapanas",
        "Gudang Bulog: beras oplosan lagi",
    )
    html = page.get("/similar/a").get_data(as_text=True)
    (common,) = re.findall(r'sebagian besar artikel berikut: <b lang="id">([^<]+)</b>', html)
    assert set(common.split(", ")) == {"bulog", "beras", "oplosan", "gudang"}
    rows = [" ".join(re.sub("<.*?>", "", one).split()) for one in re.findall(r'<p class="note">(\d.*?)</p>', html)]
    assert sorted(rows) == [
        "4 kata yang sama",
        "5 kata yang sama, di antaranya bapanas",
        "5 kata yang sama, di antaranya mafia",
    ]


def test_a_few_similar_articles_tell_all_their_words() -> None:
    html = client("Bulog dan beras oplosan di gudang").get("/similar/a").get_data(as_text=True)
    assert "sebagian besar" not in html
    (words,) = re.findall(r'4 kata yang sama, di antaranya <span lang="id">([^<]+)</span>', html)
    assert set(words.split(", ")) == {"bulog", "beras", "oplosan", "gudang"}
