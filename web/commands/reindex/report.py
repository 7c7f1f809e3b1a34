"""The report of a reindex as output: a table with the first rejects and what files lack, or plain values."""

import click
from rich.markup import escape

from archive.copies.stories import StageCounts
from index.engine import IndexInfo
from index.reindexing.report import ReindexReport
from web.commands.console import out, print_json, visible
from web.commands.index_facts import info_fields, pairs_table
from web.commands.reindex import file_facts, kept, rejects
from web.commands.reindex.progress import rate


def report_fields(report: ReindexReport, info: IndexInfo | None) -> dict[str, object]:
    """Return the report of a reindex as plain values; `info` is None for a dry run."""
    counts = {name: getattr(report, name) for name in ("read", "new", "changed", "unchanged", "removed")}
    stages = report.stages and {name: getattr(report.stages, name) for name in report.stages.__slots__}
    index = None if info is None else info_fields(info)
    return {
        **counts,
        "kept": kept.fields(report.kept),
        **rejects.fields(report.rejects),
        "files": file_facts.fields(report.files),
        "refusal": report.refusal or None,
        "stages": stages,
        "seconds": round(report.seconds, 3),
        "discarded": report.discarded,
        "unmet_names": list(report.unmet_names),
        "index": index,
    }


def print_report(report: ReindexReport, info: IndexInfo | None) -> None:
    """Print the summary table of a reindex, and the first rejected items with their reasons."""
    rows: dict[str, object] = {
        name: getattr(report, name) for name in ("read", "new", "changed", "unchanged", "removed")
    }
    rows["kept"] = report.kept_articles
    rows["rejected"] = report.rejects.count
    if info is not None:
        rows["stories"] = info.stories
    table = pairs_table({name: f"{count:,}" for name, count in rows.items()})
    table.add_row("seconds", f"{report.seconds:,.1f}  ({rate(report.read, report.seconds)}/s)")
    out.print(table)
    if report.discarded:
        out.print(escape(visible(f"Everything was read again: {report.discarded}")), soft_wrap=True)
    if report.stages is not None:
        out.print(copies_summary(report.stages), highlight=False)
    kept.print_first(report.kept, out)
    rejects.print_first(report.rejects, out)
    file_facts.print_first(report.files, out)
    if info is None:
        out.print("Dry run: the index is as it was.")


def copies_summary(stages: StageCounts) -> str:
    """Format the stages of the near-duplicate detection, from articles to stories, as one line."""
    pairs = (("edited", stages.edited), ("cut or extended", stages.cut), ("of one template", stages.templates))
    others = (("round-ups", stages.round_ups), ("sharing passages", stages.passages))
    text = ", ".join(f"{count:,} {name}" for name, count in (*pairs, *others))
    return (
        f"copies: {stages.fingerprinted:,} articles fingerprinted, {stages.texts:,} different texts, "
        f"{stages.candidates:,} pairs compared: {text}; {stages.stories:,} stories of several articles"
    )


def print_not_needed(info: IndexInfo, *, as_json: bool) -> None:
    """Print that a reindex was not needed."""
    if as_json:
        print_json({"needed": False, "index": info_fields(info)})
    else:
        click.echo("The index is usable; nothing to do.", err=True)
