"""What every engine promises of articles that share words; `engine_contract` describes the fixture."""

from index.engine import Engine
from index.word_statistics import SimilarWanted
from tests.contract.engine_contract import an_article, build

STEMS = ("bulog", "beras", "oplos", "gudang")


def an_archive(engine: Engine) -> None:
    build(
        engine,
        an_article("own", "Bulog menyalurkan beras oplosan dari gudang"),
        an_article("copy", "Bulog menyalurkan beras oplosan dari gudang"),
        an_article("all", "Gudang Bulog penuh beras oplosan"),
        an_article("all-again", "Gudang Bulog penuh beras oplosan lagi, kata orang yang lewat"),
        an_article("some", "Beras di gudang"),
        an_article("title", "Kata pedagang di pasar", title="Beras Bulog", title_derived=False),
        an_article("one", "Beras mahal"),
        *(an_article(f"weather-{number}", "Hujan turun di kota") for number in range(9)),
        stories={"own": "own", "copy": "own", "all": "all", "all-again": "all"},
    )


def test_articles_are_similar_by_the_stems_that_they_share(engine: Engine) -> None:
    an_archive(engine)
    found = engine.similar(SimilarWanted(STEMS, "own", least=2))
    assert found[0] == ("all", STEMS), "the best of a story, with all it shares"
    assert {one.article: one.shared for one in found[1:]} == {
        "some": ("beras", "gudang"),
        "title": ("bulog", "beras"),
    }, "each story once, none of the own one, and none with too few"


def test_no_more_similar_articles_are_given_than_wanted(engine: Engine) -> None:
    an_archive(engine)
    assert [one.article for one in engine.similar(SimilarWanted(STEMS, "own", most=1))] == ["all"]
    every = {one.article for one in engine.similar(SimilarWanted(STEMS, "nowhere", most=20))}
    assert every in ({"own", "all", "some", "title", "one"}, {"copy", "all", "some", "title", "one"})


def test_nothing_is_similar_by_stems_that_no_article_has(engine: Engine) -> None:
    an_archive(engine)
    assert list(engine.similar(SimilarWanted(("tiada", "sama"), "own"))) == []
    assert list(engine.similar(SimilarWanted((), "own"))) == []


def test_removed_articles_are_not_similar(engine: Engine) -> None:
    an_archive(engine)
    with engine.build() as next_build:
        next_build.remove("all")
        next_build.set_stories({"own": "own", "copy": "own"})
    assert engine.similar(SimilarWanted(STEMS, "own", most=1))[0].article == "all-again"
