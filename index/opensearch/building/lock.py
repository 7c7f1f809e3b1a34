"""The lock of builds: a document with the owner and the time, renewed while the build runs.

A lock that was not renewed for a while belongs to a build that was killed; so does one of a process of this machine
that is no more. The next build takes it over.
"""

import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread
from typing import Any, Final

from index.engine import BuildInProgress, EngineError
from index.opensearch.cluster import Cluster, Conflict, NotThere

RENEWED: Final = 10.0  # seconds
STALE: Final = 120.0  # seconds without a renewal; clocks of machines may differ by some
LOCK: Final = "lock"


@contextmanager
def locked(cluster: Cluster) -> Iterator[None]:
    """Hold the lock. Raises BuildInProgress if another build has it."""
    index = f"{cluster.address.name}-builds"
    _take(cluster, index)
    over = Event()
    renewing = Thread(target=_renew, args=(cluster, index, over), daemon=True)
    renewing.start()
    try:
        yield
    finally:
        over.set()
        renewing.join()
        with suppress(EngineError):  # it grows stale
            cluster.request("DELETE", f"/{index}/_doc/{LOCK}?refresh=true")


def _take(cluster: Cluster, index: str) -> None:
    for _ in range(2):
        held = _held(cluster, index)
        if held is None:
            settings = {"number_of_shards": 1, "number_of_replicas": cluster.address.replicas}
            with suppress(Conflict):  # it is there
                cluster.request("PUT", f"/{index}", {"settings": settings})
        condition = f"if_seq_no={held['_seq_no']}&if_primary_term={held['_primary_term']}" if held else "op_type=create"
        if held and not _is_stale(held["_source"]):
            told = held["_source"]
            raise BuildInProgress(
                f"another reindex is underway (process {told['pid']} on {told['host']}, since {told['since']}); "
                "wait for it to end"
            )
        with suppress(Conflict):  # another build was faster: look again
            cluster.request("PUT", f"/{index}/_doc/{LOCK}?{condition}", _owner(time.time()))
            return
    raise BuildInProgress("another reindex is underway; wait for it to end")


def _held(cluster: Cluster, index: str) -> Any:
    try:
        found = cluster.request("GET", f"/{index}/_doc/{LOCK}")
    except NotThere:
        return None
    return found if found.get("found") else None


def _owner(began: float) -> dict[str, object]:
    since = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(began))
    return {"pid": os.getpid(), "host": socket.gethostname(), "since": since, "renewed": time.time()}


def _is_stale(told: dict[str, Any]) -> bool:
    if time.time() - told["renewed"] > STALE:
        return True
    return told["host"] == socket.gethostname() and not _runs(told["pid"])


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _renew(cluster: Cluster, index: str, over: Event) -> None:
    began = time.time()
    while not over.wait(RENEWED):
        with suppress(EngineError):
            cluster.request("PUT", f"/{index}/_doc/{LOCK}", _owner(began))
