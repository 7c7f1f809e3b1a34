"""On several cores pages are parsed ahead, and the records are the same, in the same order."""

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.reading.parsing import ahead, parsers
from archive.reading.parsing.answer_file import AnswerFile
from archive.reading.parsing.parser_process import ParserProcess, TooHard
from archive.reading.parsing.questions import Question
from archive.reading.records import ReadingMeans, read
from archive.record import Record, Rejected
from tests.office_files import zip_file
from tests.pdf_files import column, pdf
from tests.web_archive_files import Crawl

HARD = "halaman yang berat"
Asked = list[tuple[str, bytes]]


def page(subject: str) -> str:
    text = "".join(f"<p>Kabar {n} tentang {subject}: warga desa memanen padi lebih awal.</p>" for n in range(4))
    return f"<!DOCTYPE html><html><head><title>{subject}</title></head><body><article>{text}</article></body></html>"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Create pages in files and in an archive, PDF files, texts, what cannot be read, and pages that are alike."""
    folder = tmp_path / "articles"
    folder.mkdir()
    for n in range(12):
        (folder / f"a{n:02}.html").write_text(page(f"panen {n // 2}"))
        (folder / f"a{n:02}.txt").write_text(f"Berita nomor {n} tentang harga beras di pasar.")
    (folder / "b.zip").write_bytes(zip_file({f"{n}.html": page(f"banjir {n}") for n in range(12)}))
    (folder / "c.html").write_text("")
    (folder / "d.pdf").write_bytes(b"%PDF-1.4 rusak")
    (folder / "e.html").write_text(page(HARD))
    (folder / "f.eml").write_bytes(
        b"From: a@b.id\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/html\n"
        b'Content-Disposition: attachment; filename="g.html"\n\n' + page("pasar").encode() + b"\n--x--\n"
    )
    for n in range(8):
        lines = [f"Rapat desa {n}", "Warga desa rapat di balai, Senin."] * 4
        (folder / f"g{n}.pdf").write_bytes(pdf([column(lines, 60, 700)]))
    return folder


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    """Collect by which thread what is given to the parsers; one page is too hard for them."""
    collected: Asked = []
    answers = ParserProcess.answers

    def noting(process: ParserProcess, parser: str, raw: bytes, seconds: float, mebibytes: int) -> Iterator[bytes]:
        collected.append((threading.current_thread().name, raw))
        if HARD.encode() in raw:
            raise TooHard("it takes too long")
        yield from answers(process, parser, raw, seconds, mebibytes)

    monkeypatch.setattr(ParserProcess, "answers", noting)
    return collected


def records(folder: Path, cores: int, answers: AnswerFile | None = None) -> Iterator[Record | Rejected]:
    return read([folder], means=ReadingMeans(None, answers or AnswerFile(None), cores))


def by_main(asked: Asked) -> list[bytes]:
    return [raw for thread, raw in asked if thread == threading.main_thread().name]


def test_the_records_are_those_of_one_core(folder: Path, asked: Asked, tmp_path: Path) -> None:
    expected = list(records(folder, 1))
    assert len(by_main(asked)) == len(asked) > 30
    asked.clear()
    answers = AnswerFile(tmp_path / "answers", "1")
    assert list(records(folder, 3, answers)) == expected
    answers.close()
    assert {type(item) for item in expected} == {Record, Rejected}
    alone = by_main(asked)
    assert len(alone) < 6, "what is no page or PDF file, what failed ahead, and what an e-mail holds"
    assert sum(HARD.encode() in raw for raw in alone) == 1


def test_what_was_kept_is_not_parsed_ahead(folder: Path, asked: Asked, tmp_path: Path) -> None:
    first = AnswerFile(tmp_path / "answers", "1")
    expected = list(records(folder, 3, first))
    first.close()
    asked.clear()
    second = AnswerFile(tmp_path / "answers", "1")
    assert list(records(folder, 3, second)) == expected
    second.close()
    assert asked == [(threading.main_thread().name, raw) for _, raw in asked]
    assert len(asked) == 3, "the e-mail, and what failed"


def test_few_pages_are_parsed_by_one_process(folder: Path, asked: Asked) -> None:
    for path in (*folder.glob("[b-g]*"), *folder.glob("*.txt")):
        path.unlink()
    assert len(list(records(folder, 3))) == 12
    assert by_main(asked) == [raw for _, raw in asked]


def test_reading_is_ahead_by_a_few_questions_only(folder: Path, asked: Asked) -> None:
    found = records(folder, 3)
    next(found)
    assert len(asked) <= ahead.FEW + 1
    found.close()  # type: ignore[attr-defined]  # it is a generator


def test_a_web_archive_of_pages_with_many_links_is_not_read_to_its_end_ahead(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted = []
    note = parsers.NotedQuestions._note

    def noting(asked: parsers.NotedQuestions, question: Question) -> None:
        noted.append(question)
        note(asked, question)

    monkeypatch.setattr(parsers.NotedQuestions, "_note", noting)
    article = json.dumps({"text": "Warga desa memanen padi lebih awal. " * 40}).encode()  # too much for a front page
    monkeypatch.setattr(ParserProcess, "answers", lambda *_: iter([article]))
    menu = "".join(f'<a href="/{n}">Berita nomor {n}</a>' for n in range(30))
    crawl = Crawl()
    for n in range(100):
        crawl.add(f"https://a.id/berita/{n}.html", (page(f"panen {n}") + menu).encode())
    (tmp_path / "a.warc").write_bytes(crawl.raw)
    found = records(tmp_path, 3)
    next(found)
    assert len(noted) <= ahead.FEW + 1
    found.close()  # type: ignore[attr-defined]


def test_pages_that_are_alike_are_parsed_ahead_once_and_others_after_them(tmp_path: Path, asked: Asked) -> None:
    pages = {f"{n:02}.html": page("ganti" if n < 40 else f"panen {n}") for n in range(80)}
    (tmp_path / "a.zip").write_bytes(zip_file(pages))
    answers = AnswerFile(tmp_path / "answers", "1")
    assert len(list(records(tmp_path / "a.zip", 3, answers))) == 80
    answers.close()
    assert len(asked) == 41
    assert by_main(asked) == []


def test_when_reading_ends_early_its_processes_end(folder: Path, asked: Asked) -> None:
    found = records(folder, 3)
    next(found)
    found.close()  # type: ignore[attr-defined]
    assert all(process._process is None for process in ahead._PROCESSES)
