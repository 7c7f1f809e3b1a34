"""The contract of an engine, tested only through its public interface. A fixture `engine` provides the engine to test.

Articles are made by `an_article` below. Each test builds what it needs, and its name is a sentence about engines.
"""

from dataclasses import replace
from datetime import date

import pytest

from archive.article import Article, ArticleDate, DateBasis, DatePrecision, Evidence, EvidenceKind, Passage, Role
from index.engine import Engine, NoIndex
from index.facets import Count
from index.query.errors import BadQuery
from index.query.request import Copies, Lead, Query, Sort
from index.query.tree import Expanded
from index.trends import Interval, Split


def an_article(id_: str, text: str, day: str | None = None, **facts: object) -> Article:
    """An article whose paragraphs are the lines of `text`. `day` is an ISO date, truncated to its known precision."""
    passages, start = [], 0
    for line in text.split("\n"):
        passages.append(Passage(start, start + len(line), Role.BODY))
        start += len(line) + 1
    article = Article(id_, text[:40], True, text, tuple(passages), f"{id_}.txt", f"{hash((text, day)):x}")
    return replace(article, date=a_date(day), **facts)  # type: ignore[arg-type]  # facts are Article's own fields


def a_date(day: str | None) -> ArticleDate:
    if day is None:
        return ArticleDate()
    precision = {4: DatePrecision.YEAR, 7: DatePrecision.MONTH, 10: DatePrecision.DAY}[len(day)]
    return ArticleDate(date.fromisoformat(day + "-01-01"[len(day) - 4 :]), precision, DateBasis.GIVEN)


def build(
    engine: Engine, *articles: Article, stories: dict[str, str] | None = None, loose: dict[str, str] | None = None
) -> None:
    with engine.build() as building:
        for article in articles:
            building.add(article)
        if stories is not None:
            building.set_stories(stories, loose)


def ids(engine: Engine, text: str = "", **wishes: object) -> list[str]:
    found = engine.find(Query(text, **wishes))  # type: ignore[arg-type]  # wishes are Query's own fields
    return [match.article.id for match in found.matches]


def test_an_engine_without_an_index_says_how_to_make_one(engine: Engine) -> None:
    for ask in (engine.info, engine.snapshot, lambda: engine.get("a"), lambda: engine.find(Query())):
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


def test_a_fact_that_no_article_has_is_the_only_value_that_begins_so(engine: Engine) -> None:
    outlets = {"a": "detikcom", "b": "Kompas.com", "c": "Kompas TV", "d": "Tempo"}
    build(engine, *(an_article(id_, "beras", outlet=outlet) for id_, outlet in outlets.items()))
    assert ids(engine, "outlet:detik") == ids(engine, "beras outlet:detik") == ["a"]
    assert ids(engine, 'outlet:"kompas t"') == ["c"]
    assert set(ids(engine, "outlet:kompas")) == {"b", "c"}
    assert ids(engine, "outlet:komp") == ids(engine, "outlet:detik", expand=False) == []
    assert ids(engine, "outlet:detik", off=("detikcom",)) == []
    assert set(ids(engine, "-outlet:detik")) == {"a", "b", "c", "d"}
    assert set(ids(engine, "outlet:detik OR outlet:tempo")) == {"a", "d"}


def test_the_vocabulary_tells_which_words_follow_a_word_in_titles(engine: Engine) -> None:
    titles = ("Harga beras naik, harga", "Harga Beras", "harga bbm", "beras")
    build(engine, *(an_article(str(n), "harga bawang", title=t, title_derived=False) for n, t in enumerate(titles)))
    vocabulary = engine.vocabulary()
    assert list(vocabulary.following("harga", "b", 8)) == [("beras", 2), ("bbm", 1)]
    assert list(vocabulary.following("harga", "b", 1)) == [("beras", 2)]
    assert list(vocabulary.following("zzz", "", 8)) == list(vocabulary.following("harga", "z", 8)) == []
    build(engine, an_article("1", "x", title="harga bawang", title_derived=False))
    assert list(engine.vocabulary().following("harga", "b", 8)) == [("bawang", 1), ("bbm", 1), ("beras", 1)]


