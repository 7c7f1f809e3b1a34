"""Limits on the work for one record: a record that takes more time or memory is rejected, and the run goes on.

The time is watched by a signal, which ends Python code and regular expressions but no call of a library in C; `rescue`
ends processes that hang in one. Memory is what the process may allocate on top of what it has. Where the system has no
such limit, or in another thread than the main one, the work is done without it.
"""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import TypeVar

from archive.reading.bounds import MEBIBYTES, SECONDS
from archive.reading.memory_limit import limited_memory
from archive.record import Record, Rejected

TICKS = 4  # of the timer in the time of a record

Result = TypeVar("Result")


class OutOfTime(Exception):
    """The work for a record takes too long."""


@dataclass(frozen=True, slots=True)
class WorkLimits:
    """What the work for one record may take."""

    seconds: float = SECONDS
    mebibytes: int = MEBIBYTES

    @property
    def too_slow(self) -> str:
        """The reason for rejecting a record whose work takes too long."""
        return f"it takes more than {self.seconds:g} seconds of work; split it, or raise KLIPING_RECORD_SECONDS"

    @property
    def too_large(self) -> str:
        """The reason for rejecting a record whose work takes too much memory."""
        return f"it takes more than {self.mebibytes:,} MiB of memory; split it, or raise KLIPING_RECORD_MEMORY"

    @contextmanager
    def watching(self) -> Iterator["Watch"]:
        """Watch over the work in the block: limit its memory, and the time of each attempt."""
        watch = Watch(self)
        with limited_memory(self.mebibytes):
            if threading.current_thread() is not threading.main_thread():
                yield watch
                return
            before = signal.signal(signal.SIGALRM, watch.tick)
            signal.setitimer(signal.ITIMER_REAL, self.seconds / TICKS, self.seconds / TICKS)
            try:
                yield watch
            finally:
                signal.setitimer(signal.ITIMER_REAL, 0)
                signal.signal(signal.SIGALRM, before)


class Watch:
    """Attempts work on records within the limits. One timer ticks for all: setting one for each takes longer."""

    def __init__(self, limits: WorkLimits) -> None:
        self._limits = limits
        self._left = 0  # ticks until the work on a record is ended; 0 between records

    def attempt(self, work: Callable[[Record], Result | Rejected], record: Record) -> Result | Rejected:
        """Do some work for a record, or reject the record if that takes too much."""
        try:
            self._left = TICKS + 1  # the first may come at once
            try:
                return work(record)
            finally:
                self._left = 0
        except OutOfTime:
            return Rejected(record.where, self._limits.too_slow)
        except MemoryError:
            return Rejected(record.where, self._limits.too_large)
        except RecursionError:
            return Rejected(record.where, "it is nested too deeply; correct or remove it")

    def tick(self, _signal: int, _frame: FrameType | None) -> None:
        """Raise OutOfTime if the record that is worked on has had its time."""
        if self._left:
            self._left -= 1
            if not self._left:
                raise OutOfTime
