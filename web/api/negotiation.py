"""Content negotiation: whoever asks for a page as JSON is led to the answer of the API to the same question.

The API has addresses of its own, so a page and its JSON are never kept under one address by a cache between.
"""

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlencode

from flask import Flask, Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from web import params
from web.params import LANGUAGE

JSON: Final = "application/json"
HTML: Final = "text/html"
# Page → the operation that answers it as JSON.
ANSWERS: Final[Mapping[str, str]] = {
    "pages.search": "api.search",
    "pages.article": "api.article",
    "pages.story": "api.story",
    "pages.facet": "api.facet",
    "pages.trends": "api.trends",
    "pages.coverage": "api.coverage",
    "pages.kwic": "api.kwic",
    "pages.words": "api.collocates",
    "pages.similar_articles": "api.similar",
    "results.methods_page": "api.methods",
}


def register(app: Flask) -> None:
    """Lead to the API before a kept page could answer."""
    app.before_request(_led)
    app.after_request(_varying)


def _led() -> AnyResponse | None:
    """The way to the API; a client that takes anything, or both alike, gets the page."""
    accepted = request.accept_mimetypes
    answer = ANSWERS.get(request.endpoint or "")
    if answer is None or accepted[JSON] <= accepted[HTML]:
        return None
    kept = params.without_tracking(request.args)
    kept.poplist(LANGUAGE)  # the API has one language
    address = url_for(answer, **(request.view_args or {}))
    arguments = urlencode(list(kept.items(multi=True)))
    return redirect(address + ("?" + arguments if arguments else ""), 303)


def _varying(response: Response) -> Response:
    if request.endpoint in ANSWERS:
        response.vary.add("Accept")
    return response
