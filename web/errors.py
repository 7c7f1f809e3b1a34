"""Error responses: the HTTP status of each failure, rendered as a page or as JSON (RFC 9457).

An exception becomes one `Failure`, which is rendered either way, like an answer.
"""

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final

from flask import Flask, Response, abort, g, make_response, redirect, render_template, request, url_for
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound

from index.engine import BuildInProgress, DamagedIndex, EngineError, NoIndex, OutdatedIndex, UnusableLocation
from index.query.errors import BadQuery
from index.query.repairs import offending_part, repaired
from index.query.request import Query
from index.storage.failures import TooMuchToRead, Unreachable
from web import app_engine, error_messages, params
from web.error_remedies import Remedy, remedies
from web.i18n import gettext
from web.parameter_errors import BadParameter
from web.params import CHOICES, NOT

API = "/api/"  # below this path, errors are answered as JSON
FOR_PROGRAMS = (API, "/healthz", "/readyz", "/metrics")
REFUSED = "kliping.refused"  # in the WSGI environment: status and reason of a request the server refused to read
HEADER_BYTES = 32 << 10  # the longest query has 1,000 characters, nine bytes each in an address
BODY_BYTES = 512 << 10  # the ids of ten thousand articles, for an export of them
REINDEX = "flask reindex"
REPAIR = "flask reindex --full"
STATUS: dict[type[EngineError], int] = {
    NoIndex: 503,
    OutdatedIndex: 503,
    DamagedIndex: 503,
    BuildInProgress: 503,
    UnusableLocation: 503,
    Unreachable: 503,
    TooMuchToRead: 400,
}
# Status → KB that a request may have.
LARGEST: Final = {413: BODY_BYTES >> 10, 431: HEADER_BYTES >> 10}
_TOO_LARGE: Final = {
    413: "A request may send %s KB; send fewer queries or ids at once, or use flask batch and flask export.",
    431: "The address and headers of a request may have %s KB; post long lists of ids to export.",
}
# Arguments that the search box of an error page keeps: those that cannot be what is wrong with a query.
FILTERS_KEPT = frozenset({*CHOICES, *(NOT + name for name in CHOICES)})
KINDS: dict[type[EngineError], str] = {
    NoIndex: "no-index",
    OutdatedIndex: "outdated-index",
    DamagedIndex: "damaged-index",
    BuildInProgress: "busy",
    UnusableLocation: "unusable-folder",
    Unreachable: "unreachable",
    TooMuchToRead: "too-much-to-read",
}


@dataclass(frozen=True, slots=True)
class Failure:
    """An error to be rendered.

    Attributes:
        status: The HTTP status.
        kind: The problem type of the project, "" if the HTTP status alone defines it.
        detail: The message for programs, in English.
        title: The heading of the page, in its language.
        words: The message for readers, in the language of the page.
        extra: Further members of the JSON answer.
        repair: The query that was probably meant by one that cannot be read.
        remedies: Links that the page offers.
    """

    status: int
    kind: str
    detail: str
    title: str
    words: str
    extra: dict[str, object] = field(default_factory=dict)
    repair: Query | None = None
    remedies: tuple[Remedy, ...] = ()


def register(app: Flask) -> None:
    """Register the error handlers of the app."""
    app.before_request(_refused)
    app.register_error_handler(BadQuery, lambda error: _respond(_bad_query(error)))
    app.register_error_handler(BadParameter, lambda error: _respond(_bad_parameter(error)))
    app.register_error_handler(EngineError, lambda error: _respond(_engine_error(error)))
    app.register_error_handler(HTTPException, _respond_http)


def _refused() -> None:
    if refused := request.environ.get(REFUSED):
        abort(*refused)


def _bad_query(error: BadQuery) -> Failure:
    typed = g.get("query_text", request.args.get(params.TEXT, ""))
    part, meant = offending_part(typed, error), repaired(typed)
    extra: dict[str, object] = {"position": part.start, "end": part.end, "code": error.code, "repaired": meant}
    if "query_text" in g:  # of several queries in one address, this one
        extra["query"] = g.query_text
    title = gettext("Pencarian ini tidak dapat dibaca")
    filters = Query() if "query_text" in g else params.read(request.args)
    repair = filters.with_text(meant) if meant else None
    return Failure(400, "bad-query", str(error), title, error_messages.bad_query(error), extra, repair)


