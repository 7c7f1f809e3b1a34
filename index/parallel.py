"""Multiprocessing: map a function over chunks of work on all cores, or run single calls in a background process.

There is one worker process per core. Results come back in order, and only a few chunks are in flight, so that the input
can be an iterator that is still being read. If there are only a few chunks, they are processed in this process, because
workers take a moment to start. Workers are forked from a server that has imported what they need and has no threads.
They end with this process, however it ends.
"""

import gc
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from multiprocessing import forkserver, get_context, parent_process
from multiprocessing.connection import wait
from threading import Thread
from types import FunctionType
from typing import Any, Generic, Protocol, TypeVar

Chunk = TypeVar("Chunk")
Result = TypeVar("Result")
Given_contra = TypeVar("Given_contra", contravariant=True)
Returned_co = TypeVar("Returned_co", covariant=True)

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


class Retry(Protocol[Given_contra, Returned_co]):
    """Does the work on a chunk again whose process was killed, took more than `seconds`, or had no memory."""

    @property
    def seconds(self) -> float | None:
        """How long the work on a chunk may take; None for any time."""
        ...

    def __call__(self, chunk: Given_contra) -> Returned_co:
        """Do the work on a chunk again."""
        ...


def parallel_map(
    work: Callable[[Chunk], Result], chunks: Iterable[Chunk], retry: Retry[Chunk, Result] | None = None
) -> Iterator[Result]:
    """Yield `work(chunk)` for each chunk, in order. `work`, the chunks and the results must be picklable.

    A chunk whose process is killed is done again by `retry`, else once in a process of its own; WorkerDied if that is
    killed too.
    """
    retry = retry or _Again(work)
    rest = iter(chunks)
    first = list(islice(rest, INLINE_CHUNKS + 1))
    if len(first) <= INLINE_CHUNKS or worker_count() == 1:
        yield from (_done_here(work, chunk, retry) for chunk in chain(first, rest))
        return
    with closing(_Workers(work, retry)) as workers:
        for chunk in chain(first, rest):
            workers.submit(chunk)
            if workers.in_flight > CHUNKS_PER_WORKER * worker_count():
                yield workers.next_result()
        while workers.in_flight:
            yield workers.next_result()


def _done_here(work: Callable[[Chunk], Result], chunk: Chunk, retry: Retry[Chunk, Result]) -> Result:
    try:
        return work(chunk)
    except MemoryError:
        return retry(chunk)


@dataclass(frozen=True, slots=True)
class _Again(Generic[Chunk, Result]):
    """Does some work again as it is."""

    work: Callable[[Chunk], Result]

    @property
    def seconds(self) -> float | None:
        return None

    def __call__(self, chunk: Chunk) -> Result:
        with IsolatedProcess() as process:
            return process.call(self.work, chunk, seconds=None)


class _Workers(Generic[Chunk, Result]):
    """One worker process per core, and the chunks in flight with their future results, in order.

    After a process was killed or is taken to hang, all are replaced, and the chunks that are not done are done again.
    """

    def __init__(self, work: Callable[[Chunk], Result], retry: Retry[Chunk, Result]) -> None:
        self._work = work
        self._retry = retry
        self._queue: deque[tuple[Chunk, Future[Result] | None]] = deque()
        self._pool = _new_pool(worker_count())

    @property
    def in_flight(self) -> int:
        """The number of chunks whose results were not asked for yet."""
        return len(self._queue)

    def submit(self, chunk: Chunk) -> None:
        """Hand a chunk to the next free process."""
        try:
            self._queue.append((chunk, self._pool.submit(self._work, chunk)))
        except BrokenProcessPool:
            self._replace()
            self._queue.append((chunk, self._pool.submit(self._work, chunk)))

    def next_result(self) -> Result:
        """Wait for the first chunk in flight."""
        chunk, future = self._queue.popleft()
        if future is not None:
            try:
                return future.result(self._retry.seconds)
            except (BrokenProcessPool, TimeoutError):
                self._replace()
            except MemoryError:
                pass
        return self._retry(chunk)

    def close(self) -> None:
        """End the processes."""
        if self._queue:
            _kill(self._pool)
        else:
            self._pool.shutdown()

    def _replace(self) -> None:
        _kill(self._pool)
        self._queue = deque((chunk, future if _is_good(future) else None) for chunk, future in self._queue)
        self._pool = _new_pool(worker_count())


class IsolatedProcess:
    """One process for work that may end or block it; it is then replaced."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> "IsolatedProcess":
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def call(self, work: Callable[..., Result], *arguments: Any, seconds: float | None) -> Result:
        """Do some work; raises WorkerDied if its process is killed, and TimeoutError if it takes too long."""
        if self._pool is None:
            self._pool = _new_pool(1)
            self._pool.submit(_identity, work).result()  # starting and importing is not the work
        pool = self._pool
        try:
            return pool.submit(work, *arguments).result(seconds)
        except (BrokenProcessPool, TimeoutError) as error:
            _kill(pool)
            self._pool = None
            raise (error if isinstance(error, TimeoutError) else WorkerDied(WORKER_DIED)) from error


def _new_pool(processes: int) -> ProcessPoolExecutor:
    context = get_context("forkserver")
    context.set_forkserver_preload([*MODULES, *_imported_by_script()])
    _start_server()
    return ProcessPoolExecutor(processes, context, _start_worker)


def _start_server() -> None:
    """Start the fork server, if there is none, with interrupts blocked.

    An interrupt from the keyboard reaches all processes of a command; the one that began the others answers it.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _imported_by_script() -> list[str]:
    """The modules of the functions in the script of this process: each worker runs the script again, imports first."""
    script = sys.modules["__main__"]
    own = {"", "__main__", getattr(script.__spec__, "name", "")}  # the script itself may be a module run by its name
    found = {value.__module__ or "" for value in vars(script).values() if isinstance(value, FunctionType)}
    return sorted(found - own)


def _kill(pool: ProcessPoolExecutor) -> None:
    """End the processes of a pool at once, whatever they do."""
    for process in list((pool._processes or {}).values()):  # public from Python 3.14 on
        process.kill()
    pool.shutdown(cancel_futures=True)


def _is_good(future: "Future[Any] | None") -> bool:
    return future is not None and future.done() and not future.cancelled() and future.exception() is None


class BackgroundProcess:
    """One extra process for work that this process need not wait for. It starts with the first task."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None

    def begin(self, work: Callable[..., Result], *arguments: Any) -> Callable[[], Result]:
        """Start a task and return a function that waits for its result. With one core, the task runs at once."""
        if worker_count() == 1:
            return partial(_identity, work(*arguments))
        if self._pool is None:
            self._pool = _new_pool(1)
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