def test_words_nobody_wrote_find_nothing_however_they_are_joined(engine: Engine) -> None:
    build(engine, an_article("a", "beras jagung"))
    for text in ("xyzzy", "xyzzy qwertz", "xyzzy OR qwertz", '"xyzzy qwertz"', "xyzzy OR qwe*"):
        assert ids(engine, text) == []
    assert ids(engine, "xyzzy OR beras") == ["a"]


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
    assert ids(engine, '"naik harga"~2') == []
    assert ids(engine, '"naik harga"~~2') == ids(engine, "naik NEAR/2 harga") == ["a"]
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


def test_a_day_of_the_year_and_of_the_week_filter_articles_dated_to_the_day(engine: Engine) -> None:
    days = {"a": "2018-08-17", "b": "1945-08-17", "c": "2018-08", "d": "2018-08-18", "e": None, "f": "2020-02-29"}
    build(engine, *(an_article(id_, "satu", day) for id_, day in days.items()))
    assert set(ids(engine, chosen={"day": ("08-17",)})) == {"a", "b"}
    assert ids(engine, chosen={"day": ("02-29",)}) == ["f"]
    assert set(ids(engine, chosen={"weekday": ("friday",)})) == {"a", "b"}
    assert set(ids(engine, chosen={"weekday": ("friday",)}, excluded={"day": ("08-17",)})) == set()
    assert set(ids(engine, excluded={"weekday": ("friday",)})) == {"c", "d", "e", "f"}


def test_facts_are_asked_by_their_words(engine: Engine) -> None:
    build(
        engine,
        an_article("a", "satu", outlet="ANTARA News", editors=("Priyambodo RH",), place="New York"),
        an_article("b", "satu", outlet="Kompas.com"),
    )
    assert ids(engine, "outlet:antara") == ids(engine, 'editor:"priyambodo rh"') == ids(engine, "place:york") == ["a"]
    assert ids(engine, "satu -outlet:antara") == ids(engine, "media:komp*") == ["b"]
    assert ids(engine, 'place:"york new"') == []


def test_a_word_in_capitals_finds_itself_in_capitals_alone(engine: Engine) -> None:
    titled = replace(an_article("c", "Laporan ANTARA"), title="Antara AS dan kita", title_derived=False)
    build(engine, an_article("a", "AS menang"), an_article("b", "as roda antara dua kota"), titled)
    assert set(ids(engine, "AS", expand=False)) == {"a", "c"}
    assert set(ids(engine, "as", expand=False)) == {"a", "b", "c"}
    assert ids(engine, "ANTARA") == ["c"]
    assert set(ids(engine, "antara")) == {"b", "c"}
    assert set(ids(engine, "judul:AS", expand=False)) == {"a", "c"}
    assert ids(engine, "judul:ANTARA") == []
    assert ids(engine, "antara -AS", expand=False) == ["b"]


def test_a_word_in_capitals_is_found_with_a_clitic_and_within_hyphens(engine: Engine) -> None:
    build(engine, an_article("a", "KTP-nya hilang"), an_article("b", "ktp-nya hilang"), an_article("c", "pro-AS"))
    assert ids(engine, "KTP") == ids(engine, "KTP-nya") == ["a"]
    assert ids(engine, "AS", expand=False) == ["c"]


def test_a_word_typed_in_capitals_by_chance_is_found_in_any_letters(engine: Engine) -> None:
    texts = {
        "a": "KORUPSI itu korupsi",
        "b": "korupsi merajalela dan korupsi",
        "c": "harga beras",
        "d": "TNI siaga",
        "e": "tni siaga",
    }
    build(
        engine,
        *(an_article(id_, text) for id_, text in texts.items()),
        an_article("f", "TNI"),
        an_article("g", "korupsi"),
    )
    assert set(ids(engine, "KORUPSI")) == set(ids(engine, "korupsi")) == {"a", "b", "g"}
    assert ids(engine, "HARGA BERAS") == ids(engine, "HARGA") == ["c"]
    assert set(ids(engine, "TNI")) == {"d", "f"}
    assert set(ids(engine, "tni")) == {"d", "e", "f"}
    assert engine.vocabulary().articles_in_capitals("tni") == 2
    assert set(ids(engine, '"TNI"')) == {"d", "e", "f"}


