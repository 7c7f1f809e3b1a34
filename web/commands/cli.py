"""The keeper's commands: `flask reindex`, `search`, `shortforms`, `boilerplate`, `stem`, `info` and `verify`.

What a command prints is made in `terminal`; here options become values, and what goes wrong becomes one sentence on
standard error and an exit status: 0 done, 1 not done or not clean, 2 asked wrongly.
"""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from archive.meanings.short_forms import Kind
from archive.press.boilerplate import BadRules, Rules
from archive.reading.field_names import UnknownField
from archive.reading.progress import Meter
from archive.reading.records import MissingPath
from archive.reading.walking import size
from index.answers.search import search
from index.engine import Damaged, EngineError, IndexInfo, NoIndex
from index.parallel import WorkLost
from index.query.language import BadQuery
from index.query.request import DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE, Copies, Lead, Query, Sort
from index.reindexing.pipeline import NothingRead, Report, Request, reindex
from web.app_engine import engine, explained
from web.commands import short_forms, terminal
from web.commands.stems import stem_lines
from web.commands.zero_results import print_help
from web.config import DEFAULT_RULES, ROOT

Command = TypeVar("Command", bound=Callable[..., Any])


def register(app: Flask) -> None:
    """Give the app its commands."""
    for command in (
        reindex_command,
        search_command,
        shortforms_command,
        stem_command,
        info_command,
        verify_command,
        boilerplate_command,
    ):
        app.cli.add_command(command)


@click.command("reindex")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--map", "mapping", multiple=True, metavar="FIELD=NAME", help="What the files call one of our fields.")
@click.option("--full", is_flag=True, help="Begin from nothing instead of keeping unchanged articles.")
@click.option("--if-needed", is_flag=True, help="Do nothing where a usable index is published.")
@click.option("--dry-run", is_flag=True, help="Read and compare, but leave the index as it is.")
@click.option("--strict", is_flag=True, help="Exit with status 1 if anything was rejected.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as one JSON object.")
@with_appcontext
def reindex_command(paths: tuple[Path, ...], mapping: tuple[str, ...], **flags: bool) -> None:
    """Make the index hold exactly the articles under PATHS.

    PATHS are files and folders; without any, the folder of the setting KLIPING_ARTICLES is read. Readers keep the old
    index until the new one is complete.
    """
    as_json = flags["as_json"]
    usable = _usable() if flags["if_needed"] else None
    if usable is not None:
        terminal.print_unneeded(usable, as_json=as_json)
        return
    given = paths or (_articles_folder(),)
    request = Request(given, _mapping(mapping), full=flags["full"], dry_run=flags["dry_run"], rules=_rules())
    with _failing():
        report = _run(request, as_json=as_json)
        info = None if request.dry_run else engine().info()
    if as_json:
        terminal.print_json(terminal.report_fields(report, info))
    else:
        terminal.print_report(report, info)
    if report.rejected and flags["strict"]:
        raise SystemExit(1)


def _choice(name: str, usual: StrEnum) -> Callable[[Command], Command]:
    """An option that takes one of the values of a kind of wish."""
    kind = type(usual)
    values = click.Choice([value.value for value in kind])
    return click.option(name, type=values, default=usual.value, show_default=True, callback=lambda *told: kind(told[2]))


@click.command("search")
@click.argument("text")
@_choice("--sort", Sort.RELEVANCE)
@_choice("--copies", Copies.FOLD)
@_choice("--lead", Lead.BEST)
@click.option("--page", type=click.IntRange(min=1), default=1, show_default=True)
@click.option("--size", type=click.IntRange(1, MAX_PAGE_SIZE), default=DEFAULT_PAGE_SIZE, show_default=True)
@click.option("--no-expand", is_flag=True, help="Search what was typed alone, without short forms and spellings.")
@with_appcontext
def search_command(text: str, *, no_expand: bool, **wishes: Any) -> None:
    """Print what TEXT finds, in the query language of the search page."""
    with _failing():
        try:
            results = search(engine(), Query(text, expand=not no_expand, **wishes))
            terminal.print_results(results)
            print_help(explained(results))
        except BadQuery as error:
            terminal.print_place(text, error.position)
            raise


@click.command("shortforms")
@click.argument("words", nargs=-1, metavar="[SHORT]...")
@click.option("--ambiguous", is_flag=True, help="Only those that are offered, since they have several meanings.")
@click.option("--learned", "kind", flag_value=Kind.LEARNED.value, help="Only those that articles here define.")
@click.option("--shipped", "kind", flag_value=Kind.SHIPPED.value, help="Only those known without being defined here.")
@with_appcontext
def shortforms_command(words: tuple[str, ...], kind: str | None, *, ambiguous: bool) -> None:
    """List short forms and what they stand for, one a line; those named with articles that define them.

    A line has, with tabs between: short form, name, articles that define it so, share of what the short form means,
    learned or shipped, applied or offered, and ids of articles.
    """
    with _failing():
        if not words:
            forms = engine().short_forms().forms
            kept = (form for form in forms if kind in {None, form.kind} and not (ambiguous and form.applied))
            short_forms.print_all(kept)
        elif not short_forms.print_named(engine(), words):
            raise SystemExit(1)


