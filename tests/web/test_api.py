"""The API: documented response shapes, the same answers as the pages, and machine-readable errors."""

from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.contract.memory_engine import MemoryEngine
from tests.web.sample_archive import KALSEL, STORY, app
from web import create_app


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return app().test_client()


def ask(client: FlaskClient, address: str, status: int = 200) -> Any:
    response = client.get("/api/v1" + address)
    assert response.status_code == status
    assert response.mimetype == ("application/json" if status == 200 else "application/problem+json")
    return response.json


def test_a_search_answers_in_the_promised_shape(client: FlaskClient) -> None:
    body = ask(client, "/search?q=perundingan+Korut&place=New+York&size=5")
    assert {"query", "total", "hits", "facets", "index", "page", "size", "took_ms"} <= set(body)
    assert body["total"] == {"articles": 1, "stories": 1}
    assert (body["page"], body["size"]) == (1, 5)
    assert set(body["index"]) == {"id", "articles", "stories", "built", "stemmer", "families", "synonyms"}
    assert body["query"]["chosen"] == {"place": ["New York"]}
    first, second = body["query"]["tree"]["parts"]
    assert (first["form"], second["kind"], second["asked"]["form"]) == ("perundingan", "expanded", "korut")
    hit = body["hits"][0]
    assert {
        "id",
        "title",
        "title_derived",
        "url",
        "outlet",
        "bureau",
        "section",
        "agency",
        "reporters",
        "editors",
        "place",
    } <= set(hit)
    assert hit["agency"] is None
    assert hit["reporters"] == []
    assert hit["date"] == {
        "value": "2018-05-31",
        "precision": "day",
        "basis": "cue",
        "disputed": False,
        "evidence": [{"words": "Rabu malam (30/5)", "bearing": "day"}],
    }
    assert {"text": "Korut", "matched": True} in hit["snippet"]
    value = next(value for value in body["facets"]["place"] if value["value"] == "New York")
    assert value == {
        "value": "New York",
        "label": "New York",
        "count": 1,
        "stories": 1,
        "selected": True,
        "excluded": False,
    }


def test_months_are_labelled_as_readers_write_them(client: FlaskClient) -> None:
    months = ask(client, "/search?q=Pompeo")["facets"]["month"]
    assert [(month["value"], month["label"]) for month in months] == [("2018-05", "Mei 2018")]


def test_labels_do_not_depend_on_the_language_a_browser_chose() -> None:
    client = app().test_client()
    client.get("/?lang=en")
    assert ask(client, "/search?q=Pompeo")["facets"]["month"][0]["label"] == "Mei 2018"


def test_copies_are_folded_unless_asked_for(client: FlaskClient) -> None:
    folded = ask(client, "/search?q=Biegun")
    assert folded["total"] == {"articles": 3, "stories": 1}
    assert len(folded["hits"]) == 1
    assert len(folded["hits"][0]["copies"]) == 2
    assert len(ask(client, "/search?q=Biegun&copies=show")["hits"]) == 3


def test_a_hit_tells_what_its_copies_are_to_it(client: FlaskClient) -> None:
    (hit,) = ask(client, "/search?q=Biegun")["hits"]
    assert [relative["id"] for relative in hit["relatives"]] == hit["copies"]
    assert {relative["relation"] for relative in hit["relatives"]} <= {"identical", "edited", "cut"}


def test_excluded_values_are_left_out_and_say_so(client: FlaskClient) -> None:
    body = ask(client, "/search?q=Korut&not.place=New+York")
    assert body["total"]["stories"] == 1
    assert next(value for value in body["facets"]["place"] if value["value"] == "New York")["excluded"]


def test_a_page_past_the_end_is_empty(client: FlaskClient) -> None:
    body = ask(client, "/search?q=Korut&page=999999")
    assert body["hits"] == []
    assert body["total"]["stories"] == 2


def test_a_whole_facet_is_given(client: FlaskClient) -> None:
    body = ask(client, "/facets/outlet?q=hujan")
    assert body["total"] == len(body["values"]) == 9
    found = ask(client, "/search?q=hujan")
    without = ask(client, "/search?q=hujan+-outlet:*")["total"]
    assert found["facet_missing"]["outlet"] == body["missing"]
    assert body["missing"] == {"count": without["articles"], "stories": without["stories"]}
    assert (
        without["articles"] + ask(client, "/search?q=hujan+outlet:*")["total"]["articles"] == found["total"]["articles"]
    )


