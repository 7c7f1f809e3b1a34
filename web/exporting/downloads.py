"""Downloads: the response that sends a file as it is written, a part at a time.

A download keeps a thread of the server until its reader has taken it. So only some are sent at once, and further ones
are asked to come back. One that fails midway is broken off, which HTTP tells its reader.
"""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from threading import BoundedSemaphore
from typing import Final
from urllib.parse import quote

from flask import Response
from werkzeug.exceptions import ServiceUnavailable

from index.answers.exporting.export import open_export
from index.answers.exporting.formats import Format, extension
from web import app_engine
from web.exporting.arguments import AskedExport
from web.exporting.setting import setting

AT_ONCE: Final = 2  # downloads of a process, which has four threads
RETRY_SECONDS: Final = 10
LONGEST_NAME: Final = 40  # characters of the query in the name of a file
_NOT_IN_NAMES = re.compile(r"[^a-z0-9]+")
_places = BoundedSemaphore(AT_ONCE)


def download(asked: AskedExport) -> Response:
    """Return the response that sends an export; ServiceUnavailable while too many are sent."""
    export = open_export(app_engine.reader(), asked.request, setting(asked.request.query))
    index = export.provenance.answer.index.id
    name = file_name(asked.request.query.text, index, asked.format)
    response = sent(asked.format.write(export), asked.format.media_type, name)
    response.headers["X-Kliping-Rows"] = str(export.provenance.rows)
    response.headers["X-Kliping-Index"] = index
    return response


def sent(data: Iterator[bytes], media_type: str, name: str) -> Response:
    """Return the response that sends data under a name as they are made; raises as `download`."""
    if not _places.acquire(blocking=False):
        words = f"{AT_ONCE} downloads are being sent; ask again in some seconds."
        raise ServiceUnavailable(words, retry_after=RETRY_SECONDS)
    place = ExitStack()
    place.callback(_places.release)
    response = Response(_sent(data, place), content_type=media_type)
    response.call_on_close(place.close)  # where nothing was sent at all
    response.headers["Content-Disposition"] = f"attachment; filename={quote(name)}"
    response.headers["Cache-Control"] = "no-cache"
    return response


def file_name(text: str, index: str, chosen: Format, kind: str = "") -> str:
    """Return the name of a file of a format; see `file_stem`."""
    return f"{file_stem(text, index, kind)}.{extension(chosen.name)}"


def file_stem(text: str, index: str, kind: str = "") -> str:
    """Return the name of a file without its ending: Kliping, what it has beside articles, the query, the index."""
    words = _NOT_IN_NAMES.sub("-", text.lower())[:LONGEST_NAME].strip("-")
    return "-".join(filter(None, ("kliping", kind, words, index)))


def _sent(data: Iterator[bytes], place: ExitStack) -> Iterator[bytes]:
    with place:
        yield from data
