"""Downloads over HTTP and by command: as many rows as the search says, wrong wishes refused, what is asked kept to."""

import csv
import io
import json
from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient

from index.answers.exporting.formats import FORMATS
from index.opening import open_engine
from tests.contract.engine_contract import an_article
from tests.web import sample_archive
from web import create_app
from web.exporting import downloads
from web.pages.reuse import results

EXPORT = "/api/v1/export"


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return sample_archive.app().test_client()


def ids(client: FlaskClient, **wishes: str) -> list[str]:
    given = urlencode({"fields": "id", "about": "off", **wishes})
    data = client.get(f"{EXPORT}?{given}").get_data().decode("utf-8-sig")
    return [row["id"] for row in csv.DictReader(io.StringIO(data))]


@pytest.mark.parametrize("text", ["", "banjir", "perundingan OR hujan", '"Korea Utara" -zzz', "gandum"])
def test_an_export_has_as_many_rows_as_the_search_counts(client: FlaskClient, text: str) -> None:
    total = client.get("/api/v1/search", query_string={"q": text, "not.outlet": "Detik"}).get_json()["total"]
    for copies, rows in (("", "articles"), ("show", "articles"), ("fold", "stories")):
        found = ids(client, **{"q": text, "not.outlet": "Detik", "copies": copies})
        assert len(found) == len(set(found)) == total[rows]


def test_every_format_is_a_download_that_names_its_index(client: FlaskClient) -> None:
    for name, format_ in FORMATS.items():
        response = client.get(EXPORT, query_string={"q": "banjir, surut", "format": name})
        assert response.content_type == format_.media_type
        assert response.is_streamed
        file = response.headers["Content-Disposition"]
        assert file.startswith("attachment; filename=kliping-banjir-surut-")
        assert response.headers["X-Kliping-Index"] in file
        assert int(response.headers["X-Kliping-Rows"]) == 40
        assert response.get_data()


@pytest.mark.parametrize(
    ("wishes", "parameter"),
    [
        ({"format": "pdf"}, "format"),
        ({"fields": "id,judul"}, "fields"),
        ({"format": "ris", "fields": "id"}, "fields"),
        ({"text": "yes"}, "text"),
        ({"text": "off", "fields": "id,text"}, "text"),
        ({"text": "off", "format": "txt.zip"}, "text"),
        ({"page": "2"}, "page"),
        ({"sort": "newest"}, "sort"),
        ({"ids": "a", "q": "banjir"}, "q"),
        ({"ids": "a", "copies": "loose"}, "copies"),
        ({"ids": ""}, "ids"),
        ({"ids": " \r\n ", "q": ""}, "ids"),
        ({"ids": "\n".join(map(str, range(10_001)))}, "ids"),
    ],
)
def test_a_wish_that_cannot_be_is_refused_with_its_name(
    client: FlaskClient, wishes: dict[str, str], parameter: str
) -> None:
    for response in (client.get(EXPORT, query_string=wishes), client.post(EXPORT, data=wishes)):
        assert response.status_code == 400
        assert response.get_json()["parameter"] == parameter
    assert client.get("/export", query_string={"format": "csv", **wishes}).status_code == 400


def test_a_query_that_cannot_be_read_is_an_error_before_the_first_byte(client: FlaskClient) -> None:
    response = client.get(EXPORT, query_string={"q": "banjir OR ("})
    assert (response.status_code, response.get_json()["position"]) == (400, 10)


def test_many_ids_are_posted_one_a_line(client: FlaskClient) -> None:
    chosen = ["cuaca-3", "jogja 2?#ü", "tempo/1", "nowhere"]
    answer = client.post(EXPORT, data={"ids": "\r\n".join(chosen), "format": "jsonl"})
    about, *rows = map(json.loads, answer.get_data().splitlines())
    assert [row["id"] for row in rows] == ["cuaca-3", "tempo/1", "jogja 2?#ü"]
    assert (about["about"]["chosen_ids"], about["about"]["missing_ids"], about["about"]["rows"]) == (4, 1, 3)
    assert rows[2]["address"] == "/article/jogja%202%3F%23%C3%BC"


