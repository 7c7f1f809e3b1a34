"""Gathering: the first look at all records, before any becomes an article.

    files → read, here → portions → lines counted, packed, in all processes → lines added up; portions wait on the disk

What is boilerplate must be known before the first article is made, or the same archive would give other articles in
another order.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple, TypeVar

from archive.press.boilerplate import Counted, Counting, Repeated, counted
from archive.reading.record_spool import WaitingRecords, packed
from archive.record import Record, Rejected
from index.parallel import spread

AT_ONCE = 1024  # records worked on together: enough that words repeat, few enough that progress is seen

Item = TypeVar("Item")


class Gathered(NamedTuple):
    """All records, in portions on the disk, and the lines that outlets repeat in them."""

    waiting: WaitingRecords
    repeated: Sequence[Repeated]


class _Portion(NamedTuple):
    """Some records: how many, packed, and their lines."""

    size: int
    records: bytes
    lines: Counted


def gather(records: Iterable[Record | Rejected], folder: Path, progress: Callable[[int], None]) -> Gathered:
    """Look through all records, and let them wait in a folder; `progress` is told how many more were."""
    waiting, counting = WaitingRecords(folder), Counting()
    for portion in spread(_looked_through, batched(records)):
        waiting.add(portion.records)
        counting.add(portion.lines)
        progress(portion.size)
    return Gathered(waiting, counting.repeated())


def _looked_through(portion: Sequence[Record | Rejected]) -> _Portion:
    lines = counted(item for item in portion if isinstance(item, Record))
    return _Portion(len(portion), packed(portion), lines)


def batched(items: Iterable[Item]) -> Iterator[list[Item]]:
    """The items in lists of at most `AT_ONCE`."""
    coming = iter(items)
    while portion := list(islice(coming, AT_ONCE)):
        yield portion
