"""The contract of first seen: an index knows since when it has had each article, and orders hits by it."""

from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime
from unittest.mock import patch

import pytest

from index.engine import Engine
from index.query.request import Copies, Query, Sort
from index.storage import first_seen
from tests.contract.engine_contract import an_article, build, ids

DAY = 24 * 60 * 60  # seconds


class Clock:
    """The moment at which builds begin, in days since 1970."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.day = 20_000
        monkeypatch.setattr(first_seen, "now", lambda: self.day * DAY)

    def since(self, engine: Engine, *articles: str) -> list[int]:
        """The days since which an index has had some articles."""
        told = engine.first_seen(articles)
        return [(told[one] - datetime(1970, 1, 1, tzinfo=UTC)).days for one in articles]


def begun_at(moment: int) -> AbstractContextManager[object]:
    """Builds begin at a moment, in seconds since 1970."""
    return patch.object(first_seen, "now", return_value=moment)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def _fill(engine: Engine, clock: Clock) -> None:
    """Three articles of a first build, one of a second and two of a third; the newest by date is of the first."""
    days = {"a": "2018-01-01", "b": "2020-01-01", "c": "2019-01-01", "d": "2017-01-01", "e": None, "f": "2016-01-01"}
    for names in ("abc", "d", "ef"):
        build(engine, *(an_article(name, f"beras {name}", days[name]) for name in names))
        clock.day += 1


def test_what_was_indexed_last_comes_first_and_of_one_run_the_newest(engine: Engine, clock: Clock) -> None:
    _fill(engine, clock)
    for text in ("", "beras"):
        assert ids(engine, text, sort=Sort.INDEXED) == ["f", "e", "d", "b", "c", "a"]
    assert ids(engine, "beras", sort=Sort.INDEXED, until="2019") == ["f", "d", "c", "a"]
    assert ids(engine, "beras", sort=Sort.INDEXED, size=2, page=2) == ["d", "b"]


def test_an_index_tells_since_when_it_has_an_article(engine: Engine, clock: Clock) -> None:
    _fill(engine, clock)
    assert clock.since(engine, *"abcdef") == [20_000, 20_000, 20_000, 20_001, 20_002, 20_002]
    assert engine.first_seen({"unknown"}) == {}
    assert engine.first_seen(()) == {}


def test_an_article_that_changes_or_comes_back_is_no_new_one(engine: Engine, clock: Clock) -> None:
    _fill(engine, clock)
    with engine.build() as building:
        building.add(an_article("a", "beras lain", "2018-01-01"))
        building.remove("b")
    assert clock.since(engine, "a") == [20_000]
    assert engine.first_seen({"b"}) == {}
    clock.day += 1
    build(engine, an_article("b", "beras kembali", "2020-01-01"), an_article("g", "beras", "2015-01-01"))
    assert clock.since(engine, "b", "g") == [20_000, 20_004]
    assert ids(engine, sort=Sort.INDEXED) == ["g", "f", "e", "d", "b", "c", "a"]


def test_a_build_from_nothing_takes_over_since_when_articles_are_there(engine: Engine, clock: Clock) -> None:
    _fill(engine, clock)
    with engine.build(fresh=True) as building:
        for name in "afh":
            building.add(an_article(name, "beras", "2018-01-01"))
    assert clock.since(engine, *"afh") == [20_000, 20_002, 20_003]


def test_stories_come_by_what_of_them_was_indexed_last(engine: Engine, clock: Clock) -> None:
    _fill(engine, clock)
    with engine.build() as building:
        building.set_stories({"c": "c", "e": "c"})
    query = Query("beras", sort=Sort.INDEXED, size=10)
    assert [(hit.article.id, hit.copies) for hit in engine.find(query).matches][:2] == [("e", ("c",)), ("f", ())]
    walked: list[str] = []
    last: str | None = ""
    while last is not None:
        page = engine.find(replace(query, copies=Copies.SHOW, size=4, after=last))
        walked += [hit.article.id for hit in page.matches]
        last = page.last
    assert walked == ["e", "f", "d", "b", "c", "a"], "e has got the date of its copy"


def test_when_articles_came_is_no_part_of_what_identifies_an_index(engine: Engine, clock: Clock) -> None:
    build(engine, an_article("a", "beras"))
    before = engine.info().id
    clock.day += 1
    build(engine, an_article("b", "beras"))
    with engine.build() as building:
        building.remove("b")
    assert engine.info().id == before
