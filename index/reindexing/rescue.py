"""Rescue of a portion whose process was killed or hangs: its records are tried one by one to reject the offender.

A process is killed by the system when memory runs out, or by a fault in a library; it hangs in a call that no signal
ends. Either costs one record, not the run. The portion is first done again as a whole, since another process may have
taken the memory.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import TIMEOUT_MAX
from typing import Any, Generic, TypeVar

from archive.record import Record, Rejected
from index.parallel import IsolatedProcess, WorkerDied
from index.reindexing.work_limits import WorkLimits

PORTION_TIMES = 10  # so much longer than one record may a portion take before its process is taken to hang
KILLED = "the process that worked on it was ended, perhaps for want of memory; split or remove it"

Chunk = TypeVar("Chunk")
Result = TypeVar("Result")
Records = Sequence[Record | Rejected]


@dataclass(frozen=True, slots=True)
class Rescue(Generic[Chunk, Result]):
    """How to do the work on a portion again: the work, and how a portion is unpacked and packed."""

    work: Callable[[Chunk], Result]
    unpack: Callable[[Chunk], Records]
    pack: Callable[[Records], Chunk]
    limits: WorkLimits

    @property
    def seconds(self) -> float:
        """How long a portion may take before its process is taken to hang."""
        return min(PORTION_TIMES * self.limits.seconds, TIMEOUT_MAX)

    def __call__(self, chunk: Chunk) -> Result:
        """Do the work on a portion in a process of its own, with the records rejected that end or block it."""
        with IsolatedProcess() as process:
            try:
                return process.call(self.work, chunk, seconds=self.seconds)
            except (WorkerDied, TimeoutError, MemoryError):
                kept = [self._tried(process, item) for item in self.unpack(chunk)]
            return process.call(self.work, self.pack(kept), seconds=self.seconds)

    def _tried(self, process: IsolatedProcess, item: Record | Rejected) -> Record | Rejected:
        """Return a record that can be worked on, or reject it."""
        if isinstance(item, Rejected):
            return item
        try:
            process.call(_discard, self.work, self.pack([item]), seconds=self.limits.seconds)
        except WorkerDied:
            return Rejected(item.where, KILLED)
        except TimeoutError:
            return Rejected(item.where, self.limits.too_slow)
        except MemoryError:
            return Rejected(item.where, self.limits.too_large)
        return item


def _discard(work: Callable[[Any], Any], chunk: Any) -> None:
    """Do some work for nothing but to see whether it ends."""
    work(chunk)
