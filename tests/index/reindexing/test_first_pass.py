"""The first pass: the lines of all records are counted, and the records are spooled in order."""

from pathlib import Path

import pytest

from archive.reading.record_spool import unpack_records
from archive.record import Record, Rejected
from index.reindexing import first_pass
from index.reindexing.first_pass import run_first_pass
from index.reindexing.work_limits import WorkLimits


@pytest.fixture(autouse=True)
def _small_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(first_pass, "AT_ONCE", 3)


ITEMS: list[Record | Rejected] = [
    Rejected("d.txt", "the file is empty"),
    *(Record(str(number), "a.txt", f"Berita {number}.\nKabar dari desa.", outlet="Kabar") for number in range(14)),
]


def test_all_records_and_rejects_wait_in_their_order(tmp_path: Path) -> None:
    spool = run_first_pass(ITEMS, tmp_path, lambda _: None, WorkLimits()).spool
    for _ in range(2):
        assert [item for portion in spool for item in unpack_records(portion)] == ITEMS


def test_the_lines_of_all_records_are_counted(tmp_path: Path) -> None:
    assert [line.line for line in run_first_pass(ITEMS, tmp_path, lambda _: None, WorkLimits()).repeated] == [
        "Kabar dari desa."
    ]


def test_progress_is_told_of_each_portion(tmp_path: Path) -> None:
    told: list[int] = []
    run_first_pass(ITEMS, tmp_path, told.append, WorkLimits())
    assert told == [3] * 5


def test_nothing_can_be_gathered(tmp_path: Path) -> None:
    gathered = run_first_pass([], tmp_path, lambda _: None, WorkLimits())
    assert (list(gathered.spool), list(gathered.repeated)) == ([], [])