def test_an_equals_sign_finds_the_very_form(engine: Engine) -> None:
    build(engine, an_article("a", "Mereka bertemu"), an_article("b", "Pertemuan itu"))
    assert ids(engine, "=pertemuan") == ids(engine, "judul:=pertemuan") == ["b"]


def test_either_form_of_a_name_finds_the_other(engine: Engine) -> None:
    texts = {"a": "perundingan dengan Korut", "b": "rudal Korea Utara", "c": "Korea di utara", "d": "Korsel"}
    build(engine, *(an_article(id_, text) for id_, text in texts.items()))
    assert set(ids(engine, "Korut")) == {"a", "b"}
    assert set(ids(engine, "Korea Utara")) == {"a", "b", "c"}
    assert ids(engine, "Korut", expand=False) == ids(engine, '"Korut"') == ids(engine, "=korut") == ["a"]
    assert ids(engine, "Korut", off=("Korea Utara",)) == ["a"]
    assert set(ids(engine, "-Korut")) == {"b", "c", "d"}
    assert set(ids(engine, "judul:Korut")) == {"a", "b"}


def test_forms_of_a_word_can_be_switched_off(engine: Engine) -> None:
    texts = {"a": "Mereka bertemu", "b": "Pertemuan itu", "c": "Pertemuan: mereka bertemu", "d": "ditemui"}
    build(engine, *(an_article(id_, text) for id_, text in texts.items()))
    assert set(ids(engine, "temu", off=("pertemuan",))) == {"a", "c", "d"}
    assert ids(engine, "pertemuan", off=("pertemuan", "bertemu")) == ["d"]
    assert ids(engine, "title:temu -=bertemu", off=("ditemui",)) == ["b"]
    assert ids(engine, "temu", off=("pertemuan", "bertemu", "ditemui")) == []


def test_a_word_finds_its_near_forms_and_far_ones_where_they_are_switched_on(engine: Engine) -> None:
    texts = {"a": "Perintah itu", "b": "Pemerintah pusat", "c": "Ia memerintahkan", "d": "pemerintahan baru", "e": "."}
    build(engine, *(an_article(id_, text) for id_, text in texts.items()))
    assert set(ids(engine, "perintah")) == set(ids(engine, "memerintahkan", expand=False)) == {"a", "c"}
    assert set(ids(engine, "pemerintah")) == set(ids(engine, "(perintah OR pemerintah) -perintah")) == {"b", "d"}
    assert set(ids(engine, "perintah", on=("pemerintah",))) == {"a", "b", "c", "d"}
    assert set(ids(engine, "perintah", on=("pemerintah",), off=("pemerintahan",))) == {"a", "b", "c"}
    assert set(ids(engine, "title:perintah -pemerintah")) == {"a", "c"}


def test_an_answer_tells_how_its_query_was_evaluated(engine: Engine) -> None:
    build(engine, an_article("a", "Korut"), an_article("b", "Korea Utara"))
    tree = engine.find(Query("Korut"), facets=()).tree
    assert isinstance(tree, Expanded)
    assert [other.written for other in tree.also] == ["Korea Utara"]
    assert engine.find(Query("Korut", expand=False), facets=()).tree == tree.asked


def test_a_range_of_days_finds_what_surely_lies_in_it(engine: Engine) -> None:
    days = {"a": "2018-05-31", "b": "2018-06-01", "c": "2018-06", "d": "2018", "e": None}
    build(engine, *(an_article(id_, "satu", day) for id_, day in days.items()))
    assert set(ids(engine, since="2018-06", until="2018-06")) == {"b", "c"}
    assert set(ids(engine, since="2018", until="2018")) == {"a", "b", "c", "d"}
    assert set(ids(engine, until="2018-05-31")) == {"a"}
    assert set(ids(engine, "date:2018-05..2018-06")) == {"a", "b", "c"}
    assert set(ids(engine, "-tanggal:2018")) == {"e"}


