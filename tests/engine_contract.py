"""What an engine promises, asked through its public face alone. An engine joins by a fixture `engine` that gives one.

Articles are made by `an_article` below; each test builds what it needs and reads like a sentence about engines.
"""

from dataclasses import replace
from datetime import date

import pytest

from archive.article import Article, ArticleDate, Basis, Passage, Precision, Role
from index.engine import Count, Engine, NoIndex
from index.language import BadQuery
from index.query import Copies, Query, Sort


def an_article(id_: str, text: str, day: str | None = None, **facts: object) -> Article:
    """An article whose paragraphs are the lines of `text`; `day` is an ISO date cut to what is known of it."""
    passages, start = [], 0
    for line in text.split("\n"):
        passages.append(Passage(start, start + len(line), Role.BODY))
        start += len(line) + 1
    article = Article(id_, text[:40], True, text, tuple(passages), f"{id_}.txt", f"{hash((text, day)):x}")
    return replace(article, date=a_date(day), **facts)  # type: ignore[arg-type]  # facts are Article's own fields


def a_date(day: str | None) -> ArticleDate:
    if day is None:
        return ArticleDate()
    precision = {4: Precision.YEAR, 7: Precision.MONTH, 10: Precision.DAY}[len(day)]
    return ArticleDate(date.fromisoformat(day + "-01-01"[len(day) - 4 :]), precision, Basis.GIVEN)


def build(engine: Engine, *articles: Article, stories: dict[str, str] | None = None, fresh: bool = False) -> None:
    with engine.build(fresh=fresh) as building:
        for article in articles:
            building.add(article)
        if stories is not None:
            building.group(stories)


def ids(engine: Engine, text: str = "", **wishes: object) -> list[str]:
    found = engine.find(Query(text, **wishes))  # type: ignore[arg-type]  # wishes are Query's own fields
    return [match.article.id for match in found.matches]


def test_an_engine_without_an_index_says_how_to_make_one(engine: Engine) -> None:
    for ask in (engine.info, lambda: engine.get("a"), lambda: engine.find(Query())):
        with pytest.raises(NoIndex, match="flask reindex"):
            ask()


def test_an_article_comes_back_as_it_was_given(engine: Engine) -> None:
    article = an_article("a", "Petani panen.\nHarga naik.", "2018-05", outlet="Kompas.com", reporters=("A", "B"))
    build(engine, article)
    assert engine.get("a") == (article, "a")
    assert engine.get("b") is None


def test_a_bare_word_finds_every_inflected_form(engine: Engine) -> None:
    build(
        engine, an_article("a", "Mereka bertemu di Padang"), an_article("b", "Pertemuan itu"), an_article("c", "Lain")
    )
    assert set(ids(engine, "temu")) == set(ids(engine, "pertemuan")) == {"a", "b"}


def test_reduplicated_and_hyphenated_words_are_found_however_they_are_written(engine: Engine) -> None:
    build(engine, an_article("a", "anak-anak bermain"), an_article("b", "seorang anak"), an_article("c", "Kim Jong-un"))
    assert set(ids(engine, "anak-anak")) == set(ids(engine, "anak")) == {"a", "b"}
    assert ids(engine, "Kim Jong Un") == ids(engine, "kim jong-Un") == ids(engine, '"Kim Jong Un"') == ["c"]


def test_words_are_all_wanted_unless_the_query_says_otherwise(engine: Engine) -> None:
    build(engine, an_article("a", "beras jagung"), an_article("b", "beras kedelai"), an_article("c", "jagung"))
    assert ids(engine, "beras jagung") == ["a"]
    assert set(ids(engine, "beras OR jagung")) == {"a", "b", "c"}
    assert ids(engine, "jagung -beras") == ["c"]
    assert set(ids(engine, "-kedelai")) == {"a", "c"}
    assert ids(engine, "(jagung ATAU kedelai) BUKAN beras") == ["c"]


def test_a_phrase_wants_its_words_side_by_side_and_uninflected(engine: Engine) -> None:
    build(
        engine,
        an_article("a", "harga beras naik"),
        an_article("b", "beras harga"),
        an_article("c", "harga-harga beras"),
    )
    assert set(ids(engine, '"harga beras"')) == {"a", "c"}
    assert ids(engine, '"harga naik"') == []
    assert ids(engine, '"harga naik"~2') == ["a"]
    assert ids(engine, '"berharga"') == []


def test_a_phrase_spans_paragraphs_but_not_title_and_text(engine: Engine) -> None:
    titled = replace(an_article("a", "beras mahal\nsekali"), title="Harga", title_derived=False)
    build(engine, titled)
    assert ids(engine, '"mahal sekali"') == ["a"]
    assert ids(engine, '"harga beras"') == []


