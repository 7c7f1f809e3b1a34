"""The zero-results page: what each part finds, what to leave out, which filter blocks, and partial matches."""

from collections.abc import Collection
from dataclasses import replace

import pytest

from index.answers.search import search
from index.answers.zero_results import Explanation, explain
from index.engine import EngineAnswer
from index.facets import FACETS
from index.query.request import Query
from tests.contract.engine_contract import an_article, build
from tests.contract.memory_engine import MemoryEngine


@pytest.fixture(scope="module")
def engine() -> MemoryEngine:
    held = MemoryEngine()
    said = {
        "kunjungan": ("Presiden Amerika mengunjungi Korea Utara", "2019"),
        "pertemuan": ("Menteri bertemu presiden Korea Selatan", "2018"),
        "pertama": ("Presiden pertama Indonesia", "1998"),
        "banjir": ("Banjir dan longsor di Bogor, kata petugas", "2018"),
        "beras": ("Harga beras naik", "2018"),
    }
    build(held, *(an_article(id_, text, day, outlet="Tempo.co") for id_, (text, day) in said.items()))
    return held


def explained(engine: MemoryEngine, query: Query | str) -> Explanation:
    return explain(engine, search(engine, Query(query) if isinstance(query, str) else query))


def test_each_part_is_told_with_what_it_finds_alone(engine: MemoryEngine) -> None:
    parts = explained(engine, 'banjir "harga beras" presiden gempa -korea').parts
    told = [(part.alone.query.text, part.alone.articles) for part in parts]
    assert told == [("banjir", 1), ('"harga beras"', 1), ("presiden", 3), ("gempa", 0)]


def test_a_single_word_has_no_parts_and_a_single_phrase_has_its_words(engine: MemoryEngine) -> None:
    assert explained(engine, "gempa") == Explanation()
    phrase = explained(engine, '"beras harga"')
    assert [part.alone.words for part in phrase.parts] == [("beras",), ("harga",)]
    assert phrase.unquoted is not None
    assert (phrase.unquoted.query.text, phrase.unquoted.articles) == ("beras harga", 1)


def test_a_slip_is_told_beside_its_word_where_the_whole_cannot_be_mended(engine: MemoryEngine) -> None:
    told = explained(engine, "prseiden gempa")
    assert told.correction is None
    assert [part.correction and part.correction.query.text for part in told.parts] == ["presiden", None]


def test_the_part_to_leave_out_is_told_with_what_is_found_without_it(engine: MemoryEngine) -> None:
    (one,) = explained(engine, "presiden gempa korea").without
    assert (one.words, one.query.text, one.articles) == (("gempa",), "presiden korea", 2)
    (one,) = explained(engine, "presiden -korea -pertama").without[:1]
    assert one.words in {("-korea",), ("-pertama",)}


def test_a_question_word_is_left_out_before_a_telling_one(engine: MemoryEngine) -> None:
    told = explained(engine, "siapa presiden pertama")
    assert told.without[0].words == ("siapa",)


def test_as_few_parts_as_will_do_are_left_out(engine: MemoryEngine) -> None:
    told = explained(engine, "banjir longsor petugas beras presiden")
    assert told.without[0].query.text == "banjir longsor petugas"
    assert all(one.articles for one in told.without)
    for one in told.without:
        assert not any(set(other.words) < set(one.words) for other in told.without)


def test_what_is_denied_is_never_all_that_is_left(engine: MemoryEngine) -> None:
    assert explained(engine, "gempa -korea").without == ()


def test_the_filter_to_blame_is_told(engine: MemoryEngine) -> None:
    blamed = explained(engine, Query("banjir", chosen={"outlet": ("Tempo.co",), "year": ("1998",)})).blamed
    assert [(one.name, one.without.words, one.without.articles) for one in blamed] == [("year", ("1998",), 1)]
    assert dict(blamed[0].without.query.chosen) == {"outlet": ("Tempo.co",)}
    (denied,) = explained(engine, Query("banjir", excluded={"outlet": ("Tempo.co",)})).blamed
    assert (denied.name, denied.without.articles) == ("outlet", 1)
    (days,) = explained(engine, Query("banjir", since="2020")).blamed
    assert (days.name, days.without.words) == ("days", ("2020",))


