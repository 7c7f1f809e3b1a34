"""No record stops a run: one that takes too much time or memory, ends its process or blocks it, is rejected alone."""

import os
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from archive.reading.bounds import RecordBounds
from archive.record import Record, Rejected
from index.opening import open_engine
from index.parallel import IsolatedProcess, parallel_map, worker_count
from index.reindexing import rescue
from index.reindexing.first_pass import batched
from index.reindexing.pipeline import reindex
from index.reindexing.request import ReindexRequest
from index.reindexing.rescue import KILLED, Rescue
from index.reindexing.work_limits import WorkLimits

LIMITS = WorkLimits(seconds=2, mebibytes=256)
Items = Sequence[Record | Rejected]


def record(text: str, number: int = 0) -> Record:
    return Record(str(number), f"a.jsonl:{number}", text)


def lengths(items: Items) -> list[tuple[str, int]]:
    """Work that a record can end, block or fill the memory of."""
    found = []
    for item in items:
        text = item.text if isinstance(item, Record) else ""
        if text == "end":
            os._exit(9)
        if text == "block":
            time.sleep(60)
        if text == "fill":
            with LIMITS.watching():
                bytearray(1 << 30)
        found.append((item.where, len(text) if text else -1))
    return found


RETRY: Rescue[Items, list[tuple[str, int]]] = Rescue(lengths, list, list, LIMITS)


def test_a_record_that_takes_too_long_is_rejected() -> None:
    def forever(_: Record) -> Rejected:
        while True:
            pass

    with WorkLimits(seconds=0.05).watching() as watch:
        answer = watch.attempt(forever, record("x"))
    assert isinstance(answer, Rejected)
    assert "0.05 seconds" in answer.reason
    assert answer.where == "a.jsonl:0"


def test_a_record_that_takes_too_much_memory_is_rejected() -> None:
    with LIMITS.watching() as watch:
        answer = watch.attempt(lambda _: bytearray(1 << 30), record("x"))
    assert isinstance(answer, Rejected)
    assert "256 MiB" in answer.reason
    assert len(bytearray(1 << 29)) == 1 << 29, "the limit holds in its block only"


@pytest.mark.skipif(worker_count() == 1, reason="with one core all work is done in this process")
@pytest.mark.parametrize(("text", "reason"), [("end", KILLED), ("block", "2 seconds"), ("fill", "256 MiB")])
def test_the_process_of_a_record_may_end_or_hang(text: str, reason: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rescue, "PORTION_TIMES", 1)
    portions: list[Items] = [[record(f"kata {n}", 10 * n + place) for place in range(3)] for n in range(10)]
    portions[4] = [portions[4][0], record(text, 41), portions[4][2]]
    answers = list(parallel_map(lengths, portions, RETRY))
    assert answers == [
        [(f"a.jsonl:{10 * n + place}", -1 if (n, place) == (4, 1) else 6) for place in range(3)] for n in range(10)
    ]
    told = RETRY._tried  # what the record is rejected for
    with IsolatedProcess() as process:
        rejected = told(process, portions[4][1])
    assert isinstance(rejected, Rejected)
    assert reason in rejected.reason


def test_portions_end_at_a_number_of_characters() -> None:
    long = [record("x" * 3_000_000, number) for number in range(7)]
    assert [len(portion) for portion in batched(long)] == [3, 3, 1]


WORDS = [f"kata{number}x" for number in range(7000)]
HOSTILE = {
    "word.txt": ("abcde" * 3000, "a word"),
    "long.txt": ("kata lain " * 500_000, "4,000,000 characters"),
    "lines.txt": ("kata\n" * 60_000, "50,000 lines"),
    "name.jsonl": ('{"text": "kata", "author": "' + "Budi, " * 3000 + '"}', "field reporter"),
    "deep.jsonl": ("[" * 100_000, "nested too deeply"),
}


def test_records_beyond_a_bound_are_rejected_and_the_rest_is_indexed(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    for name, (text, _) in HOSTILE.items():
        (folder / name).write_text(text)
    (folder / "chain.txt").write_text("-".join(WORDS))
    (folder / "comments.txt").write_text("<!--a-->" * 40 + "<div>kata")
    (folder / "outlet.jsonl").write_text('{"text": "kata", "outlet": "' + "a.com." * 1600 + '"}')
    report = reindex(open_engine(tmp_path / "index"), ReindexRequest((folder,)))
    assert {Path(item.where).name.partition(":")[0] for item in report.rejected} == set(HOSTILE)
    for item in report.rejected:
        assert HOSTILE[Path(item.where).name.partition(":")[0]][1] in item.reason
    assert report.new == 3


def test_a_bound_that_is_raised_lets_in_what_it_kept_out(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.txt").write_text("Kapal feri berangkat. " * 100)
    (tmp_path / "articles" / "b.txt").write_text("Satu berita.")
    engine, request = open_engine(tmp_path / "index"), ReindexRequest((tmp_path / "articles",))
    assert reindex(engine, replace(request, bounds=RecordBounds(1000))).rejects.count == 1
    report = reindex(engine, request)
    assert (report.new, report.rejects.count) == (1, 0)
