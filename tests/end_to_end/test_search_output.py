"""What `flask search` prints for programs is what the API and the exports say."""

import csv
import io
import json

import pytest
from flask import Flask

from tests.web.sample_archive import app as sample_app


@pytest.fixture(scope="module")
def app() -> Flask:
    return sample_app()


def test_json_is_the_answer_of_the_api(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["search", "perundingan Korut", "--json", "--size", "3"])
    assert result.exit_code == 0
    printed = json.loads(result.stdout)
    answered = app.test_client().get("/api/v1/search?q=perundingan+Korut&size=3").get_json()
    assert printed | {"took_ms": 0} == answered | {"took_ms": 0}


def test_json_of_nothing_found_has_the_help(app: Flask) -> None:
    printed = json.loads(app.test_cli_runner().invoke(args=["search", "zzz hujan", "--json"]).stdout)
    assert printed["total"] == {"articles": 0, "stories": 0}
    assert [part["text"] for part in printed["help"]["parts"]] == ["zzz", "hujan"]


def test_csv_is_the_page_of_hits_in_the_columns_of_an_export(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["search", "hujan", "--csv", "--sort", "oldest", "--size", "4"])
    lines = result.stdout.lstrip("\ufeff").splitlines()
    facts = {row[0]: row[1] for row in csv.reader(line for line in lines if line.startswith("# "))}
    assert (facts["# query"], facts["# rows"], facts["# pages"]) == ("hujan", "4", "10")
    rows = list(csv.DictReader(io.StringIO("\n".join(line for line in lines if not line.startswith("# ")))))
    answered = app.test_client().get("/api/v1/search?q=hujan&sort=oldest&size=4").get_json()["hits"]
    assert [(row["id"], row["title"], row["date"]) for row in rows] == [
        (hit["id"], hit["title"], hit["date"]["value"]) for hit in answered
    ]
    assert "text" not in rows[0]


@pytest.mark.parametrize(
    ("options", "told"), [(("hujan", "--json", "--csv"), "exclude each other"), (("hujan OR (", "--json"), "")]
)
def test_wrong_input_prints_nothing_and_exits_with_2(app: Flask, options: tuple[str, ...], told: str) -> None:
    result = app.test_cli_runner().invoke(args=["search", *options])
    assert (result.exit_code, result.stdout) == (2, "")
    assert told in result.stderr
