"""Spreadsheets: a row of a sheet with a head line is an article, as in a CSV file, and dates are dates."""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given

from archive.reading.bounds import RECORD_BOUNDS, RecordBounds
from archive.reading.records import read
from archive.reading.source_log import SourceLog
from archive.record import Record, Rejected
from tests.damaged_bytes import any_damage, damaged
from tests.office_files import compound_file, moment, ods, xls, xlsx, zip_file

HEAD: tuple[str, ...] = ("Judul", "Isi", "Tanggal", "Media")
ROWS: list[tuple[str | date, ...]] = [
    HEAD,
    ("Satu", "Isi satu.", date(2018, 8, 6), "detikcom"),
    ("Dua", "Isi dua.", date(2019, 1, 31), "Kompas"),
]


def outcome(
    path: Path,
    raw: bytes,
    mapping: Mapping[str, str] | None = None,
    bounds: RecordBounds = RECORD_BOUNDS,
    log: SourceLog | None = None,
) -> tuple[list[Record], list[Rejected]]:
    path.write_bytes(raw)
    found = list(read([path], mapping, bounds, log))
    return [one for one in found if isinstance(one, Record)], [one for one in found if isinstance(one, Rejected)]


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("a.xlsx", lambda rows: xlsx({"Berita": rows})),
        ("a.ods", lambda rows: ods({"Berita": rows})),
        ("a.xls", lambda rows: xls("Berita", rows)),
        ("a.zip", lambda rows: xlsx({"Berita": rows})),  # told by what it holds
        ("a.txt", lambda rows: xls("Berita", rows)),
    ],
)
def test_each_row_is_an_article(tmp_path: Path, name: str, make: Callable[[Sequence[object]], bytes]) -> None:
    found, rejected = outcome(tmp_path / name, make(ROWS))
    assert rejected == []
    assert [(one.former_id or one.id) for one in found] == ["a:Berita:2", "a:Berita:3"]
    assert [(one.title, one.text, one.date, one.outlet) for one in found] == [
        ("Satu", "Isi satu.", "2018-08-06", "detikcom"),
        ("Dua", "Isi dua.", "2019-01-31", "Kompas"),
    ]
    assert found[0].where == f"{tmp_path}/{name}:Berita:2"


def test_every_sheet_with_a_head_line_is_read_and_the_others_are_named(tmp_path: Path) -> None:
    sheets: dict[str, list[tuple[object, ...]]] = {
        "2018": [*ROWS[:2]],
        "Keterangan": [("Dibuat oleh", "Budi"), ("Jumlah", 2)],
        "Kosong": [],
        "2019": [("Daftar berita",), (), *ROWS[::2], HEAD, ("Tiga", "Isi tiga.", moment(2020, 2, 3, 17, 40), 7.0)],
    }
    log = SourceLog()
    found, rejected = outcome(tmp_path / "a.xlsx", xlsx(sheets), log=log)
    assert [((one.former_id or one.id), one.date) for one in found] == [
        ("a:2018:2", "2018-08-06"),
        ("a:2019:4", "2019-01-31"),
        ("a:2019:6", "2020-02-03 17:40:00"),
    ]
    assert found[-1].outlet == "7"
    assert rejected == []
    assert [dict(usage.left_out) for usage in log.usage.values()] == [{"rows of the sheet Keterangan": 2}]


def test_sheets_without_any_head_line_are_told_with_the_remedy(tmp_path: Path) -> None:
    found, (first, second) = outcome(tmp_path / "a.xlsx", xlsx({"A": [("Dibuat oleh", "Budi")], "B": [("x", "y")]}))
    assert found == []
    assert [first.where, second.where] == [f"{tmp_path}/a.xlsx:A", f"{tmp_path}/a.xlsx:B"]
    assert "Dibuat oleh, Budi" in first.reason
    assert "--map text=" in first.reason


def test_a_column_can_be_named(tmp_path: Path) -> None:
    rows = [("Kolom A", "Kolom B"), ("Isi satu.", "Satu")]
    found, _ = outcome(tmp_path / "a.xlsx", xlsx({"S": rows}), {"text": "Kolom A", "title": "kolom_b"})
    assert [(one.title, one.text) for one in found] == [("Satu", "Isi satu.")]


