"""The description of the API is true: its arguments are those that are accepted, its schemas those of the answers."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from jsonschema_rs import Draft202012Validator
from schemathesis.specs.openapi.checks import positive_data_acceptance
from werkzeug.test import TestResponse

from tests.web.sample_archive import KALSEL, STORY, app
from web.openapi.answers import ANSWERS
from web.openapi.operations import OPERATIONS

pytestmark = pytest.mark.long

APP = app()
DOCUMENT: Any = APP.test_client().get("/api/v1/openapi.json").json
IDS = {"article_id": KALSEL, "story_id": STORY, "name": "outlet"}
ADDRESSES = (
    "/search",
    "/search?q=perundingan+Korut&place=New+York&size=5",
    "/search?q=bertemu&off=pertemuan&from=2018&to=2020-07&not.outlet=x&sort=oldest&copies=show",
    "/search?q=kemajuam",
    "/search?q=hujan&cursor=*",
    "/search?q=hujan&fields=id,date,story",
    "/search?q=%22kapal+feri%22+Korut+date:2018&year=1990&expand=off",
    "/search?q=(Biegun+OR+Pompe*)+-judul:Korut+%22negosiasi+kerja%22~5&lead=earliest",
    "/suggest?q=kem",
    "/facets/month?q=Korut",
    f"/articles/{KALSEL}?q=Korut",
    f"/articles/{KALSEL}/similar",
    f"/stories/{STORY}",
    f"/citations/{KALSEL}",
    "/methods?q=AS+Korut&off=Korea+Utara&from=2018",
    "/trends?q=Korut&by=year&share=on",
    "/trends?split=outlet&count=words&uncertain=off",
    "/coverage?by=month",
    "/compare?a=Korut&b=q=hujan%26outlet=Detik&by=year&size=3",
    "/kwic?q=Korut+title:bertemu&order=left&sample=9",
    "/collocates?q=Korut&by=stem&stop=on",
    "/keywords?q=Korut",
    "/status",
    "/openapi.json",
)
QUERY = {"q": "hujan"}
NEEDED = {"kwic": QUERY, "collocates": QUERY, "keywords": QUERY, "compare": {"b": "hujan"}}
SCHEMA = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", APP)


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return APP.test_client()


def operations() -> Iterator[tuple[str, dict[str, Any]]]:
    """The path and the operation of each address, which has one method."""
    for path, item in DOCUMENT["paths"].items():
        (one,) = item.values()
        yield path, one


def path_of(name: str) -> str:
    """The address of an operation, for an article, story or facet of the archive."""
    (found,) = (path for path, one in operations() if one["operationId"] == name)
    return str(found).format(**IDS)


def ask(client: FlaskClient, name: str, arguments: dict[str, str]) -> TestResponse:
    """What an operation answers; one that takes queries is sent one."""
    if OPERATIONS[name].method.upper() == "POST":
        return client.post(path_of(name), query_string=arguments, data="Korut\n", content_type="text/csv")
    return client.get(path_of(name), query_string=arguments)


def example(parameter: dict[str, Any]) -> str:
    """A value that an argument may have."""
    held = parameter["schema"]
    held = held["items"] if held.get("type") == "array" else held
    return str(held.get("enum", held.get("examples", [1 if held.get("type") == "integer" else "Korut"]))[-1])


def arguments() -> Iterator[tuple[str, dict[str, Any]]]:
    for _, one in operations():
        for parameter in one["parameters"]:
            if parameter["in"] == "query":
                yield one["operationId"], parameter


def test_every_route_of_the_api_is_described() -> None:
    assert set(OPERATIONS) == set(ANSWERS) == {one["operationId"] for _, one in operations()}


@pytest.mark.parametrize(
    ("name", "parameter"), tuple(arguments()), ids=lambda one: one if isinstance(one, str) else one["name"]
)
def test_a_described_argument_is_accepted(client: FlaskClient, name: str, parameter: dict[str, Any]) -> None:
    value = KALSEL if parameter["name"] in {"base", "with"} else example(parameter)
    query = {**NEEDED.get(name, {}), parameter["name"]: value}
    assert ask(client, name, query).status_code == 200


@pytest.mark.parametrize("name", OPERATIONS)
def test_no_other_argument_is_accepted(client: FlaskClient, name: str) -> None:
    refused = ask(client, name, {"another": "1"})
    assert (refused.status_code, "another" in refused.text) == (400, True)


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_answer_has_the_promised_schema(client: FlaskClient, address: str) -> None:
    path = address.partition("?")[0]
    exact = [one for one in OPERATIONS if path_of(one) == f"/api/v1{path}"]
    (name,) = exact or [one for one in OPERATIONS if path.startswith(f"/{one}s/")]
    response = client.get("/api/v1" + address)
    assert response.status_code == 200
    answer = {**ANSWERS[name], "components": DOCUMENT["components"]}
    errors = [
        f"{error.instance_path}: {error.message}" for error in Draft202012Validator(answer).iter_errors(response.json)
    ]
    assert errors == []


def test_the_answer_to_a_batch_has_the_promised_schema(client: FlaskClient) -> None:
    response = client.post("/api/v1/batch?hits=2&by=month", data="hujan\nKorut OR (\n", content_type="text/csv")
    answer = {**ANSWERS["batch"], "components": DOCUMENT["components"]}
    assert [error.message for error in Draft202012Validator(answer).iter_errors(response.json)] == []


@pytest.mark.parametrize("name", OPERATIONS)
def test_nothing_is_answered_that_is_not_described(name: str) -> None:
    @settings(max_examples=20, suppress_health_check=list(HealthCheck))
    # A query text has a grammar, and days an order, that no schema tells.
    @given(case=SCHEMA.find_operation_by_id(name).as_strategy())
    def answered_as_described(case: schemathesis.Case[Any]) -> None:
        case.call_and_validate(headers={"Accept-Encoding": "identity"}, excluded_checks=[positive_data_acceptance])

    answered_as_described()


def test_the_examples_of_the_page_of_the_api_are_answered(client: FlaskClient) -> None:
    shown = re.findall(r'<p>Contoh: <a href="([^"]*)"', client.get("/api").text)
    assert any(address.endswith("/similar") for address in shown)
    assert {client.get(address).status_code for address in shown} == {200}


def test_the_page_tells_what_each_address_answers_in_the_language_of_its_reader() -> None:
    reader = APP.test_client()
    told = {}
    for language in ("id", "en"):
        reader.get(f"/api?lang={language}")
        told[language] = re.findall(r"</code></h2>\n<p>(.*?)</p>", reader.get("/api").get_data(as_text=True))
    assert told["en"] == [OPERATIONS[one["operationId"]].summary for _, one in operations()]
    assert len(set(told["id"]) - set(told["en"])) == len(OPERATIONS)
