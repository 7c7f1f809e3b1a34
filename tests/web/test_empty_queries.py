"""What an empty query means is decided for each address of the API, said in its description, and kept by its file."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import pytest
from flask.testing import FlaskClient

from tests.web.sample_archive import KALSEL, STORY, app
from web import params
from web.openapi.operations import OPERATIONS, EmptyQuery

API: Final = "/api/v1"
# Where an answer about every article tells how many they are.
COUNTED: Final[Mapping[str, Callable[[Any], int]]] = {
    "search": lambda answer: answer.json["total"]["articles"],
    "facet": lambda answer: sum(one["count"] for one in answer.json["values"]) + answer.json["missing"]["count"],
    "trends": lambda answer: answer.json["series"][0]["total"],
    "coverage": lambda answer: answer.json["articles"],
    "methods": lambda answer: answer.json["total"]["articles"],
    "export": lambda answer: int(answer.headers["X-Kliping-Rows"]),
}
PATHS: Final = {
    "facet": "/facets/outlet",
    "article": f"/articles/{KALSEL}",
    "story": f"/stories/{STORY}",
    "trends": "/trends?count=articles",
}
FILES: Final = {  # the same answers as files of pages
    "kwic": "/kwic.csv",
    "collocates": "/words.csv",
    "compare": "/compare.csv",
    "trends": "/trends.csv",
    "coverage": "/coverage.csv",
    "export": "/export?format=csv",
}
EMPTY: Final = ("", "q=", "q=+%09")


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return app().test_client()


def meaning(wanted: EmptyQuery) -> list[str]:
    """The operations to which an empty query means this."""
    return [name for name, one in OPERATIONS.items() if params.TEXT in one.arguments and one.empty_query is wanted]


def ask(client: FlaskClient, path: str, arguments: str) -> Any:
    return client.get(path + ("&" if "?" in path else "?") + arguments)


def test_an_operation_that_counts_every_article_tells_their_number() -> None:
    assert set(meaning(EmptyQuery.EVERYTHING)) == set(COUNTED)


@pytest.mark.parametrize("empty", EMPTY)
@pytest.mark.parametrize("name", COUNTED)
def test_an_empty_query_means_every_article(client: FlaskClient, name: str, empty: str) -> None:
    answer = ask(client, API + PATHS.get(name, f"/{name}"), empty)
    assert (answer.status_code, COUNTED[name](answer)) == (
        200,
        ask(client, f"{API}/status", "").json["index"]["articles"],
    )


@pytest.mark.parametrize("empty", EMPTY)
@pytest.mark.parametrize("name", meaning(EmptyQuery.REFUSED))
def test_what_is_told_of_the_places_of_a_query_needs_one(client: FlaskClient, name: str, empty: str) -> None:
    answer = ask(client, f"{API}/{name}", empty)
    assert (answer.status_code, answer.json["parameter"]) == (400, "q")
    assert "it must be a word or a phrase" in answer.json["detail"]
    assert ask(client, f"{API}/{name}", "outlet=Detik").status_code == 400, "a filter has no places"


@pytest.mark.parametrize("empty", EMPTY)
def test_keywords_need_a_query_or_a_filter(client: FlaskClient, empty: str) -> None:
    (name,) = meaning(EmptyQuery.WITH_A_FILTER)
    assert ask(client, f"{API}/{name}", empty).json["parameter"] == "q"
    assert ask(client, f"{API}/{name}", f"{empty}&expand=off").status_code == 400, "that chooses no articles"
    for narrowed in ("outlet=Detik", "not.outlet=Detik", "from=2019"):
        answer = ask(client, f"{API}/{name}", f"{empty}&{narrowed}")
        assert answer.status_code == 200
        assert 0 < answer.json["articles"] < answer.json["archive_articles"]


@pytest.mark.parametrize("empty", EMPTY)
def test_a_comparison_needs_one_of_its_sides(client: FlaskClient, empty: str) -> None:
    (name,) = meaning(EmptyQuery.WITH_A_SIDE)
    assert ask(client, f"{API}/{name}", empty).json["parameter"] == "a"
    for side in ("a=hujan", "b=hujan", "q=hujan", "a=q="):
        assert ask(client, f"{API}/{name}", side).status_code == 200, side


@pytest.mark.parametrize("empty", EMPTY)
def test_nothing_is_marked_and_no_word_completed_without_a_query(client: FlaskClient, empty: str) -> None:
    assert set(meaning(EmptyQuery.UNMARKED)) == {"article", "story"}
    assert ask(client, API + PATHS["article"], empty).json["marks"]["total"] == 0
    assert ask(client, API + PATHS["story"], empty).status_code == 200
    (name,) = meaning(EmptyQuery.NO_WORDS)
    assert ask(client, f"{API}/{name}", empty).json["suggestions"] == []


@pytest.mark.parametrize("name", FILES)
def test_a_file_takes_an_empty_query_as_its_operation_does(client: FlaskClient, name: str) -> None:
    refused = OPERATIONS[name].empty_query is not EmptyQuery.EVERYTHING
    assert ask(client, FILES[name], "").status_code == (400 if refused else 200)


def test_the_description_tells_what_an_empty_query_means(client: FlaskClient) -> None:
    for item in ask(client, f"{API}/openapi.json", "").json["paths"].values():
        for one in item.values():
            empty = OPERATIONS[one["operationId"]].empty_query
            for argument in one["parameters"]:
                if (argument["in"], argument["name"]) == ("query", params.TEXT):
                    assert argument["description"].endswith(empty)
                    assert argument.get("required", False) is (empty is EmptyQuery.REFUSED)
