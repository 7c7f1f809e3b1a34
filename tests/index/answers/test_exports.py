"""Exported files are what their readers expect: every row is there, cells are what articles say, and nothing runs."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import accumulate
from typing import Any

import openpyxl
import pytest

from archive.article import Article, ArticleDate, DateBasis, DatePrecision
from index.answers.citing import bibtex
from index.answers.exporting import delimited, spreadsheet
from index.answers.exporting.columns import COLUMNS, SIZES, Row
from index.answers.exporting.export import ExportRequest, Setting, open_export
from index.answers.exporting.formats import FORMATS
from index.answers.exporting.provenance import Publication
from index.query.request import Copies, Query
from tests.contract.engine_contract import an_article, build
from tests.contract.memory_engine import MemoryEngine

INFERRED = ArticleDate(date(2018, 5, 31), DatePrecision.DAY, DateBasis.CUE)
DAMAGED = "satu \ud800 dua\0"
ODD = '=HYPERLINK("http://x";"y")'
SETTING = Setting(
    Publication("Arsip", "https://arsip.example/?q=beras", "Kliping 1"), date(2026, 11, 30), lambda i: f"/{i}"
)


@pytest.fixture(scope="module")
def engine() -> MemoryEngine:
    articles = [
        an_article(
            "a", "beras naik, kata #1\nbaris, dua\t\xa0tiga", "2018-05", outlet="Kompas.com", url="https://k.id/1"
        ),
        an_article("b", "beras naik", title=ODD, title_derived=False, reporters=("Ani & Budi", "C#"), place="-1+1"),
        replace(an_article("c", f"beras {DAMAGED}", outlet='Harian "Kata"', bureau="Jogja"), date=INFERRED),
        an_article("tempo/1 {x}", "beras " + "panjang " * 5_000, "2019-01-02", outlet="Tempo, Co"),
        an_article("other", "jagung }{", "2018-05-01"),
    ]
    held = MemoryEngine()
    build(held, *articles, stories={"a": "a", "tempo/1 {x}": "a"})
    return held


def exported(engine: MemoryEngine, format_: str, text: str = "beras", **wishes: Any) -> bytes:
    copies = wishes.pop("copies", Copies.SHOW)
    request = ExportRequest(Query(text, copies=copies), **{"texts": FORMATS[format_].texts, **wishes})
    return b"".join(FORMATS[format_].write(open_export(engine, request, SETTING)))


def table(data: bytes) -> tuple[dict[str, str], list[dict[str, str]]]:
    """The facts and rows of a CSV file, as any reader of CSV has them."""
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    facts = {name.removeprefix("# "): fact for name, fact in (row for row in rows if row[0].startswith("# "))}
    names, *cells = [row for row in rows if not row[0].startswith("# ")]
    return facts, [dict(zip(names, row, strict=True)) for row in cells]


def test_a_csv_file_has_all_rows_by_date_and_says_where_it_comes_from(engine: MemoryEngine) -> None:
    data = exported(engine, "csv")
    facts, rows = table(data)
    assert data.startswith(b"\xef\xbb\xbf# archive,")
    assert [row["id"] for row in rows] == ["a", "c", "tempo/1 {x}", "b"]
    told = {"query": "beras", "read_as": "beras", "rows": "4", "articles": "4", "stories": "3", "software": "Kliping 1"}
    assert told.items() <= facts.items()
    assert facts["index"] == engine.info().id
    assert facts["exported"] == "2026-11-30"
    assert rows[0]["text"] == "beras naik, kata #1\n\nbaris, dua  tiga"
    assert [rows[0][name] for name in ("date", "date_first", "date_last", "precision", "basis", "address")] == [
        *("2018-05", "2018-05-01", "2018-05-31", "month", "given", "/a"),
    ]
    assert (rows[3]["date"], rows[3]["precision"]) == ("", "unknown")


def test_folding_gives_one_row_a_story_and_names_its_copies(engine: MemoryEngine) -> None:
    facts, rows = table(exported(engine, "csv", copies=Copies.FOLD))
    assert [(row["id"], row["copies"]) for row in rows] == [("a", "tempo/1 {x}"), ("c", ""), ("b", "")]
    assert (facts["rows"], facts["folding"][:22]) == ("3", "one row for each story")


def test_nothing_in_a_table_is_a_formula_and_half_characters_are_replaced(engine: MemoryEngine) -> None:
    _, rows = table(exported(engine, "csv"))
    by_id = {row["id"]: row for row in rows}
    assert (by_id["b"]["title"], by_id["b"]["place"]) == ("'" + ODD, "'-1+1")
    assert by_id["b"]["reporters"] == "Ani & Budi; C#"
    assert by_id["c"]["text"] == "beras satu \ufffd dua\ufffd"
    for start in "=+-@\t\r＝":
        assert delimited.cell(start + "1") == f'"\'{start}1"'


def test_a_query_that_looks_like_csv_leaves_the_table_whole(engine: MemoryEngine) -> None:
    facts, rows = table(exported(engine, "csv", 'beras OR "x","y"\n'))
    assert facts["query"] == 'beras OR "x","y"'
    assert len(rows) == 4


def test_a_workbook_has_texts_and_never_formulas(engine: MemoryEngine) -> None:
    book = openpyxl.load_workbook(io.BytesIO(exported(engine, "xlsx")))
    names, *rows = [[cell.value for cell in row] for row in book["articles"].iter_rows()]
    assert names == [name for name in COLUMNS if name not in {"words", *SIZES}]
    assert [row[0] for row in rows] == ["a", "c", "tempo/1 {x}", "b"]
    title = next(cell for cell in book["articles"]["B"] if cell.value == ODD)
    assert title.data_type == "s"
    long = rows[2][-1]
    assert (len(long), long[-1]) == (spreadsheet.LONGEST_CELL, "…"), "the sheet about says so"
    about = dict(row[:2] for row in book["about"].iter_rows(values_only=True))
    assert (about["rows"], about["query"], "32,767" in about["cells"]) == (4, "beras", True)


@pytest.mark.parametrize("text", ["😀" * 20_000, "x" + "😀" * 20_000, "kata😀 " * 6_000])
def test_a_cell_of_emoji_is_no_longer_than_a_spreadsheet_takes(text: str) -> None:
    held = MemoryEngine()
    build(held, an_article("a", text))
    book = openpyxl.load_workbook(io.BytesIO(exported(held, "xlsx", "", columns=("text",))))
    cell = book["articles"]["A2"].value
    assert spreadsheet.LONGEST_CELL - 1 <= len(cell.encode("utf-16-le")) // 2 <= spreadsheet.LONGEST_CELL
    assert text.startswith(cell.removesuffix("…"))


def test_a_workbook_begins_before_its_last_rows_are_read(engine: MemoryEngine) -> None:
    read = []
    export = open_export(engine, ExportRequest(Query("beras"), columns=("id", "title")), SETTING)
    match = next(export.rows).match

    def many() -> Iterator[Row]:
        for number in range(20_000):
            read.append(number)
            title = f"<b>{number * 7919}</b> & satu\r\ndua"
            yield Row(replace(match, article=replace(match.article, title=title)), "")

    parts = FORMATS["xlsx"].write(replace(export, rows=many(), provenance=replace(export.provenance, rows=20_000)))
    first = next(parts)
    assert 0 < len(read) < 20_000
    book = openpyxl.load_workbook(io.BytesIO(first + b"".join(parts)), read_only=True)
    rows = list(book["articles"].iter_rows(values_only=True))
    assert len(rows) == 20_001
    assert (len(read), rows[2][1]) == (20_000, "<b>7919</b> & satu\ndua")


def test_more_rows_than_a_sheet_has_go_on_in_the_next(engine: MemoryEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheet, "MOST_ROWS", 3)
    book = openpyxl.load_workbook(io.BytesIO(exported(engine, "xlsx")))
    assert [(name, book[name].max_row) for name in book.sheetnames[1:]] == [("articles", 3), ("articles 2", 3)]


def test_json_lines_begin_with_where_they_come_from(engine: MemoryEngine) -> None:
    about, *rows = map(json.loads, exported(engine, "jsonl", columns=("id", "reporters", "disputed")).splitlines())
    assert (about["about"]["rows"], about["about"]["query"]) == (4, "beras")
    assert rows[3] == {"id": "b", "reporters": ["Ani & Budi", "C#"], "disputed": False}
    bare = exported(engine, "jsonl", columns=("id",), introduced=False).splitlines()
    assert bare[0] == b'{"id": "a"}'


def test_a_zip_archive_has_one_text_an_article_and_a_table_of_them(engine: MemoryEngine) -> None:
    with zipfile.ZipFile(io.BytesIO(exported(engine, "txt.zip"))) as archive:
        assert archive.testzip() is None
        about, *texts, last = archive.namelist()
        _, rows = table(archive.read(last))
        assert json.loads(archive.read(about))["rows"] == 4
        assert [row["file"] for row in rows] == texts
        assert len(set(texts)) == 4
        assert all(name.isascii() and ".." not in name and name.count("/") == 2 for name in texts)
        assert archive.read(texts[3]).decode() == f"{ODD}\n\nberas naik\n"
    assert texts[0] == "texts/2018/2018-05_Kompas-com_a.txt"


def test_ids_that_differ_in_capitals_alone_have_files_of_their_own_on_any_disk() -> None:
    held = MemoryEngine()
    build(held, an_article("aB1", "beras"), an_article("Ab1", "beras"), an_article("ab1", "beras"))
    with zipfile.ZipFile(io.BytesIO(exported(held, "txt.zip"))) as archive:
        assert len({name.lower() for name in archive.namelist()}) == 2 + 3


def test_ris_says_newspaper_and_how_sure_a_date_is(engine: MemoryEngine) -> None:
    records = exported(engine, "ris").decode().split("ER  - \r\n\r\n")[:-1]
    lines = [record.split("\r\n") for record in records]
    assert all(record[0] == "TY  - NEWS" for record in lines)
    assert {"T2  - Kompas.com", "PY  - 2018", "DA  - 2018/05//", "UR  - https://k.id/1"} <= set(lines[0])
    assert {'T2  - Harian "Kata" (Jogja)', "DA  - 2018/05/31/tanggal diperkirakan"} <= set(lines[1])
    assert not any(line.startswith(("PY", "DA")) for line in lines[3])
    assert {"AU  - Ani & Budi", "AU  - C#"} <= set(lines[3])
    assert all(any("query: beras" in line for line in record) for record in lines)


def test_bibtex_escapes_what_tex_would_read_and_marks_uncertain_dates(engine: MemoryEngine) -> None:
    text = exported(engine, "bibtex", "beras OR jagung", texts=True).decode()
    assert text.startswith("% archive: Arsip\n")
    assert text.count("@") == text.count("@article{") == 5
    assert r"author = {{Ani \& Budi} and {C\#}}" in text
    assert "date = {2018-05-31~}" in text
    assert "note = {[tanggal diperkirakan]}" in text
    assert r"\textbraceright{}\textbraceleft{}" in text
    assert max(accumulate(depths(text))) > 0 == min(accumulate(depths(text))) == sum(depths(text))
    assert bibtex.key("a-1") == "a-1"
    assert bibtex.key("tempo/1 {x}") != bibtex.key("tempo/1 (x)")


def depths(text: str) -> list[int]:
    """What each character adds to the depth of braces, which BibTeX counts behind a backslash too."""
    return [{"{": 1, "}": -1}.get(character, 0) for character in text]


def test_csl_json_is_an_array_of_newspaper_articles(engine: MemoryEngine) -> None:
    first, second, _, last = json.loads(exported(engine, "csl-json"))
    assert (first["type"], first["container-title"], first["URL"]) == (
        *("article-newspaper", "Kompas.com", "https://k.id/1"),
    )
    assert first["issued"] == {"date-parts": [[2018, 5]]}
    assert second["issued"] == {"date-parts": [[2018, 5, 31]], "circa": True}
    assert ("issued" in last, last["author"][0]) == (False, {"literal": "Ani & Budi"})
    assert json.loads(exported(engine, "csl-json", "gandum")) == []


def test_chosen_articles_come_by_date_and_those_that_are_gone_are_counted(engine: MemoryEngine) -> None:
    facts, rows = table(exported(engine, "csv", "", ids=("b", "other", "nowhere", "a", "b")))
    assert [row["id"] for row in rows] == ["a", "other", "b"]
    assert (facts["rows"], facts["missing_ids"], "query" in facts) == ("3", "1", False)
    _, rows = table(exported(engine, "csv", "", ids=("tempo/1 {x}", "other", "a"), copies=Copies.FOLD))
    assert [(row["id"], row["copies"]) for row in rows] == [("a", "tempo/1 {x}"), ("other", "")]


def test_every_column_can_be_chosen_and_texts_are_read_only_for_those_that_need_them(engine: MemoryEngine) -> None:
    _, rows = table(exported(engine, "csv", columns=tuple(COLUMNS), texts=False))
    assert list(rows[0]) == list(COLUMNS)
    assert rows[0]["words"] == "7"
    without = ExportRequest(Query(), texts=True, columns=("id", "title"))
    assert (without.reads_texts, replace(without, columns=("words",)).reads_texts) == (False, True)


def test_an_article_of_no_facts_is_a_row_like_any_other() -> None:
    held = MemoryEngine()
    build(held, Article("x", "", True, "", (), "x.txt", "d"))
    for format_ in FORMATS:
        assert exported(held, format_, "")


def test_a_table_of_one_column_has_a_row_for_what_has_no_value(engine: MemoryEngine) -> None:
    lines = exported(engine, "csv", columns=("outlet",), introduced=False).decode("utf-8-sig").split("\r\n")
    assert lines == ["outlet", '"Kompas.com"', '"Harian ""Kata"""', '"Tempo, Co"', '""', ""], "readers skip blank lines"


def test_the_size_of_the_story_is_a_column_where_it_is_asked_for(engine: MemoryEngine) -> None:
    wanted = ("id", "versions", "outlets")
    _, rows = table(exported(engine, "csv", columns=wanted))
    assert {row["id"]: (row["versions"], row["outlets"]) for row in rows} == {
        "a": ("2", "2"),
        "b": ("1", "0"),
        "c": ("1", "1"),
        "tempo/1 {x}": ("2", "2"),
    }
    _, chosen = table(exported(engine, "csv", ids=("b",), columns=wanted))
    assert chosen == [{"id": "b", "versions": "1", "outlets": "0"}]
    assert "versions" not in table(exported(engine, "csv"))[1][0]