def test_an_article_is_given_whole_with_its_original(client: FlaskClient) -> None:
    body = ask(client, f"/articles/{KALSEL}")
    assert body["story"] == STORY
    assert sorted(body["copies"]) == ["jogja 2?#ü", "tempo/1"]
    assert body["score"] is None
    assert len(body["paragraphs"]) == 3
    roles = [passage["role"] for passage in body["original"]["passages"]]
    assert roles == ["body", "body", "body", "repeated", "repeated", "source", "copyright"]
    last = body["original"]["passages"][-1]
    assert body["original"]["text"][last["start"] : last["end"]].startswith("COPYRIGHT")


@pytest.mark.parametrize("address", ["/articles/tempo/1", "/articles/jogja%202%3F%23%C3%BC"])
def test_ids_may_hold_any_character(client: FlaskClient, address: str) -> None:
    assert ask(client, address)["story"] == STORY


def test_a_story_has_its_copies_the_oldest_first(client: FlaskClient) -> None:
    body = ask(client, f"/stories/{STORY}")
    assert body["total"] == 3
    assert [article["date"]["value"] for article in body["articles"]] == ["2020-07-02", "2020-07-03", "2020-07-04"]


def test_letters_are_not_escaped(client: FlaskClient) -> None:
    assert "ü" in client.get("/api/v1/articles/jogja%202%3F%23%C3%BC").get_data(as_text=True)