def test_a_range_of_days_says_how_many_articles_it_leaves_out_that_may_lie_in_it(engine: Engine) -> None:
    days = {"a": "2018-05-31", "b": "2018-06-01", "c": "2018-06", "d": "2018", "e": None, "f": "2019-06", "g": None}
    build(engine, *(an_article(id_, "dua" if id_ == "g" else "satu", day) for id_, day in days.items()))

    def left_out(text: str = "satu", **wishes: object) -> int:
        return engine.find(Query(text, **wishes)).undated_left_out  # type: ignore[arg-type]  # Query's own fields

    assert left_out() == 0
    assert left_out(since="2018-06", until="2018-06") == 2  # d and e
    assert left_out(since="2018-06-15", until="2018-06-20") == 3  # c as well
    assert left_out(since="2018", until="2018") == 1  # e
    assert left_out(since="2018-06-02") == 3  # c, d and e; f is found
    assert left_out(until="2018-06-02") == 3
    assert left_out("", since="2018", until="2018") == 2  # g as well
    assert left_out(since="2018", until="2018", chosen={"precision": ("day",)}) == 0
    assert left_out(since="2018-07", until="2018-08", excluded={"precision": ("unknown",)}) == 1  # d
    assert left_out("satu date:2018-06") == left_out("date:2018-06 satu", since="2018", until="2018") == 2  # d and e
    assert left_out("satu date:2018-06-15..2018-06-20") == 3
    assert left_out("satu date:2018", chosen={"precision": ("day",)}) == 0
    assert left_out("satu date:2018-06", since="2018-06-15", until="2018-06-20") == 3  # c may lie in both
    assert left_out("satu -date:2018-06") == 0  # what may lie in it is found


def test_articles_are_counted_and_filtered_by_precision_and_basis_of_their_dates(engine: Engine) -> None:
    days = {"a": "2018-05-31", "b": "2018-06", "c": "2018", "d": None}
    made = [an_article(id_, "satu", day) for id_, day in days.items()]
    made[1] = replace(made[1], date=replace(made[1].date, basis=DateBasis.CUE))
    made[3] = replace(made[3], date=ArticleDate())
    build(engine, *made)
    counts = engine.find(Query("satu", chosen={"precision": ("day", "month")})).counts
    assert counts["precision"] == {value: Count(1, 1) for value in ("day", "month", "year", "unknown")}
    assert counts["basis"] == {"given": Count(1, 1), "cue": Count(1, 1)}
    assert engine.find(Query("satu")).counts["basis"] == {"given": Count(2, 2), "cue": Count(1, 1), "none": Count(1, 1)}
    assert ids(engine, chosen={"basis": ("none",)}) == ids(engine, chosen={"precision": ("unknown",)}) == ["d"]
    assert set(ids(engine, excluded={"basis": ("none", "cue")})) == {"a", "c"}


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


def test_loose_groups_fold_what_goes_with_a_story_less_closely_than_its_copies(engine: Engine) -> None:
    days = {"a": "2018", "b": "2019", "c": "2020", "d": "2021", "e": "2022"}
    articles = [an_article(id_, "satu", day) for id_, day in days.items()]
    build(engine, *articles, stories={"a": "a", "b": "a"}, loose={"a": "a", "b": "a", "d": "a"})
    found = engine.find(Query("satu", sort=Sort.NEWEST, copies=Copies.LOOSE))
    hits = [(match.article.id, match.story, match.copies) for match in found.matches]
    assert hits == [("e", "e", ()), ("d", "d", ("b", "a")), ("c", "c", ())]
    assert (found.articles, found.stories, found.hits) == (5, 4, 3)
    assert ids(engine, "satu", sort=Sort.NEWEST) == ["e", "d", "c", "b"]


def test_whoever_is_in_no_loose_group_stands_there_with_its_copies(engine: Engine) -> None:
    articles = [an_article(id_, "satu") for id_ in "abc"]
    build(engine, *articles, stories={"a": "a", "b": "a"})
    loosely = engine.find(Query("satu", copies=Copies.LOOSE))
    assert [(match.article.id, match.copies) for match in loosely.matches] == [("a", ("b",)), ("c", ())]


