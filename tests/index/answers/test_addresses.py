"""A pasted address finds the article with that address."""

import pytest

from index.answers.hints.addresses import article_with_address
from tests.contract.engine_contract import an_article, build
from tests.contract.memory_engine import MemoryEngine


@pytest.fixture(scope="module")
def engine() -> MemoryEngine:
    held = MemoryEngine()
    addresses = {
        "a": "https://www.kompas.com/read/2019/09/16/1158/harga-beras-naik",
        "b": "https://kompas.com/read/2019/09/17/1159/harga-beras-naik",
        "c": "http://berita.id/?id=12",
        "d": None,
    }
    build(held, *(an_article(id_, "beras", title="Harga beras naik", url=url) for id_, url in addresses.items()))
    return held


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("https://www.kompas.com/read/2019/09/16/1158/harga-beras-naik", "a"),
        (" http://m.kompas.com/read/2019/09/17/1159/harga-beras-naik/?utm_source=x#isi ", "b"),
        ("www.kompas.com/read/2019/09/16/1158/harga-beras-naik", "a"),
        ("http://berita.id/?id=12", "c"),
        ("http://berita.id/?id=13", None),
        ("https://lain.com/read/2019/09/16/1158/harga-beras-naik", None),
        ("harga beras naik", None),
        ("http://", None),
        ("http://[x", None),
        ("https://a.b/or/and/not", None),
    ],
)
def test_an_address_finds_its_article(engine: MemoryEngine, typed: str, found: str | None) -> None:
    article = article_with_address(engine, typed)
    assert (article.id if article else None) == found