def test_addresses_are_those_of_the_setting_and_not_of_the_request() -> None:
    app = sample_archive.app()
    app.config["KLIPING_URL"] = "https://arsip.example/kliping/"
    data = app.test_client().get(
        EXPORT, query_string={"q": "Biegun", "format": "jsonl"}, base_url="http://localhost:99"
    )
    about, first = (json.loads(line) for line in data.get_data().splitlines()[:2])
    assert about["about"]["address"] == "https://arsip.example/kliping/?q=Biegun&copies=show"
    assert first["address"].startswith("https://arsip.example/kliping/article/")


def test_the_page_asks_what_the_file_is_to_be_and_gives_it(client: FlaskClient) -> None:
    page = client.get("/export?q=Korut&outlet=ANTARA+News").get_data(as_text=True)
    total = client.get("/api/v1/search?q=Korut&outlet=ANTARA+News").get_json()["total"]
    assert f"tiap artikel: {total['articles']} baris" in page
    assert "Korea Utara" in page, "what was searched beside it"
    assert all(f'value="{name}"' in page for name in FORMATS)
    kept = client.get("/collection").get_data(as_text=True)
    assert [name for name in FORMATS if f'<option value="{name}">' not in kept] == ["coding", "coding.xlsx"], "samples"
    assert client.get("/export?q=Korut&format=csv&text=&copies=fold").mimetype == "text/csv"
    assert "/export?q=Korut" in client.get("/?q=Korut&sort=newest&page=1").get_data(as_text=True)
    assert client.get("/export?q=gandum").status_code == 200


def test_only_a_large_result_is_told_to_take_longer_as_a_workbook(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    longer = "beberapa kali lebih lama daripada CSV"
    assert longer not in client.get("/export?q=banjir").get_data(as_text=True)
    monkeypatch.setattr(results, "LARGE", 40)
    assert longer in client.get("/export?q=banjir").get_data(as_text=True)


def test_more_downloads_than_are_sent_at_once_are_asked_to_come_back(client: FlaskClient) -> None:
    held = [client.get(EXPORT, buffered=False) for _ in range(downloads.AT_ONCE)]
    refused = client.get(EXPORT)
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, str(downloads.RETRY_SECONDS))
    assert refused.content_type == "application/problem+json"
    assert "sibuk" in client.get("/export?format=csv").get_data(as_text=True)
    for response in held:
        response.close()
    assert client.get(EXPORT).status_code == 200


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive") / "index"
    with open_engine(folder).build() as build:
        for number in range(3):
            build.add(an_article(f"{number}", f"beras {number}", f"2018-05-0{number + 1}"))
    return folder


def test_the_command_writes_a_file_that_is_whole_or_not_there(index: Path, tmp_path: Path) -> None:
    runner = create_app({"KLIPING_INDEX": index}).test_cli_runner()
    file = tmp_path / "beras.ris"
    done = runner.invoke(args=["export", "beras", "-o", str(file), "--to", "2018-05-02"])
    assert (done.exit_code, "2 rows" in done.stderr) == (0, True)
    assert file.read_text().count("TY  - NEWS") == 2
    one = runner.invoke(args=["export", "beras", "-o", str(file), "--to", "2018-05-01"])
    assert ": 1 row as ris from" in one.stderr
    out = runner.invoke(args=["export", "", "--format", "csv", "--fields", "id,words", "--no-about"])
    assert out.stdout.lstrip("\ufeff").split() == ["id,words", '"0",2', '"1",2', '"2",2']
    for wrong in (["(", "-o", str(tmp_path / "x.csv")], ["beras", "--fields", "judul"], ["beras", "--from", "kemarin"]):
        failed = runner.invoke(args=["export", *wrong])
        assert (failed.exit_code, bool(failed.stderr)) == (2, True)
    nowhere = runner.invoke(args=["export", "beras", "-o", str(tmp_path / "none" / "x.csv")])
    assert (nowhere.exit_code, nowhere.stderr.count("\n"), ".unfinished" in nowhere.stderr) == (2, 1, False)
    assert [path.name for path in tmp_path.iterdir()] == ["beras.ris"]
