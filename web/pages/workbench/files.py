"""Tables of the workbench as CSV files, in the form of exports: facts on where they come from, then a table."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from flask import Response, make_response, request

from index.answers.exporting import delimited
from index.answers.exporting.formats import FORMATS
from index.answers.moments import index_facts
from index.engine import IndexInfo
from index.words.families import relations
from web.exporting.downloads import file_name, sent
from web.exporting.setting import SOFTWARE, archive_title, public_url, today

Cell = str | int | float | None
_CSV: Final = FORMATS["csv"]


@dataclass(frozen=True, slots=True)
class Table:
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


def csv_file(table: Table) -> Response:
    """Return a table that is made at once."""
    response = make_response(b"".join(_written(table)))
    response.content_type = _CSV.media_type
    response.headers["Content-Disposition"] = f"attachment; filename={_name(table)}"
    return _described(response, table)


def csv_download(table: Table) -> Response:
    """Return a table that is sent while its rows are made; ServiceUnavailable while too many are sent."""
    return _described(sent(_written(table), _CSV.media_type, _name(table)), table)


def _written(table: Table) -> Iterator[bytes]:
    return delimited.table(dict(_facts(table)), table.names, table.rows)


def _facts(table: Table) -> Iterator[tuple[str, str | int]]:
    yield "archive", archive_title()
    if public_url():
        yield "address", public_url() + table.page.removeprefix(request.script_root)
    yield from table.facts.items()
    yield "rows", table.count
    yield from index_facts(table.index)
    yield from (("families", relations.version()), ("exported", today().isoformat()), ("software", SOFTWARE))


def _name(table: Table) -> str:
    return file_name(table.text, table.index.id, _CSV, table.kind)


def _described(response: Response, table: Table) -> Response:
    response.headers["X-Kliping-Rows"] = str(table.count)
    response.headers["X-Kliping-Index"] = table.index.id
    return response
