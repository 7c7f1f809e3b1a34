"""Proximity of repeated words is exact on a real node, whatever stands between them."""

from itertools import product

import pytest

from index.engine import Engine
from index.opening import open_engine
from index.query.request import Copies, Query, Sort
from tests.contract.engine_contract import an_article, build
from tests.contract.memory_engine import MemoryEngine
from tests.opensearch.node import an_index, needed

pytestmark = needed
QUERIES = (
    "beras NEAR/4 beras NEAR/4 beras",
    "beras NEAR/6 harga NEAR/6 beras",
    "beras NEAR/3 beras NEAR/3 beras NEAR/3 beras",
    '"beras beras beras"',
)


def found(engine: Engine, text: str) -> list[str]:
    """All articles that a query finds."""
    return [hit.article.id for hit in engine.walk(Query(text, copies=Copies.SHOW, sort=Sort.OLDEST))]


@pytest.mark.parametrize("text", QUERIES)
def test_repeated_words_are_found_as_by_the_plainest_reading(text: str) -> None:
    words = {"b": "beras", "h": "harga", "x": "lain"}
    texts = [" ".join(words[letter] for letter in letters) for letters in product("bhx", repeat=5)]
    articles = [an_article(f"{number:03}", held) for number, held in enumerate(texts)]
    plain = MemoryEngine()
    build(plain, *articles)
    with an_index() as address:
        engine = open_engine(address)
        build(engine, *articles)
        assert found(engine, text) == found(plain, text) != []
