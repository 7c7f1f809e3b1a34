"""A limit on the memory that a process may allocate, so that hostile input ends in a MemoryError and not in its death.

The limit counts what the process allocates by itself, not files it maps. Systems other than Linux have none.
"""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

STATUS = Path("/proc/self/status")


@contextmanager
def limited_memory(mebibytes: int) -> Iterator[None]:
    """Let this process allocate only so much more in the block; MemoryError beyond that."""
    held = _allocated()
    if held is None:
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    limits = [limit for limit in (held + (mebibytes << 20), soft, hard) if limit != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_DATA, (min(limits), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def _allocated() -> int | None:
    """The bytes that this process has allocated; None where the system does not tell."""
    try:
        lines = STATUS.read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) << 10 for line in lines if line.startswith("VmData:")), None)
