"""Similar articles: those that share characteristic words, with the words; never an article's own story."""

import pytest

from index.answers.similar import similar
from index.engine import Reader
from tests.contract.engine_contract import an_article, build
from tests.contract.memory_engine import MemoryEngine

RICE = "Bulog menyalurkan beras oplosan ke gudang pengecer di Surabaya menurut laporan Bapanas"


@pytest.fixture(scope="module")
def engine() -> MemoryEngine:
    held = MemoryEngine()
    build(
        held,
        an_article("rice", RICE),
        an_article("copy", RICE),
        an_article("other", "Gudang Bulog penuh, beras oplosan dijual pengecer, kata Bapanas", outlet="Kompas.com"),
        an_article("again", "Gudang Bulog penuh, beras oplosan dijual pengecer, kata Bapanas", outlet="Tempo.co"),
        an_article("flood", "Banjir merendam gudang di Surabaya"),
        *(an_article(f"weather-{number}", f"Hujan turun di kota ke-{number}") for number in range(30)),
        stories={"rice": "rice", "copy": "rice", "other": "other", "again": "other"},
    )
    return held


def test_an_article_is_similar_by_its_telling_words_and_says_which(engine: Reader) -> None:
    held = engine.get("rice")
    assert held is not None
    (found,) = similar(engine, held, 5)
    assert found.story == "other", "each story once, its own left out"
    assert set(found.reasons) <= {"bulog", "beras", "oplosan", "gudang", "pengecer", "bapanas"}
    assert len(found.reasons) == 5


def test_two_articles_that_share_few_words_are_not_similar(engine: Reader) -> None:
    held = engine.get("flood")
    assert held is not None
    assert similar(engine, held, 5) == ()
