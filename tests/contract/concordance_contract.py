"""What every engine promises of a concordance; `engine_contract` describes the fixture and the articles."""

import pytest

from index.concordance import LineOrder, Lines, Place
from index.engine import Engine, NoIndex
from index.query.errors import BadQuery
from index.query.request import Query
from tests.contract.engine_contract import an_article, build


def lines(engine: Engine, text: str, order: LineOrder = LineOrder.DATE, **wishes: object) -> list[tuple[str, int]]:
    """The article and the word of each line."""
    found = engine.concordance(Query(text), Lines(order, **wishes))  # type: ignore[arg-type]  # its own fields
    return [(place.article, place.word) for place in found.places]


def test_every_occurrence_of_every_form_is_a_line(engine: Engine) -> None:
    titled = an_article("b", "Pertemuan lagi", "2018-05-02", title="Bertemu di Seoul", title_derived=False)
    build(engine, an_article("a", "Mereka bertemu.\nPertemuan itu pertemuan.", "2018-05-01"), titled)
    found = engine.concordance(Query("temu"), Lines(LineOrder.DATE))
    assert list(found.places) == [
        Place("a", False, 1, 1),
        Place("a", False, 2, 1),
        Place("a", False, 4, 1),
        Place("b", True, 0, 1),
        Place("b", False, 0, 1),
    ]
    assert (found.total, found.articles, found.lines) == (5, 2, 5)


def test_only_articles_that_match_have_lines_and_negated_words_have_none(engine: Engine) -> None:
    build(engine, an_article("a", "beras jagung beras"), an_article("b", "beras kedelai"))
    assert lines(engine, "beras jagung") == [("a", 0), ("a", 1), ("a", 2)]
    assert lines(engine, "beras -jagung") == [("b", 0)]
    assert lines(engine, "-jagung") == lines(engine, "") == []


def test_a_phrase_is_one_line_and_of_two_places_from_one_word_the_longer_counts(engine: Engine) -> None:
    build(engine, an_article("a", "harga beras naik dan harga jagung"))
    found = engine.concordance(Query('"harga beras" OR harga OR "beras naik"'), Lines(LineOrder.DATE))
    assert [(place.word, place.words) for place in found.places] == [(0, 2), (1, 2), (4, 1)]
    near = engine.concordance(Query('"harga naik"~2'), Lines(LineOrder.DATE))
    assert [(place.word, place.words) for place in near.places] == [(0, 3)]
    unordered = engine.concordance(Query("naik NEAR/2 harga"), Lines(LineOrder.DATE))
    assert [(place.word, place.words) for place in unordered.places] == [(0, 3), (2, 3)]


def test_a_part_of_a_hyphenated_word_counts_by_its_stem_there(engine: Engine) -> None:
    build(engine, an_article("a", "meniru-nirukan suara"), an_article("b", "ia meniru, ia nirukan"))
    assert lines(engine, "tiru") == [("a", 0), ("a", 1), ("b", 1)]


def test_a_word_in_capitals_has_lines_only_where_it_is_in_capitals(engine: Engine) -> None:
    build(engine, an_article("a", "AS dan as roda AS"), an_article("b", "AS saja"), an_article("c", "as"))
    query = Query("AS", expand=False)
    found = engine.concordance(query, Lines(LineOrder.DATE))
    assert [(place.article, place.word) for place in found.places] == [("a", 0), ("a", 4), ("b", 0)]


def test_lines_are_ordered_by_the_words_from_the_place_outwards(engine: Engine) -> None:
    build(
        engine,
        an_article("a", "naik tajam beras murah sekali", "2018-05-03", outlet="Kompas.com"),
        an_article("b", "turun tajam beras murah", "2018-05-02", outlet="ANTARA"),
        an_article("c", "harga beras", "2018-05-01"),
    )
    assert [one for one, _ in lines(engine, "beras", LineOrder.RIGHT)] == ["a", "b", "c"], "an end comes last"
    assert [one for one, _ in lines(engine, "beras", LineOrder.LEFT)] == ["c", "a", "b"]
    assert [one for one, _ in lines(engine, "beras", LineOrder.OUTLET)] == ["b", "a", "c"], "without outlet last"
    assert [one for one, _ in lines(engine, "beras OR murah", LineOrder.HIT)] == ["c", "b", "a", "b", "a"]


def test_lines_come_a_stretch_at_a_time(engine: Engine) -> None:
    build(engine, an_article("a", "beras " * 7))
    assert [word for _, word in lines(engine, "beras", first=2, size=3)] == [2, 3, 4]
    assert lines(engine, "beras", first=7) == []


def test_a_sample_depends_on_the_seed_alone_and_grows_by_adding(engine: Engine) -> None:
    build(engine, *(an_article(f"{number}", "beras " * 5) for number in range(6)))
    few, many = (set(lines(engine, "beras", sample=size)) for size in (4, 12))
    assert len(few) == 4
    assert few < many
    assert few != set(lines(engine, "beras", sample=4, seed=1))
    found = engine.concordance(Query("beras"), Lines(sample=4, size=1))
    assert (len(found.places), found.total, found.lines) == (1, 30, 4)


def test_each_story_once_is_its_first_article(engine: Engine) -> None:
    build(
        engine,
        an_article("a", "beras", "2018-05-02"),
        an_article("b", "beras", "2018-05-01"),
        an_article("c", "beras"),
        stories={"a": "a", "b": "a"},
    )
    assert lines(engine, "beras", stories_once=True) == [("b", 0), ("c", 0)]


def test_the_lines_follow_every_change_of_the_archive(engine: Engine) -> None:
    build(engine, an_article("a", "beras putih"), an_article("b", "beras merah"))
    with engine.build() as building:
        building.remove("b")
        building.add(an_article("c", "beras hitam"))
    assert lines(engine, "beras", LineOrder.RIGHT) == [("c", 0), ("a", 0)]


def test_a_concordance_of_no_index_or_of_a_bad_query_is_an_error(engine: Engine) -> None:
    with pytest.raises(NoIndex):
        engine.concordance(Query("a"), Lines())
    build(engine, an_article("a", "satu"))
    with pytest.raises(BadQuery):
        engine.concordance(Query("1 OR ("), Lines())
