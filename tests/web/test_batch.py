"""A list of queries counted at once: by the API, on a page, and by a command."""

import csv
import io
import json
import re
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from tests.web.sample_archive import app as sample_app
from web.workbench.batch_arguments import MOST_QUERIES, listed_queries

BATCH = "/api/v1/batch"


@pytest.fixture(scope="module")
def app() -> Flask:
    return sample_app()


@pytest.fixture(scope="module")
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def rows_of(text: str) -> list[dict[str, str]]:
    lines = [line for line in text.lstrip("\ufeff").splitlines() if not line.startswith("# ")]
    return list(csv.DictReader(lines))


def test_each_query_is_counted_as_its_search_is(client: FlaskClient) -> None:
    found = client.post(f"{BATCH}?hits=2", data="hujan\n\nq=banjir&outlet=Detik\n", content_type="text/csv").get_json()
    for entry, address in zip(found["queries"], ("q=hujan", "q=banjir&outlet=Detik"), strict=True):
        search = client.get(f"/api/v1/search?{address}&size=2").get_json()
        counts = entry["counts"]
        assert {"articles": counts["articles"], "stories": counts["stories"]} == search["total"]
        assert [hit["id"] for hit in entry["hits"]] == [hit["id"] for hit in search["hits"]]
        outlets = {value["value"]: value["count"] for value in search["facets"]["outlet"]}
        assert {one["outlet"]: one["articles"] for one in counts["outlets"]}.items() <= outlets.items()
        assert sum(one["articles"] for one in counts["periods"]) + counts["undated"] == counts["articles"]
    assert [entry["line"] for entry in found["queries"]] == [1, 3]


def test_a_query_in_error_is_told_and_stops_no_other(client: FlaskClient) -> None:
    found = client.post(BATCH, data="hujan OR (\nq=x&nothing=1\nhujan").get_json()["queries"]
    assert ["error" in entry and bool(entry["error"]) for entry in found] == [True, True, False]
    assert found[0]["counts"] is None
    assert "nothing" in found[1]["error"]


@pytest.mark.parametrize(
    ("arguments", "listed", "named"),
    [
        ("q=x", "hujan", "q"),
        ("by=hour", "hujan", "by"),
        ("hits=101", "hujan", "hits"),
        ("format=xlsx", "hujan", "format"),
        ("", "\n".join(map(str, range(MOST_QUERIES + 1))), "queries"),
        ("", "x" * 200_001, "queries"),
        ("", 'query,name\n"hujan,x', "queries"),
    ],
)
def test_what_is_asked_wrongly_is_an_error_that_names_it(
    client: FlaskClient, arguments: str, listed: str, named: str
) -> None:
    answer = client.post(f"{BATCH}?{arguments}", data=listed)
    assert (answer.status_code, answer.get_json()["parameter"]) == (400, named)


@pytest.mark.parametrize("dated", ["", "&from=2018-05&to=2018-05"])
def test_the_table_of_counts_adds_up(client: FlaskClient, dated: str) -> None:
    listed = "name,query\nBasah,hujan\nSemua,q=\n"
    address = f"{BATCH}?format=counts&by=month{dated}"
    rows = rows_of(client.post(address, data=listed).get_data(as_text=True))
    for name in ("Basah", "Semua"):
        own = [row for row in rows if row["name"] == name]
        numbers = {(row["outlet"], row["period"]): int(row["articles"]) for row in own}
        outlets = [count for (outlet, period), count in numbers.items() if outlet != "(all)" and period == "(all)"]
        assert sum(outlets) == numbers["(all)", "(all)"]
        periods = [count for (outlet, period), count in numbers.items() if outlet == "(all)" and period != "(all)"]
        assert sum(periods) == numbers["(all)", "(all)"], "those in no period have a row"
        for (outlet, period), count in numbers.items():
            if outlet == "(all)" and period not in {"(all)", "(none)"}:
                parts = [n for (o, p), n in numbers.items() if p == period and o != "(all)"]
                assert sum(parts) == count, period


def test_every_query_has_all_periods_of_the_batch_and_0_where_it_has_nothing(client: FlaskClient) -> None:
    found = client.post(f"{BATCH}?by=month", data="hujan\nq=\nnihil").get_json()["queries"]
    periods = [[one["period"] for one in entry["counts"]["periods"]] for entry in found]
    assert periods[0] == periods[1] == periods[2]
    assert len(periods[0]) > 12, "months without any article included"
    years, months = {name[:4] for name in periods[0]}, {name[5:] for name in periods[0]}
    assert len(months) == 12 or len(years) == 1
    assert {one["articles"] for one in found[2]["counts"]["periods"]} == {0}
    for entry in found:
        assert sum(one["articles"] for one in entry["counts"]["periods"]) == (
            entry["counts"]["articles"] - entry["counts"]["undated"]
        )


def test_the_table_of_hits_has_the_address_of_each(client: FlaskClient) -> None:
    rows = rows_of(client.post(f"{BATCH}?format=hits&hits=3", data="hujan\nKorut").get_data(as_text=True))
    assert [(row["query"], row["rank"]) for row in rows][:4] == [
        ("hujan", "1"),
        ("hujan", "2"),
        ("hujan", "3"),
        ("Korut", "1"),
    ]
    assert all(client.get(row["address"]).status_code == 200 for row in rows)


def test_tables_tell_which_queries_are_not_in_them(client: FlaskClient) -> None:
    text = client.post(f"{BATCH}?format=counts", data="hujan (\nhujan").get_data(as_text=True)
    assert "# error in line 1," in text


