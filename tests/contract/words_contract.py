"""What every engine promises of words around places and of keywords; `engine_contract` describes the fixture."""

from index.association import Measure
from index.concordance import Lines
from index.engine import Engine
from index.query.request import Query
from index.word_statistics import CollocatesWanted, KeywordsWanted, WordCount, WordKind
from tests.contract.engine_contract import an_article, build

AROUND = CollocatesWanted(window=2, least=1)


def counts(words: tuple[WordCount, ...]) -> dict[str, tuple[int, int]]:
    return {word.word: (word.here, word.overall) for word in words}


def test_words_around_count_once_however_many_places_are_near(engine: Engine) -> None:
    build(
        engine,
        an_article("a", "harga beras naik beras lagi", "2018-05-01", outlet="Kompas.com"),
        an_article("b", "mahal sekali kata menteri di kota ini"),
    )
    found = engine.collocates(Query("beras"), AROUND)
    assert counts(found.words) == {"harga": (1, 1), "naik": (1, 1), "lagi": (1, 1)}
    assert (found.hits, found.here, found.whole) == (2, 3, 10), (
        "places are neither beside each other nor in the archive"
    )
    assert found.words[0][3:] == (1, 1, 1), "articles, outlets, months"


def test_windows_end_with_the_text_and_the_title(engine: Engine) -> None:
    build(engine, an_article("a", "naik lagi", title="Harga beras", title_derived=False), an_article("b", "kata orang"))
    assert counts(engine.collocates(Query("beras"), AROUND).words) == {"harga": (1, 1)}


def test_places_in_a_title_count_though_it_was_made_from_the_text(engine: Engine) -> None:
    derived = an_article("a", "Harga beras naik\nlagi", title="Harga beras naik", title_derived=True)
    build(engine, derived, an_article("b", "kata orang di kota itu"))
    query = Query("title:beras")
    found = engine.collocates(query, AROUND)
    assert found.hits == engine.concordance(query, Lines()).total == 1
    assert counts(found.words) == {"harga": (1, 2), "naik": (1, 2)}, "in the title, of those in the title and the text"
    assert engine.collocates(Query("beras"), AROUND).hits == 1, "a title that repeats the text is not searched"


def test_words_around_are_forms_or_stems(engine: Engine) -> None:
    build(engine, an_article("a", "bertemu Kim, pertemuan Kim"), an_article("b", "Kim pergi jauh dari kota itu"))
    by_stem = engine.collocates(Query("Kim"), CollocatesWanted(window=1, by=WordKind.STEM, least=2))
    assert counts(by_stem.words) == {"temu": (2, 2)}
    assert engine.collocates(Query("Kim"), CollocatesWanted(window=1, least=2)).words == ()
    assert (
        engine.collocates(
            Query("Kim"), CollocatesWanted(window=1, by=WordKind.STEM, least=2, without=frozenset({"temu"}))
        ).words
        == ()
    )


def test_words_around_are_ordered_by_the_measure_asked_for(engine: Engine) -> None:
    build(
        engine,
        an_article("a", "beras murah beras murah beras unggul"),
        an_article("b", "murah murah murah rumah rumah kota kota desa desa sungai sungai"),
    )
    best = {
        measure: engine.collocates(Query("beras"), CollocatesWanted(1, WordKind.FORM, measure, least=1)).words[0].word
        for measure in Measure
    }
    assert best[Measure.MUTUAL_INFORMATION] == "unggul"
    assert best[Measure.LOG_DICE] in {"murah", "unggul"}


def test_keywords_are_stems_that_more_of_the_articles_have_than_of_the_archive(engine: Engine) -> None:
    build(
        engine,
        *(an_article(f"a{number}", "banjir merendam rumah warga") for number in range(4)),
        *(an_article(f"b{number}", "harga beras warga") for number in range(6)),
    )
    found = engine.keywords(Query("banjir"), KeywordsWanted())
    assert counts(found.words) == {"banjir": (4, 4), "rendam": (4, 4), "rumah": (4, 4)}
    assert (found.here, found.whole) == (4, 10)
    without = engine.keywords(Query("banjir"), KeywordsWanted(most=1, without=frozenset({"banjir"})))
    assert [word.word for word in without.words] == ["rendam"]
    assert engine.keywords(Query(), KeywordsWanted()).words == (), "the archive is not set apart from itself"


def test_keywords_against_another_query_are_told_from_its_articles_alone(engine: Engine) -> None:
    build(
        engine,
        *(an_article(f"a{number}", "banjir rumah kota") for number in range(4)),
        *(an_article(f"b{number}", "gempa rumah desa") for number in range(5)),
        *(an_article(f"c{number}", "beras kota") for number in range(20)),
    )
    found = engine.keywords(Query("banjir"), KeywordsWanted(against=Query("gempa")))
    assert counts(found.words) == {"banjir": (4, 4), "kota": (4, 4)}, "what the archive has elsewhere does not count"
    assert (found.here, found.whole) == (4, 9)
    both = engine.keywords(Query("banjir"), KeywordsWanted(against=Query("banjir OR gempa")))
    assert (both.here, both.whole) == (4, 9), "an article that matches both counts once"
    assert engine.keywords(Query("banjir"), KeywordsWanted(against=Query("banjir"))).words == ()


def test_word_counts_forget_what_was_removed(engine: Engine) -> None:
    build(engine, an_article("a", "beras putih"), an_article("b", "beras merah tua"))
    with engine.build() as building:
        building.remove("b")
        building.add(an_article("c", "beras hitam kota"))
        building.add(an_article("d", "jauh sekali dari sana"))
    assert set(counts(engine.collocates(Query("beras"), AROUND).words)) == {"putih", "hitam", "kota"}
    assert engine.collocates(Query("beras"), AROUND).whole == 7


def test_keywords_count_words_that_most_of_many_articles_have(engine: Engine) -> None:
    common = [an_article(f"{number}", "warga" if number % 10 else "kota") for number in range(300)]
    floods = [an_article(f"{number}", "banjir warga") for number in range(30)]
    build(engine, *common[30:], *floods)
    assert counts(engine.keywords(Query("banjir"), KeywordsWanted()).words) == {"banjir": (30, 30), "warga": (30, 273)}
