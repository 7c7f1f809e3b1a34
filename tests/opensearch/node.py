"""A real node for the tests: the one that KLIPING_TEST_OPENSEARCH names. Every test gets an index of its own there."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from index.engine import EngineError
from index.opensearch.cluster import Cluster
from index.storage.address import IndexAddress, parse_address

VARIABLE = "KLIPING_TEST_OPENSEARCH"
needed = pytest.mark.skipif(not os.environ.get(VARIABLE), reason=f"{VARIABLE} names no node; run: make test-opensearch")


def an_address(shards: int = 1, replicas: int = 0) -> IndexAddress:
    """An index of which there is nothing yet."""
    name = f"test-{secrets.token_hex(6)}"
    return parse_address(f"{os.environ[VARIABLE].rstrip('/')}/{name}?shards={shards}&replicas={replicas}")


@contextmanager
def an_index(shards: int = 1) -> Iterator[IndexAddress]:
    """An index that is removed afterwards."""
    address = an_address(shards)
    try:
        yield address
    finally:
        remove(address)


def remove(address: IndexAddress) -> None:
    """Remove an index with all its generations: a node takes a thousand shards."""
    with suppress(EngineError):
        cluster = Cluster(address)
        names = ",".join(cluster.request("GET", f"/{address.name}-*/_alias")) or f"{address.name}-none"
        cluster.request("DELETE", f"/{names}?ignore_unavailable=true")