def test_a_title_is_searched_with_the_text_and_by_itself(engine: Engine) -> None:
    titled = replace(an_article("a", "Beras mahal"), title="Harga pangan", title_derived=False)
    build(engine, titled, an_article("b", "Harga pangan"))
    assert set(ids(engine, "pangan")) == {"a", "b"}
    assert ids(engine, "title:harga pangan mahal") == ["a"]
    assert ids(engine, 'judul:"harga pangan" mahal') == ["a"]


def test_wildcards_stand_for_letters_of_written_words(engine: Engine) -> None:
    build(engine, an_article("a", "pemberantasan korupsi"), an_article("b", "memberantas"), an_article("c", "koruptor"))
    assert ids(engine, "pember*") == ["a"]
    assert set(ids(engine, "*berantas*")) == {"a", "b"}
    assert set(ids(engine, "korup*")) == {"a", "c"}
    assert ids(engine, "k?rupsi") == ["a"]


def test_facts_are_asked_by_their_words(engine: Engine) -> None:
    build(
        engine,
        an_article("a", "satu", outlet="ANTARA News", editors=("Priyambodo RH",), place="New York"),
        an_article("b", "satu", outlet="Kompas.com"),
    )
    assert ids(engine, "outlet:antara") == ids(engine, 'editor:"priyambodo rh"') == ids(engine, "place:york") == ["a"]
    assert ids(engine, "satu -outlet:antara") == ids(engine, "media:komp*") == ["b"]
    assert ids(engine, 'place:"york new"') == []


def test_a_range_of_days_finds_what_surely_lies_in_it(engine: Engine) -> None:
    days = {"a": "2018-05-31", "b": "2018-06-01", "c": "2018-06", "d": "2018", "e": None}
    build(engine, *(an_article(id_, "satu", day) for id_, day in days.items()))
    assert set(ids(engine, since="2018-06", until="2018-06")) == {"b", "c"}
    assert set(ids(engine, since="2018", until="2018")) == {"a", "b", "c", "d"}
    assert set(ids(engine, until="2018-05-31")) == {"a"}
    assert set(ids(engine, "date:2018-05..2018-06")) == {"a", "b", "c"}
    assert set(ids(engine, "-tanggal:2018")) == {"e"}


def test_orders_by_date_put_undated_articles_last_and_break_ties_by_id(engine: Engine) -> None:
    days = {"b": "2018-05-31", "a": "2018-05-31", "c": "2020", "d": None}
    build(engine, *(an_article(id_, "satu", day) for id_, day in days.items()))
    assert ids(engine, "satu", sort=Sort.NEWEST) == ["c", "a", "b", "d"]
    assert ids(engine, "satu", sort=Sort.OLDEST) == ["a", "b", "c", "d"]


def test_copies_fold_under_the_first_of_them_and_can_be_shown(engine: Engine) -> None:
    articles = [an_article(id_, "satu", day) for id_, day in {"a": "2018", "b": "2019", "c": "2020"}.items()]
    build(engine, *articles, stories={"a": "a", "b": "a"})
    found = engine.find(Query("satu", sort=Sort.NEWEST))
    assert [(m.article.id, m.story, m.copies) for m in found.matches] == [("c", "c", ()), ("b", "a", ("a",))]
    assert (found.articles, found.stories) == (3, 2)
    assert ids(engine, "satu", sort=Sort.NEWEST, copies=Copies.SHOW) == ["c", "b", "a"]
    assert ids(engine, chosen={"story": ("a",)}, copies=Copies.SHOW, sort=Sort.OLDEST) == ["a", "b"]
    assert engine.info().stories == 2


def test_pages_hold_each_hit_once_and_end_with_an_empty_one(engine: Engine) -> None:
    articles = [an_article(f"{number:02}", "satu") for number in range(25)]
    build(engine, *articles, stories={f"{number:02}": "00" for number in range(0, 25, 2)})
    pages = [ids(engine, "satu", page=page, size=5) for page in range(1, 6)]
    assert [len(page) for page in pages] == [5, 5, 3, 0, 0]
    assert len({id_ for page in pages for id_ in page}) == 13


def test_facets_count_articles_and_stories_and_leave_their_own_choices_out(engine: Engine) -> None:
    build(
        engine,
        an_article("a", "satu", "2018-05-01", outlet="X", reporters=("P", "Q")),
        an_article("b", "satu", "2018-06-01", outlet="Y", reporters=("P",)),
        an_article("c", "satu dua", "2019", outlet="X"),
        stories={"a": "a", "b": "a"},
    )
    counts = engine.find(Query("satu", chosen={"outlet": ("X",)})).counts
    assert counts["outlet"] == {"X": Count(2, 2), "Y": Count(1, 1)}
    assert counts["year"] == {"2018": Count(1, 1), "2019": Count(1, 1)}
    assert counts["month"] == {"2018-05": Count(1, 1)}
    everything = engine.find(Query("satu")).counts
    assert everything["reporter"] == {"P": Count(2, 1), "Q": Count(1, 1)}
    assert everything["year"] == {"2018": Count(2, 1), "2019": Count(1, 1)}
    assert everything["bureau"] == {}


