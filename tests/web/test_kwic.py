"""Lines in context as a page, a file and JSON."""

import base64
import csv
import re
from html import unescape
from itertools import pairwise
from pathlib import Path
from urllib.parse import quote_plus

import pytest
from flask.testing import FlaskClient

from index.embedded.concordance import blocks
from index.embedded.concordance import lines as embedded_lines
from index.opening import open_engine
from tests.contract.engine_contract import an_article, build
from tests.web import sample_archive
from tests.web.sample_archive import app
from web import create_app
from web.exporting import downloads


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return app().test_client()


def test_the_api_gives_lines_and_what_there_is_in_all(client: FlaskClient) -> None:
    found = client.get("/api/v1/kwic?q=Biegun&order=date&width=30&size=2").get_json()
    assert found["total"]["articles"] == 3
    assert len(found["lines"]) == 2
    first = found["lines"][0]
    assert (first["hit"], first["paragraph"]) == ("Biegun", 1)
    assert first["left"].endswith("Stephen ")
    assert len(first["left"]) <= 30
    article = client.get(f"/api/v1/articles/{first['article']}").get_json()
    assert article["paragraphs"][1][first["start"] :].startswith("Biegun")


def test_a_walk_by_cursors_gives_each_line_once(client: FlaskClient) -> None:
    seen, cursor, links = [], "*", 0
    while cursor:
        answer = client.get(f"/api/v1/kwic?q=hujan&size=17&cursor={cursor}")
        page = answer.get_json()
        seen += [(line["article"], line["paragraph"], line["start"]) for line in page["lines"]]
        cursor = page["next"]
        links += 'rel="next"' in answer.headers.get("Link", "")
    assert len(seen) == len(set(seen)) == page["total"]["lines"] == 80
    assert links == 4


@pytest.mark.parametrize(
    ("settings", "headers", "root"),
    [
        ({"KLIPING_URL": "https://arsip.example/kliping"}, {}, "https://arsip.example/kliping"),
        ({"KLIPING_PROXIES": 1}, {"X-Forwarded-Prefix": "/arsip"}, "http://localhost/arsip"),
        ({}, {}, "http://localhost"),
    ],
)
def test_the_link_to_further_lines_is_whole_wherever_the_archive_lies(
    settings: dict[str, object], headers: dict[str, str], root: str
) -> None:
    mounted = create_app({"TESTING": True, **settings}, engine=sample_archive.engine()).test_client()
    answer = mounted.get("/api/v1/kwic?q=hujan&size=70", headers=headers)
    following = f"{root}/api/v1/kwic?q=hujan&size=70&cursor={quote_plus(answer.get_json()['next'])}"
    assert answer.headers["Link"] == f'<{following}>; rel="next"'


def test_a_cursor_of_another_index_is_gone_and_a_made_up_one_is_bad(client: FlaskClient) -> None:

    stale = base64.urlsafe_b64encode(b"ffff:50").decode()
    answer = client.get(f"/api/v1/kwic?q=hujan&cursor={stale}")
    assert (answer.status_code, answer.mimetype) == (410, "application/problem+json")
    assert "cursor=*" in answer.get_json()["detail"]
    for made_up in ("abc", "%C3%A4", "Zm9v"):
        assert client.get(f"/api/v1/kwic?q=hujan&cursor={made_up}").status_code == 400


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ("order=up", "order"),
        ("width=0", "width"),
        ("width=9999", "width"),
        ("sample=0", "sample"),
        ("seed=-1", "seed"),
        ("stories=twice", "stories"),
        ("size=101", "size"),
        ("cursor=*&page=2", "page"),
        ("colour=red", "colour"),
    ],
)
def test_bad_arguments_are_errors_that_name_the_argument(client: FlaskClient, arguments: str, named: str) -> None:
    assert client.get(f"/api/v1/kwic?q=hujan&{arguments}").get_json()["parameter"] == named
    assert client.get(f"/kwic?q=hujan&{arguments}").status_code == 400


def test_every_line_of_the_page_opens_its_place(client: FlaskClient) -> None:
    html = client.get("/kwic?q=Biegun&order=left").get_data(as_text=True)
    places = re.findall(r'<a class="at" href="([^"#]+)#(hit-\d+)"><mark>(.*?)</mark>', html)
    assert len(places) >= 5
    for address, mark, hit in places:
        article = client.get(unescape(address)).get_data(as_text=True)
        assert f'<mark id="{mark}">{hit}</mark>' in article


def test_pages_of_lines_lead_to_each_other(client: FlaskClient) -> None:
    html = client.get("/kwic?q=hujan&size=30&page=2").get_data(as_text=True)
    assert "31–60 dari 80" in html
    assert {unescape(one) for one in re.findall(r'rel="(?:prev|next)" href="([^"]+)"', html)} == {
        "/kwic?q=hujan&size=30",
        "/kwic?q=hujan&page=3&size=30",
    }
    assert "Halaman 9 melewati" in client.get("/kwic?q=hujan&page=9").get_data(as_text=True)


