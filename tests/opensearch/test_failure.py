"""A node of three is killed in mid-search and in mid-reindex: answers go on, whole, and nothing is lost."""

from threading import Event, Thread

import pytest

from index.engine import Engine
from index.opening import open_engine
from index.query.request import Query
from index.storage.address import parse_address
from index.storage.failures import Unreachable
from tests.contract.engine_contract import an_article
from tests.opensearch.node import needed
from tests.opensearch.server import Unavailable, nodes

pytestmark = needed
ARTICLES = 600  # enough that a build copies the indices of the one before
SHARDS = 3


def _add(engine: Engine, first: int) -> None:
    with engine.build() as building:
        for number in range(first, first + ARTICLES):
            building.add(an_article(f"{number}", f"beras nomor{number}", "2018-05-03"))


def _ask(engine: Engine, over: Event, told: list[int | Unreachable]) -> None:
    while not over.is_set():
        try:
            told.append(engine.find(Query("beras")).articles)
        except Unreachable as error:
            told.append(error)


def test_a_killed_node_takes_nothing_with_it() -> None:
    try:
        with nodes(3) as running:
            hosts = ",".join(f"127.0.0.1:{node.port}" for node in running)
            address = parse_address(f"http://{hosts}/gagal?shards={SHARDS}&replicas=1")
            engine, over, told = open_engine(address), Event(), list[int | Unreachable]()
            _add(engine, 0)
            asking = Thread(target=_ask, args=(open_engine(address), over, told))
            asking.start()
            try:
                running[1].kill()
                _add(engine, ARTICLES)
            finally:
                over.set()
                asking.join()
            assert {one for one in told if isinstance(one, int)} <= {ARTICLES, 2 * ARTICLES}, (
                "no answer is a part of one"
            )
            assert sum(isinstance(one, Unreachable) for one in told) <= len(told) // 10
            assert engine.find(Query("beras")).articles == engine.info().articles == 2 * ARTICLES
            assert list(engine.check()) == []
    except Unavailable as reason:
        pytest.skip(f"three nodes cannot be started here: {reason}")
