"""The arguments of a batch: a list of queries, the filters that all share, and how they are counted.

A list is a table whose first line names its columns, `query` and perhaps `name`, with commas, semicolons or tabs
between; or, without such a line, one query a line. A query is written as a series of a trend is.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from werkzeug.datastructures import MultiDict

from index.query.request import MAX_PAGE_SIZE, Query
from index.trends import Interval
from web import params
from web.exporting.arguments import whole_number
from web.parameter_errors import BadParameter, Valid
from web.workbench.trend_arguments import BY, require_first_page

QUERIES, HITS = "queries", "hits"
NAMES: Final = (BY, HITS, params.FORMAT)
QUERY_COLUMN: Final = "query"
NAME_COLUMN: Final = "name"
DELIMITERS: Final = ",;\t"
FORMATS: Final = ("json", "counts", "hits", "counts.xlsx", "hits.xlsx")  # all but the first are tables
MOST_QUERIES: Final = 100  # of a request; the command has no limit
LONGEST_LIST: Final = 200_000  # characters: a hundred queries as long as a query may be, and their names


@dataclass(frozen=True, slots=True)
class ListedQuery:
    """A query of a list: its line, counted from 1, its name, "" if it has none, and how it is written."""

    line: int
    name: str
    written: str


@dataclass(frozen=True, slots=True)
class BatchArguments:
    """What is counted: the queries as listed, the filters they share, the periods, and how many hits of each."""

    queries: tuple[ListedQuery, ...]
    shared: Query
    by: Interval = Interval.YEAR
    hits: int = 0
    format: str = "json"


def read(args: MultiDict[str, str], listed: str) -> BatchArguments:
    """Parse the arguments of a URL, and a list of queries.

    Raises:
        BadParameter: If an argument cannot be parsed, or if there are too many queries.
    """
    query = params.read(args)
    require_first_page(query)
    if query.text:
        raise BadParameter(params.TEXT, query.text, Valid.LEFT_OUT_BESIDE, names=QUERIES)
    if len(listed) > LONGEST_LIST:
        raise BadParameter(QUERIES, f"{len(listed)} characters", Valid.AT_MOST_CHARACTERS, most=LONGEST_LIST)
    queries = tuple(listed_queries(listed))
    if len(queries) > MOST_QUERIES:
        raise BadParameter(QUERIES, f"{len(queries)} queries", Valid.AT_MOST_QUERIES, most=MOST_QUERIES)
    wanted = params.single(args, params.FORMAT) or FORMATS[0]
    if wanted not in FORMATS:
        raise BadParameter(params.FORMAT, wanted, Valid.ONE_OF, names=", ".join(FORMATS))
    return BatchArguments(
        queries=queries,
        shared=replace(query.selection(), text="", copies=query.copies),
        by=params.one_of(Interval, args, BY, Interval.YEAR),
        hits=whole_number(args, HITS, 0, MAX_PAGE_SIZE) or 0,
        format=wanted,
    )


def listed_queries(listed: str) -> Iterator[ListedQuery]:
    """Yield the queries of a list. Raises BadParameter for a table without a column of queries, or that is broken."""
    lines = listed.removeprefix("\ufeff").splitlines()
    first = next((number for number, line in enumerate(lines) if line.strip()), None)
    if first is None:
        return
    delimiter = _delimiter(lines[first])
    if delimiter is None:
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield ListedQuery(number, "", line.strip())
        return
    table = csv.DictReader(lines[first:], delimiter=delimiter, strict=True)
    table.fieldnames = [name.strip().casefold() for name in table.fieldnames or ()]
    try:
        for row in table:
            written = (row.get(QUERY_COLUMN) or "").strip()
            if written:
                yield ListedQuery(first + table.line_num, (row.get(NAME_COLUMN) or "").strip(), written)
    except csv.Error as error:
        raise BadParameter(QUERIES, f"line {first + table.line_num}: {error}", Valid.TABLE_OF_QUERIES) from None


def _delimiter(line: str) -> str | None:
    """What stands between the columns that a line names; None if it names none."""
    for delimiter in DELIMITERS:
        names = [name.strip().strip('"').casefold() for name in line.split(delimiter)]
        if QUERY_COLUMN in names:
            return delimiter
    return None
