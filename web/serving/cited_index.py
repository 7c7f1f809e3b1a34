"""`?index=`: the index that an address was made from. If another one answers, the page says so, and a header.

Addresses that are printed or cited name their index, so that whoever follows one knows whether the numbers can differ.
"""

from typing import Final

from flask import Flask, Response, request

from index.engine import EngineError
from web import app_engine

INDEX: Final = "index"
HEADER: Final = "X-Kliping-Other-Index"  # the index that answers in place of the one that was asked for


def register(app: Flask) -> None:
    """Give templates the index that does not answer, and programs the one that does."""
    app.jinja_env.globals["cited_index"] = other_index
    app.after_request(_told)


def other_index() -> str:
    """Return the index that the address names, if another one answers; else ""."""
    cited: str = getattr(request, "cited_index", "")
    return cited if cited and cited != _published() else ""


def _published() -> str:
    try:
        return app_engine.reader().info().id
    except EngineError:
        return ""


def _told(response: Response) -> Response:
    if other_index():
        response.headers[HEADER] = _published()
    return response
