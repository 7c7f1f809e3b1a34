"""The first pass over all records: counts their lines for boilerplate detection and spools the records to disk.

    files → read (this process) → portions → lines counted, packed (all processes) → counts added up; portions spooled

All boilerplate must be known before the first article is made. Otherwise the articles would depend on the order of the
files.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import NamedTuple, TypeVar

from archive.press.boilerplate import BoilerplateLearner, BoilerplateLine, LineCounts, count_lines
from archive.reading.record_spool import RecordSpool, pack_records
from archive.record import Record, Rejected
from index.parallel import parallel_map

AT_ONCE = 1024  # records per portion: enough that words repeat, few enough for frequent progress reports

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class CountedRecord(Record):
    """A record whose lines are counted, but which becomes no article: the index has its article and keeps it."""


class FirstPass(NamedTuple):
    """All records, spooled in portions on disk, and the boilerplate lines found in them."""

    spool: RecordSpool
    repeated: Sequence[BoilerplateLine]


class _Portion(NamedTuple):
    """One portion: its number of records, the packed records, and their line counts."""

    size: int
    records: bytes
    lines: LineCounts


def run_first_pass(records: Iterable[Record | Rejected], folder: Path, progress: Callable[[int], None]) -> FirstPass:
    """Count the lines of all records and spool the records in a folder; `progress` gets the size of each portion."""
    spool, counting = RecordSpool(folder), BoilerplateLearner()
    for portion in parallel_map(_count_and_pack, batched(records)):
        spool.add(portion.records)
        counting.add(portion.lines)
        progress(portion.size)
    return FirstPass(spool, counting.boilerplate())


def _count_and_pack(portion: Sequence[Record | Rejected]) -> _Portion:
    lines = count_lines(item for item in portion if isinstance(item, Record))
    spooled = [item for item in portion if not isinstance(item, CountedRecord)]
    return _Portion(len(spooled), pack_records(spooled), lines)


def batched(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Yield the items in lists of at most `AT_ONCE`."""
    iterator = iter(items)
    while portion := list(islice(iterator, AT_ONCE)):
        yield portion
