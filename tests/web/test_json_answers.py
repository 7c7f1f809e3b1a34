"""Answers in JSON are those of Python's own encoder, byte for byte, in less time."""

import json
from datetime import date
from typing import Any

import pytest
from flask import Flask, Response

from index.query.request import Sort
from tests.web.sample_archive import app

ADDRESSES = (
    "/api/v1/search?q=hujan",
    "/api/v1/search?q=hujna&sort=newest",
    "/api/v1/trends?series=hujan",
    "/api/v1/facets/outlet",
    "/api/v1/openapi.json",
    "/api/v1/search?q=(",
)


def written(held: Flask, value: Any) -> str:
    """An answer with a value, as text."""
    answer = held.json.response(value)
    assert isinstance(answer, Response)
    return answer.get_data(as_text=True)


class Title(str):
    """A text of another kind."""

    __slots__ = ()


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_answer_is_written_as_by_python(address: str) -> None:
    answer = app().test_client().get(address)
    assert answer.get_data(as_text=True) == json.dumps(answer.json, ensure_ascii=False, separators=(",", ":")) + "\n"
    assert answer.mimetype in {"application/json", "application/problem+json"}


VALUES = [
    {"b": 1, "a": None, "c": [True, False]},
    ["é", '“<>&"\\/\n\t\x1f\x7f\u2028', "", "🌧"],
    [0, -1, 2**63 - 1, 2**80, 0.1, 1.5e300, 12.0, 1e22, -0.0],
    {1: "a", 2.5: "b", None: "c", False: "d"},
    (1, ("x", "y")),
    Sort.NEWEST,
    Title("judul"),
]


@pytest.mark.parametrize("value", VALUES, ids=str)
def test_every_value_is_written_as_by_python(value: Any) -> None:
    held = app()
    with held.app_context():
        found = written(held, value)
        assert json.loads(found) == json.loads(held.json.dumps(value))
        if "e+" not in str(value):  # a power of ten may be written 1e22 or 1e+22
            assert found == json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


def test_a_day_is_written_as_flask_does_and_what_is_no_value_refused() -> None:
    held = app()
    with held.app_context():
        assert written(held, {"day": date(2018, 5, 31)}) == '{"day":"Thu, 31 May 2018 00:00:00 GMT"}\n'
        with pytest.raises(TypeError):
            held.json.response(object())


def test_a_number_that_is_none_is_null() -> None:
    held = app()
    with held.app_context():
        assert written(held, [float("nan"), float("inf")]) == "[null,null]\n"


def test_while_debugging_answers_are_indented() -> None:
    held = app()
    held.debug = True
    with held.app_context():
        assert written(held, {"a": 1}) == '{\n  "a": 1\n}\n'
