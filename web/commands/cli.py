"""The commands of `flask`: `reindex`, `search`, `shortforms`, `boilerplate`, `stem`, `info`, `verify`, and others.

This module parses options and turns errors into one sentence on standard error and an exit status: 0 for success, 1
for failure or problems found, 2 for invalid input. Most output is formatted in `terminal`. The docstrings of the
commands are their help texts.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from archive.meanings.sense_selection import ShortFormKind
from archive.reading.field_names import UnknownField
from archive.reading.file_discovery import total_bytes
from archive.reading.progress import ReadingProgress
from archive.reading.records import MissingPath
from index.answers.search import search
from index.engine import DamagedIndex, EngineError, IndexInfo, NoIndex
from index.expansion.short_form_finder import ShortFormFinder
from index.parallel import WorkerDied
from index.query.errors import BadQuery
from index.query.request import DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE, Copies, Lead, Query, Sort
from index.reindexing.pipeline import reindex
from index.reindexing.reject_log import NothingRead
from index.reindexing.report import ReindexReport
from index.reindexing.request import ReindexRequest
from index.words.stemming import Stemmer, use_stemmer
from web.app_engine import engine, reader, zero_results_help
from web.commands import kept, rejects, short_forms, terminal
from web.commands.agreements import agreement_command
from web.commands.backups import backup_command, restore_command
from web.commands.batches import batch_command
from web.commands.console import err, print_fields, print_json, visible
from web.commands.exports import export_command
from web.commands.index_changes import diff_index_command
from web.commands.output_errors import Command
from web.commands.reindex_request import request_by_settings
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


@click.command("reindex", cls=Command)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, readable=False))  # told by the reading itself
@click.option("--map", "mapping", multiple=True, metavar="FIELD=NAME", help="What the files call one of our fields.")
@click.option("--full", is_flag=True, help="Begin from nothing instead of keeping unchanged articles.")
@click.option("--if-needed", is_flag=True, help="Do nothing where a usable index is published.")
@click.option("--dry-run", is_flag=True, help="Read and compare, but leave the index as it is.")
@click.option("--allow-removals", is_flag=True, help="Remove articles that are gone, however many they are.")
@click.option("--strict", is_flag=True, help="Exit with status 1 if anything was rejected.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as one JSON object.")
@with_appcontext
def reindex_command(paths: tuple[Path, ...], mapping: tuple[str, ...], **flags: bool) -> None:
    """Make the index hold exactly the articles under PATHS.

    PATHS are files and folders; without any, the folder of the setting KLIPING_ARTICLES is read. Readers keep the old
    index until the new one is complete.
    """
    as_json = flags["as_json"]
    usable = _published_index() if flags["if_needed"] else None
    if usable is not None:
        terminal.print_not_needed(usable, as_json=as_json)
        return
    request = replace(
        request_by_settings(paths, mapping),
        full=flags["full"],
        dry_run=flags["dry_run"],
        allow_removals=flags["allow_removals"],
    )
    with _reporting_errors():
        report = _run(request, as_json=as_json)
        info = None if request.dry_run else engine().info()
    if as_json:
        print_json(terminal.report_fields(report, info))
    else:
        terminal.print_report(report, info)
    if report.refusal:
        raise click.ClickException(visible(report.refusal))
    if report.kept:
        raise click.ClickException(visible(kept.sentence(report.kept)))
    if report.unmet_names:
        names = ", ".join(f"“{name}”" for name in report.unmet_names)
        raise click.ClickException(visible(f"--map: no file has a field {names}; everything was read as without it"))
    if report.rejects.count and flags["strict"]:
        raise SystemExit(1)


def _enum_option(name: str, usual: StrEnum) -> Callable[[Decorated], Decorated]:
    """Return an option that takes one of the values of an enum, by default `usual`."""
    kind = type(usual)
    values = click.Choice([value.value for value in kind])
    return click.option(name, type=values, default=usual.value, show_default=True, callback=lambda *told: kind(told[2]))


@click.command("search", cls=Command)
@click.argument("text")
@_enum_option("--sort", Sort.RELEVANCE)
@_enum_option("--copies", Copies.FOLD)
@_enum_option("--lead", Lead.BEST)
@click.option("--page", type=click.IntRange(min=1), default=1, show_default=True)
@click.option("--size", type=click.IntRange(1, MAX_PAGE_SIZE), default=DEFAULT_PAGE_SIZE, show_default=True)
@click.option("--no-expand", is_flag=True, help="Search what was typed alone, without short forms and spellings.")
@click.option("--off", multiple=True, metavar="FORM", help="Leave out this form of a word, or this expansion.")
@click.option("--on", multiple=True, metavar="FORM", help="Also search this far relative of a word.")
@click.option("--json", "as_json", is_flag=True, help="Print the answer of the API as one JSON object.")
@click.option("--csv", "as_csv", is_flag=True, help="Print the hits as a table.")
@with_appcontext
def search_command(text: str, *, no_expand: bool, as_json: bool, as_csv: bool, **wishes: Any) -> None:
    """Print what TEXT finds, in the query language of the search page."""
    if as_json and as_csv:
        raise InvalidInput("--json and --csv exclude each other; leave one of them out")
    with _reporting_errors():
        try:
            results = search(reader(), Query(text, expand=not no_expand, **wishes))
            if as_json or as_csv:
                (print_answer_json if as_json else print_hits_csv)(results)
                return
            terminal.print_results(results)
            print_zero_results_help(zero_results_help(results))
        except BadQuery as error:
            terminal.print_query_error(text, error)
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
    """List short forms and what they stand for, one a line; those named with articles that define them.

    A line has, with tabs between: short form, name, articles that define it so, share of what the short form means,
    learned or shipped, applied or offered, and ids of articles.
    """
    with _reporting_errors():
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
    """List the lines that are no part of the articles they stand in, one a line; only of the OUTLETs named, if any.

    A line has, with tabs between: outlet, articles that have it, learned or known, and how it reads (learned) or begins
    (known by its form). The setting KLIPING_BOILERPLATE names a file that keeps or drops lines.
    """
    with _reporting_errors():
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
    """Print each of WORDS with its stem, a tab between; without any, the words of standard input."""
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
    """Say which index is published, where it lies and what it holds."""
    with _reporting_errors():
        info = reader().info()
    if as_json:
        print_json(terminal.info_fields(info))
    else:
        terminal.print_info(info, current_app.config["KLIPING_INDEX"])


@click.command("verify", cls=Command)
@with_appcontext
def verify_command() -> None:
    """Read the whole index back; exit with status 1 if anything is not as it was written."""
    with _reporting_errors():
        problems = list(engine().check())
        terminal.print_problems(problems, None if problems else reader().info())
    if problems:
        raise SystemExit(1)


class InvalidInput(click.ClickException):
    """The input of a command is invalid."""

    exit_code = 2


@contextmanager
def _reporting_errors() -> Iterator[None]:
    """Turn expected errors into one sentence on standard error and an exit status."""
    try:
        yield
    except EngineError as error:
        raise click.ClickException(visible(str(error))) from error
    except WorkerDied as error:
        raise click.ClickException(f"{error}; the index is as it was") from error
    except (MissingPath, UnknownField, BadQuery) as error:
        raise InvalidInput(visible(str(error))) from error


def _run(request: ReindexRequest, *, as_json: bool) -> ReindexReport:
    """Reindex and show the progress; if nothing could be read, print the reasons before failing."""
    meter = ReadingProgress(total_bytes(request.paths))
    try:
        with terminal.progress(meter) as show:
            return reindex(engine(), replace(request, meter=meter), show)
    except NothingRead as error:
        if as_json:
            print_json({"error": str(error), **rejects.fields(error.rejects)})
        else:
            rejects.print_first(error.rejects, err)
        raise


def _published_index() -> IndexInfo | None:
    """Return the published index, or None if there is none that can be used."""
    with _reporting_errors(), suppress(NoIndex, DamagedIndex):
        return engine().info()
    return None
