"""Work for several processes: one function over many portions, its answers in order, few portions under way.

Python computes on one core a process. Portions go to as many processes as there are cores; while they work, this
process reads on. Little work is done here at once, since processes take a moment to start. They are forked from a
server that has imported what they need and no threads, and they end with this process, however it ends.
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

Portion = TypeVar("Portion")
Answer = TypeVar("Answer")

FEW = 2  # portions that are worked off here
AHEAD = 3  # portions under way for each process: one at work, two waiting
SELDOM = 1_000_000  # objects made between two searches for cycles; usual ones take a third of the time, and find none
LOST = "a process was ended while it worked, perhaps for want of memory"
MODULES = [
    "index.reindexing.pipeline",
    "index.embedded.inverting.preparation",
    "index.words.roots.preloaded",
]  # Imported once, before processes are forked


class WorkLost(Exception):
    """A process ended while it worked, most often because the machine had no more memory for it."""


def processes() -> int:
    """How many processes can work at once: the cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def spread(work: Callable[[Portion], Answer], portions: Iterable[Portion]) -> Iterator[Answer]:
    """What `work` makes of each portion, in their order; `work` and all it takes and gives are pickled."""
    coming = iter(portions)
    first = list(islice(coming, FEW + 1))
    if len(first) <= FEW or processes() == 1:
        yield from map(work, chain(first, coming))
        return
    context = get_context("forkserver")
    context.set_forkserver_preload(MODULES)
    with ProcessPoolExecutor(processes(), context, _begin) as pool:
        under_way: deque[Future[Answer]] = deque()
        try:
            for portion in chain(first, coming):
                under_way.append(pool.submit(work, portion))
                if len(under_way) > AHEAD * processes():
                    yield under_way.popleft().result()
            while under_way:
                yield under_way.popleft().result()
        except BrokenProcessPool as error:
            raise WorkLost(LOST) from error
        finally:
            for future in under_way:
                future.cancel()


class Beside:
    """One more process, for work that this one need not wait for; it is started with the first of it."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None

    def begin(self, work: Callable[..., Answer], *given: Any) -> Callable[[], Answer]:
        """Have something done; what this gives waits for its answer. On one core it is done at once."""
        if processes() == 1:
            return partial(_itself, work(*given))
        if self._pool is None:
            context = get_context("forkserver")
            context.set_forkserver_preload(MODULES)
            self._pool = ProcessPoolExecutor(1, context, _begin)
        return partial(_answer, self._pool.submit(work, *given))

    def close(self) -> None:
        """Wait for what is under way, and end the process."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None


def _itself(answer: Answer) -> Answer:
    return answer


def _answer(future: "Future[Answer]") -> Answer:
    try:
        return future.result()
    except BrokenProcessPool as error:
        raise WorkLost(LOST) from error


def _begin() -> None:
    """Look for cycles seldom, and end this process when the one that asked for it ends, even if that was killed."""
    gc.freeze()
    gc.set_threshold(SELDOM)
    parent = parent_process()
    if parent is not None:
        Thread(target=_watch, args=(parent.sentinel,), daemon=True).start()


def _watch(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
