"""Multiprocessing: map a function over chunks of work on all cores, or run single calls in a background process.

There is one worker process per core. Results come back in order, and only a few chunks are in flight, so that the input
can be an iterator that is still being read. If there are only a few chunks, they are processed in this process, because
workers take a moment to start. Workers are forked from a server that has imported what they need and has no threads.
They end with this process, however it ends.
"""

import gc
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from itertools import chain, islice
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from threading import Thread
from typing import Any, TypeVar

Chunk = TypeVar("Chunk")
Result = TypeVar("Result")

INLINE_CHUNKS = 2  # up to so many chunks are processed in this process
CHUNKS_PER_WORKER = 3  # chunks in flight for each worker: one running, two queued
# Allocations between garbage collections. By default, they take a third of the time and find nothing.
GC_THRESHOLD = 1_000_000
WORKER_DIED = "a process was ended while it worked, perhaps for want of memory"
MODULES = [
    "index.reindexing.pipeline",
    "index.embedded.inverting.preparation",
    "index.words.roots.preloaded",
]  # imported once by the fork server


class WorkerDied(Exception):
    """A worker process ended during its work, most often because the machine ran out of memory."""


def worker_count() -> int:
    """The number of worker processes: the cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def parallel_map(work: Callable[[Chunk], Result], chunks: Iterable[Chunk]) -> Iterator[Result]:
    """Yield `work(chunk)` for each chunk, in order. `work`, the chunks and the results must be picklable."""
    rest = iter(chunks)
    first = list(islice(rest, INLINE_CHUNKS + 1))
    if len(first) <= INLINE_CHUNKS or worker_count() == 1:
        yield from map(work, chain(first, rest))
        return
    context = get_context("forkserver")
    context.set_forkserver_preload(MODULES)
    with ProcessPoolExecutor(worker_count(), context, _start_worker) as pool:
        in_flight: deque[Future[Result]] = deque()
        try:
            for chunk in chain(first, rest):
                in_flight.append(pool.submit(work, chunk))
                if len(in_flight) > CHUNKS_PER_WORKER * worker_count():
                    yield in_flight.popleft().result()
            while in_flight:
                yield in_flight.popleft().result()
        except BrokenProcessPool as error:
            raise WorkerDied(WORKER_DIED) from error
        finally:
            for future in in_flight:
                future.cancel()


class BackgroundProcess:
    """One extra process for work that this process need not wait for. It starts with the first task."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None

    def begin(self, work: Callable[..., Result], *arguments: Any) -> Callable[[], Result]:
        """Start a task and return a function that waits for its result. With one core, the task runs at once."""
        if worker_count() == 1:
            return partial(_identity, work(*arguments))
        if self._pool is None:
            context = get_context("forkserver")
            context.set_forkserver_preload(MODULES)
            self._pool = ProcessPoolExecutor(1, context, _start_worker)
        return partial(_result, self._pool.submit(work, *arguments))

    def close(self) -> None:
        """Wait for the running task, cancel the queued ones, and end the process."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None


def _identity(result: Result) -> Result:
    return result


def _result(future: "Future[Result]") -> Result:
    try:
        return future.result()
    except BrokenProcessPool as error:
        raise WorkerDied(WORKER_DIED) from error


def _start_worker() -> None:
    """Run the garbage collector rarely, and end this process when its parent ends, even if the parent was killed."""
    gc.freeze()
    gc.set_threshold(GC_THRESHOLD)
    parent = parent_process()
    if parent is not None:
        Thread(target=_exit_with_parent, args=(parent.sentinel,), daemon=True).start()


def _exit_with_parent(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
