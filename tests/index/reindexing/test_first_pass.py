"""Gathering: all records are looked through once, and are there again in their order."""

from pathlib import Path

import pytest

from archive.reading.record_spool import unpacked
from archive.record import Record, Rejected
from index.reindexing import first_pass
from index.reindexing.first_pass import gather


@pytest.fixture(autouse=True)
def _small_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(first_pass, "AT_ONCE", 3)


ITEMS: list[Record | Rejected] = [
    Rejected("d.txt", "the file is empty"),
    *(Record(str(number), "a.txt", f"Berita {number}.\nKabar dari desa.", outlet="Kabar") for number in range(14)),
]


def test_all_records_and_rejects_wait_in_their_order(tmp_path: Path) -> None:
    waiting = gather(ITEMS, tmp_path, lambda _: None).waiting
    for _ in range(2):
        assert [item for portion in waiting for item in unpacked(portion)] == ITEMS


def test_the_lines_of_all_records_are_counted(tmp_path: Path) -> None:
    assert [line.line for line in gather(ITEMS, tmp_path, lambda _: None).repeated] == ["Kabar dari desa."]


def test_progress_is_told_of_each_portion(tmp_path: Path) -> None:
    told: list[int] = []
    gather(ITEMS, tmp_path, told.append)
    assert told == [3] * 5


def test_nothing_can_be_gathered(tmp_path: Path) -> None:
    gathered = gather([], tmp_path, lambda _: None)
    assert (list(gathered.waiting), list(gathered.repeated)) == ([], [])
