"""The command `flask export`: the whole result of a query in a file."""

from typing import Any, Final

import click
from flask.cli import with_appcontext
from werkzeug.datastructures import MultiDict

from index.answers.exporting.columns import COLUMNS
from index.answers.exporting.export import open_export
from index.answers.exporting.formats import FORMATS, extension
from index.query.errors import BadQuery
from index.query.request import Copies, Lead
from web import params
from web.app_engine import reader
from web.commands.console import pluralized, visible
from web.commands.errors import Command
from web.commands.output_files import OUTPUT, named_format, opened_output
from web.commands.results import print_query_error
from web.exporting import arguments
from web.exporting.setting import setting

COPIES_HELP: Final = "Copies of a story as one, also with texts that are only alike (loose), or each for itself."
LEAD_HELP: Final = "Which article of a story stands for it."


@click.command("export", cls=Command)
@click.argument("query")
@click.option("-o", "--output", default=OUTPUT, metavar="FILE", help="Write into FILE; without it, to standard output.")
@click.option("--format", "format_", type=click.Choice(list(FORMATS)), help="By default that of FILE's name, or csv.")
@click.option(
    "--copies",
    type=click.Choice([one.value for one in Copies]),
    default=Copies.SHOW.value,
    show_default=True,
    help=COPIES_HELP,
)
@click.option(
    "--lead",
    type=click.Choice([one.value for one in Lead]),
    default=Lead.BEST.value,
    show_default=True,
    help=LEAD_HELP,
)
@click.option(
    "--from", "since", metavar="DAY", help="Only articles known to be from this day, month or year, or later."
)
@click.option(
    "--to", "until", metavar="DAY", help="Only articles known to be from this day, month or year, or earlier."
)
@click.option("--fields", metavar="NAMES", help=f"Columns of a table, with commas between: {', '.join(COLUMNS)}.")
@click.option("--text/--no-text", default=None, help="With or without texts; by default, tables have them.")
@click.option("--sample", type=click.IntRange(1, arguments.MOST_CODED), help="Articles of a coding sheet, else 100.")
@click.option(
    "--seed", type=click.IntRange(0, arguments.MOST_SEED), help="What the choice of a coding sheet depends on."
)
@click.option("--codes", metavar="NAMES", help="Empty columns of a coding sheet, with commas between.")
@click.option("--no-about", is_flag=True, help="Do not begin the file with where it comes from.")
@click.option("--no-expand", is_flag=True, help="Search what was typed alone, without short forms and spellings.")
@with_appcontext
def export_command(query: str, output: str, format_: str | None, **wishes: Any) -> None:
    """Write all that QUERY finds, oldest first, into a file.

    An empty QUERY ("") takes the whole archive. Without --copies, there is a row for each article.
    """
    try:
        wanted = format_ or named_format(output, {extension(name): name for name in FORMATS}, "")
        asked = arguments.read(_arguments(query, wanted, wishes))
        export = open_export(reader(), asked.request, setting(asked.request.query))
    except BadQuery as error:
        print_query_error(query, error)
        raise
    with opened_output(output) as file:
        for data in asked.format.write(export):
            file.write(data)
    if output != OUTPUT:
        rows, index = export.provenance.rows, export.provenance.answer.index.id
        told = f"{pluralized(rows, 'row', 'rows')} as {asked.format.name} from index {index}"
        click.echo(f"{visible(output)}: {told}", err=True)


def _arguments(query: str, format_: str, wishes: dict[str, Any]) -> MultiDict[str, str]:
    """The arguments of an address that asks for the same."""
    text = {None: "", True: "on", False: "off"}[wishes["text"]]
    given = {
        params.TEXT: query,
        params.FORMAT: format_,
        params.COPIES: wishes["copies"],
        params.LEAD: wishes["lead"],
        params.SINCE: wishes["since"],
        params.UNTIL: wishes["until"],
        params.FIELDS: wishes["fields"],
        params.TEXTS: text,
        arguments.SAMPLE: _number(wishes["sample"]),
        arguments.SEED: _number(wishes["seed"]),
        arguments.CODES: wishes["codes"],
        params.ABOUT: "off" if wishes["no_about"] else "",
        params.EXPAND: "off" if wishes["no_expand"] else "",
    }
    return MultiDict((name, value) for name, value in given.items() if value)


def _number(value: int | None) -> str:
    return "" if value is None else str(value)
