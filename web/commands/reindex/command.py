"""The command `flask reindex` with its options and exit statuses."""

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import click
from flask.cli import with_appcontext

from archive.reading.file_discovery import total_bytes
from archive.reading.progress import ReadingProgress
from index.engine import DamagedIndex, IndexInfo, NoIndex
from index.reindexing.pipeline import reindex
from index.reindexing.reject_log import NothingRead
from index.reindexing.report import ReindexReport
from index.reindexing.request import ReindexRequest
from web.app_engine import engine
from web.commands.console import err, print_json, visible
from web.commands.errors import Command
from web.commands.reindex import kept, rejects
from web.commands.reindex.progress import progress
from web.commands.reindex.report import print_not_needed, print_report, report_fields
from web.commands.reindex.request import request_by_settings

# The new index is published in one step, which may have come just before.
INTERRUPTED = "interrupted; the index is whole: as it was, or the new one if that was published already (flask info)"


@click.command("reindex", cls=Command)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, readable=False))  # told by the reading itself
@click.option(
    "--map", "mapping", multiple=True, metavar="FIELD=NAME", help="What the files call one of our fields; repeatable."
)
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
        print_not_needed(usable, as_json=as_json)
        return
    request = replace(
        request_by_settings(paths, mapping),
        full=flags["full"],
        dry_run=flags["dry_run"],
        allow_removals=flags["allow_removals"],
    )
    report = _run(request, as_json=as_json)
    info = None if request.dry_run else engine().info()
    if as_json:
        print_json(report_fields(report, info))
    else:
        print_report(report, info)
    if report.refusal:
        raise click.ClickException(visible(report.refusal))
    if report.kept:
        raise click.ClickException(visible(kept.sentence(report.kept)))
    if report.unmet_names:
        names = ", ".join(f"“{name}”" for name in report.unmet_names)
        raise click.ClickException(visible(f"--map: no file has a field {names}; everything was read as without it"))
    if report.rejects.count and flags["strict"]:
        raise SystemExit(1)


def _run(request: ReindexRequest, *, as_json: bool) -> ReindexReport:
    """Reindex and show the progress; if nothing could be read, print the reasons before failing."""
    meter = ReadingProgress(total_bytes(request.paths))
    try:
        with progress(meter) as show:
            return reindex(engine(), replace(request, meter=meter), show)
    except NothingRead as error:
        if as_json:
            print_json({"error": str(error), **rejects.fields(error.rejects)})
        else:
            rejects.print_first(error.rejects, err)
        raise
    except KeyboardInterrupt as error:
        raise click.ClickException(INTERRUPTED) from error


def _published_index() -> IndexInfo | None:
    """Return the published index, or None if there is none that can be used."""
    with suppress(NoIndex, DamagedIndex):
        return engine().info()
    return None
