"""Bulk writes: documents are sent in portions, on some connections at once; what a busy server refuses is sent again.

Whoever adds waits while enough portions are on their way. So memory is bounded, and the server sets the pace.
"""

import time
from collections.abc import Iterable, Sequence
from queue import Queue
from threading import Thread
from typing import Final

from index.engine import EngineError
from index.opensearch.cluster import LONG_SECONDS, TOO_MANY, Busy, Cluster, told_of
from index.storage.failures import Unreachable

PORTION_BYTES: Final = 4 << 20  # per request; the server takes a tenth of its heap at once
TRIES: Final = 10
FIRST_PAUSE: Final = 0.3  # seconds, doubled at each try
LONGEST_PAUSE: Final = 15.0
SENDERS: Final = 2  # threads for each host: one portion is written while the next one is sent
MOST_SENDERS: Final = 8

ANSWERED: Final = "errors,items.*.status,items.*.error,items.*._id"
Action = tuple[str, str | None]  # what to do, and the document, both as JSON


class BulkWriter:
    """Writes to the indices of a cluster. After the first failure, every call raises it."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self._waiting: dict[str, list[Action]] = {}
        self._sizes: dict[str, int] = {}
        count = min(SENDERS * len(cluster.address.hosts), MOST_SENDERS)
        self._portions: Queue[tuple[str, list[Action]] | None] = Queue(maxsize=count)
        self._failure: BaseException | None = None
        self._threads = [Thread(target=self._send_all, daemon=True) for _ in range(count)]
        for thread in self._threads:
            thread.start()

    def add(self, index: str, actions: Iterable[Action]) -> None:
        """Do something to documents; actions that are added together are sent together, in turn."""
        held = self._waiting.setdefault(index, [])
        for action, document in actions:
            held.append((action, document))
            self._sizes[index] = self._sizes.get(index, 0) + len(action) + len(document or "")
        if self._sizes[index] >= PORTION_BYTES:
            self._hand_over(index)

    def flush(self) -> None:
        """Wait until all that was added is written."""
        for index in tuple(self._waiting):
            self._hand_over(index)
        self._portions.join()
        self._raise()

    def close(self) -> None:
        """Forget what was not sent, and end."""
        self._failure = self._failure or EngineError("nothing is written any more")
        for _ in self._threads:
            self._portions.put(None)
        for thread in self._threads:
            thread.join()

    def _hand_over(self, index: str) -> None:
        self._raise()
        portion = self._waiting.pop(index)
        self._sizes[index] = 0
        if portion:
            self._portions.put((index, portion))

    def _raise(self) -> None:
        if self._failure is not None:
            raise self._failure

    def _send_all(self) -> None:
        while (told := self._portions.get()) is not None:
            try:
                if self._failure is None:
                    _write(self._cluster, *told)
            except BaseException as error:  # noqa: BLE001  # raised by the thread that adds
                self._failure = self._failure or error
            finally:
                self._portions.task_done()


def _write(cluster: Cluster, index: str, portion: Sequence[Action]) -> None:
    pause = FIRST_PAUSE
    for left in reversed(range(TRIES)):
        portion = _refused(cluster, index, portion, last=not left)
        if not portion:
            return
        time.sleep(pause)
        pause = min(2 * pause, LONGEST_PAUSE)
    raise Unreachable(f"the servers of {cluster.address} are too busy to take articles; try again later")


def _refused(cluster: Cluster, index: str, portion: Sequence[Action], *, last: bool) -> Sequence[Action]:
    """Send a portion; return what the server was too busy to take."""
    body = "".join(f"{action}\n" if told is None else f"{action}\n{told}\n" for action, told in portion)
    try:
        answer = cluster.request("POST", f"/{index}/_bulk?filter_path={ANSWERED}", body, seconds=LONG_SECONDS)
    except Busy:
        return portion
    if not answer["errors"]:
        return ()
    again = []
    for sent, told in zip(portion, answer["items"], strict=True):
        ((_, item),) = told.items()
        if "error" in item and item["status"] == TOO_MANY and not last:
            again.append(sent)
        elif "error" in item:
            raise EngineError(f"the server does not take {item.get('_id')!r}: {told_of(item['error'])}")
    return again