def test_an_answer_is_not_sent_again_while_the_index_is_the_same(client: FlaskClient) -> None:
    first = client.get("/api/v1/search?q=Korut")
    assert first.headers["Cache-Control"] == "no-cache"
    again = client.get("/api/v1/search?q=Korut", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.data == b""


def test_a_query_that_cannot_be_read_is_refused_with_its_place(client: FlaskClient) -> None:
    problem = ask(client, "/search?q=1+OR+(", 400)
    assert problem["status"] == 400
    assert problem["position"] == 5
    assert {"type", "title", "detail"} <= set(problem)


def test_an_argument_that_cannot_be_read_is_refused_by_name(client: FlaskClient) -> None:
    problem = ask(client, "/search?page=0", 400)
    assert (problem["parameter"], problem["value"]) == ("page", "0")
    assert "whole number" in problem["detail"]
    misspelt = ask(client, "/search?outlt=Tempo", 400)
    assert (misspelt["parameter"], misspelt["value"]) == ("outlt", "Tempo")
    assert "outlet" in misspelt["valid"]


@pytest.mark.parametrize(
    ("address", "parameter"),
    [
        ("/search?month=0000-01", "month"),
        ("/search?not.year=0000", "not.year"),
        ("/search?from=2020&to=2019", "from"),
        ("/search?q=a&q=b", "q"),
        ("/search?page=1&page=2", "page"),
        ("/search?utm_source=surel", "utm_source"),
        ("/search?lang=en", "lang"),
        ("/facets/outlet?find=tem", "find"),
    ],
)
def test_what_cannot_be_meant_is_refused_and_never_searched_without(
    client: FlaskClient, address: str, parameter: str
) -> None:
    assert ask(client, address, 400)["parameter"] == parameter


@pytest.mark.parametrize("address", ["/articles/nobody", "/stories/nobody", "/nothing"])
def test_what_is_not_there_is_a_404(client: FlaskClient, address: str) -> None:
    assert ask(client, address, 404)["status"] == 404


def test_only_reading_is_allowed(client: FlaskClient) -> None:
    response = client.post("/api/v1/search")
    assert response.status_code == 405
    assert response.mimetype == "application/problem+json"
    assert "GET" in response.headers["Allow"]


def test_without_an_index_the_command_that_makes_one_is_named() -> None:
    client = create_app({"TESTING": True}, engine=MemoryEngine()).test_client()
    for address in ("/search?q=Korut", "/status"):
        assert ask(client, address, 503)["command"] == "flask reindex"


def test_an_index_folder_that_cannot_be_used_is_told_as_unavailable(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    client = create_app({"TESTING": True, "KLIPING_INDEX": tmp_path / "file"}).test_client()
    for address in ("/search?q=Korut", "/status"):
        problem = ask(client, address, 503)
        assert problem["title"] == "Unusable folder"
        assert "KLIPING_INDEX" in problem["detail"]


def test_the_status_names_the_index(client: FlaskClient) -> None:
    assert ask(client, "/status")["index"]["articles"] == 46


def test_what_found_something_needs_no_help(client: FlaskClient) -> None:
    body = ask(client, "/search?q=Korut")
    assert (body["did_you_mean"], body["help"], body["partial"]) == (None, None, [])


def test_a_search_that_finds_nothing_says_what_would_find_something(client: FlaskClient) -> None:
    body = ask(client, "/search?q=zzz+Korut&outlet=Tempo.co")
    assert (body["total"], body["hits"]) == ({"articles": 0, "stories": 0}, [])
    told = [(part["text"], part["articles"]) for part in body["help"]["parts"]]
    assert told == [("zzz", 0), ("Korut", 1)]
    (left,) = body["help"]["without"]
    assert (left["words"], left["text"], left["articles"], left["stories"]) == (["zzz"], "Korut", 1, 1)
    found = ask(client, left["url"].removeprefix("/api/v1"))
    assert found["total"] == {"articles": 1, "stories": 1}
    assert body["help"]["filters"] == []


def test_the_filter_to_blame_is_named(client: FlaskClient) -> None:
    (blamed,) = ask(client, "/search?q=Pompeo&outlet=Tempo.co&from=2015")["help"]["filters"]
    assert (blamed["filter"], blamed["values"], blamed["articles"]) == ("outlet", ["Tempo.co"], 1)
    assert ask(client, blamed["url"].removeprefix("/api/v1"))["total"]["articles"] == 1


def test_a_correction_is_told_and_not_applied(client: FlaskClient) -> None:
    body = ask(client, "/search?q=perundinagn")
    assert body["total"]["articles"] == 0
    assert body["did_you_mean"]["text"] == "perundingan"
    assert body["did_you_mean"]["articles"] == ask(client, "/search?q=perundingan")["total"]["articles"]


def test_a_whole_question_is_answered_in_part_under_another_name(client: FlaskClient) -> None:
    body = ask(client, "/search?q=siapa+pejabat+yang+bertemu+Pompeo+di+Seoul&size=1")
    assert (body["total"]["articles"], body["hits"]) == (0, [])
    by_id = {hit["id"]: hit["lacking"] for hit in body["partial"]}
    assert by_id["000_ee651f1e8b72a640"] == ["Seoul"]
    assert {"title", "snippet", "score", "date"} <= set(body["partial"][0])
    assert body["help"]["any_of"]["text"] == "pejabat OR bertemu OR Pompeo OR Seoul"


def test_suggestions_complete_the_word_being_typed(client: FlaskClient) -> None:
    body = ask(client, "/suggest?q=hujan+perun")
    assert set(body) == {"query", "suggestions", "index"}
    assert body["suggestions"][0] == {"text": "hujan perundingan", "word": "perundingan", "articles": 6}
    assert ask(client, "/suggest")["suggestions"] == []
    assert ask(client, "/suggest?q=zzzz")["suggestions"] == []


def test_suggestions_take_no_other_argument(client: FlaskClient) -> None:
    assert ask(client, "/suggest?q=a&outlet=Detik", 400)["parameter"] == "outlet"


def test_without_an_index_there_is_nothing_to_suggest_from() -> None:
    empty = create_app({"TESTING": True}, engine=MemoryEngine()).test_client()
    assert ask(empty, "/suggest?q=a", 503)["status"] == 503


def test_an_error_of_a_query_tells_its_place_and_a_query_that_was_meant(client: FlaskClient) -> None:
    problem = client.get("/api/v1/search", query_string={"q": "beras && jagung", "outlet": "x"}).get_json()
    assert (problem["position"], problem["end"], problem["repaired"]) == (6, 8, "beras jagung")
    page = client.get("/", query_string={"q": "beras && jagung", "outlet": "x"}).get_data(as_text=True)
    assert "<u>&amp;&amp;</u>" in page
    assert 'href="/?q=beras+jagung&amp;outlet=x"' in page
