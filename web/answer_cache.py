"""The answer cache: the bodies of recent answers, compressed, so that a repeated request is not computed again.

An answer is a function of the published index, the address, the language and the day, which pages print. These are
the key, so an answer of an older index is never served. Only complete answers (status 200) to GET are kept; errors and
304s are not. The cache belongs to one process and holds at most KLIPING_CACHE_MB; the answers used longest ago are
dropped first.

A page and the API say how long an answer took. In a kept answer that number is replaced by the time that the repeated
request itself took. All other bytes stay as they were.
"""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date, datetime
from threading import Lock
from time import perf_counter
from typing import Final

import zstandard
from flask import Flask, Response, current_app, g, request

from index.engine import EngineError
from web import app_engine, labels, languages
from web.i18n import gettext

CACHE: Final = "kliping.answers"  # the key in app.extensions
MEGABYTE: Final = 1_000_000
LEVEL: Final = 1  # of zstandard: a page becomes a fifth in 0.05 ms; a higher level saves a tenth of that
OVERHEAD: Final = 1_000  # bytes that an answer takes beside its body: key, headers, entries of the dict
LARGEST_SHARE: Final = 8  # an answer larger than this part of the cache would drop too many others
HEADERS: Final = ("Content-Type", "ETag", "Cache-Control", "Link")  # the others are set anew for every response
SURFACES: Final = frozenset({"pages", "api"})  # the blueprints whose answers are kept


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """The compressed body of an answer up to the number of milliseconds and after it, and its headers."""

    before: bytes
    after: bytes
    timed: bool
    headers: tuple[tuple[str, str], ...]

    @property
    def size(self) -> int:
        """The bytes that it takes in memory."""
        return len(self.before) + len(self.after) + OVERHEAD


class AnswerCache:
    """The kept answers of a process by key, within a number of bytes; for all threads."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.size = 0
        self._kept: dict[Hashable, KeptAnswer] = {}  # the one used last is the last
        self._changing = Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Hashable) -> KeptAnswer | None:
        """Return a kept answer, which is then the one used last."""
        with self._changing:
            found = self._kept.pop(key, None)
            if found is not None:
                self._kept[key] = found
            return found

    def keep(self, key: Hashable, answer: KeptAnswer) -> None:
        """Keep an answer, and drop others as needed."""
        if answer.size * LARGEST_SHARE > self.most:
            return
        with self._changing:
            old = self._kept.pop(key, None)
            self.size += answer.size - (old.size if old else 0)
            self._kept[key] = answer
            while self.size > self.most:
                self.size -= self._kept.pop(next(iter(self._kept))).size


def register(app: Flask) -> None:
    """Set the cache of the app up, unless its size is 0."""
    megabytes: int = app.config["KLIPING_CACHE_MB"]
    if megabytes:
        app.extensions[CACHE] = AnswerCache(megabytes * MEGABYTE)
        app.before_request(_kept_response)
        app.after_request(_keep)


def mark_time(seconds: float) -> None:
    """Say that the answer of this request shows that it took so many seconds."""
    g.shown_seconds = seconds


def keep_none() -> None:
    """Say that the answer of this request is not kept, because it tells the day on which it was asked for."""
    g.answer_key = None


def _kept_response() -> Response | None:
    start = perf_counter()
    if request.method != "GET" or request.blueprint not in SURFACES:
        return None
    g.answer_key = _key()
    found = None if g.answer_key is None else _cache().get(g.answer_key)
    if found is None:
        return None
    g.answer_key = None
    body = zstandard.decompress(found.before)
    if found.timed:
        body += _shown(perf_counter() - start) + zstandard.decompress(found.after)
    response = Response(body, headers=list(found.headers))
    if "ETag" in response.headers:
        response.make_conditional(request)
    return response


def _keep(response: Response) -> Response:
    key = g.get("answer_key")
    if key is None or response.status_code != 200 or response.is_streamed or key != _key():
        return response
    body, seconds = response.get_data(), g.get("shown_seconds")
    before, shown, after = body.rpartition(_shown(seconds)) if seconds is not None else (b"", b"", b"")
    headers = tuple((name, response.headers[name]) for name in HEADERS if name in response.headers)
    first = before if shown else body
    kept = KeptAnswer(_compressed(first), _compressed(after) if shown else b"", bool(shown), headers)
    if bool(shown) is (seconds is not None):
        _cache().keep(key, kept)
    return response


def today() -> date:
    """The day that a page gives as its own; a kept answer is of one day."""
    return datetime.now().astimezone().date()


def _key() -> Hashable | None:
    """All that decides the bytes of an answer; None if there is no index to answer from."""
    try:
        index = app_engine.reader().info()
    except EngineError:
        return None
    address = request.host_url, request.script_root, request.path, request.query_string
    return index, languages.current(), today(), address


def _shown(seconds: float) -> bytes:
    """The time as this answer shows it, with what is written around it; no text of an article can look like that."""
    if request.blueprint == "api":
        return f'"took_ms":{round(seconds * 1000, 3)}'.encode()
    words = gettext("dijawab dalam %(ms)s milidetik", ms=labels.milliseconds(seconds))
    return f"<span>{words}</span>".encode()


def _compressed(body: bytes) -> bytes:
    return zstandard.compress(body, LEVEL)


def _cache() -> AnswerCache:
    cache: AnswerCache = current_app.extensions[CACHE]
    return cache
