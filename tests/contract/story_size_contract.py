"""The contract of story sizes: hits are ordered, filtered, counted and asked for by versions and outlets of a story."""

from index.engine import Engine
from index.facets import Count
from index.query.request import Copies, Query, Sort
from tests.contract.engine_contract import an_article, build, ids


def _fill(engine: Engine) -> None:
    """A story of six versions of one outlet, one of three outlets, and two articles alone; one has no known outlet."""
    many = [an_article(f"m{n}", "beras naik", f"2018-01-0{n + 1}", outlet="Kompas.com") for n in range(6)]
    outlets = ("Tempo.co", "Detik", "Kompas.com")
    wide = [an_article(f"w{n}", "beras turun", f"2019-01-0{n + 1}", outlet=name) for n, name in enumerate(outlets)]
    alone = [an_article("a", "beras impor", "2020-01-01", outlet="Detik"), an_article("b", "beras", "2017-01-01")]
    build(engine, *many[:4], an_article("gone", "beras naik", outlet="Tempo.co"))
    with engine.build() as building:
        for article in (*many[4:], *wide, *alone):
            building.add(article)
        building.remove("gone")
        building.set_stories({**{one.id: "m0" for one in many}, **{one.id: "w0" for one in wide}})


def test_the_story_with_the_most_articles_or_outlets_comes_first(engine: Engine) -> None:
    _fill(engine)
    for text in ("", "beras"):
        assert ids(engine, text, sort=Sort.COPIES) == ["m5", "w2", "a", "b"]
        assert ids(engine, text, sort=Sort.OUTLETS) == ["w2", "m5", "a", "b"]
    shown = ids(engine, "beras", sort=Sort.COPIES, copies=Copies.SHOW, size=100)
    assert shown == ["m5", "m4", "m3", "m2", "m1", "m0", "w2", "w1", "w0", "a", "b"]


def test_the_whole_story_counts_whatever_part_of_it_matches(engine: Engine) -> None:
    _fill(engine)
    assert ids(engine, "beras", sort=Sort.COPIES, since="2018-01-06") == ["m5", "w2", "a"]
    assert ids(engine, "versi:6", chosen={"month": ("2018-01",)}, since="2018-01-06") == ["m5"]


def test_stories_are_asked_for_by_their_size(engine: Engine) -> None:
    _fill(engine)
    wide, many = ["w2", "w1", "w0"], ["m5", "m4", "m3", "m2", "m1", "m0"]
    for text, found in {
        "versi:3": wide,
        "versions:3..": [*wide, *many],
        "versi:2..5 turun": wide,
        "versi:..1": ["a", "b"],
        "beras -versi:2..": ["a", "b"],
        "outlets:2..": wide,
        "sebaran:0": ["b"],
        "outlets:7.. OR versi:6..": many,
        "versi:999999999": [],
    }.items():
        assert ids(engine, text, sort=Sort.NEWEST, copies=Copies.SHOW, size=100) == found, text


def test_sizes_of_stories_are_facets_and_filters(engine: Engine) -> None:
    _fill(engine)
    counts = engine.find(Query("beras"), facets=("versions", "outlets")).counts
    assert counts["versions"] == {"1": Count(2, 2), "2-4": Count(3, 1), "5-9": Count(6, 1)}
    assert counts["outlets"] == {"1": Count(7, 2), "2-4": Count(3, 1)}
    assert ids(engine, chosen={"versions": ("1", "2-4")}, sort=Sort.COPIES) == ["w2", "a", "b"]
    assert ids(engine, excluded={"outlets": ("1",)}, sort=Sort.OUTLETS) == ["w2", "b"]
    narrowed = engine.find(Query(chosen={"versions": ("5-9",)}), facets=("versions", "outlets")).counts
    assert narrowed["versions"] == counts["versions"], "the counts of a facet ignore the choices made in it"
    assert narrowed["outlets"] == {"1": Count(6, 1)}


def test_the_sizes_of_stories_are_told_by_their_ids(engine: Engine) -> None:
    _fill(engine)
    assert engine.story_sizes({"m0", "w0", "a", "b", "gone"}) == {"m0": (6, 1), "w0": (3, 3), "a": (1, 1), "b": (1, 0)}
    assert engine.story_sizes(()) == {}
