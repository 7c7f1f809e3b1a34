"""The contract of going on from a hit: page by page, every hit comes once, in the order of numbered pages."""

from dataclasses import replace
from itertools import product

import pytest

from index.engine import Engine, Match, Reader
from index.query.request import Copies, Lead, Query, Sort
from tests.contract.engine_contract import an_article, build


def _fill(engine: Engine) -> None:
    """Articles of the same and of different scores and days, in two segments, with deletions, stories and groups."""
    days = ("2018-05-31", None, "2018", "2018-05-31", "2019-01-01", "2018-05-31", None, "2017", "2018-05-31")
    texts = [f"beras {'padi ' * (n % 3)}{'jagung' if n % 2 else ''}" for n in range(len(days))]
    articles = [an_article(f"{n}", text, day) for n, (text, day) in enumerate(zip(texts, days, strict=True))]
    build(engine, *articles[:5], an_article("gone", "beras padi", "2018"))
    with engine.build() as building:
        for article in articles[5:]:
            building.add(article)
        building.remove("gone")
        stories = {"0": "0", "5": "0", "8": "0", "6": "1", "1": "1"}
        building.set_stories(stories, {"2": "2", "0": "2", "5": "2", "8": "2"})


def _walk(reader: Reader, query: Query) -> list[tuple[str, tuple[str, ...]]]:
    """All hits, from the first one on."""
    found: list[Match] = []
    query = replace(query, after="")
    while True:
        answer = reader.find(query, facets=())
        found += answer.matches
        assert len(answer.matches) == query.size or answer.last is None
        if answer.last is None:
            return [(match.article.id, match.copies) for match in found]
        query = replace(query, after=answer.last)


def _numbered(reader: Reader, query: Query) -> list[tuple[str, tuple[str, ...]]]:
    found = reader.find(replace(query, size=100), facets=())
    return [(match.article.id, match.copies) for match in found.matches]


def test_going_on_gives_every_hit_once_in_the_order_of_pages(engine: Engine) -> None:
    _fill(engine)
    reader = engine.snapshot()
    texts = ("", "beras", "padi OR jagung", "gandum")
    for text, sort, copies, lead, size in product(texts, Sort, Copies, Lead, (1, 4, 9)):
        query = Query(text, sort=sort, copies=copies, lead=lead, size=size)
        assert _walk(reader, query) == _numbered(reader, query), query


def test_going_on_keeps_totals_and_scores(engine: Engine) -> None:
    _fill(engine)
    query = Query("padi", size=2)
    numbered, first = engine.find(query), engine.find(replace(query, after=""))
    assert (first.articles, first.stories, first.hits) == (numbered.articles, numbered.stories, numbered.hits)
    assert [match.score for match in first.matches] == pytest.approx([match.score for match in numbered.matches])
    assert numbered.last is None, "only who asks for it goes on from hit to hit"


def test_what_leads_no_hit_is_no_place_to_go_on_from(engine: Engine) -> None:
    _fill(engine)
    for unknown in ("nothing", "gone", "4"):
        with pytest.raises(KeyError):
            engine.find(Query("jagung" if unknown == "4" else "", after=unknown))
    lead, (folded, *_) = next((hit, copies) for hit, copies in _walk(engine, Query(size=9)) if copies)
    assert engine.find(Query(after=lead)).matches
    with pytest.raises(KeyError):
        engine.find(Query(after=folded))