def _bad_parameter(error: BadParameter) -> Failure:
    extra: dict[str, object] = {"parameter": error.name, "value": error.value, "valid": error.valid}
    title = gettext("Alamat ini tidak dapat dibaca")
    words = error_messages.bad_parameter(error)
    return Failure(400, "bad-parameter", str(error), title, words, extra, remedies=remedies(error))


def _engine_error(error: EngineError) -> Failure:
    status, kind = STATUS.get(type(error), 500), KINDS.get(type(error), "engine")
    title, words = error_messages.engine_error(error)
    command = {NoIndex: REINDEX, OutdatedIndex: REINDEX, DamagedIndex: REPAIR}.get(type(error))
    return Failure(status, kind, str(error), title, words, {"command": command} if command else {})


def _respond_http(error: HTTPException) -> Response:
    status = error.code or 500
    if status < 400:  # a redirect is not an error
        return make_response(error.get_response())
    if status == HTTPStatus.NOT_FOUND and (address := _address_today()):
        response = redirect(address, HTTPStatus.MOVED_PERMANENTLY)
        response.headers["Cache-Control"] = "no-cache"  # what a file holds may change
        return make_response(response)
    title, words = _said(status)
    detail = _told(error) or HTTPStatus(status).phrase
    if status == HTTPStatus.TOO_MANY_REQUESTS:  # it has the limit alone
        detail = f"There were more requests from this address than {detail}; Retry-After says when to ask again."
    response = _respond(Failure(status, "", detail, title, words))
    for name, value in error.get_headers():
        if name in {"Allow", "Retry-After"}:
            response.headers[name] = value
    return response


def _said(status: int) -> tuple[str, str]:
    """The title and the message for readers."""
    if status in LARGEST:
        return error_messages.too_large(status, LARGEST[status])
    named = request.view_args or {}
    if status == HTTPStatus.NOT_FOUND and request.endpoint != "static":
        for name, value in named.items():
            if name in error_messages.MISSING:
                return error_messages.missing(name, value)
    return error_messages.http_error(status)


def _told(error: HTTPException) -> str | None:
    """What is wrong, in place of the general words of the framework for browsers."""
    if error.code in LARGEST:
        return _TOO_LARGE[error.code] % LARGEST[error.code]
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        return f"This address does not take {request.method}; it takes {', '.join(sorted(error.valid_methods))}."
    if isinstance(error, NotFound) and error.description == NotFound.description:
        return f"There is nothing at {request.path}; {url_for('pages.api_page')} lists the addresses of the API."
    return error.description


def _address_today() -> str | None:
    """The address today of an article or story that an old link names by file and row; None if it is not known."""
    named = dict(request.view_args or {})
    name = next((name for name in ("article_id", "story_id") if name in named), None)
    if name is None or request.endpoint is None:
        return None
    try:
        article_id = app_engine.reader().moved(named[name])
        held = article_id and app_engine.reader().get(article_id)
    except EngineError:
        return None
    if not held:
        return None
    named[name] = held.article.id if name == "article_id" else held.story
    asked = request.query_string.decode("ascii", "replace")
    return url_for(request.endpoint, **named) + (f"?{asked}" if asked else "")


def _respond(failure: Failure) -> Response:
    if request.path.startswith(FOR_PROGRAMS):
        response = _as_json(failure)
    else:
        kept = [(name, value) for name, value in request.args.items(multi=True) if name in FILTERS_KEPT]
        response = make_response(render_template("error.html", failure=failure, filters=kept))
    response.status_code = failure.status
    return response


def _as_json(failure: Failure) -> Response:
    kind = url_for("pages.help_page", _anchor=failure.kind) if failure.kind else "about:blank"
    title = HTTPStatus(failure.status).phrase if not failure.kind else failure.kind.replace("-", " ").capitalize()
    body = {"type": kind, "title": title, "status": failure.status, "detail": failure.detail, **failure.extra}
    response = make_response(body)
    response.mimetype = "application/problem+json"
    return response
