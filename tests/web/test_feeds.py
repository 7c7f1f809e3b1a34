"""Feeds are valid Atom, name the words that matched, and are found by browsers and feed readers."""

import re
from datetime import datetime
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient

from index.storage import first_seen
from tests.contract.engine_contract import an_article, build
from tests.contract.memory_engine import MemoryEngine
from tests.web import sample_archive
from web import create_app

ATOM = "{http://www.w3.org/2005/Atom}"
OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return sample_archive.app().test_client()


def read(client: FlaskClient, address: str) -> Any:
    response = client.get(address)
    assert (response.status_code, response.mimetype) == (200, "application/atom+xml")
    return ET.fromstring(response.get_data())  # noqa: S314  # our own


def texts(node: Any, name: str) -> list[str]:
    return [one.text or "" for one in node.iter(ATOM + name)]


def test_a_feed_has_what_atom_asks_for(client: FlaskClient) -> None:
    feed = read(client, "/feed?q=perundingan")
    nodes = [feed, *feed.findall(ATOM + "entry")]
    assert len(nodes) > 3
    assert len({node.find(ATOM + "id").text for node in nodes}) == len(nodes)
    for node in nodes:
        assert node.find(ATOM + "title").text
        assert MOMENT.fullmatch(node.find(ATOM + "updated").text)
        links = {link.get("rel"): link.get("href") for link in node.findall(ATOM + "link")}
        assert links["alternate"].startswith("http://localhost/")
    assert feed.find(ATOM + "author") is not None
    assert links.keys() == {"alternate"}
    own = next(link.get("href") for link in feed.findall(ATOM + "link") if link.get("rel") == "self")
    assert own == "http://localhost/feed?q=perundingan"


def test_entries_are_the_newest_first_and_say_which_words_matched(client: FlaskClient) -> None:
    feed = read(client, "/feed?q=perundingan+Korut&copies=show")
    summaries = texts(feed, "summary")
    assert texts(feed, "title")[1:3] == ["Biegun ke Korea", "Utusan AS ke Seoul"]
    assert summaries[0].startswith("ANTARA, 4 Juli 2020. Cocok: “")
    assert "“korea utara” (1)" in summaries[0], "what was searched beside the words typed"
    assert "“perundingan” (1)" in summaries[0]
    assert "[tanggal diperkirakan]" in summaries[2]
    assert len(texts(feed, "published")) == 2, "an inferred day is not told as that of publication"


def test_what_xml_cannot_write_is_replaced_and_what_it_can_is_escaped() -> None:
    engine = MemoryEngine()
    build(engine, an_article("a\x07<&>", "beras <b>\x00\ud800 & \x1b", None, title_derived=False, title="A\x08 <i>"))
    client = create_app({"TESTING": True, "KLIPING_TITLE": "Arsip <&>"}, engine=engine).test_client()
    feed = read(client, "/feed?q=beras")
    assert texts(feed, "title") == ["beras – Arsip <&>", "A\ufffd <i>"]
    assert "beras <b>" in texts(feed, "summary")[0]
    assert "Arsip &lt;&amp;&gt;" in client.get("/opensearch.xml").get_data(as_text=True)


def test_a_feed_is_asked_for_again_at_little_cost_and_takes_no_page(client: FlaskClient) -> None:
    etag = client.get("/feed?q=banjir").headers["ETag"]
    assert client.get("/feed?q=banjir", headers={"If-None-Match": etag}).status_code == 304
    assert etag == client.get("/api/v1/search?q=banjir").headers["ETag"], "synonyms change feeds, too"
    assert [client.get(f"/feed?{wrong}").status_code for wrong in ("page=2", "sort=oldest", "q=(", "x=1")] == [400] * 4
    assert not texts(read(client, "/feed?q=gandum"), "summary")


def test_a_feed_begins_with_what_was_indexed_last_if_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = MemoryEngine()
    for day, article in enumerate((an_article("new", "beras", "2024-05-01"), an_article("old", "beras", "1998-05-01"))):
        monkeypatch.setattr(first_seen, "now", lambda day=day: 1_700_000_000 + day * 86_400)
        build(engine, article)
    client = create_app({"TESTING": True}, engine=engine).test_client()
    assert [one.get("href") for one in read(client, "/feed?q=beras").iter(ATOM + "link")][2:] == [
        "http://localhost/article/new",
        "http://localhost/article/old",
    ]
    feed = read(client, "/feed?q=beras&sort=indexed")
    links = [one.get("href") for one in feed.iter(ATOM + "link")]
    assert links == [
        "http://localhost/feed?q=beras&sort=indexed",
        "http://localhost/?q=beras&sort=indexed",
        "http://localhost/article/old",
        "http://localhost/article/new",
    ]
    told = [datetime.fromisoformat(moment).timestamp() for moment in texts(feed, "updated")[1:]]
    assert told == [1_700_086_400, 1_700_000_000]
    hits = client.get("/api/v1/search?q=beras&sort=indexed").get_json()["hits"]
    assert [datetime.fromisoformat(hit["indexed"]).timestamp() for hit in hits] == told
    assert client.get("/api/v1/articles/old").get_json()["indexed"] == hits[0]["indexed"]
    html = client.get("/?q=beras&sort=indexed").get_data(as_text=True)
    assert "Di arsip sejak 15 November 2023" in html
    assert "/feed?q=beras&amp;sort=indexed" in html
    refused = client.get("/feed?q=beras&sort=copies").get_data(as_text=True)
    assert "newest, indexed" in refused


def test_pages_lead_to_the_feed_and_to_the_description_of_the_search(client: FlaskClient) -> None:
    page = client.get("/?q=banjir&sort=newest&page=2").get_data(as_text=True)
    assert '<link rel="alternate" type="application/atom+xml" title="banjir" href="/feed?q=banjir">' in page
    assert '<link rel="search" type="application/opensearchdescription+xml"' in page
    described = client.get("/opensearch.xml")
    assert described.mimetype == "application/opensearchdescription+xml"
    root = ET.fromstring(described.get_data())  # noqa: S314  # our own
    templates = {one.get("type"): one.get("template", "") for one in root.iter(OPENSEARCH + "Url")}
    assert len(root.findtext(OPENSEARCH + "ShortName", "")) in range(1, 17)
    assert [one.text for one in root.iter(OPENSEARCH + "Language")] == ["id", "en"]
    filled = re.sub(r"{\w+\?}", "", templates["text/html"]).replace("{searchTerms}", "banjir")
    assert client.get(filled).status_code == 200
