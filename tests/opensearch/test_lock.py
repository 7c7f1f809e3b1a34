"""A reindex that cannot take the lock of a cluster says why: another one has it, or the servers refuse."""

from typing import Any

import pytest

from index.engine import BuildInProgress, EngineError
from index.opensearch.building.lock import locked
from index.opensearch.cluster import Cluster, Conflict, NotThere
from index.storage.address import parse_address


class Refusing(Cluster):
    """A cluster with no lock yet, in which nothing can be made, for one reason."""

    def __init__(self, reason: EngineError) -> None:
        super().__init__(parse_address("http://127.0.0.1:9/berita"))
        self.reason = reason

    def request(self, method: str, path: str, body: Any = None, *, seconds: float = 0) -> Any:
        raise NotThere(path) if method == "GET" else self.reason


def test_what_the_servers_refuse_is_told() -> None:
    with pytest.raises(EngineError, match="1000 shards"), locked(Refusing(EngineError("there are 1000 shards"))):
        pytest.fail("there is no lock")


def test_another_that_was_faster_is_told_as_such() -> None:
    with pytest.raises(BuildInProgress, match="underway"), locked(Refusing(Conflict("it is there"))):
        pytest.fail("there is no lock")
