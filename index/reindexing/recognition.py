"""Recognition: which of the spooled records have an article in the index already, just as they would give it again.

    spool → digests of a portion (all processes) → those that the index holds are kept → the rest is unpacked

A portion is unpacked and digested where the work on it is done, and only its marks come back. So the process that reads
and writes the index is left with a look-up for each record.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from archive.intake import digest
from archive.press.boilerplate import Boilerplate
from archive.press.outlet_table import OutletTable
from archive.press.outlets import outlets_in_use, use_outlets
from archive.reading.article_ids import with_final_id
from archive.reading.record_spool import RecordSpool, pack_records, unpack_records
from archive.record import Record, Rejected
from archive.text_hash import text_hash
from index.parallel import parallel_map
from index.reindexing.rescue import Rescue
from index.reindexing.work_limits import WorkLimits


class Mark(NamedTuple):
    """What tells whether the index holds the article of a record: its id, the hash of its source, its digest."""

    id: str
    source: int
    digest: str


class Recognition:
    """Finds the records that an index does not hold; `keep` is told the mark of each, and keeps its article or not.

    `renamed` are the ids that records turned out to share, with their own.
    """

    def __init__(self, boilerplate: Boilerplate, renamed: Mapping[str, str], keep: Callable[[Mark], bool]) -> None:
        self._boilerplate = boilerplate
        self._renamed = renamed
        self._keep = keep

    def unknown(
        self, spool: RecordSpool, limits: WorkLimits, progress: Callable[[int], None]
    ) -> Iterator[Record | Rejected]:
        """Yield what is not kept, in order, rejects among it; `progress` is told how many portions are done."""
        work = partial(_marks, self._boilerplate, outlets_in_use())
        recognised = parallel_map(work, spool, Rescue(work, unpack_records, pack_records, limits))
        for number, marks in enumerate(recognised):
            yield from self._not_kept(partial(spool.batch, number), marks)
            progress(number + 1)

    def _not_kept(self, batch: Callable[[], bytes], marks: Sequence[Mark | None]) -> Iterator[Record | Rejected]:
        places = [place for place, mark in enumerate(marks) if mark is None or not self._is_kept(mark)]
        items = unpack_records(batch()) if places else ()
        for place in places:
            item = with_final_id(items[place], self._renamed)
            if item is items[place] or isinstance(item, Rejected) or not self._keep(_mark(self._boilerplate, item)):
                yield item

    def _is_kept(self, mark: Mark) -> bool:
        """Whether an article is kept; one that got another id since has another digest and is judged by that."""
        return mark.id not in self._renamed and self._keep(mark)


def _marks(boilerplate: Boilerplate, outlets: OutletTable, records: bytes) -> list[Mark | None]:
    """The marks of packed records, None for rejects; runs in any process."""
    use_outlets(outlets)
    return [_mark(boilerplate, item) if isinstance(item, Record) else None for item in unpack_records(records)]


def _mark(boilerplate: Boilerplate, record: Record) -> Mark:
    return Mark(record.id, text_hash(record.source), digest(record, boilerplate))