def test_nothing_asked_and_nothing_found_are_pages_too(client: FlaskClient) -> None:
    assert "Setiap kemunculan" in client.get("/kwic").get_data(as_text=True)
    assert "Tidak ada kemunculan" in client.get("/kwic?q=-hujan").get_data(as_text=True)
    bad = client.get("/kwic?q=satu+OR+(")
    assert bad.status_code == 400


def test_all_lines_are_saved_with_what_they_are(client: FlaskClient) -> None:
    answer = client.get("/kwic.csv?q=hujan&order=date&sample=20&seed=4")
    assert (answer.mimetype, answer.is_streamed) == ("text/csv", True)
    name = answer.headers["Content-Disposition"]
    assert re.search(r"filename=kliping-kwic-hujan-.+\.csv$", name)
    text = answer.get_data(as_text=True)
    rows = list(csv.reader(text.removeprefix("\ufeff").splitlines()))
    start = next(number for number, row in enumerate(rows) if row[:1] == ["article"])
    assert len(rows) - start - 1 == 20
    facts = dict(row for row in rows[:start])
    assert all(name.startswith("# ") for name in facts)
    assert (facts["# query"], facts["# sample"], facts["# seed"]) == ("hujan", "20", "4")
    assert (facts["# rows"], facts["# lines"]) == ("20", "80")
    dates = [row[1] for row in rows[start + 1 :]]
    assert all(one <= other for one, other in pairwise(dates))


@pytest.mark.parametrize("named", ["page=2", "size=20", "cursor=*", "sort=newest"])
def test_a_file_refuses_what_is_of_pages(client: FlaskClient, named: str) -> None:
    for path in ("kwic.xlsx", "kwic.csv", "trends.csv", "trends.svg", "coverage.csv", "words.csv"):
        assert client.get(f"/{path}?q=hujan&{named}").status_code == 400, path
    html = client.get("/kwic?q=hujan&size=20&page=2&sort=newest").get_data(as_text=True)
    (address,) = re.findall(r'href="(/kwic\.csv[^"]*)"', html)
    assert client.get(unescape(address)).status_code == 200
    for page in ("trends", "coverage"):
        assert client.get(f"/{page}?q=hujan&page=2").status_code == 400, page
        html = client.get(f"/{page}?q=hujan&sort=newest").get_data(as_text=True)
        assert client.get(unescape(re.findall(r'href="(/\w+\.csv[^"]*)"', html)[0])).status_code == 200, page


def test_files_of_lines_take_the_places_of_downloads(client: FlaskClient) -> None:
    held = [client.get("/kwic.csv?q=hujan", buffered=False) for _ in range(downloads.AT_ONCE)]
    refused = client.get("/kwic.csv?q=hujan")
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, str(downloads.RETRY_SECONDS))
    assert client.get("/trends.csv?q=hujan").status_code == 200
    for response in held:
        response.close()
    assert client.get("/kwic.csv?q=hujan").status_code == 200


@pytest.mark.parametrize("sign", sorted("=+-@＝＋－＠"))  # those of full width are formulas, too
def test_no_file_has_a_formula(sign: str, tmp_path: Path) -> None:
    engine = open_engine(tmp_path)
    build(engine, *(an_article(f"{n}", f"{sign}cmd beras naik", "2018-05-01", outlet=f"{sign}x") for n in range(3)))
    client = create_app({"TESTING": True, "KLIPING_CACHE_MB": 0}, engine=engine).test_client()
    for address in ("kwic.csv?q=beras", "trends.csv?q=beras&split=outlet", "coverage.csv", "api/v1/export?text=on"):
        text = client.get(f"/{address}").get_data(as_text=True).removeprefix("\ufeff")
        cells = [cell for row in csv.reader(text.splitlines()) for cell in row]
        assert f"'{sign}" in "".join(cells), address
        assert not [cell for cell in cells if cell.startswith(sign)], address


def test_what_an_engine_cannot_order_is_refused_with_a_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = open_engine(tmp_path)
    build(engine, *(an_article(f"{number}", "beras " * 9) for number in range(3)))
    client = create_app({"TESTING": True, "KLIPING_CACHE_MB": 0}, engine=engine).test_client()
    monkeypatch.setattr(embedded_lines, "MOST_PLACES", 10)
    assert "27 occurrences, too many" in client.get("/api/v1/kwic?q=beras&order=date").get_json()["detail"]
    assert len(client.get("/api/v1/kwic?q=beras&sample=9").get_json()["lines"]) == 9, "the remedy works"
    monkeypatch.setattr(blocks, "AT_ONCE", 5)
    monkeypatch.setattr(blocks, "MOST_FOUND", 20)
    refused = client.get("/api/v1/kwic?q=beras&sample=9")
    assert refused.status_code == 400
    assert refused.get_json()["detail"].endswith("27 occurrences, too many at once; q must be a narrower query.")
    assert "persempit pencariannya" in client.get("/kwic?q=beras&order=date").get_data(as_text=True)