@pytest.mark.parametrize("copies", Copies)
def test_hits_and_copies_of_all_pages_are_the_articles_found(engine: Engine, copies: Copies) -> None:
    articles = [an_article(f"{number:03}", "satu") for number in range(100)]  # more than are put in order one by one
    stories = {f"{number:03}": f"{number // 4 * 4:03}" for number in range(60)}
    loose = {f"{number:03}": f"{number // 10 * 10:03}" for number in range(80)}
    build(engine, *articles, stories=stories | {"008": "008", "009": "008"}, loose=loose)
    query = Query("satu", copies=copies, size=7)
    pages = [engine.find(query.at(page)) for page in range(1, 17)]
    told = [id_ for page in pages for match in page.matches for id_ in (match.article.id, *match.copies)]
    assert sorted(told) == [article.id for article in articles]
    assert {page.hits for page in pages} == {sum(len(page.matches) for page in pages)}


def test_a_reader_chooses_which_copy_stands_for_a_story(engine: Engine) -> None:
    texts = {"a": "satu", "b": "satu dua", "c": "satu dua tiga", "d": "satu"}
    days = {"a": None, "b": "2019", "c": "2019-12-30", "d": "2020"}
    articles = [an_article(id_, text, days[id_]) for id_, text in texts.items()]
    build(engine, *articles, stories=dict.fromkeys("abc", "a"))

    def hits(**wishes: object) -> list[tuple[str, ...]]:
        found = engine.find(Query("satu", sort=Sort.OLDEST, **wishes))  # type: ignore[arg-type]  # Query's own fields
        return [(match.article.id, *match.copies) for match in found.matches]

    assert hits() == hits(lead=Lead.BEST) == [("b", "c", "a"), ("d",)]
    assert hits(lead=Lead.EARLIEST) == [("c", "b", "a"), ("d",)]  # on 30 December, the other in that year some time
    assert hits(lead=Lead.LONGEST) == [("c", "b", "a"), ("d",)]
    assert hits(lead=Lead.LONGEST, chosen={"precision": ("year", "unknown")}) == [("b", "a"), ("d",)]
    assert hits(lead=Lead.EARLIEST, copies=Copies.SHOW) == [("b",), ("c",), ("d",), ("a",)]


@pytest.mark.parametrize("lead", Lead)
def test_hits_keep_their_places_whoever_stands_for_them(engine: Engine, lead: Lead) -> None:
    texts = ["satu " * (number % 7 + 1) + "dua " * (number % 5) for number in range(100)]
    articles = [an_article(f"{number:03}", text, f"{2000 + number % 9}") for number, text in enumerate(texts)]
    stories = {f"{number:03}": f"{number % 30:03}" for number in range(100)}
    build(engine, *articles, stories=stories)
    for sort in Sort:
        best = engine.find(Query("satu", sort=sort, size=12).at(2)).matches
        found = engine.find(Query("satu", sort=sort, lead=lead, size=12).at(2)).matches
        assert [(match.story, match.score) for match in found] == [(match.story, match.score) for match in best]
        for match, other in zip(found, best, strict=True):
            assert {match.article.id, *match.copies} == {other.article.id, *other.copies}


def test_copies_date_an_article_that_is_known_to_a_year_at_best(engine: Engine) -> None:
    days = {"a": None, "b": "2020-07-02", "c": "2020", "d": "2020", "e": None}
    build(engine, *(an_article(id_, "satu", day) for id_, day in days.items()), stories=dict.fromkeys("abc", "a"))
    held = {id_: engine.get(id_)[0].date for id_ in days}  # type: ignore[index]
    assert [day.value for day in held.values()] == ["2020-07", "2020-07-02", "2020-07", "2020", None]
    assert [day.basis for day in held.values()] == [
        DateBasis.COPIES,
        DateBasis.GIVEN,
        DateBasis.COPIES,
        DateBasis.GIVEN,
        None,
    ]
    assert held["a"].evidence == (Evidence("2020-07-02", EvidenceKind.COPY),)
    found = engine.find(Query("satu", since="2020-07", until="2020-07"))
    assert (found.articles, found.stories) == (3, 1)
    assert engine.find(Query("satu")).counts["basis"]["copies"] == Count(2, 1)
    assert engine.find(Query("satu")).counts["month"] == {"2020-07": Count(3, 1)}
    assert set(ids(engine, chosen={"precision": ("month",)}, copies=Copies.SHOW)) == {"a", "c"}


