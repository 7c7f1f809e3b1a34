"""The contract of walks: a walk gives every hit once, oldest first, as the pages of a search do, from one index."""

from itertools import product

import pytest

from archive.article import Article
from index.engine import Engine, Match, NoIndex, Reader
from index.query.errors import BadQuery
from index.query.request import Copies, Lead, Query, Sort
from tests.contract.engine_contract import an_article, build

_DAYS = ("2019-02-03", None, "2018", "2018-05", "2018-05-31", "2018-05-31", None, "2020-01-01")


def _archive(engine: Engine) -> None:
    """Articles of all precisions in several segments, with deletions, stories and a loose group."""
    articles = [an_article(f"{n}", f"beras {n} " + "padi " * n, day) for n, day in enumerate(_DAYS)]
    build(engine, *articles[:3], an_article("gone", "beras lama", "2017"))
    build(engine, *articles[3:6])
    with engine.build() as building:
        for article in articles[6:]:
            building.add(article)
        building.add(an_article("other", "jagung", "2016"))
        building.remove("gone")
        stories = {"0": "0", "4": "0", "5": "0", "6": "6", "7": "6"}
        building.set_stories(stories, {"1": "1", "2": "1", "6": "1", "7": "1"})


def _pages(reader: Reader, query: Query) -> list[Match]:
    found = reader.find(query.sorted_by(Sort.OLDEST), facets=())
    return [
        match
        for page in range(1, -(-found.hits // query.size) + 1)
        for match in reader.find(query.sorted_by(Sort.OLDEST).at(page), facets=()).matches
    ]


def _without_scores(matches: list[Match]) -> list[tuple[Article, str, tuple[str, ...]]]:
    return [(match.article, match.story, match.copies) for match in matches]


def test_a_walk_gives_the_hits_of_all_pages_oldest_first(engine: Engine) -> None:
    _archive(engine)
    reader = engine.snapshot()
    for text, copies, lead in product(("", "beras -3", "padi OR jagung", "gandum"), Copies, Lead):
        query = Query(text, copies=copies, lead=lead, size=3)
        assert _without_scores(list(reader.walk(query))) == _without_scores(_pages(reader, query)), query


def test_a_walk_has_as_many_hits_as_the_totals_say_and_undated_ones_last(engine: Engine) -> None:
    _archive(engine)
    found = engine.find(Query("beras"))
    articles = [match.article for match in engine.walk(Query("beras", copies=Copies.SHOW, page=9, sort=Sort.NEWEST))]
    assert len(articles) == found.articles == len(_DAYS)
    assert len(list(engine.walk(Query("beras")))) == found.stories
    days = [article.date.first for article in articles]
    known = [day for day in days if day]
    assert days == sorted(known) + [None] * (len(days) - len(known))
    assert [article.id for article in articles if not article.date.first] == ["1"], "its copy dates the other one"


def test_a_walk_keeps_to_filters_and_dates(engine: Engine) -> None:
    _archive(engine)
    query = Query("beras", since="2018-05", until="2019", copies=Copies.SHOW, excluded={"story": ("3",)})
    assert [match.article.id for match in engine.walk(query)] == ["4", "5", "0"]


def test_a_walk_without_texts_has_all_other_facts(engine: Engine) -> None:
    titled = an_article("a", 'Ia berkata: ","passages":[1]"\nLalu.', "2018-05", title='"T",', title_derived=False)
    build(engine, titled, an_article("b", "", outlet="X", reporters=("A", "B"), url="http://x/"))
    (whole, bare), (also, without) = (list(engine.walk(Query(), texts=texts)) for texts in (True, False))
    assert whole.article == titled
    assert (also.article.title, also.article.date, also.article.digest) == (
        titled.title,
        titled.date,
        titled.digest,
    )
    assert [also.article.text, also.article.passages, without.article.passages] == ["", (), ()]
    assert (without.article.outlet, without.article.reporters) == (bare.article.outlet, bare.article.reporters)


def test_a_walk_that_began_goes_on_in_its_index(engine: Engine) -> None:
    _archive(engine)
    reader = engine.snapshot()
    walk = reader.walk(Query("beras", copies=Copies.SHOW))
    first = next(walk)
    for number in range(4):
        build(engine, an_article(f"new{number}", "beras baru", "2015"))
    assert [first.article.id, *(match.article.id for match in walk)] == [
        match.article.id for match in _pages(reader, Query("beras", copies=Copies.SHOW))
    ]


def test_a_walk_fails_before_its_first_hit(engine: Engine) -> None:
    with pytest.raises(NoIndex):
        engine.walk(Query())
    build(engine, an_article("a", "satu"))
    with pytest.raises(BadQuery):
        engine.walk(Query("("))


def test_facts_of_all_hits_are_told_in_the_order_of_a_walk(engine: Engine) -> None:
    _archive(engine)
    known = [("x", "Detik", "2021-07"), ("y", "Tempo.co", "2021-08")]
    build(engine, *(an_article(name, "padi", month, outlet=outlet) for name, outlet, month in known))
    for copies, lead in product(Copies, Lead):
        query = Query("padi", copies=copies, lead=lead)
        facts = list(engine.facts(query, ("outlet", "month")))
        assert [article_id for article_id, *_ in facts] == [match.article.id for match in engine.walk(query)]
        months = [(match.article.date.value or "")[:7] for match in engine.walk(query)]
        assert [month for *_, month in facts] == [month if len(month) == len("2018-05") else "" for month in months]
        assert [one for one in facts if one[1]] == known
    assert list(engine.facts(Query("gandum"), ("outlet",))) == []
    assert ("x",) in list(engine.facts(Query("padi"), ()))


def test_the_digests_of_all_articles_are_told_by_their_ids(engine: Engine) -> None:
    with pytest.raises(NoIndex):
        list(engine.digests())
    build(engine, *(an_article(name, "padi") for name in "cab"))
    with engine.build() as again:
        again.remove("a")
        again.add(an_article("b", "padi menguning"))
        again.set_stories({"b": "b", "c": "b"})
    told = dict(engine.digests())
    assert list(told) == ["b", "c"]
    assert told == {match.article.id: match.article.digest for match in engine.walk(Query(copies=Copies.SHOW))}
