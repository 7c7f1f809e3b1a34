"""Coding sheets by the API, by the command, and back by `flask agreement`."""

import csv
import json
import re
from pathlib import Path

import pytest
from flask import Flask

from tests.web.sample_archive import app as sample_app

EXPORT = "/api/v1/export"


@pytest.fixture(scope="module")
def app() -> Flask:
    return sample_app()


def test_a_sheet_says_how_it_was_drawn_and_has_empty_columns(app: Flask) -> None:
    answer = app.test_client().get(f"{EXPORT}?q=hujan&format=coding&sample=7&seed=3&codes=tone,frame")
    text = answer.get_data(as_text=True).removeprefix("\ufeff")
    for fact in ("# sample,7", "# seed,3", '# stratified_by,"outlet, month"', "# rows,7"):
        assert fact in text
    rows = list(csv.DictReader(line for line in text.splitlines() if not line.startswith("# ")))
    assert len(rows) == 7
    assert list(rows[0])[-4:] == ["coder", "tone", "frame", "remarks"]
    assert {row["tone"] for row in rows} == {""}
    assert all(row["text"] for row in rows)


def test_the_page_of_exports_asks_how_many_articles_with_which_seed_and_codes(app: Flask) -> None:
    client = app.test_client()
    form = client.get("/export?q=hujan").text.partition('id="coding"')[2].partition("</form>")[0]
    asked = dict(re.findall(r'<input[^>]* name="(\w+)"(?: value="([^"]*)")?', form))
    assert asked == {"q": "hujan", "sample": "100", "seed": "0", "codes": ""}
    assert re.findall(r'name="format" value="([^"]+)"', form) == ["coding", "coding.xlsx"]
    sheet = client.get("/export", query_string=asked | {"sample": "3", "codes": "bingkai, nada"}).text
    assert "# rows,3" in sheet
    assert "coder,bingkai,nada,remarks" in sheet


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ("format=coding&sample=0", "sample"),
        ("format=coding&seed=-1", "seed"),
        ("format=coding&codes=title", "codes"),
        ("format=csv&sample=5", "sample"),
        ("format=csv&codes=a", "codes"),
        ("format=coding&fields=id", "fields"),
        ("format=coding&ids=cuaca-1", "ids"),
    ],
)
def test_bad_arguments_are_errors_that_name_the_argument(app: Flask, arguments: str, named: str) -> None:
    answer = app.test_client().get(f"{EXPORT}?{arguments}")
    assert (answer.status_code, answer.get_json()["parameter"]) == (400, named)


def test_from_a_sheet_to_agreement_by_commands(app: Flask, tmp_path: Path) -> None:
    runner = app.test_cli_runner()
    sheet = tmp_path / "sheet.csv"
    wishes = ["export", "hujan", "--format", "coding", "--sample", "6", "--codes", "tone", "-o", str(sheet)]
    assert runner.invoke(args=wishes).exit_code == 0
    for coder, codes in (("ani", "ppnnpp"), ("budi", "ppnnpn")):
        lines = sheet.read_text("utf-8-sig").splitlines()
        begin = next(number for number, line in enumerate(lines) if not line.startswith("# "))
        rows = list(csv.DictReader(lines[begin:]))
        with (tmp_path / f"{coder}.csv").open("w", newline="", encoding="utf-8") as file:
            written = csv.DictWriter(file, rows[0])
            written.writeheader()
            written.writerows({**row, "coder": coder, "tone": code} for row, code in zip(rows, codes, strict=True))
    result = runner.invoke(args=["agreement", str(tmp_path / "ani.csv"), str(tmp_path / "budi.csv")])
    assert result.stdout.splitlines()[1].split("\t") == ["tone", "6", "0.833", "0.667", "0.686"]
    found = json.loads(runner.invoke(args=["agreement", "--json", *[str(tmp_path / "ani.csv")] * 2]).stdout)
    assert (found["coders"], found["columns"][0]["alpha"]) == (["ani", "ani"], 1.0)
    assert runner.invoke(args=["agreement", str(sheet)]).exit_code == 2
    assert runner.invoke(args=["agreement", str(sheet), str(tmp_path / "none.csv")]).exit_code == 2
