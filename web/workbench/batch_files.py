"""The tables of a batch as files, for a response and for a command."""

from collections.abc import Iterator
from typing import Final

from flask import Response, make_response

from index.answers.exporting.formats import FORMATS, TABLES
from index.answers.exporting.tables import Table
from web.exporting.setting import today
from web.workbench.batch import COUNT_COLUMNS, HIT_COLUMNS, Batch, count_rows, facts, hit_rows

_CONTENTS: Final = {"counts": (COUNT_COLUMNS, count_rows), "hits": (HIT_COLUMNS, hit_rows)}


def table_lines(batch: Batch, wanted: str) -> Iterator[bytes]:
    """Yield the table of counts, or of hits, as a file; `wanted` is a format of batches that is a table."""
    kind, format_ = _parts(wanted)
    columns, rows = _CONTENTS[kind]
    count = sum(1 for _ in rows(batch))
    return TABLES[format_](Table(kind, facts(batch), columns, rows(batch), count, today()))


def table_response(batch: Batch, wanted: str) -> Response:
    """Return the table of counts, or of hits, as a download."""
    kind, format_ = _parts(wanted)
    response = make_response(b"".join(table_lines(batch, wanted)))
    response.content_type = FORMATS[format_].media_type
    response.headers["Content-Disposition"] = f"attachment; filename=kliping-batch-{kind}-{batch.index.id}.{format_}"
    response.headers["X-Kliping-Index"] = batch.index.id
    return response


def _parts(wanted: str) -> tuple[str, str]:
    """The table and the format that `counts`, `counts.xlsx` and so on ask for."""
    kind, _, ending = wanted.partition(".")
    return kind, ending or "csv"