@pytest.mark.parametrize(
    ("name", "raw", "words"),
    [
        ("a.xlsx", xlsx({"S": ROWS})[:-40], "cut short"),
        ("a.xlsx", zip_file({"xl/workbook.xml": "<workbook"}), "damaged"),
        ("a.xlsx", compound_file("EncryptedPackage", b"x"), "password"),
        ("a.xls", compound_file("Workbook", b"x" * 9000), "damaged"),
        ("a.xls", xls("S", ROWS)[:1000], "damaged"),
        ("a.xls", compound_file("WordDocument", b"x"), "save it as .docx"),
        ("a.xlsx", zip_file({"ppt/presentation.xml": "<p/>"}), "presentation"),
        ("a.ods", zip_file({"mimetype": "application/vnd.oasis.opendocument.graphics"}), "save it as"),
        ("a.xlsx", b"Hanya kata-kata.", "no spreadsheet"),
        ("a.xlsx", b"", "empty"),
    ],
)
def test_what_cannot_be_read_is_rejected_with_the_remedy(tmp_path: Path, name: str, raw: bytes, words: str) -> None:
    log = SourceLog()
    found, rejected = outcome(tmp_path / name, raw, log=log)
    assert (found, len(rejected)) == ([], 1)
    assert words in rejected[0].reason
    assert [source.path.name for source in log.unreadable] == [name]


def test_a_sheet_that_claims_to_be_huge_costs_itself(tmp_path: Path) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx({"S": ROWS}))) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'r="A3"', b'r="XFD1048576"').replace(b'r="3"', b'r="1048576"'))
    bounds = replace(RECORD_BOUNDS, seconds=20, mebibytes=512)
    (tmp_path / "b.csv").write_text("judul,isi\nSatu,Isi.\n")
    found, rejected = outcome(tmp_path / "a.xlsx", made.getvalue(), bounds=bounds)
    assert found == []
    assert "KLIPING_RECORD_" in rejected[0].reason
    assert len(list(read([tmp_path / "b.csv"]))) == 1


@any_damage
@given(damaged(("a.xlsx", xlsx({"S": ROWS})), ("a.ods", ods({"S": ROWS})), ("a.xls", xls("S", ROWS))))
def test_whatever_is_damaged_something_is_told(tmp_path: Path, made: tuple[str, bytes]) -> None:
    found, rejected = outcome(tmp_path / made[0], made[1])
    assert found or rejected


HTML_SHEET = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="utf-8"></head><body>
<table border=1><thead><tr><th>Judul</th><th>Isi</th><th>Tanggal</th><th>Media</th></tr></thead>
<tr><td>Satu</td><td>Isi satu.<br>Baris dua.</td><td>2018-08-06</td><td>detikcom</td></tr>
<tr><td colspan=2>Dua</td><td>2019-01-31</td><td>Kompas</td></tr></table></body></html>"""


@pytest.mark.parametrize("sheet", [HTML_SHEET, HTML_SHEET[HTML_SHEET.index("<table") :]])
def test_a_table_in_html_named_like_a_spreadsheet_is_read_by_rows(tmp_path: Path, sheet: str) -> None:
    (found,), (rejected,) = outcome(tmp_path / "a.xls", sheet.encode())
    assert (found.title, found.text, found.date) == ("Satu", "Isi satu.\nBaris dua.", "2018-08-06")
    assert (found.where, rejected.where) == (f"{tmp_path}/a.xls:table 1:2", f"{tmp_path}/a.xls:table 1:3")


@pytest.mark.parametrize("delimiter", ["\t", ",", ";"])
def test_lines_named_like_a_spreadsheet_are_a_table(tmp_path: Path, delimiter: str) -> None:
    rows = [("judul", "isi", "tanggal"), ("Satu", "Isi satu.", "2018-08-06")]
    found, rejected = outcome(tmp_path / "a.xls", "\n".join(map(delimiter.join, rows)).encode())
    assert rejected == []
    assert [(one.title, one.text, one.date) for one in found] == [("Satu", "Isi satu.", "2018-08-06")]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("<html><frameset><frame src='sheet001.htm'></frameset></html>", "save it as .xlsx"),
        ('<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', "save it as .xlsx"),
        ("Hanya kata-kata.", "no spreadsheet"),
    ],
)
def test_other_texts_named_like_a_spreadsheet_are_rejected_with_the_remedy(
    tmp_path: Path, content: str, words: str
) -> None:
    found, (rejected,) = outcome(tmp_path / "a.xls", content.encode())
    assert (found, words in rejected.reason) == ([], True)
