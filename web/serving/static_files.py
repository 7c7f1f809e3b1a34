"""The style sheet, the script and the icon of the pages.

Each is read once and served from memory. Its address holds a digest of its content, so that browsers keep it for good
and still never use an old one. All files of a kind are served as one: a page makes as few requests as it can. What a
single page needs lies in a folder of its own, and is served by its own name.
"""

import hashlib
from dataclasses import dataclass
from functools import cache
from typing import Final
from urllib.parse import quote

from flask import Flask, Response, abort, current_app, request

from web.config import ROOT
from web.serving.compression import CODINGS, accepted_coding, compressed

FOLDER: Final = ROOT / "web" / "static"
OF_ONE_PAGE: Final = "pages"  # the folder of files that a single page fetches
NAME: Final = "kliping"
TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml; charset=utf-8",
}
VERSION: Final = "v"  # the argument with the digest
FOR_GOOD: Final = "public, max-age=31536000, immutable"  # a year, the longest there is
DIGEST_LETTERS: Final = 12


@dataclass(frozen=True, slots=True)
class StaticFile:
    """A file as it is served: its type, its digest, and its content in each coding; "" is the content itself."""

    content_type: str
    digest: str
    contents: dict[str, bytes]


def register(app: Flask) -> None:
    """Serve the files, and give templates their addresses."""
    app.add_url_rule("/static/<name>", "static", _serve)
    app.jinja_env.globals["static"] = address


def address(name: str) -> str:
    """Return the address of a file, with the digest of its content."""
    return f"{quote(request.script_root)}/static/{name}?{VERSION}={_files()[name].digest}"


def _serve(name: str) -> Response:
    found = _files().get(name)
    if found is None:
        abort(404)
    coding = accepted_coding()
    response = Response(found.contents[coding], content_type=found.content_type)
    if coding:
        response.headers["Content-Encoding"] = coding
    current = request.args.get(VERSION) == found.digest
    response.headers["Cache-Control"] = FOR_GOOD if current else "no-cache"
    response.set_etag(f"{found.digest}-{coding}")
    return response.make_conditional(request)  # type: ignore[return-value]  # the same response


def _files() -> dict[str, StaticFile]:
    """Return the files by name; whoever works on them sees each change at once."""
    if current_app.debug:
        _read.cache_clear()
    return _read()


@cache
def _read() -> dict[str, StaticFile]:
    shared = {f"{NAME}{kind}": _static_file(kind, _content(kind)) for kind in TYPES}
    own = {path.name: _static_file(path.suffix, path.read_bytes()) for path in (FOLDER / OF_ONE_PAGE).iterdir()}
    return shared | own


def _content(kind: str) -> bytes:
    """Return all files of a kind as one, the one with the name of the project first; style sheets without comments."""
    paths = sorted(FOLDER.glob(f"*{kind}"), key=lambda path: (path.stem != NAME, path.name))
    content = b"\n".join(path.read_bytes() for path in paths)
    return _without_comments(content) if kind == ".css" else content


def _without_comments(style: bytes) -> bytes:
    """Return a style sheet without its comments, a tenth of it. No string of ours holds the signs of one."""
    rules, *commented = style.split(b"/*")
    return rules + b"".join(part.partition(b"*/")[2] for part in commented)


def _static_file(kind: str, content: bytes) -> StaticFile:
    contents = {"": content, **{coding: compressed(content, coding, file=True) for coding in CODINGS}}
    digest = hashlib.sha256(content).hexdigest()[:DIGEST_LETTERS]
    return StaticFile(TYPES[kind], digest, contents)
