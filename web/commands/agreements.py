"""The command `flask agreement`: how far the coders of copies of one coding sheet agree."""

from pathlib import Path

import click

from index.answers.exporting.agreement import Agreement, BadSheet, Level, agreements, read_sheet
from web.commands.console import print_fields, print_json, visible
from web.commands.errors import Command, InvalidInput


@click.command("agreement", cls=Command)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE FILE...")
@click.option(
    "--level",
    type=click.Choice([one.value for one in Level]),
    default=Level.NOMINAL.value,
    show_default=True,
    help="What codes are: names, ranks, or numbers.",
)
@click.option("--json", "as_json", is_flag=True, help="Print it as one JSON object.")
def agreement_command(files: tuple[Path, ...], level: str, *, as_json: bool) -> None:
    """Tell how far coders of the same sheet agree.

    Each FILE is a copy of one coding sheet that a coder filled in. A line has, with tabs between: column, units with
    two codes or more, share of agreement, Cohen's kappa (both of two coders only) and Krippendorff's alpha; "-" where
    one is undefined.
    """
    if len(files) < 2:  # one coder agrees with nobody
        raise InvalidInput("name the sheets of at least two coders")
    try:
        sheets = [read_sheet(path) for path in files]
        found = agreements(sheets, Level(level))
    except BadSheet as error:
        raise InvalidInput(visible(str(error))) from error
    if not found:
        raise InvalidInput("the sheets have no column of codes in common")
    if as_json:
        rows = [{name: getattr(one, name) for name in Agreement.__slots__} for one in found]
        print_json({"coders": [sheet.coder for sheet in sheets], "level": level, "columns": rows})
        return
    print_fields(("column", "units", "agreement", "kappa", "alpha"))
    for one in found:
        print_fields((one.column, str(one.units), *map(_shown, (one.same, one.kappa, one.alpha))))


def _shown(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
