"""The command `flask batch`: many queries counted at once."""

import json
import sys
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import with_appcontext
from werkzeug.datastructures import MultiDict

from index.query.request import MAX_PAGE_SIZE, Query
from index.trends import Interval
from web import params
from web.commands.console import visible
from web.commands.errors import Command, InvalidInput
from web.commands.output_files import OUTPUT, named_format, opened_output
from web.serialization.batch import batch_json
from web.workbench.batch import Batch, batch_of
from web.workbench.batch_arguments import FORMATS, BatchArguments, listed_queries
from web.workbench.batch_files import table_lines

ENDINGS = {"csv": "counts", "json": "json", "xlsx": "counts.xlsx"}  # of the names of files


@click.command("batch", cls=Command)
@click.argument("queries", metavar="FILE")
@click.option("-o", "--output", default=OUTPUT, metavar="FILE", help="Write into FILE; without it, to standard output.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    help="A table of counts or of hits, as CSV or Excel, or both as JSON; by default that of FILE's name, or counts.",
)
@click.option("--by", type=click.Choice([one.value for one in Interval]), default="year", show_default=True)
@click.option(
    "--hits", type=click.IntRange(0, MAX_PAGE_SIZE), default=10, show_default=True, help="How many hits of each query."
)
@click.option("--from", "since", metavar="DAY", help="Only articles known to be from this day or later.")
@click.option("--to", "until", metavar="DAY", help="Only articles known to be from this day or earlier.")
@with_appcontext
def batch_command(queries: str, output: str, format_: str | None, **wishes: Any) -> None:
    """Count each query of FILE by outlet and period.

    FILE has one query a line, or is a table with the column "query", and perhaps "name"; "-" is standard input. A query
    that cannot be read is told at the end, and the exit status is 1.
    """
    wanted = format_ or named_format(output, ENDINGS, "counts")
    listed = tuple(listed_queries(_read(queries)))
    days = MultiDict((name, wishes[key] or "") for name, key in ((params.SINCE, "since"), (params.UNTIL, "until")))
    shared = params.read(days)
    if not listed:
        raise InvalidInput(f"there is no query in {visible(queries)}")
    batch = batch_of(_asked(listed, shared, wishes), most_seconds=float("inf"))
    with opened_output(output) as file:
        for data in _written(batch, wanted):
            file.write(data)
    for entry in batch.errors:
        told = f"line {entry.listed.line}: {entry.label}: {entry.error}"
        click.echo(visible(told), err=True)
    if batch.errors:
        raise SystemExit(1)


def _asked(listed: tuple[Any, ...], shared: Query, wishes: dict[str, Any]) -> BatchArguments:
    return BatchArguments(listed, shared, Interval(wishes["by"]), wishes["hits"])


def _read(name: str) -> str:
    data = sys.stdin.buffer.read() if name == OUTPUT else Path(name).read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidInput(f"{visible(name)} is not in UTF-8; save it as text or CSV in UTF-8") from None


def _written(batch: Batch, format_: str) -> Any:
    if format_ != "json":
        return table_lines(batch, format_)
    with current_app.test_request_context():
        return [(json.dumps(batch_json(batch), ensure_ascii=False) + "\n").encode("utf-8", "replace")]
