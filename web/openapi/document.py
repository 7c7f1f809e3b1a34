"""The OpenAPI document: paths from the routes of the app, arguments and answers from the tables beside this module."""

import re
from collections.abc import Iterator
from typing import Final

from flask import Flask
from werkzeug.routing import Rule

from web.openapi.answers import ANSWERS, SHARED
from web.openapi.arguments import parameter
from web.openapi.operations import OPERATIONS, Operation
from web.openapi.schema_types import TEXT, Schema, one_of, reference

OPENAPI: Final = "3.1.0"
VERSION: Final = "1"
BLUEPRINT: Final = "api."
_VARIABLE: Final = re.compile(r"<(?:\w+:)?(\w+)>")
_PLACEHOLDER: Final = re.compile(r"{(\w+)}")
_ERRORS: Final = {
    "400": "The query, or an argument, cannot be read.",
    "404": "There is no such article, story or address.",
    "410": "The cursor is of another index; begin again with `cursor=*`.",
    "429": "Too many requests from this address; `Retry-After` says when to ask again.",
    "503": "There is no usable index, or too many downloads are being sent.",
}
_SENT: Final = {"text/csv": {"schema": TEXT}}
_HEADERS: Final[dict[str, Schema]] = {
    "ETag": {"description": "The id of the index that answered.", "schema": TEXT},
}


def document(app: Flask) -> Schema:
    """Return the OpenAPI document of an app."""
    return {
        "openapi": OPENAPI,
        "info": {
            "title": "Kliping",
            "version": VERSION,
            "description": "A searchable archive of Indonesian news. Every answer names the index it comes from, also "
            "as its ETag; a repeated request with If-None-Match gets a 304 if the index has not changed.",
        },
        "paths": {path: {OPERATIONS[name].method: _operation(path, name)} for path, name in paths(app)},
        "components": {"schemas": SHARED},
    }


def paths(app: Flask) -> Iterator[tuple[str, str]]:
    """Return the path template and the name of each endpoint of the API, in the order of the table of operations."""
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith(BLUEPRINT)]
    found = {rule.endpoint.removeprefix(BLUEPRINT): _template(rule) for rule in rules}
    return ((found[name], name) for name in sorted(found, key=list(OPERATIONS).index))


def _template(rule: Rule) -> str:
    """The path of a rule, with its variable part as OpenAPI writes it."""
    return _VARIABLE.sub(r"{\1}", rule.rule)


def _operation(path: str, name: str) -> Schema:
    operation = OPERATIONS[name]
    content = {kind: {"schema": ANSWERS[name]} for kind in operation.media_types}
    answer = {"description": operation.summary, "headers": _HEADERS, "content": content}
    problem = _json(reference("Problem"), "application/problem+json")
    sent = {"requestBody": {"description": operation.body, "content": _SENT}} if operation.body else {}
    return {
        **sent,
        "operationId": name,
        "summary": operation.summary,
        "parameters": [*_variables(path, operation), *(parameter(name, argument) for argument in operation.arguments)],
        "responses": {
            "200": answer,
            **{status: {"description": why, "content": problem} for status, why in _ERRORS.items()},
        },
    }


def _variables(path: str, operation: Operation) -> Iterator[Schema]:
    """The variable part of a path as a parameter; no path has more than one."""
    for name in _PLACEHOLDER.findall(path):
        schema = one_of(operation.values) if operation.values else TEXT
        yield {"name": name, "in": "path", "required": True, "description": operation.variable, "schema": schema}


def _json(schema: Schema, kind: str = "application/json") -> Schema:
    return {kind: {"schema": schema}}
