"""A page or document that was parsed once is not parsed again, and the index is the same as if it had been."""

import json
import logging
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from archive.reading.bounds import RECORD_BOUNDS
from archive.reading.parsing import parsers
from archive.reading.parsing.parser_process import ParserProcess, TooHard, load_parser
from index.engine import Engine
from index.opening import open_engine
from index.reindexing import pipeline
from index.reindexing.pipeline import reindex
from index.reindexing.report import ReindexReport
from index.reindexing.request import ReindexRequest
from tests import ROOT
from tests.office_files import zip_file
from tests.pdf_files import column, pdf
from web import create_app

pytestmark = pytest.mark.long

Asked = list[bytes]
# Libraries of other parsers, which are loaded with them, and what carries data or certificates for others.
NO_PART = {"babel", "certifi", "python-calamine", "setuptools", "striprtf", "zstandard"}


def page(subject: str) -> str:
    text = "".join(f"<p>Kabar {n} tentang {subject}: warga desa memanen padi lebih awal.</p>" for n in range(8))
    return (
        f"<!DOCTYPE html><html><head><title>Soal {subject}</title></head><body><article>{text}</article></body></html>"
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Create three pages, one of them in a zip archive, and a PDF file."""
    folder = tmp_path / "articles"
    folder.mkdir()
    for subject in ("panen", "banjir"):
        (folder / f"{subject}.html").write_text(page(subject))
    (folder / "arsip.zip").write_bytes(zip_file({"pasar.html": page("pasar")}))
    (folder / "rapat.pdf").write_bytes(pdf([column(["Rapat Desa", "Warga desa rapat di balai, Senin."] * 4, 60, 700)]))
    return folder


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    """Collect what is given to the parsers, which answer in this process: starting another takes a second."""
    collected: Asked = []

    def noting(_: ParserProcess, parser: str, raw: bytes, *_limits: float) -> Iterator[bytes]:
        collected.append(raw)
        for answer in load_parser(parser)(raw):
            yield json.dumps(answer, default=str).encode()

    monkeypatch.setattr(ParserProcess, "answers", noting)
    return collected


@pytest.fixture
def run(tmp_path: Path, folder: Path, asked: Asked) -> Callable[..., ReindexReport]:
    """Reindex the folder, as `flask reindex` does, and forget what was asked before."""

    def run_(**wishes: object) -> ReindexReport:
        asked.clear()
        wishes = {"answers": tmp_path / "index.parsed", **wishes}
        return reindex(engine_in(tmp_path), ReindexRequest((folder,), **wishes))  # type: ignore[arg-type]

    return run_


def engine_in(place: Path) -> Engine:
    return open_engine(place / "index")


def id_from_nothing(folder: Path, place: Path) -> str:
    engine = open_engine(place / "another")
    reindex(engine, ReindexRequest((folder,), full=True))
    return engine.info().id


Run = Callable[..., ReindexReport]


def test_of_a_folder_with_a_new_page_that_page_alone_is_parsed(
    run: Run, asked: Asked, folder: Path, tmp_path: Path
) -> None:
    run()
    assert len(asked) == 4
    (folder / "baru.html").write_text(page("jembatan"))
    report = run()
    assert [raw.decode() for raw in asked] == [page("jembatan")]
    assert (report.new, report.unchanged) == (1, 4)
    assert engine_in(tmp_path).info().id == id_from_nothing(folder, tmp_path)


def test_a_page_that_changed_is_parsed(run: Run, asked: Asked, folder: Path, tmp_path: Path) -> None:
    run()
    (folder / "panen.html").write_text(page("hama"))
    report = run()
    assert [raw.decode() for raw in asked] == [page("hama")]
    assert report.articles == 4
    assert engine_in(tmp_path).info().id == id_from_nothing(folder, tmp_path)


def test_a_page_under_another_name_or_in_an_archive_is_not_parsed_again(run: Run, asked: Asked, folder: Path) -> None:
    run()
    (folder / "panen.html").rename(folder / "padi.html")
    (folder / "dua.zip").write_bytes(zip_file({"banjir.html": (folder / "banjir.html").read_bytes()}))
    (folder / "banjir.html").unlink()
    assert run().articles == 4
    assert asked == []


@pytest.mark.parametrize("what", ["the rules of reading", "a library"])
def test_other_rules_or_libraries_parse_everything(
    what: str, run: Run, asked: Asked, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run()
    if what == "a library":
        monkeypatch.setattr(parsers, "version", lambda name: f"another {name}")
    else:
        monkeypatch.setattr(pipeline, "RULES", "another")
    (folder / "baru.txt").write_text("Berita baru.")
    run()
    assert len(asked) == 4
    (folder / "baru.txt").write_text("Berita yang lebih baru.")
    run()
    assert asked == []


def test_a_full_reindex_parses_everything(run: Run, asked: Asked) -> None:
    run()
    run(full=True)
    assert len(asked) == 4


@pytest.mark.parametrize("step", [1, 7, 64])
def test_damage_to_what_is_kept_costs_a_parse_and_no_article(
    step: int, run: Run, asked: Asked, folder: Path, tmp_path: Path
) -> None:
    run()
    kept = tmp_path / "index.parsed"
    whole = kept.read_bytes()
    first = whole.index(b"\n") + 1
    damaged = bytearray(whole)
    damaged[first::step] = bytes(byte ^ 0x55 for byte in damaged[first::step])
    kept.write_bytes(damaged)
    (folder / "baru.txt").write_text("Berita baru.")
    run()
    assert len(asked) == 4
    assert engine_in(tmp_path).info().id == id_from_nothing(folder, tmp_path)
    (folder / "baru.txt").unlink()
    run()
    assert asked == []


def test_what_is_no_longer_there_is_forgotten(run: Run, asked: Asked, folder: Path, tmp_path: Path) -> None:
    run()
    before = (tmp_path / "index.parsed").stat().st_size
    (folder / "panen.html").unlink()
    run()
    assert (tmp_path / "index.parsed").stat().st_size < before
    (folder / "panen.html").write_text(page("panen"))
    run()
    assert [raw.decode() for raw in asked] == [page("panen")]
    assert (tmp_path / "index.parsed").stat().st_size == before


def test_an_interrupted_run_has_not_parsed_in_vain(
    run: Run, asked: Asked, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(pipeline._Run, "_portions", interrupt)
        with pytest.raises(KeyboardInterrupt):
            run()
    assert len(asked) == 4
    run()
    assert asked == []


def test_what_takes_too_long_is_tried_again_every_time(
    run: Run, asked: Asked, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise TooHard("it takes too long")

    with monkeypatch.context() as patch:
        patch.setattr(ParserProcess, "answers", refuse)
        (folder / "baru.txt").write_text("Berita baru.")
        assert run().rejects.count == 4
    assert run(bounds=replace(RECORD_BOUNDS, seconds=60)).articles == 5
    assert len(asked) == 4


def test_a_document_that_cannot_be_read_is_read_again(run: Run, asked: Asked, folder: Path) -> None:
    (folder / "rusak.pdf").write_bytes(b"%PDF-1.4\nrusak")
    first = run()
    (folder / "baru.txt").write_text("Berita baru.")
    assert run().rejects.count == first.rejects.count == 1
    assert asked == [(folder / "rusak.pdf").read_bytes()]


def test_where_nothing_can_be_kept_everything_is_parsed(
    run: Run, asked: Asked, folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "index.parsed").mkdir()
    with caplog.at_level(logging.WARNING):
        assert run().articles == 4
    assert "index.parsed cannot be used" in caplog.text
    (folder / "baru.txt").write_text("Berita baru.")
    run()
    assert len(asked) == 4


def test_the_command_keeps_it_beside_the_index_for_its_keeper_alone(folder: Path, asked: Asked, tmp_path: Path) -> None:
    command = create_app({"KLIPING_INDEX": tmp_path / "index"}).test_cli_runner()
    assert command.invoke(args=["reindex", str(folder)]).exit_code == 0
    assert len(asked) == 4
    kept = tmp_path / "index.parsed"
    assert kept.stat().st_mode & 0o777 == 0o600
    (folder / "panen.html").unlink()
    assert command.invoke(args=["reindex", "--allow-removals", str(folder)]).exit_code == 0
    assert len(asked) == 4
    assert kept.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("full", [False, True])
def test_a_dry_run_leaves_it_as_it_is(full: bool, run: Run, asked: Asked, folder: Path, tmp_path: Path) -> None:
    kept = tmp_path / "index.parsed"
    run(dry_run=True, full=full)
    assert not kept.exists()
    run()
    before = kept.read_bytes()
    (folder / "baru.html").write_text(page("jembatan"))
    run(dry_run=True, full=full)
    assert len(asked) == (5 if full else 1)
    assert kept.read_bytes() == before


USED = """
import sys
from importlib.metadata import packages_distributions
from archive.reading.parsing.parser_process import load_parser
before = set(sys.modules)
for kind, path in (("web page", sys.argv[1]), ("PDF file", sys.argv[2])):
    list(load_parser(kind)(open(path, "rb").read()))
of = packages_distributions()
print(*{name for module in {*sys.modules} - before for name in of.get(module.partition(".")[0], [])}, sep="\\n")
"""


def test_every_library_with_a_part_in_a_kept_answer_is_known(folder: Path) -> None:
    files = [str(folder / name) for name in ("panen.html", "rapat.pdf")]
    command = [sys.executable, "-c", USED, *files]
    found = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout.split()
    assert {"lxml", "trafilatura", "pypdfium2"} <= set(found) - NO_PART
    assert set(found) - NO_PART == set(parsers.LIBRARIES)
