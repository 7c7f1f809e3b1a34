"""No file stops the reading of others: pages are extracted in limited time, packed files and lines have a limit."""

import gzip
import json
import os
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from random import Random

import pytest
import zstandard

from archive.reading import decoding, page_signs
from archive.reading.bounds import RECORD_BOUNDS, RecordBounds
from archive.reading.containers import decompression
from archive.reading.containers.bounds import ContainerBounds
from archive.reading.parsing.parser_process import PAGES, ParserProcess, TooHard
from archive.reading.records import read
from archive.record import Record, Rejected

PAGE = "<html><head><title>Judul</title></head><body><article>" + "<p>Kapal feri berangkat dari Merak.</p>" * 9
HARD = "<html><body><p " + " ".join(f'a{n}="x"' for n in range(100_000)) + ">kata</p></body></html>"


def outcome(*paths: Path, bounds: RecordBounds = RECORD_BOUNDS) -> tuple[list[str], list[Rejected]]:
    found = list(read(paths, bounds=bounds))
    return [(one.former_id or one.id) for one in found if isinstance(one, Record)], [
        one for one in found if isinstance(one, Rejected)
    ]


def test_a_page_that_takes_too_long_is_rejected_and_the_next_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE)
    (tmp_path / "b.html").write_text(HARD)
    (tmp_path / "c.html").write_text(PAGE)
    start = time.monotonic()
    ids, rejected = outcome(tmp_path, bounds=replace(RECORD_BOUNDS, seconds=3))
    assert ids == ["a", "c"]
    assert [Path(item.where).name for item in rejected] == ["b.html"]
    assert "3 seconds" in rejected[0].reason
    assert time.monotonic() - start < 60


def title_by(process: ParserProcess, seconds: float = 30) -> object:
    (answer,) = process.answers("web page", PAGE.encode(), seconds, 2048)
    return json.loads(answer)["title"]


def test_a_page_whose_process_is_killed_is_rejected() -> None:
    pages = ParserProcess()
    assert title_by(pages) == "Judul"
    process = pages._process  # the system kills it so, for want of memory
    assert process is not None
    os.kill(process.pid, 19)  # stopped: it hangs
    with pytest.raises(TooHard, match="more than 0"):
        pages._limits = (0.2, 2048)
        title_by(pages, seconds=0.2)
    assert process.poll() is not None
    assert title_by(pages) == "Judul"
    pages.close()


def _read_in_child() -> None:
    os._exit(0 if title_by(PAGES) == "Judul" else 1)


def test_a_forked_process_reads_pages_with_a_process_of_its_own() -> None:
    assert title_by(PAGES) == "Judul"
    children = [get_context("fork").Process(target=_read_in_child) for _ in range(2)]
    for child in children:
        child.start()
    assert title_by(PAGES) == "Judul"
    for child in children:
        child.join(60)
        assert child.exitcode == 0


def test_a_page_that_takes_too_much_memory_is_rejected() -> None:
    pages = ParserProcess()
    with pytest.raises(TooHard, match="128 MiB"):
        list(pages.answers("web page", b"<html><body>" + b"<p>kata <b>lain</b></p>" * 150_000, 60, 128))
    pages.close()


def test_comments_before_a_page_take_no_time() -> None:
    head = "<!--a-->" * 8000
    start = time.process_time()
    assert not page_signs.FIRST_TAG.match(head + "<div>x")
    assert page_signs.FIRST_TAG.match(f"\ufeff{head}"[1:] + "<?xml version='1.0'?>\n<!-- > -->\n<!DOCTYPE html>")
    assert not page_signs.FIRST_TAG.match("<!--" * 8000)
    assert time.process_time() - start < 1


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress])
def test_a_packed_file_is_read_up_to_a_size(tmp_path: Path, pack: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decompression, "MOST_UNPACKED", 1 << 20)
    blank = b"".join(b" " * length + b"\n" for length in Random(1).choices(range(600), k=70_000))
    line = json.dumps({"text": "Satu berita."}).encode() + b"\n"
    (tmp_path / "a.jsonl.gz").write_bytes(pack(line + blank))  # type: ignore[operator]
    ids, rejected = outcome(tmp_path, bounds=replace(RECORD_BOUNDS, container=ContainerBounds(ratio=20)))
    assert ids == ["a:1"]
    assert "20 times its size" in rejected[0].reason


def test_an_honest_packed_file_has_no_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decompression, "MOST_UNPACKED", 1 << 10)
    lines = [json.dumps({"text": f"Berita nomor {number}, {os.urandom(40).hex()}."}) for number in range(500)]
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress("\n".join(lines).encode()))
    ids, rejected = outcome(tmp_path)
    assert (len(ids), rejected) == (500, [])


def test_a_line_that_is_too_long_costs_one_article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoding, "LONGEST_LINE", 1 << 10)
    lines = ['{"text": "satu"}', '{"text": "' + "dua " * 1000 + '"}', '{"text": "tiga"}', '{"text": "' + "x" * 5000]
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    ids, rejected = outcome(tmp_path)
    assert ids == ["a:1", "a:3"]
    assert [item.where.rpartition(":")[2] for item in rejected] == ["2", "4"]
    assert all("a line of more than" in item.reason for item in rejected)


NESTED = "[" + "[]," * 1_500_000 + "[]]"


def test_json_that_takes_too_much_memory_is_rejected(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "satu"}\n' + NESTED + '\n{"text": "tiga"}\n')
    (tmp_path / "b.json").write_text('[{"text": "satu"},\n' + NESTED + ',\n{"text": "tiga"}]')
    # In a process of its own: memory that other tests have freed would be taken again before more is asked for.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as fresh:
        ids, rejected = fresh.submit(outcome, tmp_path, bounds=replace(RECORD_BOUNDS, mebibytes=20)).result()
    assert ids == ["a:1", "a:3", "b:1"]
    assert [Path(item.where).name for item in rejected] == ["a.jsonl:2", "b.json:2"]
    assert all("20 MiB" in item.reason for item in rejected)


def test_a_file_of_blanks_takes_no_time(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('[{"text": "satu"}' + " \n" * 10_000_000 + "]")
    start = time.process_time()
    assert outcome(tmp_path) == (["a:1"], [])
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl", json.dumps({"text": "satu", **{f"n{number}": 1 for number in range(1000)}})),
        ("a.jsonl", json.dumps({"text": "satu", "n" * 100_000: 1})),
        ("a.csv", "text," * 1001 + "\nsatu" * 5),
        ("a.csv", "text," + "n" * 100_000 + "\nsatu,1"),
    ],
)
def test_what_has_too_many_or_too_long_names_is_rejected(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content)
    ids, rejected = outcome(tmp_path)
    assert (ids, len(rejected)) == ([], 1)
    assert "more than 1,000 fields" in rejected[0].reason or "more than 100,000 characters" in rejected[0].reason
