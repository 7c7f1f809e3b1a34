"""The processor time of a process with all that it started: what a busy machine does not change much.

It needs `/proc`; elsewhere only this process and its ended children count.
"""

import os
import resource
from pathlib import Path

PROC = Path("/proc")
TICKS = os.sysconf("SC_CLK_TCK")


def processor_seconds(process: int) -> float:
    """User and system time of a process, of its descendants, and of those of them that ended and were waited for."""
    if not PROC.exists():
        used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        return sum(one.ru_utime + one.ru_stime for one in used)
    parents, times = _all_processes()
    found, todo = 0, {process}
    while todo:
        found += sum(times.get(one, 0) for one in todo)
        todo = {child for child, parent in parents.items() if parent in todo}
    return found / TICKS


def _all_processes() -> tuple[dict[int, int], dict[int, int]]:
    """The parent of each process, and its time with that of its ended children, in ticks."""
    parents, times = dict[int, int](), dict[int, int]()
    for folder in PROC.glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:  # it ended meanwhile
            continue
        parents[int(folder.name)], times[int(folder.name)] = int(fields[1]), sum(map(int, fields[11:15]))
    return parents, times
