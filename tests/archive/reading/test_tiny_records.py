"""A small packed file of millions of empty or tiny records takes no longer than its size warrants."""

import gzip
import json
import time
import zipfile
from pathlib import Path
from random import Random

import pytest
import zstandard

from archive.reading.containers import bounds
from archive.reading.records import read
from archive.reading.source_log import SourceLog
from archive.record import Record, Rejected

TINY = {  # what a file of much of the same begins with, and what follows
    "empty.jsonl": (b"", b"{}\n"),
    "short.jsonl": (b"", b'{"text":"a"}\n'),
    "blank.jsonl": (b"", b"\n"),
    "blank.csv": (b"id,text\n", b"\n"),
    "mac.csv": (b"id,text\n", b"\r"),
    "short.csv": (b"text\n", b"a\n"),
    "array.json": (b"[", b"{},"),
    "numbers.json": (b"[", b"1,"),
    "after_another.json": (b"", b"{}"),
}


@pytest.mark.parametrize("name", TINY)
@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress])
def test_millions_of_tiny_records_in_a_small_file_stop_no_run(tmp_path: Path, pack: object, name: str) -> None:
    begin, repeated = TINY[name]
    packed = pack(begin + repeated * ((3 << 20) // len(repeated)))  # type: ignore[operator]
    (tmp_path / f"{name}.gz").write_bytes(packed)
    (tmp_path / "z.txt").write_text("Satu berita.")
    start = time.process_time()
    found = list(read([tmp_path]))
    assert time.process_time() - start < 4  # seconds; read to its end, such a file takes up to 10
    assert len(found) < 100_000
    *_, reason, last = found
    assert isinstance(reason, Rejected)
    assert "for each of its bytes" in reason.reason
    assert "unpack it first" in reason.reason
    assert isinstance(last, Record)
    assert last.former_id == "z"


def test_containers_multiply_no_tiny_records(tmp_path: Path) -> None:
    lines = gzip.compress(b"{}\n" * 50_000)
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        for number in range(100):
            packed.writestr(f"{number}.jsonl.gz", lines)
    with zipfile.ZipFile(tmp_path / "b.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("a.csv", b"id,text\n" + b"\n" * (3 << 20))
    start = time.process_time()
    found = [item for item in read([tmp_path]) if isinstance(item, Rejected)]
    assert time.process_time() - start < 4
    assert len(found) < 100_000
    reasons = {Path(item.where).name: item.reason for item in found if Path(item.where).name in {"a.zip", "b.zip"}}
    assert all("for each of its bytes" in reason for reason in reasons.values())
    assert len(reasons) == 2


def test_records_before_the_bound_are_read_and_the_file_is_no_longer_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounds, "MOST_RECORDS", 10)
    (tmp_path / "a.json.gz").write_bytes(gzip.compress(b"[" + b'{"text":"a"},' * 1000))
    log = SourceLog()
    ids = [(item.former_id or item.id) for item in read([tmp_path], log=log) if isinstance(item, Record)]
    size = (tmp_path / "a.json.gz").stat().st_size
    assert ids == [f"a:{number}" for number in range(1, size + 11)]
    assert [failed.judged for failed in log.unreadable] == [True]


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress])
def test_copies_and_short_news_without_end_are_no_bomb(
    tmp_path: Path, pack: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounds, "MOST_RECORDS", 10)
    monkeypatch.setattr(bounds, "MOST_LINES", 10)
    text = " ".join(Random(1).choices(["banjir", "melanda", "kota", "setelah", "hujan", "deras"], k=300))
    copies = (json.dumps({"id": number, "text": text}) for number in range(2000))
    brief = (json.dumps({"id": f"s{number}", "text": f"Indeks naik ke {number}."}) for number in range(2000))
    (tmp_path / "a.jsonl.gz").write_bytes(pack("\n".join([*copies, *brief]).encode()))  # type: ignore[operator]
    found = list(read([tmp_path]))
    assert len(found) == 4000
    assert all(isinstance(item, Record) for item in found)
