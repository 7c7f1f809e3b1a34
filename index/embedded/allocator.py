"""Memory: asks the C library to keep what queries free, instead of giving it back and fetching it again.

A query over 50,000 articles works in arrays of some megabytes and frees them at its end. glibc returns such memory to
the system at once, and each page of it is fetched and cleared again for the next query: for five common words, or a
phrase of stop words, that took longer than all the arithmetic. Elsewhere than on glibc nothing is done.
"""

import ctypes
from typing import Final

TRIM_THRESHOLD: Final = (-1, 64 << 20)  # mallopt's number, and how many free bytes a process keeps
MMAP_THRESHOLD: Final = (-3, 32 << 20)  # and from how many on an array has pages of its own; glibc allows no more


def keep_freed() -> None:
    """Let this process keep up to 64 MB of freed memory for what comes next."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        for number, size in (TRIM_THRESHOLD, MMAP_THRESHOLD):
            mallopt(number, size)