def test_the_page_shows_each_number_with_its_search(client: FlaskClient) -> None:
    html = client.post("/batch", data={"queries": "hujan\nperundingan\nhujan (", "format": "page"}).get_data(
        as_text=True
    )
    assert "Baris 3 tidak dihitung" in html
    assert "Kurung ini tidak ditutup" in html, "in the language of the page"
    cells = re.findall(r'<td><a href="([^"]+)">(\d+)</a></td>', html)
    assert len(cells) > 10
    for address, count in cells:
        found = client.get(unescape(address).replace("/?", "/api/v1/search?")).get_json()
        assert found["total"]["stories"] == int(count), address


def test_the_page_tells_what_lies_in_no_period_and_in_no_outlet(client: FlaskClient) -> None:
    counts = client.post(BATCH, data="q=").get_json()["queries"][0]["counts"]
    html = client.post("/batch", data={"queries": "q=", "format": "page"}).get_data(as_text=True)
    (row,) = re.findall(r"<tr>(?=.*?</a></th>)(.*?)</tr>", html)
    cells = [cell.replace(".", "") for cell in re.findall(r"<td>([^<]*)</td>", row)]
    assert counts["undated"] > 0
    assert cells == [str(counts[name]) for name in ("stories", "articles", "undated", "without_outlet")]


def test_the_page_takes_a_file_and_gives_tables(client: FlaskClient) -> None:
    def sent(**more: str) -> dict[str, object]:
        return {"queries": "", "file": (io.BytesIO(b"query;name\r\nhujan;Basah\r\n"), "q.csv"), **more}

    assert "Basah" in client.post("/batch", data=sent(format="page")).get_data(as_text=True)
    table = client.post("/batch", data=sent(format="counts"))
    assert table.headers["Content-Disposition"].startswith("attachment; filename=kliping-batch-counts-")
    assert rows_of(table.get_data(as_text=True))[0]["name"] == "Basah"
    assert client.post("/batch", data={"queries": "x", "other": "1"}).status_code == 400
    for format_ in ("page", "counts"):
        file = io.BytesIO(b"caf\xe9\n"), "q.txt"
        refused = client.post("/batch", data={"queries": "", "file": file, "format": format_})
        assert (refused.status_code, "UTF-8" in refused.get_data(as_text=True)) == (400, True)
    for kind in ("page", "counts", "hits"):
        empty = client.post("/batch", data={"queries": " ", "format": kind})
        assert empty.status_code == 200
        assert "Daftarnya kosong" in empty.get_data(as_text=True)
    assert "Daftarnya kosong" not in client.get("/batch").get_data(as_text=True)


def test_the_command_prints_tables_or_json_and_tells_errors(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "queries.csv"
    path.write_text("query\thal\nhujan\t\n(hujan\tx\n", encoding="utf-8")
    runner = app.test_cli_runner()
    result = runner.invoke(args=["batch", str(path)])
    assert result.exit_code == 1
    assert "line 3: (hujan:" in result.stderr
    assert rows_of(result.stdout)[0]["articles"] == "40"
    found = json.loads(runner.invoke(args=["batch", "-", "--format", "json", "--hits", "1"], input="hujan\n").stdout)
    assert len(found["queries"][0]["hits"]) == 1
    out = tmp_path / "out.csv"
    assert runner.invoke(args=["batch", "-", "--format", "hits", "-o", str(out)], input="hujan").exit_code == 0
    assert len(rows_of(out.read_text("utf-8"))) == 10
    path.write_bytes("hujan caf\xe9\n".encode("latin-1"))
    refused = runner.invoke(args=["batch", str(path)])
    assert (refused.exit_code, "is not in UTF-8; save it" in refused.stderr) == (2, True)
    assert runner.invoke(args=["batch", str(tmp_path / "none.csv")]).exit_code == 2


@pytest.mark.parametrize(
    ("options", "text"),
    [
        (("nothing.csv",), "nothing.csv"),
        (("-", "--by", "hour"), "hour"),
        (("-", "--from", "x"), "from"),
        (("-",), "no query"),
    ],
)
def test_a_command_asked_wrongly_says_why(app: Flask, options: tuple[str, ...], text: str) -> None:
    result = app.test_cli_runner().invoke(args=["batch", *options], input=" ")
    assert result.exit_code in {1, 2}
    assert text in result.stderr
    assert "Traceback" not in result.stderr


@given(st.lists(st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=9), max_size=9))
def test_a_list_comes_back_from_both_forms(queries: list[str]) -> None:
    table = io.StringIO()
    csv.writer(table).writerows([["name", "query"], *(["n", query] for query in queries)])
    assert [one.written for one in listed_queries(table.getvalue())] == queries
    if queries and "query" not in queries[0].casefold():
        assert [one.written for one in listed_queries("\n".join(queries))] == queries


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "text/plain"])
def test_a_batch_without_a_query_is_refused_with_the_way_to_send_one(client: FlaskClient, kind: str) -> None:
    sent = "hujan\nbanjir" if "form" in kind else "\n"
    answer = client.post(BATCH, data=sent, content_type=kind)
    assert (answer.status_code, answer.get_json()["parameter"]) == (400, "queries")
    assert "text/plain" in answer.get_json()["detail"]


def test_a_batch_in_json_is_refused_with_the_way_to_send_one(client: FlaskClient) -> None:
    answer = client.post(BATCH, json={"queries": ["hujan"]})
    assert (answer.status_code, answer.get_json()["parameter"]) == (400, "queries")
    assert "text/plain" in answer.get_json()["detail"]