FAR_AND_NEAR = {"far": date(1967, 12, 7), "near": date(2012, 12, 7)}


def test_a_day_of_a_text_far_from_all_stated_ones_is_no_more_than_a_year(engine: Engine) -> None:
    told = ArticleDate(date(1967, 12, 7), DatePrecision.DAY, DateBasis.CUE, (Evidence("7/12", EvidenceKind.DAY),))
    old, near = (replace(an_article(id_, "satu"), date=replace(told, first=day)) for id_, day in FAR_AND_NEAR.items())
    stated = [an_article(f"s{number:02}", "dua", f"2019-09-{number:02}") for number in range(1, 26)]

    def days() -> list[str | None]:
        return [engine.get(id_)[0].date.value for id_ in FAR_AND_NEAR]  # type: ignore[index]

    build(engine, old, near, *stated[:5])
    assert days() == ["1967-12-07", "2012-12-07"]
    build(engine, *stated[5:])
    assert days() == ["1967", "2012-12-07"]
    assert engine.find(Query("satu")).counts["year"] == {"1967": Count(1, 1), "2012": Count(1, 1)}
    assert engine.find(Query("satu")).counts["precision"] == {"year": Count(1, 1), "day": Count(1, 1)}
    with engine.build() as building:
        for article in stated[:15]:
            building.remove(article.id)
    assert days() == ["1967-12-07", "2012-12-07"]


def test_a_disputed_day_leads_after_those_that_are_not_and_is_so_only_while_copies_say_so(engine: Engine) -> None:
    page = ArticleDate(date(2019, 9, 10), DatePrecision.DAY, DateBasis.DATELINE, (Evidence("10/9", EvidenceKind.DAY),))
    cue = replace(page, basis=DateBasis.CUE)
    articles = [replace(an_article("a", "satu"), date=page), replace(an_article("b", "satu"), date=cue)]
    build(engine, *articles, an_article("c", "satu", "2020-07-02"), stories=dict.fromkeys("abc", "a"))
    held = {id_: engine.get(id_)[0].date for id_ in "abc"}  # type: ignore[index]
    assert [(day.value, day.disputed) for day in held.values()] == [
        ("2019-09-10", True),
        ("2020-07", False),
        ("2020-07-02", False),
    ]
    (hit,) = engine.find(Query("satu", lead=Lead.EARLIEST)).matches
    assert (hit.article.id, set(hit.copies)) == ("c", {"a", "b"})
    with engine.build() as building:
        building.remove("c")
    held = {id_: engine.get(id_)[0].date for id_ in "ab"}  # type: ignore[index]
    assert [(day.value, day.disputed) for day in held.values()] == [("2019-09-10", False), ("2019-09-10", False)]
    (hit,) = engine.find(Query("satu", lead=Lead.EARLIEST)).matches
    assert hit.article.id == "a"


def test_what_copies_gave_goes_and_changes_with_them(engine: Engine) -> None:
    build(engine, an_article("a", "satu"), an_article("b", "satu", "2020-07-02"), stories={"a": "a", "b": "a"})

    def day() -> str | None:
        held = engine.get("a")
        assert held is not None
        counted = engine.find(Query(chosen={"precision": (held[0].date.precision.value,)}, copies=Copies.SHOW))
        assert "a" in {match.article.id for match in counted.matches}
        return held[0].date.value

    assert day() == "2020-07"
    build(engine, an_article("b", "satu", "2019-03-05"))
    assert day() == "2019-03"
    build(engine, an_article("c", "dua"))
    assert day() == "2019-03"
    build(engine, stories={})
    assert day() is None
    build(engine, stories={"a": "a", "b": "a"})
    assert day() == "2019-03"
    with engine.build() as building:
        building.remove("b")
    assert day() is None


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


