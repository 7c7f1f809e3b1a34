"""The processor time of a process with all that it started: what a busy machine does not change much.

It needs `/proc`; elsewhere only this process and its ended children count.
"""

import os
import resource
from contextlib import suppress

from benchmarks.memory import PROC, children

TICKS = os.sysconf("SC_CLK_TCK")


def processor_seconds(process: int) -> float:
    """User and system time of a process, of its descendants, and of those of them that ended and were waited for."""
    if not PROC.exists():
        used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        return sum(one.ru_utime + one.ru_stime for one in used)
    return sum(map(_ticks, (process, *children(process)))) / TICKS


def _ticks(process: int) -> int:
    """The time of a process and of its ended children; 0 if it ended meanwhile."""
    with suppress(OSError):
        fields = (PROC / str(process) / "stat").read_text().rpartition(")")[2].split()
        return sum(map(int, fields[11:15]))
    return 0
