"""Tables of the workbench as files, in the form of exports: facts on where they come from, and a table."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask import Response, make_response, request

from index.answers.exporting.formats import FORMATS, TABLES
from index.answers.exporting.tables import Cell, Table
from index.answers.moments import index_facts
from index.engine import IndexInfo
from index.words.families import relations
from web.exporting.downloads import file_name, sent
from web.exporting.setting import SOFTWARE, archive_title, public_url, today


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table to be saved: its kind and the query text, which name the file, the address of its page, and what it has.

    `facts` say what was asked; where the table comes from is added. `count` is the number of rows.
    """

    kind: str
    text: str
    page: str
    facts: Mapping[str, str | int]
    count: int
    names: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    index: IndexInfo


def table_file(table: PageTable, format_: str) -> Response:
    """Return a table in a format, made at once."""
    response = make_response(b"".join(_written(table, format_)))
    response.content_type = FORMATS[format_].media_type
    response.headers["Content-Disposition"] = f"attachment; filename={_name(table, format_)}"
    return _described(response, table)


def table_download(table: PageTable, format_: str) -> Response:
    """Return a table that is sent while its rows are made; ServiceUnavailable while too many are sent."""
    return _described(sent(_written(table, format_), FORMATS[format_].media_type, _name(table, format_)), table)


def _written(table: PageTable, format_: str) -> Iterator[bytes]:
    held = Table(table.kind, dict(_facts(table)), table.names, table.rows, table.count, today())
    return TABLES[format_](held)


def _facts(table: PageTable) -> Iterator[tuple[str, str | int]]:
    yield "archive", archive_title()
    if public_url():
        yield "address", public_url() + table.page.removeprefix(request.script_root)
    yield from table.facts.items()
    yield "rows", table.count
    yield from index_facts(table.index)
    yield from (("families", relations.version()), ("exported", today().isoformat()), ("software", SOFTWARE))


def _name(table: PageTable, format_: str) -> str:
    return file_name(table.text, table.index.id, FORMATS[format_], table.kind)


def _described(response: Response, table: PageTable) -> Response:
    response.headers["X-Kliping-Rows"] = str(table.count)
    response.headers["X-Kliping-Index"] = table.index.id
    return response
