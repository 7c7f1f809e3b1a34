"""Recognition: what the index holds is kept, and all else comes out in order, whichever process looked at it."""

from pathlib import Path

import pytest

from archive.intake import digest
from archive.press.boilerplate import Boilerplate
from archive.reading.record_spool import RecordSpool, pack_records
from archive.record import Record, Rejected
from archive.text_hash import text_hash
from index.reindexing.recognition import Mark, Recognition
from index.reindexing.work_limits import WorkLimits

FOOTER = "Kabar dari desa."
BOILERPLATE = Boilerplate({"Kabar": frozenset({FOOTER})})
RECORDS = [
    Record(str(number), "a.txt", f"Berita {number}.\n{FOOTER}", outlet="Kabar", source=f"a.txt:{number}")
    for number in range(12)
]
REJECTED = Rejected("d.txt", "the file is empty")
ITEMS: list[Record | Rejected] = [*RECORDS[:5], REJECTED, *RECORDS[5:]]


def spooled(folder: Path, size: int) -> RecordSpool:
    spool = RecordSpool(folder)
    for start in range(0, len(ITEMS), size):
        spool.add(pack_records(ITEMS[start : start + size]))
    return spool


@pytest.mark.parametrize("size", [3, len(ITEMS)])  # on several processes, and in this one
def test_all_but_what_is_kept_comes_out_in_order(tmp_path: Path, size: int) -> None:
    told: list[Mark] = []

    def keep(mark: Mark) -> bool:
        told.append(mark)
        return mark.id not in {"4", "9"}

    portions: list[int] = []
    found = Recognition(BOILERPLATE, {}, keep).unknown(spooled(tmp_path, size), WorkLimits(), portions.append)
    assert list(found) == [RECORDS[4], REJECTED, RECORDS[9]]
    assert told == [Mark(one.id, text_hash(one.source), digest(one, BOILERPLATE)) for one in RECORDS]
    assert portions == list(range(1, -(-len(ITEMS) // size) + 1))


def test_a_record_that_got_another_id_since_is_known_by_that(tmp_path: Path) -> None:
    told: list[str] = []

    def keep(mark: Mark) -> bool:
        told.append(mark.id)
        return mark.id != "two"

    recognition = Recognition(BOILERPLATE, {"1": "one", "2": "two"}, keep)
    found = list(recognition.unknown(spooled(tmp_path, 20), WorkLimits(), lambda _: None))
    assert [item.id if isinstance(item, Record) else item for item in found] == ["two", REJECTED]
    assert sorted(told) == sorted(["one", "two", "0", *(str(number) for number in range(3, 12))])


def test_a_spool_is_read_in_any_order(tmp_path: Path) -> None:
    spool = spooled(tmp_path, 4)
    assert [spool.batch(number) for number in (2, 0, 3, 1)] == [list(spool)[number] for number in (2, 0, 3, 1)]
