"""The log of requests: one line each with an id that the answer carries too, and the slow ones in any case.

What a reader asked for is in the query string of an address, which is left out unless the keeper wants it, like the
address of the reader. The lines go to standard error, as text or as JSON.
"""

import json
import logging
import re
import secrets
import sys
from datetime import UTC, datetime
from time import perf_counter
from typing import Any
from urllib.parse import quote

from flask import Flask, Response, current_app, g, has_request_context, request

from web.app_engine import index_of_request
from web.config import LogFormat
from web.serving import metrics

REQUEST_ID = "X-Request-ID"
_GIVEN_ID = re.compile(r"[A-Za-z0-9._-]{1,64}", re.ASCII)  # what a proxy may give; nothing that could forge a line
_UNMARKED = "/%:@!$&'()*+,;=~-"  # characters of a path that no terminal or log reads as anything else
_log = logging.getLogger("kliping.requests")


class _JSONLines(logging.Formatter):
    """Formats whatever else the app logs, such as an unexpected error, as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, Any] = {"time": _now(), "level": record.levelname.lower(), "message": record.getMessage()}
        if has_request_context():
            told["request_id"] = g.get("request_id")
        if record.exc_info:
            told["exception"] = self.formatException(record.exc_info)
        return json.dumps(told)


def register(app: Flask) -> None:
    """Log and count the requests of the app. Registered first, so that it sees what all others do."""
    _log.setLevel(logging.INFO)
    _log.propagate = False
    if not _log.handlers:
        _log.addHandler(logging.StreamHandler(sys.stderr))
    if app.config["KLIPING_LOG"] is LogFormat.JSON:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(_JSONLines())
        app.logger.handlers = [handler]
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    g.began = perf_counter()
    given = request.headers.get(REQUEST_ID, "") if current_app.config["KLIPING_PROXIES"] else ""
    g.request_id = given if _GIVEN_ID.fullmatch(given) else secrets.token_hex(8)


def _end(response: Response) -> Response:
    seconds = perf_counter() - g.began
    response.headers[REQUEST_ID] = g.request_id
    surface = "page" if request.blueprint == "pages" else request.blueprint or request.endpoint
    metrics.add(surface if surface in metrics.SURFACES else "other", response.status_code, seconds)
    config = current_app.config
    slow = 0 < config["KLIPING_SLOW_MS"] <= seconds * 1000
    if slow or config["KLIPING_LOG"] is not LogFormat.OFF:
        told = _told(response, seconds, slow=slow)
        _log.log(logging.WARNING if slow else logging.INFO, "%s", _line(told, config["KLIPING_LOG"]))
    return response


def _told(response: Response, seconds: float, *, slow: bool) -> dict[str, Any]:
    told: dict[str, Any] = {
        "time": _now(),
        "request_id": g.request_id,
        "method": request.method,
        "path": quote(request.path, safe=_UNMARKED),
        "status": response.status_code,
        "ms": round(seconds * 1000, 1),
        "index": index_of_request(),
        "articles": g.get("articles_found"),
    }
    if slow:
        told["slow"] = True
    if current_app.config["KLIPING_LOG_QUERIES"]:
        told["query"] = quote(request.query_string.decode("latin-1"), safe=_UNMARKED)
    return told


def _line(told: dict[str, Any], wanted: LogFormat) -> str:
    if wanted is LogFormat.JSON:
        return json.dumps(told)
    first = ("time", "method", "path", "status")
    rest = (f"{name}={value}" for name, value in told.items() if name not in first and value is not None)
    return " ".join([*(str(told[name]) for name in first), *rest])


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