def test_several_values_of_a_facet_are_alternatives_and_values_can_be_excluded(engine: Engine) -> None:
    build(
        engine,
        *(an_article(id_, "satu", outlet=outlet) for id_, outlet in zip("abcd", ["X", "Y", "Z", None], strict=True)),
    )
    assert set(ids(engine, chosen={"outlet": ("X", "Y")})) == {"a", "b"}
    assert set(ids(engine, excluded={"outlet": ("X",)})) == {"b", "c", "d"}
    assert ids(engine, chosen={"outlet": ("unheard of",)}) == []


def test_the_choice_of_a_month_leaves_the_counts_of_years_alone(engine: Engine) -> None:
    build(engine, an_article("a", "satu", "2018-05-01"), an_article("b", "satu", "2019-01-01"))
    counts = engine.find(Query(chosen={"year": ("2018",), "month": ("2018-05",)})).counts
    assert counts["year"] == {"2018": Count(1, 1), "2019": Count(1, 1)}
    assert counts["month"] == {"2018-05": Count(1, 1)}


def test_what_says_a_word_more_often_in_as_many_words_comes_first(engine: Engine) -> None:
    build(engine, an_article("a", "beras jagung jagung"), an_article("b", "beras beras jagung"))
    first, second = engine.find(Query("beras")).matches
    if first.score:  # an engine without ranking is an engine
        assert (first.article.id, second.article.id) == ("b", "a")
        assert first.score > second.score


def test_a_malformed_query_is_an_error_with_its_place(engine: Engine) -> None:
    build(engine, an_article("a", "satu"))
    with pytest.raises(BadQuery) as error:
        engine.find(Query("1 OR ("))
    assert 0 <= error.value.position <= len("1 OR (")


def test_a_build_begins_with_what_is_published_and_changes_only_what_it_is_told(engine: Engine) -> None:
    build(engine, an_article("a", "satu"), an_article("b", "dua"), stories={"a": "a", "b": "a"})
    with engine.build() as building:
        assert dict(building.digests) == {id_: engine.get(id_)[0].digest for id_ in "ab"}  # type: ignore[index]
        assert building.text("b") == ("dua",)
        building.add(an_article("a", "tiga"))
        building.remove("b")
    assert ids(engine) == ids(engine, "tiga") == ["a"]
    assert ids(engine, "satu") == ids(engine, "dua") == []
    assert engine.info().articles == 1


def test_a_fresh_build_begins_with_nothing(engine: Engine) -> None:
    build(engine, an_article("a", "satu"))
    with engine.build(fresh=True) as building:
        assert not building.digests
        building.add(an_article("b", "dua"))
    assert ids(engine) == ["b"]


def test_a_build_that_fails_leaves_the_published_index_alone(engine: Engine) -> None:
    build(engine, an_article("a", "satu"))
    before = engine.info()
    with pytest.raises(ZeroDivisionError), engine.build() as building:
        building.add(an_article("b", "dua"))
        building.remove("a")
        raise ZeroDivisionError
    assert engine.info() == before
    assert ids(engine) == ["a"]


def test_a_build_that_changes_nothing_publishes_nothing(engine: Engine) -> None:
    build(engine, an_article("a", "satu"))
    before = engine.info()
    build(engine)
    assert engine.info() == before


def test_a_first_build_of_nothing_publishes_nothing(engine: Engine) -> None:
    build(engine)
    with pytest.raises(NoIndex):
        engine.info()


def test_an_article_is_added_once_and_only_a_held_one_removed(engine: Engine) -> None:
    with pytest.raises(ValueError, match="twice"):
        build(engine, an_article("a", "satu"), an_article("a", "dua"))
    build(engine, an_article("a", "satu"))
    with pytest.raises(KeyError), engine.build() as building:
        building.remove("b")
    with pytest.raises(KeyError), engine.build() as building:
        building.text("b")


def test_the_index_id_is_that_of_its_contents(engine: Engine) -> None:
    build(engine, an_article("a", "satu"), an_article("b", "dua"))
    first = engine.info().id
    with engine.build() as building:
        building.remove("b")
    assert engine.info().id != first
    build(engine, an_article("b", "dua"))
    assert engine.info().id == first
    build(engine, stories={"a": "a", "b": "a"})
    assert engine.info().id != first


def test_a_file_kept_beside_the_index_is_there_for_the_next_build(engine: Engine) -> None:
    with engine.build() as building:
        building.add(an_article("a", "satu"))
        building.beside("notes").write_text("one")
    with pytest.raises(ZeroDivisionError), engine.build() as building:
        building.beside("notes").write_text("two")
        raise ZeroDivisionError
    with engine.build() as building:
        assert building.beside("notes").read_text() == "one"
