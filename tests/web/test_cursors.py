"""Cursors walk through all hits of a search, within one index, and refuse whatever else they are given for."""

from base64 import urlsafe_b64encode
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.contract.engine_contract import an_article, build
from tests.contract.memory_engine import MemoryEngine
from web import create_app

COUNT = 23


@pytest.fixture
def engine() -> MemoryEngine:
    held = MemoryEngine()
    articles = [an_article(f"a/{n} “é”", f"beras {n}", f"2018-05-{n + 1:02}" if n % 3 else None) for n in range(COUNT)]
    build(held, *articles, stories={articles[1].id: articles[1].id, articles[2].id: articles[1].id})
    return held


@pytest.fixture
def client(engine: MemoryEngine) -> FlaskClient:
    return create_app({"TESTING": True}, engine=engine).test_client()


def get(client: FlaskClient, **wishes: str) -> Any:
    return client.get("/api/v1/search", query_string={"q": "beras", **wishes})


@pytest.mark.parametrize(
    "wishes", [{}, {"sort": "oldest", "copies": "show"}, {"q": "", "copies": "loose", "size": "7"}]
)
def test_a_walk_gives_every_hit_once_and_ends(client: FlaskClient, wishes: dict[str, str]) -> None:
    first = get(client, **wishes, cursor="*")
    found, response = [], first
    while True:
        answer = response.get_json()
        found += [hit["id"] for hit in answer["hits"]]
        if answer["next"] is None:
            break
        assert response.headers["Link"] == f'<http://localhost{answer["next_url"]}>; rel="next"'
        response = client.get(answer["next_url"])
        assert response.status_code == 200
    assert "Link" not in response.headers
    whole = get(client, **{**wishes, "size": "100"}).get_json()
    assert found == [hit["id"] for hit in whole["hits"]]
    assert len(found) == first.get_json()["hits_in_all"]
    assert whole["next"] is whole["next_url"] is None, "a page with a number has no cursor"


def test_pages_of_a_walk_may_differ_in_size_and_lead(client: FlaskClient) -> None:
    cursor = get(client, cursor="*", size="3").get_json()["next"]
    assert len(get(client, cursor=cursor, size="5", lead="earliest").get_json()["hits"]) == 5


def test_a_cursor_of_another_index_is_gone_and_tells_the_way_on(client: FlaskClient, engine: MemoryEngine) -> None:
    cursor = get(client, cursor="*").get_json()["next"]
    assert get(client, cursor=cursor).headers["Link"] == get(client, cursor=cursor).headers["Link"], "kept answers too"
    build(engine, an_article("new", "beras baru"))
    response = get(client, cursor=cursor)
    assert (response.status_code, response.mimetype) == (410, "application/problem+json")
    assert "cursor=*" in response.get_json()["detail"]


def test_what_is_no_cursor_of_this_search_is_refused(client: FlaskClient) -> None:
    cursor = get(client, cursor="*").get_json()["next"]
    index = client.get("/api/v1/status").get_json()["index"]["id"]
    made_up = [urlsafe_b64encode(text).decode() for text in (b"[]", b"{}", b'["a"]', b"[" * 900, b"\xff", b"null")]
    for wrong in ("x", "é", "=", "**", cursor[:-3], "A" * 3_000, *made_up):
        response = get(client, cursor=wrong)
        assert (response.status_code, response.get_json()["parameter"]) == (400, "cursor"), wrong
    assert get(client, cursor=cursor, sort="oldest").status_code == 400
    assert get(client, cursor=cursor, page="2").status_code == 400
    assert index not in cursor, "it is opaque"
