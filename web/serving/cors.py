"""CORS: whether pages of other sites may read the API, as the setting KLIPING_CORS says.

The API has no cookies and no accounts, so it answers other sites without credentials. Pages are never shared.
"""

from typing import Final

from flask import Flask, Response, current_app, request

from web.errors import API

ANY: Final = "*"
METHODS: Final = "GET, HEAD, POST, OPTIONS"
ASKED: Final = "Accept, Content-Type, If-None-Match"
EXPOSED: Final = (
    "Content-Disposition, ETag, Link, Retry-After, X-Kliping-Index, X-Kliping-Other-Index, X-Kliping-Rows, "
    "X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset, X-Request-ID"
)
SECONDS_KEPT: Final = "86400"  # a browser asks again after a day


def register(app: Flask) -> None:
    """Answer preflight requests, and tell browsers whose pages may read an answer; unless nobody else may."""
    if app.config["KLIPING_CORS"]:
        app.before_request(_preflight)
        app.after_request(_shared)


def _preflight() -> Response | None:
    asks = request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers
    if not asks or not request.path.startswith(API):
        return None
    response = Response(status=204)
    if _allowed():
        response.headers["Access-Control-Allow-Methods"] = METHODS
        response.headers["Access-Control-Allow-Headers"] = ASKED
        response.headers["Access-Control-Max-Age"] = SECONDS_KEPT
    return response


def _shared(response: Response) -> Response:
    if not request.path.startswith(API):
        return response
    origins = current_app.config["KLIPING_CORS"]
    if ANY not in origins:
        response.vary.add("Origin")
    if _allowed():
        response.headers["Access-Control-Allow-Origin"] = ANY if ANY in origins else request.headers["Origin"]
        response.headers["Access-Control-Expose-Headers"] = EXPOSED
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _allowed() -> bool:
    origins: tuple[str, ...] = current_app.config["KLIPING_CORS"]
    origin = request.headers.get("Origin")
    return bool(origin) and (ANY in origins or origin in origins)