def test_articles_without_a_value_are_counted_beside_the_values(engine: Engine) -> None:
    build(
        engine,
        an_article("a", "satu", "2018-05-01", outlet="X", reporters=("P", "Q")),
        an_article("b", "satu", "2018", reporters=("P",)),
        *(an_article(id_, "satu") for id_ in ("c", "d", "e")),
        an_article("f", "dua", outlet="Y"),
        *(an_article(f"g{number}", "tiga") for number in range(100)),
        stories={"a": "a", "b": "a", "c": "c", "d": "c", **{f"g{number}": f"g{number % 40}" for number in range(100)}},
    )

    def missing(text: str, *names: str, **chosen: tuple[str, ...]) -> list[Count]:
        counts = engine.find(Query(text, chosen=chosen)).counts
        return [counts[name].missing for name in names]

    assert missing("satu", "outlet", "reporter", "year") == [Count(4, 3), Count(3, 2), Count(3, 2)]
    assert missing("satu", "month", "precision") == [Count(3, 2), Count(0, 0)]  # a copy tells the month of b
    assert missing("satu", "outlet", "reporter", outlet=("X",)) == [Count(4, 3), Count(0, 0)]
    assert missing("satu OR tiga", "outlet", "reporter") == [Count(104, 43), Count(103, 42)]
    assert missing("nihil", "outlet") == [Count(0, 0)]
    assert set(ids(engine, "satu outlet:*")) == {"a"}
    assert set(ids(engine, "satu -reporter:*", copies=Copies.SHOW)) == {"c", "d", "e"}
    assert set(ids(engine, "-outlet:* -tiga", copies=Copies.SHOW)) == {"b", "c", "d", "e"}


def test_the_section_is_a_fact_a_facet_and_a_split(engine: Engine) -> None:
    build(
        engine,
        an_article("a", "satu", "2018-05-01", section="Olahraga"),
        an_article("b", "satu", "2018-06-01", section="Gaya Hidup"),
        an_article("c", "satu", "2019-06-01"),
    )
    assert set(ids(engine, "section:olahraga")) == {"a"}
    assert set(ids(engine, 'rubrik:"gaya hidup"')) == {"b"}
    assert set(ids(engine, chosen={"section": ("Olahraga",)})) == {"a"}
    assert set(ids(engine, excluded={"section": ("Olahraga",)})) == {"b", "c"}
    assert engine.find(Query("satu")).counts["section"] == {"Olahraga": Count(1, 1), "Gaya Hidup": Count(1, 1)}
    split = engine.trends(Query("satu"), Interval.YEAR, Split("section", 5)).values
    assert {name: series.total.articles for name, series in split.items()} == {"Olahraga": 1, "Gaya Hidup": 1}
    held = engine.get("a")
    assert held is not None
    assert held[0].section == "Olahraga"


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
        assert list(building.texts(["b", "b"])) == [("dua",), ("dua",)]
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
        list(building.texts(["b"]))


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


def test_the_vocabulary_counts_the_articles_that_have_a_form_in_title_or_text(engine: Engine) -> None:
    titled = replace(an_article("a", "Harga beras, harga jagung"), title="Pangan", title_derived=False)
    build(engine, titled, an_article("b", "Harga naik di Jum'at"))
    words = engine.vocabulary()
    assert [words.articles(form) for form in ("harga", "pangan", "jumat", "jum'at", "gandum")] == [2, 1, 1, 0, 0]


def test_the_vocabulary_follows_every_change_of_the_archive(engine: Engine) -> None:
    build(engine, *(an_article(id_, f"satu {id_ * 3}") for id_ in "abcd"))
    build(engine, an_article("a", "dua"), an_article("e", "satu"))
    with engine.build() as building:
        building.remove("b")
    words = engine.vocabulary()
    assert [words.articles(form) for form in ("satu", "dua", "aaa", "bbb", "ccc")] == [3, 1, 0, 0, 1]
    assert list(words.starting("", 9)) == [("satu", 3), ("ccc", 1), ("ddd", 1), ("dua", 1)]
    with engine.build() as building:
        for id_ in "acde":
            building.remove(id_)
    assert not engine.vocabulary().starting("", 9)


def test_the_vocabulary_of_no_index_is_an_error(engine: Engine) -> None:
    with pytest.raises(NoIndex):
        engine.vocabulary()


