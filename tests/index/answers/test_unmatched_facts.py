"""Facts that no article has: they are told, with the values that may have been meant."""

import pytest

from index.answers.hints.unmatched_facts import unmatched_facts
from index.answers.search import search
from index.query.request import Query
from tests.contract.engine_contract import an_article, build
from tests.contract.memory_engine import MemoryEngine


@pytest.fixture(scope="module")
def engine() -> MemoryEngine:
    held = MemoryEngine()
    outlets = ["detikcom", "Kompas.com", "Kompas.com", "Kompas TV", "Tempo"]
    build(held, *(an_article(str(number), "beras", outlet=outlet) for number, outlet in enumerate(outlets)))
    return held


def told(engine: MemoryEngine, text: str) -> list[tuple[str, str, list[tuple[str, str]]]]:
    found = unmatched_facts(engine, Query(text), search(engine, Query(text)).tree)
    return [(one.field, one.typed, [(meant.value, meant.query.text) for meant in one.meant]) for one in found]


@pytest.mark.parametrize(
    ("text", "field", "typed", "meant"),
    [
        ("beras -outlet:detik", "outlet", "detik", [("detikcom", 'beras -outlet:"detikcom"')]),
        ("-media:tempi", "outlet", "tempi", [("Tempo", '-media:"Tempo"')]),
        (
            "outlet:komp beras",
            "outlet",
            "komp",
            [("Kompas.com", 'outlet:"Kompas.com" beras'), ("Kompas TV", 'outlet:"Kompas TV" beras')],
        ),
        ("outlet:(tempo OR -xyzzy)", "outlet", "xyzzy", []),
        ("reporter:budi", "reporter", "budi", []),
    ],
)
def test_a_fact_that_no_article_has_is_told_with_what_may_be_meant(
    engine: MemoryEngine, text: str, field: str, typed: str, meant: list[tuple[str, str]]
) -> None:
    assert told(engine, text) == [(field, typed, meant)]


@pytest.mark.parametrize("text", ["outlet:detik", "-outlet:kompas", "outlet:tem*", "title:xyzzy", "xyzzy", "date:1900"])
def test_what_has_a_value_or_is_no_fact_is_not_told(engine: MemoryEngine, text: str) -> None:
    assert told(engine, text) == []
