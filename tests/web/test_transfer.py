"""What goes over the line: few requests, few bytes, nothing fetched twice, and the same content in every coding."""

import re
import zlib

import pytest
import zstandard
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.web.sample_archive import KALSEL, app
from web.config import ROOT

PAGES = ("/", "/?q=hujan", f"/article/{KALSEL}?q=Korut", "/help", "/trends?series=hujan", "/coverage", "/nowhere")
BYTES = {"html": 9_000, "css": 16_000, "js": 10_000, "svg": 1_000}  # compressed with gzip, which all browsers take


@pytest.fixture
def client() -> FlaskClient:
    return app().test_client()


def files(html: str) -> list[str]:
    """The addresses of all files that a page makes a browser fetch."""
    return re.findall(r'<(?:link rel="(?:icon|stylesheet)"|script\b|img\b)[^>]*?(?:href|src)="([^"]+)"', html)


def unpacked(response: TestResponse) -> bytes:
    """The content of an answer, whatever its coding."""
    match response.headers.get("Content-Encoding"):
        case "zstd":
            return zstandard.decompress(response.data)
        case "gzip":
            return zlib.decompress(response.data, wbits=31)
        case _:
            return bytes(response.data)


@pytest.mark.parametrize("address", PAGES)
def test_a_page_needs_three_small_files_and_no_more(client: FlaskClient, address: str) -> None:
    response = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert len(response.data) < BYTES["html"]
    fetched = files(unpacked(response).decode())
    assert sorted(one.partition("?")[0].rpartition(".")[2] for one in fetched) == ["css", "js", "svg"]
    for one in fetched:
        answer = client.get(one, headers={"Accept-Encoding": "gzip"})
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert len(answer.data) < BYTES[one.partition("?")[0].rpartition(".")[2]]


def test_the_page_of_clippings_alone_fetches_what_writes_their_files(client: FlaskClient) -> None:
    fetched = files(client.get("/collection").text)
    assert [one.partition("?")[0] for one in fetched if ".js" in one] == [
        "/static/kliping.js",
        "/static/clipping_files.js",
    ]
    assert all(client.get(one).headers["Cache-Control"] == "public, max-age=31536000, immutable" for one in fetched)


@pytest.mark.parametrize("address", [*PAGES[:3], "/api/v1/search?q=hujan", "/static/kliping.css"])
@pytest.mark.parametrize(
    ("accepted", "coding"),
    [("gzip, deflate, br, zstd", "zstd"), ("gzip, deflate", "gzip"), ("br", None), ("", None), ("gzip;q=0", None)],
)
def test_each_client_gets_what_it_can_read(client: FlaskClient, address: str, accepted: str, coding: str) -> None:
    plain = client.get(address)
    for _ in range(2):  # the second is a kept answer
        packed = client.get(address, headers={"Accept-Encoding": accepted})
        assert packed.headers.get("Content-Encoding") == coding
        assert int(packed.headers["Content-Length"]) == len(packed.data)
        assert "Accept-Encoding" in packed.headers["Vary"]
        assert without_times(unpacked(packed)) == without_times(plain.data)


def without_times(body: bytes) -> bytes:
    return re.sub(rb'dijawab dalam [\d,]+|"took_ms":[\d.]+', b"", body)


@pytest.mark.parametrize("address", ["/", "/trends.svg?q=hujan", "/opensearch.xml", "/nowhere"])
def test_what_is_told_in_the_language_of_the_reader_says_that_the_cookie_decides(
    client: FlaskClient, address: str
) -> None:
    assert "Cookie" in client.get(address).headers["Vary"]
    assert "Cookie" not in client.get("/api/v1/status").headers.get("Vary", "")
    assert "Cookie" not in client.get("/static/kliping.svg").headers["Vary"]


def test_a_small_answer_stays_as_it_is(client: FlaskClient) -> None:
    assert "Content-Encoding" not in client.get("/healthz", headers={"Accept-Encoding": "gzip"}).headers


def test_a_file_is_kept_for_good_only_at_the_address_of_its_content(client: FlaskClient) -> None:
    (address,) = [one for one in files(client.get("/").text) if ".css" in one]
    for other in ("/static/kliping.css", "/static/kliping.css?v=000000000000"):
        answer = client.get(other)
        assert answer.headers["Cache-Control"] == "no-cache"
        again = client.get(other, headers={"If-None-Match": answer.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
    assert client.get(address).data == client.get("/static/kliping.css").data


@pytest.mark.parametrize("kind", ["js", "css"])
def test_all_files_of_a_kind_are_one(client: FlaskClient, kind: str) -> None:
    served = client.get(f"/static/kliping.{kind}").text
    for file in (ROOT / "web" / "static").glob(f"*.{kind}"):
        rules = file.read_text(encoding="utf-8").splitlines()
        assert all(rule.strip() in served for rule in rules if "{" in rule and "/*" not in rule)


def test_a_style_sheet_is_sent_without_its_comments(client: FlaskClient) -> None:
    assert "*/" not in client.get("/static/kliping.css").text


@pytest.mark.parametrize("name", ["suggest.js", "workbench.css", "..%2fconfig.py", "%00", "kliping.css/x"])
def test_nothing_else_is_served(client: FlaskClient, name: str) -> None:
    assert client.get(f"/static/{name}").status_code == 404
