"""An archive in a cluster from files to pages: the commands, the answers of a folder, and interrupted builds."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from index.engine import BuildInProgress, Engine
from index.opening import open_engine
from index.opensearch.building import writing
from index.opensearch.cluster import Cluster
from index.query.request import Query, Sort
from index.reindexing.pipeline import reindex
from index.reindexing.request import ReindexRequest
from index.storage.address import IndexAddress
from tests import ROOT
from tests.contract.engine_contract import an_article, build, ids
from tests.opensearch.node import an_index, needed
from web import create_app

pytestmark = needed
SAMPLES = ROOT / "samples"
TEXTS = (
    "harga beras",
    '"harga beras"',
    "presiden OR menteri",
    "bertemu -kim",
    "ber*",
    "harga NEAR/5 naik",
    "judul:harga",
)


@pytest.fixture(scope="module")
def address() -> Iterator[IndexAddress]:
    with an_index(shards=3) as found:
        yield found


@pytest.fixture(scope="module")
def app(address: IndexAddress) -> Flask:
    app = create_app({"TESTING": True, "KLIPING_INDEX": address})
    made = app.test_cli_runner().invoke(args=["reindex", str(SAMPLES)])
    assert made.exit_code == 0, made.output
    return app


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    engine = open_engine(tmp_path_factory.mktemp("folder"))
    reindex(engine, ReindexRequest((SAMPLES,)))
    return engine


def test_the_index_is_that_of_a_folder(app: Flask, folder: Engine) -> None:
    told = json.loads(app.test_cli_runner().invoke(args=["info", "--json"]).output)
    info = folder.info()
    assert (told["id"], told["articles"], told["stories"]) == (info.id, info.articles, info.stories)


def test_answers_are_those_of_a_folder(app: Flask, address: IndexAddress, folder: Engine) -> None:
    cluster = open_engine(address)
    same, hits = 0, 0
    for text in (*TEXTS, ""):
        ours, theirs = (engine.find(Query(text, sort=Sort.RELEVANCE)) for engine in (folder, cluster))
        assert (theirs.articles, theirs.stories, theirs.counts) == (ours.articles, ours.stories, ours.counts), text
        assert theirs.tree == ours.tree
        first = {match.article.id for match in ours.matches}
        same += len(first & {match.article.id for match in theirs.matches})
        hits += len(first)
    assert same >= 0.95 * hits


def test_commands_and_pages_answer(app: Flask) -> None:
    run = app.test_cli_runner().invoke
    assert "usable" in run(args=["reindex", "--if-needed", str(SAMPLES)]).output
    again = run(args=["reindex", str(SAMPLES)])
    assert again.exit_code == 0, again.output
    assert run(args=["verify"]).exit_code == 0
    client = app.test_client()
    for path in ("/", "/?q=harga", "/?q=harga&sort=newest&copies=show", "/trends?series=harga", "/kwic?q=harga"):
        assert client.get(path).status_code == 200, path
    assert client.get("/api/v1/search?q=harga").status_code == 200
    exported = client.get("/api/v1/export?q=harga&format=csv")
    assert exported.status_code == 200
    assert exported.text.count("\n") > 1


def test_an_unchanged_archive_is_not_published_again(app: Flask, address: IndexAddress) -> None:
    before = open_engine(address).info()
    app.test_cli_runner().invoke(args=["reindex", str(SAMPLES)])
    assert open_engine(address).info() == before


def test_articles_that_are_sent_before_their_stories_are_known_are_those_of_a_folder(
    folder: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "PORTION_BYTES", 0)
    with an_index(shards=3) as address:
        engine = open_engine(address)
        reindex(engine, ReindexRequest((SAMPLES,)))
        assert engine.info().id == folder.info().id
        assert list(engine.check()) == []
        query = Query("", sort=Sort.OLDEST)
        ours, theirs = ([(hit.article, hit.story, hit.copies) for hit in one.walk(query)] for one in (folder, engine))
        assert theirs == ours
        assert engine.find(query).counts == folder.find(query).counts
        best, scored = (one.find(Query("harga")).matches[0].score for one in (folder, engine))
        assert scored == pytest.approx(best, rel=0.02), "the mean length of all texts is known in the end"


def test_an_interrupted_build_leaves_nothing_that_is_served(tmp_path: Path) -> None:
    with an_index() as address:
        engine, cluster = open_engine(address), Cluster(address)
        build(engine, an_article("a", "beras"))
        left = f"{address.name}-20200101t000000000000-abcdef-texts"
        cluster.request("PUT", f"/{left}", {})
        assert ids(engine) == ["a"]
        build(engine, an_article("b", "beras"))
        assert sorted(ids(engine)) == ["a", "b"]
        assert left not in cluster.request("GET", f"/{address.name}-*/_alias"), "the next build removes it"


def test_a_second_build_says_who_builds() -> None:
    with an_index() as address:
        engine = open_engine(address)
        with engine.build() as building:
            building.add(an_article("a", "beras"))
            with pytest.raises(BuildInProgress, match="process"), open_engine(address).build():
                pass
        assert ids(engine) == ["a"]


def test_the_lock_of_a_build_that_was_killed_is_taken_over() -> None:
    with an_index() as address:
        engine, cluster = open_engine(address), Cluster(address)
        gone = {"pid": 1, "host": "elsewhere", "since": "2020-01-01T00:00:00Z", "renewed": 0}
        cluster.request("PUT", f"/{address.name}-builds/_doc/lock", gone)
        build(engine, an_article("a", "beras"))
        assert ids(engine) == ["a"]


def test_indices_of_others_are_left_alone() -> None:
    with an_index() as address:
        cluster, other = Cluster(address), f"{address.name}-other"
        cluster.request("PUT", f"/{other}", {})
        build(open_engine(address), an_article("a", "beras"))
        assert other in cluster.request("GET", f"/{address.name}-*/_alias")
