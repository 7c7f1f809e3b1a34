"""The commands of `flask`: `search`, `shortforms`, `boilerplate`, `stem`, `info`, `verify`, and where the others are.

Each command parses its options and prints its answer. The docstrings of the commands are their help texts; `errors`
turns what they raise into one sentence on standard error and an exit status.
"""

import sys
from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from archive.meanings.sense_selection import ShortFormKind
from index.answers.search import search
from index.expansion.short_form_finder import ShortFormFinder
from index.query.errors import BadQuery
from index.query.request import DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE, Copies, Lead, Query, Sort
from index.words.stemming import Stemmer, use_stemmer
from web.app_engine import engine, reader, zero_results_help
from web.commands import index_facts, short_forms
from web.commands.agreements import agreement_command
from web.commands.backups import backup_command, restore_command
from web.commands.batches import batch_command
from web.commands.console import print_fields, print_json, visible
from web.commands.errors import Command, InvalidInput
from web.commands.exports import COPIES_HELP, LEAD_HELP, export_command
from web.commands.index_changes import diff_index_command
from web.commands.reindex.command import reindex_command
from web.commands.results import print_query_error, print_results
from web.commands.search_output import print_answer_json, print_hits_csv
from web.commands.stems import stem_lines
from web.commands.zero_results import print_zero_results_help

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


def register(app: Flask) -> None:
    """Register the commands of the app."""
    for command in (
        reindex_command,
        search_command,
        export_command,
        batch_command,
        diff_index_command,
        agreement_command,
        shortforms_command,
        stem_command,
        info_command,
        verify_command,
        boilerplate_command,
        backup_command,
        restore_command,
    ):
        app.cli.add_command(command)


def _enum_option(name: str, usual: StrEnum, told: str) -> Callable[[Decorated], Decorated]:
    """Return an option that takes one of the values of an enum, by default `usual`; `told` is its help."""
    kind = type(usual)
    values = click.Choice([value.value for value in kind])
    return click.option(
        name, type=values, default=usual.value, show_default=True, callback=lambda *given: kind(given[2]), help=told
    )


@click.command("search", cls=Command)
@click.argument("text")
@_enum_option("--sort", Sort.RELEVANCE, "The order of hits.")
@_enum_option("--copies", Copies.FOLD, COPIES_HELP)
@_enum_option("--lead", Lead.BEST, LEAD_HELP)
@click.option("--page", type=click.IntRange(min=1), default=1, show_default=True, help="Which page of hits.")
@click.option(
    "--size", type=click.IntRange(1, MAX_PAGE_SIZE), default=DEFAULT_PAGE_SIZE, show_default=True, help="Hits a page."
)
@click.option("--no-expand", is_flag=True, help="Search what was typed alone, without short forms and spellings.")
@click.option("--off", multiple=True, metavar="FORM", help="Leave out this form of a word, or this expansion.")
@click.option("--on", multiple=True, metavar="FORM", help="Also search this far relative of a word.")
@click.option("--json", "as_json", is_flag=True, help="Print the answer of the API as one JSON object.")
@click.option("--csv", "as_csv", is_flag=True, help="Print the hits as a table.")
@with_appcontext
def search_command(text: str, *, no_expand: bool, as_json: bool, as_csv: bool, **wishes: Any) -> None:
    """Print what TEXT finds.

    TEXT is written in the query language of the search page: AND, OR, NOT, "phrases", wild*, outlet:name and more.
    """
    if as_json and as_csv:
        raise InvalidInput("--json and --csv exclude each other; leave one of them out")
    try:
        results = search(reader(), Query(text, expand=not no_expand, **wishes))
        if as_json or as_csv:
            (print_answer_json if as_json else print_hits_csv)(results)
            return
        print_results(results)
        print_zero_results_help(zero_results_help(results))
    except BadQuery as error:
        print_query_error(text, error)
        raise


@click.command("shortforms", cls=Command)
@click.argument("words", nargs=-1, metavar="[SHORT]...")
@click.option("--ambiguous", is_flag=True, help="Only those that are offered, since they have several meanings.")
@click.option("--learned", "kind", flag_value=ShortFormKind.LEARNED.value, help="Only those that articles here define.")
@click.option(
    "--shipped", "kind", flag_value=ShortFormKind.SHIPPED.value, help="Only those known without being defined here."
)
@with_appcontext
def shortforms_command(words: tuple[str, ...], kind: str | None, *, ambiguous: bool) -> None:
    """List short forms and what they stand for, one a line.

    Those that are named come with articles that define them.

    A line has, with tabs between: short form, name, articles that define it so, share of what the short form means,
    learned or shipped, applied or offered, and ids of articles.
    """
    if not words:
        forms = ShortFormFinder(reader().short_forms(), reader().vocabulary()).all_forms()
        kept = (form for form in forms if kind in {None, form.kind} and not (ambiguous and form.applied))
        short_forms.print_all(kept)
    elif not short_forms.print_named(reader(), words):
        raise SystemExit(1)


@click.command("boilerplate", cls=Command)
@click.argument("outlets", nargs=-1, metavar="[OUTLET]...")
@with_appcontext
def boilerplate_command(outlets: tuple[str, ...]) -> None:
    """List the lines that are no part of their articles.

    With OUTLETs, theirs alone. A line has, with tabs between: outlet, articles that have it, learned or known, and
    how it reads (learned) or begins (known by its form). The setting KLIPING_BOILERPLATE names a file that keeps or
    drops lines.
    """
    lines = reader().boilerplate()
    wanted = {outlet.casefold() for outlet in outlets}
    shown = [line for line in lines if not wanted or line.outlet.casefold() in wanted]
    for line in shown:
        print_fields((line.outlet or "-", str(line.articles), "learned" if line.learned else "known", line.line))
    if wanted and not shown:
        raise click.ClickException(
            f"no line of {visible(', '.join(outlets))} is boilerplate; flask boilerplate lists all"
        )


@click.command("stem", cls=Command)
@click.argument("words", nargs=-1)
@click.option("--explain", is_flag=True, help="Print the readings that were weighed, the heaviest first.")
@click.option(
    "--stemmer", type=click.Choice([one.value for one in Stemmer]), help="Stem by this one in place of KLIPING_STEMMER."
)
def stem_command(words: tuple[str, ...], *, explain: bool, stemmer: str | None) -> None:
    """Print words with their stems.

    A line has a word, a tab and its stem. Without WORDS, those of standard input are taken.
    """
    if stemmer:
        use_stemmer(Stemmer(stemmer))
    given = (line.decode("utf-8", "replace") for line in sys.stdin.buffer)
    found = False
    for line in stem_lines(words or given, explain=explain):
        click.echo(line)
        found = True
    if words and not found:
        raise InvalidInput("there is no word in what was given, only signs; try: flask stem pertemuan")


@click.command("info", cls=Command)
@click.option("--json", "as_json", is_flag=True, help="Print it as one JSON object.")
@with_appcontext
def info_command(*, as_json: bool) -> None:
    """Say which index is published and what it holds."""
    info = reader().info()
    if as_json:
        print_json(index_facts.info_fields(info))
    else:
        index_facts.print_info(info, current_app.config["KLIPING_INDEX"])


@click.command("verify", cls=Command)
@with_appcontext
def verify_command() -> None:
    """Read the whole index back and name what is damaged.

    The exit status is 1 if anything is not as it was written.
    """
    problems = list(engine().check())
    index_facts.print_problems(problems, None if problems else reader().info())
    if problems:
        raise SystemExit(1)
