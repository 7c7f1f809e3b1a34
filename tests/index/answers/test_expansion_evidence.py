"""The evidence of an expansion: the articles that bear it out, counted and shown."""

import pytest

from index.answers.expansion_evidence import evidence
from index.answers.expansion_report import expansions, offered
from index.answers.search import search
from index.query.request import Query
from tests.contract.engine_contract import an_article, build
from tests.contract.memory_engine import MemoryEngine


@pytest.fixture(scope="module")
def engine() -> MemoryEngine:
    held = MemoryEngine()
    said = [
        "Presiden Amerika Serikat (AS) tiba",
        "AS (Amerika Serikat) menang",
        "AS saja",
        "Amerika Serikat saja",
        "Korea Utara diam",
        "Korut diam",
        "aktivitas",
        "aktifitas",
    ]
    build(held, *(an_article(str(number), text, title=f"Judul {number}") for number, text in enumerate(said)))
    return held


def told(engine: MemoryEngine, text: str) -> list[tuple[str, int, list[str], bool]]:
    tree = search(engine, Query(text)).tree
    found = [(one, evidence(engine, one)) for one in (*expansions(tree, text), *offered(tree, text))]
    return [(one.also, held.articles, [e.id for e in held.examples], held.defined) for one, held in found]


@pytest.mark.parametrize(("text", "also"), [("AS", "Amerika Serikat"), ("amerika serikat", "AS")])
def test_a_short_form_is_borne_out_by_articles_with_both_side_by_side(
    engine: MemoryEngine, text: str, also: str
) -> None:
    ((shown, articles, examples, defined),) = told(engine, text)
    assert (shown, articles, set(examples), defined) == (also, 2, {"0", "1"}, True)


def test_without_a_definition_the_articles_that_have_it_are_counted(engine: MemoryEngine) -> None:
    assert told(engine, "Korut") == [("Korea Utara", 1, ["4"], False)]
    assert told(engine, "aktivitas") == [("aktifitas", 1, ["7"], False)]


def test_the_query_of_the_evidence_finds_what_was_counted(engine: MemoryEngine) -> None:
    tree = search(engine, Query("AS")).tree
    held = evidence(engine, expansions(tree, "AS")[0])
    assert engine.find(held.query).articles == held.articles
    assert {example.title for example in held.examples} == {"Judul 0", "Judul 1"}
