"""What exports and citations are told about this archive: its name, its addresses, the software and the day.

The public address comes from the setting KLIPING_URL alone: that of a request may be one that nobody else can open.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Final
from urllib.parse import quote

from flask import current_app, has_request_context, request

from index.answers.exporting.export import Setting
from index.answers.exporting.provenance import Publication
from index.query.request import Query
from web import params
from web.config import VERSION
from web.paths import PATH_SAFE

SOFTWARE: Final = f"Kliping {VERSION}"


def setting(query: Query) -> Setting:
    """Return what an export of a query is told."""
    public = public_url()
    searched = public and public + "/" + params.query_string(query)
    return Setting(Publication(archive_title(), searched, SOFTWARE), today(), article_address())


def archive_title() -> str:
    """Return the name of the archive."""
    title: str = current_app.config["KLIPING_TITLE"]
    return title


def public_url() -> str:
    """Return the address readers use, without a slash at its end; "" if the archive has not been told."""
    url: str = current_app.config["KLIPING_URL"]
    return url.rstrip("/")


def article_address() -> Callable[[str], str]:
    """Return a function from the id of an article to its address: whole if the public address is known, else a path."""
    root = public_url() or (request.script_root if has_request_context() else "")
    return lambda article_id: f"{root}/article/{quote(article_id, safe=PATH_SAFE, errors='replace')}"


def today() -> date:
    """Return the day, in UTC like the times of the index."""
    return datetime.now(UTC).date()
