"""The tables of a batch as CSV, for a response and for a command."""

from collections.abc import Iterator
from typing import Final

from flask import Response, make_response

from index.answers.exporting import delimited
from web.workbench.batch import COUNT_COLUMNS, HIT_COLUMNS, Batch, count_rows, facts, hit_rows

CSV: Final = "text/csv; charset=utf-8"


def table_lines(batch: Batch, kind: str) -> Iterator[bytes]:
    """Yield the table of counts, or of hits, as a CSV file."""
    if kind == "hits":
        return delimited.table(facts(batch), HIT_COLUMNS, hit_rows(batch))
    return delimited.table(facts(batch), COUNT_COLUMNS, count_rows(batch))


def table_response(batch: Batch, kind: str) -> Response:
    """Return the table of counts, or of hits, as a download."""
    response = make_response(b"".join(table_lines(batch, kind)))
    response.content_type = CSV
    response.headers["Content-Disposition"] = f"attachment; filename=kliping-batch-{kind}-{batch.index.id}.csv"
    response.headers["X-Kliping-Index"] = batch.index.id
    return response