def test_where_no_single_filter_is_to_blame_all_of_them_are(engine: MemoryEngine) -> None:
    (all_,) = explained(engine, Query("banjir", chosen={"year": ("1998",)}, until="1990")).blamed
    assert (all_.name, all_.without.query) == ("", Query("banjir"))


def test_a_word_the_filters_hide_is_told_with_what_it_finds_without_them(engine: MemoryEngine) -> None:
    (part, other) = explained(engine, Query("banjir presiden", chosen={"year": ("1998",)})).parts
    assert (part.alone.articles, part.unfiltered and part.unfiltered.articles) == (0, 1)
    assert other.unfiltered is None


def test_a_form_switched_off_is_blamed_when_it_is(engine: MemoryEngine) -> None:
    off = Query("banjir", off=("banjir",))
    if search(engine, off).articles == 0:
        (forms,) = explained(engine, off).blamed
        assert (forms.name, forms.without.articles) == ("forms", 1)


def test_a_whole_question_finds_what_matches_in_part(engine: MemoryEngine) -> None:
    question = "siapa presiden pertama indonesia yang mengunjungi korea utara"
    results = search(engine, Query(question))
    assert (results.articles, results.hits) == (0, ())
    partial = explain(engine, results).partial
    assert partial is not None
    found = {one.hit.match.article.id: one.lacking for one in partial.hits}
    assert found["kunjungan"] == ("pertama", "indonesia")
    assert found["pertama"] == ("mengunjungi", "korea", "utara")
    assert partial.any_of.articles == len(found) == 3


def test_partial_matches_keep_what_is_denied_and_every_filter(engine: MemoryEngine) -> None:
    asked = Query("presiden beras -korea outlet:tempo", chosen={"year": ("1998", "2018", "2019")})
    partial = explained(engine, asked).partial
    assert partial is not None
    assert {one.hit.match.article.id for one in partial.hits} == {"pertama", "beras"}


def test_no_more_partial_matches_are_given_than_a_page_holds(engine: MemoryEngine) -> None:
    many = MemoryEngine()
    build(many, *(an_article(str(number), f"beras {number}") for number in range(30)))
    partial = explained(many, Query("beras jagung", size=100)).partial
    assert partial is not None
    assert (len(partial.hits), partial.any_of.articles) == (10, 30)


def test_a_text_that_found_something_needs_no_explanation(engine: MemoryEngine) -> None:
    assert explained(engine, "presiden korea") == Explanation()
    meant = explained(engine, "banjir OR prseiden").correction
    assert meant is not None
    assert meant.query.text == "banjir OR presiden"


def test_the_longest_query_there_can_be_is_explained(engine: MemoryEngine) -> None:
    words = " ".join(f"kata{number:03}{'x' * 8}" for number in range(60))
    told = explained(engine, replace(Query(words), page=3))
    assert len(told.parts) == 60


@pytest.mark.parametrize(
    ("question", "lacking"),
    [("kapan banjir longsor", ("kapan",)), ('"longsor banjir" Bogor', ('"longsor banjir"',))],
)
def test_a_partial_match_always_tells_what_it_lacks(
    engine: MemoryEngine, question: str, lacking: tuple[str, ...]
) -> None:
    partial = explained(engine, question).partial
    assert partial is not None
    assert {one.hit.match.article.id: one.lacking for one in partial.hits} == {"banjir": lacking}


@pytest.mark.parametrize("text", ["gempaa OR BANJIR OR banjir", "gempaa OR banjir", "zzzzz OR KPK OR presiden"])
def test_an_answer_is_never_met_by_a_query_that_finds_no_more(engine: MemoryEngine, text: str) -> None:
    assert search(engine, Query(text)).articles
    assert explained(engine, text) == Explanation()


def test_leaving_parts_out_is_not_tried_where_it_cannot_help(monkeypatch: pytest.MonkeyPatch) -> None:
    words = [f"kata{letter}" for letter in "abcdefghijklmn"]
    apart = MemoryEngine()
    build(apart, *(an_article(word, word) for word in words))
    asked: list[Query] = []

    def find(engine: MemoryEngine, query: Query, facets: Collection[str] = FACETS) -> EngineAnswer:
        asked.append(query)
        return found(engine, query, facets)

    found = MemoryEngine.find
    monkeypatch.setattr(MemoryEngine, "find", find)
    told = explained(apart, " ".join(words))
    assert (len(told.parts), told.without) == (14, ())
    assert len(asked) < 3 * len(words)
