"""Cursors walk through all hits of a search, within one index, and refuse whatever else they are given for."""

from base64 import urlsafe_b64encode
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.contract.engine_contract import an_article, build
from tests.contract.memory_engine import MemoryEngine
from web import create_app
from web.api import routes

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


def test_only_the_first_page_of_a_walk_has_facets(client: FlaskClient) -> None:
    first = get(client, cursor="*", size="3").get_json()
    later = get(client, cursor=first["next"], size="3").get_json()
    assert first["facets"]["year"]
    assert first["facets"] == get(client).get_json()["facets"]
    assert (later["facets"], later["facet_totals"], later["total"]) == ({}, {}, first["total"])


def test_hits_come_with_the_facts_asked_for_alone(client: FlaskClient) -> None:
    whole = get(client, size="100").get_json()
    found, wishes = [], {"fields": "id,date,story", "cursor": "*", "size": "4"}
    answer = get(client, **wishes).get_json()
    while True:
        found += answer["hits"]
        if not answer["next_url"]:
            break
        answer = client.get(answer["next_url"]).get_json()
    assert found == [{name: hit[name] for name in ("id", "date", "story")} for hit in whole["hits"]]
    assert answer["total"] == whole["total"]
    assert "facets" not in answer
    ids = get(client, fields="id", page="2").get_json()
    assert ids["hits"] == [{"id": hit["id"]} for hit in whole["hits"][10:20]]
    facts = [name for name in whole["hits"][0] if name not in {"snippet", "relatives", "copies_total", "indexed"}]
    every = get(client, fields=",".join(facts), size="100").get_json()
    assert every["hits"] == [{name: hit[name] for name in facts} for hit in whole["hits"]]
    assert get(client, fields="id,snippet").get_json()["parameter"] == "fields"


def test_a_walk_through_a_facet_gives_every_value_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routes, "VALUES_PER_PAGE", 4)
    engine = MemoryEngine()
    build(engine, *(an_article(f"{n}", "beras", outlet=f"Media {n % 11}") for n in range(COUNT)))
    client = create_app({"TESTING": True}, engine=engine).test_client()

    def page(**wishes: str) -> Any:
        return client.get("/api/v1/facets/outlet", query_string={"q": "beras", **wishes})

    found, answer = [], page(cursor="*").get_json()
    while True:
        found += [value["value"] for value in answer["values"]]
        if answer["next"] is None:
            break
        answer = page(cursor=answer["next"]).get_json()
    assert sorted(found) == sorted(f"Media {n}" for n in range(11))
    cursor = page(cursor="*").get_json()["next"]
    assert page().get_json()["next"] is None, "a page with a number has no cursor"
    assert page(cursor=cursor, page="2").status_code == 400
    assert page(cursor=cursor, year="2018").status_code == 400, "another query"
    assert client.get(f"/api/v1/facets/year?q=beras&cursor={cursor}").status_code == 400, "another facet"
    assert client.get(f"/api/v1/search?q=beras&cursor={cursor}").status_code == 400
    with engine.build() as building:
        building.add(an_article("x", "beras"))
    assert page(cursor=cursor).status_code == 410
