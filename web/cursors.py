"""Cursors: where a walk through all hits of a search goes on, as an opaque text.

A cursor names the index, the search and the article at whose place the last page ended. In another index that place may
not exist, and its order is another, so a cursor of another index is refused, with the way on.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import replace
from hashlib import blake2s
from typing import Final

from flask import abort
from werkzeug.datastructures import MultiDict

from index.query.request import DEFAULT_PAGE_SIZE, Lead, Query
from web import params
from web.parameter_errors import BadParameter, Valid

START: Final = "*"
LONGEST: Final = 2_000  # characters; an id has up to 200
MOST_DIGITS: Final = 9  # of a page
DIGEST_BYTES: Final = 6


def continued(args: MultiDict[str, str], query: Query, index_id: str) -> Query:
    """Return the query that goes on where the cursor of the arguments says; the query itself if there is none."""
    given = params.single(args, params.CURSOR)
    if not given:
        return query
    if query.page != 1:
        raise BadParameter(params.PAGE, str(query.page), Valid.NO_PAGE_WITH_CURSOR)
    return replace(query, after="" if given == START else _place(given, query, index_id))


def cursor(query: Query, index_id: str, last: str | None) -> str | None:
    """Return the cursor of the hits after the one at whose place an article is; None if there is none."""
    if last is None:
        return None
    packed = json.dumps([index_id, _digest(query), last], ensure_ascii=True, separators=(",", ":"))
    return urlsafe_b64encode(packed.encode()).decode().rstrip("=")


def continued_page(args: MultiDict[str, str], query: Query, name: str, index_id: str) -> int:
    """Return the page of the values of a facet at which the cursor of the arguments goes on; else that of the query."""
    given = params.single(args, params.CURSOR)
    if not given:
        return query.page
    if query.page != 1:
        raise BadParameter(params.PAGE, str(query.page), Valid.NO_PAGE_WITH_CURSOR)
    if given == START:
        return 1
    of, _, page = _place(given, query, index_id).rpartition(":")
    if of != name or not page.isdecimal() or not page.isascii():
        raise invalid_cursor(given)
    return max(int(page[:MOST_DIGITS]), 1)


def page_cursor(query: Query, index_id: str, name: str, page: int) -> str | None:
    """Return the cursor of a page of the values of a facet."""
    return cursor(query, index_id, f"{name}:{page}")


def _place(given: str, query: Query, index_id: str) -> str:
    """The article at whose place the last page ended."""
    held = _unpacked(given)
    if held is None:
        raise invalid_cursor(given)
    index, digest, last = held
    if index != index_id:
        abort(410, f"This cursor is of the index {index}, and {index_id} answers now; begin again with cursor={START}.")
    if digest != _digest(query) or not last:
        raise invalid_cursor(given)
    return last


def _unpacked(given: str) -> tuple[str, str, str] | None:
    """The index, the digest of the search and the article that a cursor names; None if it is none."""
    if len(given) > LONGEST:
        return None
    try:
        index, digest, last = json.loads(urlsafe_b64decode(given + "=" * (-len(given) % 4)))
    except (ValueError, TypeError, RecursionError):
        return None
    return str(index), str(digest), str(last)


def invalid_cursor(given: str) -> BadParameter:
    """The error of a cursor that names no place of the search."""
    return BadParameter(params.CURSOR, given, Valid.CURSOR)


def _digest(query: Query) -> str:
    """What a query asks for and in which order; the size of pages and the lead of hits may change on the way."""
    same = replace(query, page=1, size=DEFAULT_PAGE_SIZE, lead=Lead.BEST)
    return blake2s(params.query_string(same).encode("utf-8", "surrogatepass"), digest_size=DIGEST_BYTES).hexdigest()
