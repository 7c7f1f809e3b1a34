"""Limits on the work for one record: a record that takes more time or memory is rejected, and the run goes on.

The time is watched by a signal, which ends Python code and regular expressions but no call of a library in C; `rescue`
ends processes that hang in one. Memory is what the process may allocate on top of what it has. Where the system has no
such limit, or in another thread than the main one, the work is done without it.
"""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import TypeVar

from archive.reading.bounds import MEBIBYTES, SECONDS
from archive.reading.memory_limit import limited_memory
from archive.record import Record, Rejected

Result = TypeVar("Result")


class OutOfTime(Exception):
    """The work for a record takes too long."""


@dataclass(frozen=True, slots=True)
class WorkLimits:
    """What the work for one record may take."""

    seconds: float = SECONDS
    mebibytes: int = MEBIBYTES

    def attempt(self, work: Callable[[Record], Result | Rejected], record: Record) -> Result | Rejected:
        """Do some work for a record, or reject the record if that takes too much."""
        try:
            with _ended_after(self.seconds):
                return work(record)
        except OutOfTime:
            return Rejected(record.where, self.too_slow)
        except MemoryError:
            return Rejected(record.where, self.too_large)
        except RecursionError:
            return Rejected(record.where, "it is nested too deeply; correct or remove it")

    @property
    def too_slow(self) -> str:
        """The reason for rejecting a record whose work takes too long."""
        return f"it takes more than {self.seconds:g} seconds of work; split it, or raise KLIPING_RECORD_SECONDS"

    @property
    def too_large(self) -> str:
        """The reason for rejecting a record whose work takes too much memory."""
        return f"it takes more than {self.mebibytes:,} MiB of memory; split it, or raise KLIPING_RECORD_MEMORY"

    def memory(self) -> AbstractContextManager[None]:
        """Let this process allocate only so much more in the block; MemoryError beyond that."""
        return limited_memory(self.mebibytes)


@contextmanager
def _ended_after(seconds: float) -> Iterator[None]:
    """Raise OutOfTime in the block after some seconds."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, _end)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _end(_signal: int, _frame: FrameType | None) -> None:
    raise OutOfTime