@click.command("boilerplate")
@click.argument("outlets", nargs=-1, metavar="[OUTLET]...")
@with_appcontext
def boilerplate_command(outlets: tuple[str, ...]) -> None:
    """List the lines that are no part of the articles they stand in, one a line; only of the OUTLETs named, if any.

    A line has, with tabs between: outlet, articles that have it, learned or known, and how it reads (learned) or begins
    (known by its form). The setting KLIPING_BOILERPLATE names a file that keeps or drops lines.
    """
    with _failing():
        lines = engine().boilerplate()
    wanted = {outlet.casefold() for outlet in outlets}
    shown = [line for line in lines if not wanted or line.outlet.casefold() in wanted]
    for line in shown:
        click.echo(f"{line.outlet or '-'}\t{line.articles}\t{'learned' if line.learned else 'known'}\t{line.line}")
    if wanted and not shown:
        raise click.ClickException(f"no line of {', '.join(outlets)} is boilerplate; flask boilerplate lists all")


@click.command("stem")
@click.argument("words", nargs=-1)
@click.option("--explain", is_flag=True, help="Print the readings that were weighed, the heaviest first.")
def stem_command(words: tuple[str, ...], *, explain: bool) -> None:
    """Print each of WORDS with its stem, a tab between; without any, the words of standard input."""
    given = (line.decode("utf-8", "replace") for line in sys.stdin.buffer)
    found = False
    for line in stem_lines(words or given, explain=explain):
        click.echo(line)
        found = True
    if words and not found:
        raise AskedWrongly("there is no word in what was given, only signs; try: flask stem pertemuan")


@click.command("info")
@click.option("--json", "as_json", is_flag=True, help="Print it as one JSON object.")
@with_appcontext
def info_command(*, as_json: bool) -> None:
    """Say which index is published, where it lies and what it holds."""
    with _failing():
        info = engine().info()
    if as_json:
        terminal.print_json(terminal.info_fields(info))
    else:
        terminal.print_info(info, current_app.config["KLIPING_INDEX"])


@click.command("verify")
@with_appcontext
def verify_command() -> None:
    """Read the whole index back; exit with status 1 if anything is not as it was written."""
    with _failing():
        problems = list(engine().check())
        terminal.print_problems(problems, engine().info())
    if problems:
        raise SystemExit(1)


class AskedWrongly(click.ClickException):
    """What the command was given cannot be meant."""

    exit_code = 2


@contextmanager
def _failing() -> Iterator[None]:
    """Turn expected errors into their one sentence and an exit status."""
    try:
        yield
    except EngineError as error:
        raise click.ClickException(str(error)) from error
    except WorkLost as error:
        raise click.ClickException(f"{error}; the index is as it was") from error
    except (MissingPath, UnknownField, BadQuery) as error:
        raise AskedWrongly(str(error)) from error


def _run(request: Request, *, as_json: bool) -> Report:
    """Reindex with progress shown; where nothing could be read, tell why before failing."""
    meter = Meter(size(request.paths))
    try:
        with terminal.progress(meter) as show:
            return reindex(engine(), replace(request, meter=meter), show)
    except NothingRead as error:
        if as_json:
            terminal.print_json({"error": str(error), "rejected": terminal.rejected_fields(error.rejected)})
        else:
            terminal.print_rejected(error.rejected, terminal.aside)
        raise


def _usable() -> IndexInfo | None:
    """What is published, None where nothing is that could be used."""
    with _failing(), suppress(NoIndex, Damaged):
        return engine().info()
    return None


def _articles_folder() -> Path:
    folder = Path(current_app.config["KLIPING_ARTICLES"])
    if not folder.is_dir():
        raise click.ClickException(
            f"there is no folder {folder}; put articles there, or name a path: flask reindex PATH"
        )
    return folder


def _rules() -> Rules:
    """The keeper's own lines of boilerplate; only the file nobody named may be missing."""
    path = Path(current_app.config["KLIPING_BOILERPLATE"])
    if not path.exists() and path == ROOT / DEFAULT_RULES:
        return Rules()
    try:
        return Rules.load(path)
    except (BadRules, OSError, UnicodeDecodeError) as error:
        raise click.ClickException(f"KLIPING_BOILERPLATE is {str(path)!r}; {error}") from error


def _mapping(given: Iterable[str]) -> dict[str, str]:
    """The options `--map FIELD=NAME` as field → name."""
    pairs = [pair.partition("=") for pair in given]
    for field, sign, name in pairs:
        if not (field and sign and name):
            raise click.BadParameter(
                f"{field}{sign}{name} is not FIELD=NAME, such as text=story_body", param_hint="--map"
            )
    return {field.strip(): name.strip() for field, _, name in pairs}
