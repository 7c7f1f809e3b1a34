"""What docs/scaling.md says of a cluster holds on a real node: its settings, snapshots, moving there and back."""

import json
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from index.engine import NoIndex
from index.opening import open_engine
from index.opensearch.cluster import Cluster
from index.query.request import Query, Sort
from index.storage.address import IndexAddress, parse_address
from tests import ROOT, SAMPLES
from tests.opensearch.node import needed
from tests.opensearch.server import Unavailable, nodes
from web import create_app

yaml = pytest.importorskip("yaml")
COMPOSE = ROOT / "docs" / "scaling" / "compose.yml"
PROXY = ROOT / "docs" / "scaling" / "nginx.conf"
OF_MACHINES = {
    "node.name",
    "discovery.seed_hosts",
    "cluster.initial_cluster_manager_nodes",
    "path.repo",
    "cluster.name",
}


def services() -> Mapping[str, Any]:
    found: Mapping[str, Any] = yaml.safe_load(COMPOSE.read_text("utf-8"))["services"]
    return found


def settings_of_nodes() -> dict[str, dict[str, str]]:
    """The settings of the server, which have points in their names, of each node of the compose file."""
    given = {name: service["environment"] for name, service in services().items() if "environment" in service}
    return {name: {key: value for key, value in held.items() if "." in key} for name, held in given.items()}


@pytest.fixture(scope="module")
def node() -> Iterator[int]:
    """The port of a node with the settings of the compose file that are not about other machines."""
    own = {key: value for key, value in settings_of_nodes()["node1"].items() if key not in OF_MACHINES}
    try:
        with nodes(1, own) as (running,):
            yield running.port
    except Unavailable as reason:
        pytest.skip(f"a node cannot be started here: {reason}")


def test_the_compose_file_names_its_nodes_to_each_other() -> None:
    held = settings_of_nodes()
    assert len(held) == 3
    for name, settings in held.items():
        assert settings["node.name"] == name
        assert settings["discovery.seed_hosts"].split(",") == list(held)
        assert settings["cluster.initial_cluster_manager_nodes"].split(",") == list(held)
        assert f"server {name}:9200;" in PROXY.read_text("utf-8")
    proxy = services()["proxy"]
    assert proxy["ports"] == ["9200:9200"], "nothing else is reached from outside"
    assert all("ports" not in services()[name] for name in held)


@needed
def test_nodes_take_the_settings_of_the_compose_file(node: int) -> None:
    asked = f"http://127.0.0.1:{node}/_nodes/settings?flat_settings=true"
    with urllib.request.urlopen(asked, timeout=10) as answer:
        (told,) = json.load(answer)["nodes"].values()
    assert set(settings_of_nodes()["node1"]) <= set(told["settings"])


@needed
def test_an_archive_moves_into_a_cluster_and_back(node: int, tmp_path: Path) -> None:
    address = parse_address(f"http://127.0.0.1:{node}/pindah?shards=3")
    places: list[Path | IndexAddress] = [tmp_path / "before", address, tmp_path / "after"]
    told, listed = [], []
    for place in places:
        settings = {"KLIPING_INDEX": place, "KLIPING_ARTICLES": SAMPLES, "KLIPING_LISTINGS": tmp_path / "listings"}
        run = create_app({"TESTING": True, **settings}).test_cli_runner().invoke
        made = run(args=["reindex"])
        assert made.exit_code == 0, made.output
        assert run(args=["verify"]).exit_code == 0
        told.append(json.loads(run(args=["info", "--json"]).output)["id"])
        listed.append([hit.article for hit in open_engine(place).walk(Query("", sort=Sort.OLDEST))])
    assert told[0] == told[1] == told[2]
    assert listed[0] == listed[1] == listed[2]


@needed
def test_diff_index_tells_what_changed_in_a_cluster(node: int, tmp_path: Path) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    file = articles / "berita.jsonl"
    app = create_app({"TESTING": True, "KLIPING_INDEX": parse_address(f"http://127.0.0.1:{node}/beda")})
    run = app.test_cli_runner().invoke
    rows = [
        {"id": str(number), "title": f"Beras {number}", "text": f"Harga beras nomor {number}."} for number in range(3)
    ]
    for kept in (rows[:2], rows[1:]):
        file.write_text("".join(f"{json.dumps(row)}\n" for row in kept), "utf-8")
        made = run(args=["reindex", "--allow-removals", str(articles)])
        assert made.exit_code == 0, made.output
    before = run(args=["diff-index"]).output
    assert before, "the published index and the one before it"
    ids = [json.loads(run(args=["info", "--json"]).output)["id"]]
    assert ids[0][:6] in before


@needed
def test_a_snapshot_brings_back_what_was_removed(node: int) -> None:
    address = parse_address(f"http://127.0.0.1:{node}/cadangan?shards=3")
    cluster, engine = Cluster(address), open_engine(address)
    app = create_app({"TESTING": True, "KLIPING_INDEX": address})
    run = app.test_cli_runner().invoke
    assert run(args=["reindex", str(SAMPLES)]).exit_code == 0
    before, found = engine.info(), engine.find(Query("harga")).counts
    where = cluster.request("GET", "/_nodes/settings?flat_settings=true")["nodes"].popitem()[1]["settings"]["path.repo"]
    cluster.request("PUT", "/_snapshot/cadangan", {"type": "fs", "settings": {"location": where}})
    body = {"indices": "cadangan-*,-cadangan-builds", "include_global_state": False}
    cluster.request("PUT", "/_snapshot/cadangan/senin?wait_for_completion=true", body)
    held = ",".join(cluster.request("GET", "/cadangan-*/_alias"))
    cluster.request("DELETE", f"/{held}")
    with pytest.raises(NoIndex):
        open_engine(address).info()  # a new one: `engine` believes for a second what it has seen
    cluster.request(
        "POST", "/_snapshot/cadangan/senin/_restore?wait_for_completion=true", {"include_global_state": False}
    )
    assert open_engine(address).info() == before
    assert run(args=["verify"]).exit_code == 0
    assert engine.find(Query("harga")).counts == found
    assert run(args=["reindex", "--if-needed", str(SAMPLES)]).exit_code == 0
