"""A node that forbids scripts passes the contract of all engines too; what is not counted exactly is told as such."""

import json
import secrets
from collections.abc import Iterator

import pytest

from index.engine import Engine
from index.facets import Estimate, estimated
from index.opening import open_engine
from index.opensearch.counting import distinct
from index.query.request import Copies, Query
from index.storage.address import IndexAddress, parse_address
from index.trends import Interval, Split
from tests.contract.concordance_contract import *  # noqa: F403
from tests.contract.cursor_contract import *  # noqa: F403
from tests.contract.engine_contract import *  # noqa: F403  # the contract's tests run here
from tests.contract.engine_contract import an_article, build
from tests.contract.similarity_contract import *  # noqa: F403
from tests.contract.story_size_contract import *  # noqa: F403
from tests.contract.trends_contract import *  # noqa: F403
from tests.contract.walk_contract import *  # noqa: F403
from tests.contract.words_contract import *  # noqa: F403
from tests.opensearch.node import needed, remove
from tests.opensearch.server import Unavailable, nodes
from web import create_app

pytestmark = needed
STORIES = 30
SIZE = 7


@pytest.fixture(scope="module")
def node() -> Iterator[int]:
    """The port of a node that runs no scripts."""
    try:
        with nodes(1, {"script.allowed_types": "none"}) as (running,):
            yield running.port
    except Unavailable as reason:
        pytest.skip(f"a node cannot be started here: {reason}")


@pytest.fixture
def address(node: int) -> Iterator[IndexAddress]:
    """An index of which there is nothing yet, removed afterwards."""
    address = parse_address(f"http://127.0.0.1:{node}/skrip-{secrets.token_hex(6)}?shards=3")
    yield address
    remove(address)


@pytest.fixture
def engine(address: IndexAddress) -> Engine:
    return open_engine(address)


def copies(engine: Engine) -> None:
    """Build stories of three articles of three outlets each, and as many articles that are alone."""
    articles = [
        an_article(f"{number:03}", "harga beras", f"20{10 + number % 5}-05", outlet=f"Harian {number % 3}")
        for number in range(4 * STORIES)
    ]
    build(engine, *articles, stories={f"{number:03}": f"{number // 3 * 3:03}" for number in range(3 * STORIES)})


def test_answers_with_few_copies_are_exact(engine: Engine) -> None:
    copies(engine)
    found = engine.find(Query("beras"))
    assert (found.articles, found.stories, found.hits) == (4 * STORIES, 2 * STORIES, 2 * STORIES)
    assert found.counts["outlet"]["Harian 0"].stories == STORIES + STORIES // 3
    trend = engine.trends(Query("beras"), Interval.YEAR, Split("outlet", 2))
    assert trend.total[:3] == (4 * STORIES, 2 * STORIES, 3)
    told = [found.stories, found.hits, trend.total.stories, *(one.stories for one in found.counts["outlet"].values())]
    assert not estimated(told)


def test_answers_with_many_copies_are_estimated_and_say_so(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    copies(engine)
    monkeypatch.setattr(distinct, "FEW", 10)
    monkeypatch.setattr(distinct, "FEW_CELLS", 2)
    found = engine.find(Query("beras", size=SIZE))
    assert isinstance(found.stories, Estimate)
    assert isinstance(found.hits, Estimate)
    assert found.stories == pytest.approx(2 * STORIES, rel=0.02)
    assert found.articles == 4 * STORIES
    assert not isinstance(found.articles, Estimate)
    assert all(isinstance(one.stories, Estimate) for one in found.counts["outlet"].values())
    trend = engine.trends(Query("beras"), Interval.YEAR)
    assert estimated([trend.total.stories])
    assert estimated([trend.total.outlets])
    assert trend.total.outlets == pytest.approx(3, abs=1)


@pytest.mark.parametrize("folding", [Copies.FOLD, Copies.LOOSE])
def test_every_hit_is_on_a_page_though_their_number_is_estimated(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, folding: Copies
) -> None:
    copies(engine)
    monkeypatch.setattr(distinct, "FEW", 10)
    query, seen, page = Query("beras", size=SIZE, copies=folding), set[str](), 1
    while (found := engine.find(query.at(page))).hits > SIZE * (page - 1):
        seen |= {id_ for match in found.matches for id_ in (match.article.id, *match.copies)}
        page += 1
    assert len(seen) == 4 * STORIES
    last = engine.find(query.at(-(-2 * STORIES // SIZE)))
    assert last.hits == 2 * STORIES
    assert not isinstance(last.hits, Estimate), "a page that is not full is the last"
    assert folding is not Copies.FOLD or (last.stories, isinstance(last.stories, Estimate)) == (last.hits, False)


def test_page_api_and_commands_say_about(
    engine: Engine, address: IndexAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    copies(engine)
    monkeypatch.setattr(distinct, "FEW", 10)
    app = create_app({"TESTING": True, "KLIPING_INDEX": address})
    page = app.test_client().get("/?q=beras").text
    assert "≈\N{NO-BREAK SPACE}60</b> berita berbeda" in page
    assert "berarti sekitar" in page
    told = app.test_client().get("/api/v1/search?q=beras").json
    assert told is not None
    assert told["estimated"] is True
    assert told["total"]["articles"] == 4 * STORIES
    run = app.test_cli_runner().invoke
    assert "in about 60 stories" in run(args=["search", "beras"]).output
    (without, order) = json.loads(run(args=["info", "--json"]).output)["notes"]
    assert "no scripts" in without
    assert "reindex --full" in order


def test_a_generation_upon_another_keeps_its_similarity(engine: Engine) -> None:
    texts = [f"beras {number} {'harga ' * (number % 4)}" for number in range(600)]
    build(engine, *(an_article(f"{number:03}", text) for number, text in enumerate(texts)))
    build(engine, an_article("lagi", "beras harga harga harga harga harga"))
    found = engine.find(Query("harga"))
    assert found.matches[0].article.id == "lagi"
    assert list(engine.check()) == []
