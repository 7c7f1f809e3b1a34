"""Near forms are searched and far ones left out, wherever a bare word may stand, and far ones can be switched on."""

from collections.abc import Sequence

import pytest

from index.answers.expansion_report import far_relatives, with_form_switched
from index.answers.fragments import highlighted
from index.answers.marking.highlighting import build_highlighter
from index.answers.search import search
from index.answers.zero_results import explain
from index.query.request import Query
from tests.contract.engine_contract import an_article, build
from tests.contract.memory_engine import MemoryEngine

TEXTS = {
    "order": "Perintah itu jelas",
    "ordered": "Ia memerintahkan bawahannya",
    "cabinet": "Pemerintah pusat",
    "cabinets": "Pemerintahan baru, pemerintah baru",
}


@pytest.fixture(scope="module")
def engine() -> MemoryEngine:
    held = MemoryEngine()
    build(held, *(an_article(id_, text) for id_, text in TEXTS.items()))
    return held


def found(engine: MemoryEngine, query: Query) -> set[str]:
    return {match.article.id for match in engine.find(query).matches}


def switched(engine: MemoryEngine, query: Query, form: str) -> Query:
    (word,) = search(engine, query).words
    return with_form_switched(query, next(one for one in word.forms if one.form == form))


def test_far_relatives_are_told_once_for_each_meaning_with_their_articles(engine: MemoryEngine) -> None:
    (word,) = search(engine, Query("perintah")).words
    assert [(one.form, one.articles) for one in far_relatives(word)] == [("pemerintah", 2)]
    assert {one.form: (one.far, one.off) for one in word.forms} == {
        "perintah": (False, False),
        "memerintahkan": (False, False),
        "pemerintah": (True, True),
        "pemerintahan": (True, True),
    }


def test_switching_a_form_twice_gives_the_same_query_again(engine: MemoryEngine) -> None:
    for asked in (Query("perintah"), Query("perintah", on=("Pemerintah",)), Query("perintah", off=("perintah",))):
        for form in ("perintah", "memerintahkan", "pemerintah", "pemerintahan"):
            once = switched(engine, asked, form)
            twice = switched(engine, once, form)
            assert found(engine, once) != found(engine, asked) or form == "pemerintahan"
            assert found(engine, twice) == found(engine, asked)


def test_a_far_form_switched_on_comes_with_its_near_forms_and_can_leave_single_ones_out(engine: MemoryEngine) -> None:
    on = switched(engine, Query("perintah"), "pemerintah")
    assert (on.on, found(engine, on)) == (("pemerintah",), set(TEXTS))
    without = switched(engine, on, "pemerintahan")
    assert (without.on, without.off) == (("pemerintah",), ("pemerintahan",))
    assert found(engine, switched(engine, on, "perintah")) == set(TEXTS) - {"order"}


def test_what_is_denied_means_its_near_forms_too(engine: MemoryEngine) -> None:
    assert found(engine, Query("-pemerintah")) == {"order", "ordered"}
    assert found(engine, Query("-pemerintah", on=("perintah",))) == set()


@pytest.mark.parametrize("text", ["=pemerintah", '"pemerintah"', "pemerintah*"])
def test_what_asks_for_letters_is_no_word_with_relatives(engine: MemoryEngine, text: str) -> None:
    assert "cabinet" in found(engine, Query(text))
    assert not search(engine, Query(text)).words


def marked(engine: MemoryEngine, text: str) -> Sequence[str]:
    highlighter = build_highlighter(engine.find(Query(text)).tree)
    parts = highlighted("Pemerintah lalu memerintahkan, bukan pemerintahannya, atas perintah", highlighter)
    return [part.text for part in parts if part.matched]


def test_each_word_marks_its_own_near_forms(engine: MemoryEngine) -> None:
    held = MemoryEngine()
    build(held, an_article("a", "pemerintah memerintahkan pemerintahannya perintah"))
    assert marked(held, "perintah") == ["memerintahkan", "perintah"]
    assert marked(held, "pemerintah") == ["Pemerintah", "pemerintahannya"]
    assert len(marked(held, "perintah OR pemerintah")) == 4


def test_a_word_of_which_only_far_relatives_are_there_finds_nothing_and_says_what_would(engine: MemoryEngine) -> None:
    held = MemoryEngine()
    build(held, an_article("a", "pemerintah pusat"))
    results = search(held, Query("perintah"))
    assert results.articles == 0
    (blamed,) = explain(held, results).blamed
    assert (blamed.name, blamed.without.words, blamed.without.articles) == ("far", ("pemerintah",), 1)
    assert found(held, blamed.without.query) == {"a"}
