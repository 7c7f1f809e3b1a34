"""The arguments of lines in context: those of a search, the order of lines, their width, a sample, and where to go on.

A page of lines has a number, as pages of hits have. A cursor is the same for programs: it holds the id of the index,
so that a walk through all lines never mixes two of them.
"""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, replace
from typing import Final

from flask import abort
from werkzeug.datastructures import MultiDict

from index.answers.concordance import DEFAULT_WIDTH, MOST_WIDTH
from index.concordance import LineOrder, Lines
from index.query.request import Query
from web import params
from web.exporting.arguments import whole_number
from web.parameter_errors import BadParameter, Valid

WIDTH, ORDER, SAMPLE, SEED, STORIES, CURSOR = "width", "order", "sample", "seed", "stories", params.CURSOR
NAMES: Final = (WIDTH, ORDER, SAMPLE, SEED, STORIES, CURSOR)
ONCE: Final = "once"
START: Final = "*"  # the cursor of the first lines
DEFAULT_SIZE: Final = 50  # lines of a page
MOST_SAMPLE: Final = 100_000  # lines
MOST_SEED: Final = 10**18
_CURSOR: Final = re.compile(r"([\w.-]{1,100}):(\d{1,9})", re.ASCII)


@dataclass(frozen=True, slots=True)
class ConcordanceArguments:
    """Which lines are wanted, and how wide their contexts are; `cursor` is an index id and a first line, if given."""

    query: Query
    lines: Lines
    width: int = DEFAULT_WIDTH
    cursor: tuple[str, int] | None = None

    @property
    def page(self) -> int:
        """The number of the page, counted from 1."""
        return self.lines.first // self.lines.size + 1

    def pairs(self) -> list[tuple[str, str]]:
        """The arguments beside those of the query, in a fixed order, without defaults."""
        lines, pairs = self.lines, []
        pairs += [(ORDER, lines.order.value)] if lines.order is not LineOrder.RIGHT else []
        pairs += [(WIDTH, str(self.width))] if self.width != DEFAULT_WIDTH else []
        pairs += [(SAMPLE, str(lines.sample))] if lines.sample is not None else []
        pairs += [(SEED, str(lines.seed))] if lines.seed else []
        return pairs + ([(STORIES, ONCE)] if lines.stories_once else [])

    def url(self, endpoint: str, *more: tuple[str, str]) -> str:
        """The URL of an endpoint for these arguments, with the page of lines."""
        page = [(params.PAGE, str(self.page))] if self.page > 1 else []
        size = [(params.SIZE, str(self.lines.size))] if self.lines.size != DEFAULT_SIZE else []
        return params.url(endpoint, self.query, *self.pairs(), *page, *size, *more)

    def file_url(self, endpoint: str) -> str:
        """The URL of a file of all lines, which has no pages."""
        return params.url(endpoint, self.query, *self.pairs())

    def at(self, page: int) -> "ConcordanceArguments":
        """At another page."""
        return replace(self, lines=replace(self.lines, first=(page - 1) * self.lines.size))


def read(args: MultiDict[str, str]) -> ConcordanceArguments:
    """Parse the arguments of a URL.

    Raises:
        BadParameter: If an argument cannot be parsed.
    """
    query = params.read(args)
    size = query.size if params.single(args, params.SIZE) else DEFAULT_SIZE
    cursor = _cursor(params.single(args, CURSOR))
    if cursor and query.page != 1:
        raise BadParameter(params.PAGE, str(query.page), Valid.NO_PAGE_WITH_CURSOR)
    stories = params.single(args, STORIES)
    if stories not in {"", ONCE}:
        raise BadParameter(STORIES, stories, Valid.EXACTLY, names=ONCE)
    lines = Lines(
        order=params.one_of(LineOrder, args, ORDER, LineOrder.RIGHT),
        first=cursor[1] if cursor else (query.page - 1) * size,
        size=size,
        sample=whole_number(args, SAMPLE, 1, MOST_SAMPLE),
        seed=whole_number(args, SEED, 0, MOST_SEED) or 0,
        stories_once=stories == ONCE,
    )
    width = whole_number(args, WIDTH, 1, MOST_WIDTH) or DEFAULT_WIDTH
    return ConcordanceArguments(query.selection(), lines, width, cursor)


def require_index(asked: ConcordanceArguments, index_id: str) -> None:
    """Refuse a cursor of another index: 410, with the way on."""
    if asked.cursor and asked.cursor[0] not in {START, index_id}:
        abort(410, "The archive has changed since this cursor was given; begin again with cursor=*.")


def next_cursor(asked: ConcordanceArguments, count: int, index_id: str) -> str | None:
    """The cursor of the lines after these, of `count` in all; None at the end."""
    first = asked.lines.first + asked.lines.size
    return urlsafe_b64encode(f"{index_id}:{first}".encode()).decode() if first < count else None


def _cursor(given: str) -> tuple[str, int] | None:
    if not given:
        return None
    if given == START:
        return START, 0
    try:
        found = _CURSOR.fullmatch(urlsafe_b64decode(given).decode("ascii"))
    except ValueError:
        found = None
    if not found:
        raise BadParameter(CURSOR, given, Valid.CURSOR)
    return found[1], int(found[2])
