"""The first pass over all records: counts their lines, hashes their titles, and spools the records to disk.

    files → read (this process) → portions → lines counted, packed (all processes) → counts added up; portions spooled

All boilerplate, and all titles that links name, must be known before the first article is made. Otherwise the articles
would depend on the order of the files.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeVar

from archive.press.boilerplate import BoilerplateLearner, BoilerplateLine, LineCounts, count_lines
from archive.press.known_titles import TitleHashes, TitleLearner, hash_titles
from archive.press.outlet_table import OutletTable
from archive.press.outlets import outlets_in_use, use_outlets
from archive.reading.record_spool import RecordSpool, pack_records
from archive.record import Record, Rejected
from index.parallel import parallel_map
from index.reindexing.rescue import Rescue
from index.reindexing.work_limits import WorkLimits

AT_ONCE = 1024  # records per portion: enough that words repeat, few enough for frequent progress reports
CHARACTERS_AT_ONCE = 8_000_000  # of text per portion: three times that of 1,024 news, little memory for a process

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class CountedRecord(Record):
    """A record whose lines are counted, but which becomes no article: the index has its article and keeps it."""


class FirstPass(NamedTuple):
    """All records, spooled in portions on disk, the boilerplate lines found in them, and the titles they link to."""

    spool: RecordSpool
    repeated: Sequence[BoilerplateLine]
    titles: frozenset[int]


class _Portion(NamedTuple):
    """One portion: its number of records, the packed records, their line counts, and the hashes of their titles."""

    size: int
    records: bytes
    lines: LineCounts
    titles: TitleHashes


def run_first_pass(
    records: Iterable[Record | Rejected], folder: Path, progress: Callable[[int], None], limits: WorkLimits
) -> FirstPass:
    """Count lines and titles of all records and spool the records in a folder; `progress` gets each portion's size."""
    spool, counting, titles = RecordSpool(folder), BoilerplateLearner(), TitleLearner()
    work = partial(_count_and_pack, outlets_in_use())
    for portion in parallel_map(work, batched(records), Rescue(work, list, list, limits)):
        spool.add(portion.records)
        counting.add(portion.lines)
        titles.add(portion.titles)
        progress(portion.size)
    return FirstPass(spool, counting.boilerplate(), titles.known())


def _count_and_pack(outlets: OutletTable, portion: Sequence[Record | Rejected]) -> _Portion:
    use_outlets(outlets)
    records = [item for item in portion if isinstance(item, Record)]
    spooled = [item for item in portion if not isinstance(item, CountedRecord)]
    return _Portion(len(spooled), pack_records(spooled), count_lines(records), hash_titles(records))


def batched(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Yield the items in lists of at most `AT_ONCE`, and of not much more than `CHARACTERS_AT_ONCE`."""
    portion: list[Item] = []
    size = 0
    for item in items:
        portion.append(item)
        size += len(item.text) if isinstance(item, Record) else 0
        if len(portion) == AT_ONCE or size >= CHARACTERS_AT_ONCE:
            yield portion
            portion, size = [], 0
    if portion:
        yield portion
