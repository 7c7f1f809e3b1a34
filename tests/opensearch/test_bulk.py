"""Bulk writes: what a busy server refuses is sent again in turn, a failure ends the build, and memory is bounded."""

import json
import time
from contextlib import closing
from threading import Event, Thread
from typing import Any

import pytest

from index.engine import EngineError
from index.opensearch import bulk
from index.opensearch.bulk import Action, BulkWriter
from index.opensearch.cluster import TOO_MANY, Cluster
from index.storage.address import parse_address


class FakeCluster(Cluster):
    """Takes bulk requests as told; keeps the ids that it took."""

    def __init__(self, refusing: int = 0, *, broken: bool = False) -> None:
        super().__init__(parse_address("http://127.0.0.1:1/berita"))
        self.taken: list[str] = []
        self.open = Event()
        self.open.set()
        self._refusing, self._broken = refusing, broken

    def request(self, _method: str, _path: str, body: Any = None, *, seconds: float = 0) -> Any:
        self.open.wait(seconds)
        ids = [json.loads(line)["index"]["_id"] for line in body.splitlines()[::2]]
        items: list[dict[str, Any]] = [{"index": {"_id": one, "status": 200}} for one in ids]
        if self._broken:
            items[-1]["index"] |= {"status": 400, "error": {"type": "mapping", "reason": "no such field"}}
        elif self._refusing:
            self._refusing -= 1
            items[0]["index"] |= {"status": TOO_MANY, "error": {"type": "rejected", "reason": "busy"}}
        self.taken += [item["index"]["_id"] for item in items if "error" not in item["index"]]
        return {"errors": any("error" in item["index"] for item in items), "items": items}


def action(number: int) -> Action:
    return json.dumps({"index": {"_id": str(number)}}), json.dumps({"text": "beras"})


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "PORTION_BYTES", 200)
    monkeypatch.setattr(bulk, "FIRST_PAUSE", 0.001)
    monkeypatch.setattr(bulk, "LONGEST_PAUSE", 0.001)


def test_what_a_busy_server_refuses_is_sent_again() -> None:
    cluster = FakeCluster(refusing=5)
    with closing(BulkWriter(cluster)) as writer:
        for number in range(100):
            writer.add("texts", [action(number)])
        writer.flush()
    assert sorted(cluster.taken, key=int) == [str(number) for number in range(100)]


def test_a_server_that_stays_busy_is_named() -> None:
    with closing(BulkWriter(FakeCluster(refusing=1000))) as writer:
        writer.add("texts", [action(1)])
        with pytest.raises(EngineError, match="does not take '1': rejected: busy"):
            writer.flush()


def test_a_document_that_the_server_does_not_take_ends_the_build() -> None:
    with closing(BulkWriter(FakeCluster(broken=True))) as writer:
        writer.add("texts", [action(7)])
        with pytest.raises(EngineError, match="'7': mapping: no such field"):
            writer.flush()
        with pytest.raises(EngineError, match="'7'"):
            for number in range(100):
                writer.add("texts", [action(number)])


def test_who_adds_waits_for_a_slow_server() -> None:
    cluster = FakeCluster()
    cluster.open.clear()
    with closing(BulkWriter(cluster)) as writer:
        ended = Event()

        def add() -> None:
            for number in range(200):
                writer.add("texts", [action(number)])
            ended.set()

        adding = Thread(target=add)
        adding.start()
        time.sleep(0.05)
        assert not ended.is_set()
        cluster.open.set()
        adding.join()
        writer.flush()
    assert len(cluster.taken) == 200
