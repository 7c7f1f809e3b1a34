"""Rejects are counted by reason; the first are held, and all are in a file, however many there are."""

import json
from pathlib import Path

import pytest

from archive.record import Rejected
from index.opening import open_engine
from index.reindexing import reject_log
from index.reindexing.pipeline import reindex
from index.reindexing.reject_log import MOST_HELD, NothingRead, kind_of
from index.reindexing.report import ReindexReport
from index.reindexing.request import ReindexRequest
from index.reindexing.source_digest import SOURCES


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.jsonl").write_text('{"text": "Satu berita.", "id": "a"}\n' * 3 + "{}\n" * 3000 + "{\n" * 200)
    return folder


def run(tmp_path: Path) -> ReindexReport:
    request = ReindexRequest((tmp_path / "articles",), reject_file=tmp_path / "rejected.tsv")
    return reindex(open_engine(tmp_path / "index"), request)


def test_many_rejects_are_counted_and_written_to_a_file(tmp_path: Path, folder: Path) -> None:
    report = run(tmp_path)
    assert (report.new, report.read, report.rejects.count) == (1, 3203, 3202)
    assert report.rejects.reasons == {
        "no text among its fields": 3000,
        "the line is broken JSON": 200,
        "the id was already given": 2,
    }
    assert len(report.rejected) == MOST_HELD
    assert report.rejects.complete == tmp_path / "rejected.tsv"
    lines = (tmp_path / "rejected.tsv").read_text().splitlines()
    assert len(lines) == 3202
    assert lines[-1].startswith(f"{folder}/a.jsonl:3203\t")


def test_the_next_run_tells_the_same_without_reading(tmp_path: Path, folder: Path) -> None:
    first, second = run(tmp_path), run(tmp_path)
    assert second.unchanged == 1
    assert second.rejects == first.rejects
    assert second.rejects.complete is not None
    held = next((tmp_path / "index").glob(f"*/{SOURCES}")).read_text()
    assert len(json.loads(held)["rejected"]) == MOST_HELD


def test_a_clean_run_removes_the_file_of_the_run_before(tmp_path: Path, folder: Path) -> None:
    run(tmp_path)
    (folder / "a.jsonl").write_text('{"text": "Satu berita."}')
    assert run(tmp_path).rejects.count == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["articles", "index"]


def test_the_file_is_there_when_nothing_could_be_read(tmp_path: Path, folder: Path) -> None:
    (folder / "a.jsonl").write_text("{}\n" * 2000)
    with pytest.raises(NothingRead) as caught:
        run(tmp_path)
    assert caught.value.rejects.count == 2000
    assert len((tmp_path / "rejected.tsv").read_text().splitlines()) == 2000


def test_a_name_with_breaks_makes_no_line_of_its_own(tmp_path: Path, folder: Path) -> None:
    (folder / "b\nc\td.jsonl").write_text("{}\n" * 2000)
    run(tmp_path)
    lines = (tmp_path / "rejected.tsv").read_text().splitlines()
    assert len(lines) == 5202
    assert all(line.count("\t") == 1 for line in lines)


def test_reasons_without_end_are_counted_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reject_log, "MOST_REASONS", 2)
    log = reject_log.RejectLog()
    log.extend(Rejected("a", reason) for reason in ["x", "y", "z", "x", "u"])
    assert log.reasons == {"x": 2, "y": 1, reject_log.OTHER: 2}


@pytest.mark.parametrize(
    ("reason", "kind"),
    [
        ("no text", "no text"),
        ("the id berita/7 was already given at a.jsonl:3", "the id was already given"),
        (
            "the row has 5 fields where the head line has 4; are quotes missing?",
            "the row has … fields where the head line has …",
        ),
        ("no text among its fields (a, b); name the one", "no text among its fields"),
        ("more than 64 MiB in one piece; split it", "more than … MiB in one piece"),
    ],
)
def test_kinds_leave_out_what_differs(reason: str, kind: str) -> None:
    assert kind_of(reason) == kind
