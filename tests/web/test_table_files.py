"""Tables of pages, batches and coding sheets as CSV and as workbooks: the same rows, and numbers as numbers."""

import csv
import io
from pathlib import Path

import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from index.answers.exporting.formats import WORKBOOK
from index.opening import open_engine
from tests.contract.engine_contract import an_article, build
from tests.web import sample_archive
from web import create_app
from web.exporting import downloads

TABLES = ("trends", "coverage", "compare", "kwic", "words")
QUERIES = {"compare": "a=hujan&b=perundingan"}


@pytest.fixture(scope="module")
def app() -> Flask:
    return sample_archive.app()


@pytest.fixture(scope="module")
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def csv_parts(answer: TestResponse) -> tuple[dict[str, str], list[list[str]]]:
    """The facts, and the names of columns with the rows."""
    rows = list(csv.reader(io.StringIO(answer.get_data(as_text=True).removeprefix("\ufeff"), newline="")))
    begin = next(number for number, row in enumerate(rows) if not row[0].startswith("# "))
    return {name.removeprefix("# "): fact for name, fact in rows[:begin]}, rows[begin:]


def workbook_parts(data: bytes) -> tuple[dict[str, object], list[tuple[object, ...]]]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    about, table = book.worksheets
    assert book.active is table
    assert "f" not in {cell.data_type for row in table.iter_rows() for cell in row}
    return dict(row[:2] for row in about.iter_rows(values_only=True)), list(table.iter_rows(values_only=True))


def require_same(as_csv: TestResponse, as_workbook: TestResponse) -> list[tuple[object, ...]]:
    """Hold both files to each other, and return the rows of the workbook."""
    assert (as_csv.status_code, as_workbook.status_code) == (200, 200)
    assert (as_csv.mimetype, as_workbook.mimetype) == ("text/csv", WORKBOOK)
    stem = as_csv.headers["Content-Disposition"].removesuffix(".csv")
    assert as_workbook.headers["Content-Disposition"] == f"{stem}.xlsx"
    facts, rows = csv_parts(as_csv)
    about, held = workbook_parts(as_workbook.data)
    assert {name: str(fact) for name, fact in about.items() if name != "cells"} == facts
    assert [["" if cell is None else str(cell) for cell in row] for row in held] == rows
    assert len(rows) > 1
    return held[1:]


@pytest.mark.parametrize("name", TABLES)
def test_a_table_of_a_page_has_the_same_rows_in_both_files(client: FlaskClient, name: str) -> None:
    query = QUERIES.get(name, "q=hujan")
    rows = require_same(*(client.get(f"/{name}.{format_}?{query}") for format_ in ("csv", "xlsx")))
    assert any(isinstance(cell, int) for row in rows for cell in row)
    if name in {"trends", "compare", "words"}:
        assert any(isinstance(cell, float) for row in rows for cell in row), "shares and measures"
    page = client.get(f"/{name}?{query}").text
    assert page.index(f'href="/{name}.csv') < page.index(f'href="/{name}.xlsx')


@pytest.mark.parametrize("kind", ["counts", "hits"])
def test_the_tables_of_a_batch_have_the_same_rows_in_both_files(client: FlaskClient, kind: str) -> None:
    address = "/api/v1/batch?hits=3&format="
    rows = require_same(*(client.post(address + one, data="hujan\nKorut") for one in (kind, f"{kind}.xlsx")))
    assert {type(row[0]) for row in rows} == {int}


def test_a_coding_sheet_has_the_same_rows_in_both_files_and_a_long_seed_whole(client: FlaskClient) -> None:
    address = f"/export?q=hujan&sample=7&seed={10**17 + 1}&codes=tone&format="
    rows = require_same(*(client.get(address + one) for one in ("coding", "coding.xlsx")))
    assert len(rows) == 7


def test_coding_sheets_saved_as_workbooks_are_compared(app: Flask, tmp_path: Path) -> None:
    runner, sheet = app.test_cli_runner(), tmp_path / "a.coding.xlsx"
    assert runner.invoke(args=["export", "hujan", "--sample", "6", "-o", str(sheet)]).exit_code == 0
    for coder, codes in (("ani", (1, 1, 2, 2, 1, 1)), ("budi", (1, 1, 2, 2, 1, 2))):
        book = openpyxl.load_workbook(sheet)
        table = book["coding"]
        names = [cell.value for cell in table[1]]
        for number, code in enumerate(codes, 2):
            table.cell(number, names.index("coder") + 1, coder)
            table.cell(number, names.index("code") + 1, code)
        book.save(tmp_path / f"{coder}.xlsx")
    result = runner.invoke(args=["agreement", str(tmp_path / "ani.xlsx"), str(tmp_path / "budi.xlsx")])
    assert result.stdout.splitlines()[1].split("\t") == ["code", "6", "0.833", "0.667", "0.686"]
    (tmp_path / "broken.xlsx").write_bytes(b"PK broken")
    assert runner.invoke(args=["agreement", *[str(tmp_path / "broken.xlsx")] * 2]).exit_code == 2


def test_workbooks_of_lines_take_the_places_of_downloads(client: FlaskClient) -> None:
    held = [client.get("/kwic.xlsx?q=hujan", buffered=False) for _ in range(downloads.AT_ONCE)]
    assert client.get("/kwic.csv?q=hujan").status_code == 503
    for response in held:
        response.close()


def test_a_workbook_refuses_what_its_csv_refuses(client: FlaskClient) -> None:
    for name in TABLES:
        for arguments in ("q=hujan&page=2", "q=hujan+OR+(", "other=1"):
            answers = [client.get(f"/{name}.{one}?{arguments}").status_code for one in ("csv", "xlsx")]
            assert answers == [400, 400], (name, arguments)
    assert 'href="/kwic"' in client.get("/kwic.xlsx").text, "the page asks for the query"


@pytest.mark.parametrize("sign", "=+-@")
def test_no_cell_of_a_workbook_is_a_formula(sign: str, tmp_path: Path) -> None:
    engine = open_engine(tmp_path)
    build(engine, an_article("1", f"{sign}cmd beras naik", "2018-05-01", outlet=f"{sign}x"))
    own = create_app({"TESTING": True, "KLIPING_CACHE_MB": 0}, engine=engine).test_client()
    for address in ("kwic.xlsx?q=beras", "trends.xlsx?q=beras&split=outlet", "coverage.xlsx"):
        _, rows = workbook_parts(own.get(f"/{address}").data)
        assert f"{sign}x" in {cell for row in rows for cell in row}, address