def test_the_vocabulary_gathers_the_forms_of_a_stem_by_how_many_articles_have_them(engine: Engine) -> None:
    texts = ["bertemu", "pertemuan", "Pertemuan-pertemuan", "penemuan bertemu", "pertemuan bertahun"]
    build(engine, *(an_article(str(number), text) for number, text in enumerate(texts)))
    forms = engine.vocabulary().forms("temu")
    assert list(forms)[:2] == [("pertemuan", 3), ("bertemu", 2)]
    assert list(engine.vocabulary().forms("pertemuan")) == []


def test_the_vocabulary_counts_the_articles_that_have_any_form_of_a_stem(engine: Engine) -> None:
    build(engine, an_article("a", "bertemu pertemuan"), an_article("b", "meniru-nirukan"), an_article("c", "ditemui"))
    words = engine.vocabulary()
    assert [words.articles_with_stem(stem) for stem in ("temu", "tiru", "bertemu")] == [2, 1, 0]


def test_the_vocabulary_completes_a_beginning_by_what_is_most_frequent(engine: Engine) -> None:
    build(engine, an_article("a", "beras bersama berita"), an_article("b", "berita beras"), an_article("c", "berita"))
    words = engine.vocabulary()
    assert list(words.starting("ber", 2)) == [("berita", 3), ("beras", 2)]
    assert list(words.starting("bera", 5)) == [("beras", 2)]
    assert list(words.starting("z", 5)) == list(words.starting("ber", 0)) == []


def test_the_vocabulary_knows_the_forms_one_edit_away(engine: Engine) -> None:
    build(engine, an_article("a", "kemajuan beras keras berasa beas ebras bertas"), an_article("b", "keras"))
    words = engine.vocabulary()
    assert list(words.near("kemajaun", 3)) == [("kemajuan", 1)]
    assert dict(words.near("beras", 9)) == {"keras": 2, "berasa": 1, "beas": 1, "ebras": 1, "bertas": 1}
    assert words.near("beras", 9)[0] == ("keras", 2)
    assert list(words.near("gandum", 3)) == list(words.near("", 3)) == []


def test_a_file_kept_beside_the_index_is_there_for_the_next_build(engine: Engine) -> None:
    with engine.build() as building:
        building.add(an_article("a", "satu"))
        building.companion_file("notes").write_text("one")
    with pytest.raises(ZeroDivisionError), engine.build() as building:
        building.companion_file("notes").write_text("two")
        raise ZeroDivisionError
    for fresh in (False, True):
        with engine.build(fresh=fresh) as building:
            assert building.companion_file("notes").exists() is not fresh
            published = building.published_file("notes")
            assert published is not None
            assert published.read_text() == "one"


def test_a_build_reads_the_published_articles_as_they_were_added(engine: Engine) -> None:
    with engine.build(fresh=True) as building:
        assert dict(building.published) == {}
        assert building.published_file("notes") is None
    known, vague = an_article("a", "satu", "2018-05-03"), an_article("b", "satu", "2018")
    build(engine, known, vague, stories={"a": "a", "b": "a"})
    assert engine.get("b") != (vague, "a"), "its copy dates it"
    for fresh in (False, True):
        with engine.build(fresh=fresh) as building:
            assert dict(building.published) == {"a": known, "b": vague}


def test_the_vocabulary_counts_how_often_words_stand_in_a_row(engine: Engine) -> None:
    titled = an_article("a", "wali kota dan wali kota", title="Wali kota", title_derived=False)
    build(engine, titled, an_article("b", "kota wali, walikota"))
    words = engine.vocabulary()
    counts = {forms: words.occurrences(forms) for forms in (("wali",), ("wali", "kota"), ("kota", "wali"))}
    assert counts == {("wali",): 4, ("wali", "kota"): 3, ("kota", "wali"): 1}
    assert words.occurrences(("tidak", "ada")) == words.occurrences(("nihil",)) == 0
    assert words.size() == 10


def test_an_expression_is_found_however_it_is_cut(engine: Engine) -> None:
    build(engine, an_article("a", "wali kota hadir"), an_article("b", "walikota hadir"), an_article("c", "kota wali"))
    assert engine.find(Query("walikota")).articles == 2
    assert engine.find(Query('"walikota"')).articles == 1
    assert engine.find(Query("wali kota")).articles == 3
