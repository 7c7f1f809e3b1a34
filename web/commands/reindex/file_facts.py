"""What the files of a reindex did not give, as output: columns not used, facts that articles lack, dates not read."""

from collections.abc import Sequence
from shlex import quote

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from index.reindexing.file_facts import FileFacts, UnusedField
from web.commands.console import pluralized, visible

FILES_SHOWN = 10  # --json lists up to a thousand
UNUSED_SHOWN = 8  # names in a table; the rest follow by name
NAMES_SHOWN = 30  # of the rest
COUNT_COLUMN = 2
LONGEST_NAME, LONGEST_EXAMPLE = 32, 48  # characters


def fields(files: Sequence[FileFacts]) -> list[dict[str, object]]:
    """Return what is told about each file as plain values."""
    return [
        {
            "where": one.where,
            "records": one.records,
            "articles": one.facts.articles,
            "without_date": one.facts.undated,
            "without_outlet": one.facts.without_outlet,
            "without_title": one.facts.without_title,
            "unread_dates": one.facts.unread_dates,
            "unread_date_examples": list(one.facts.unread_examples),
            "left_out": dict(one.left_out),
            "unused": [
                {"name": name.name, "records": name.records, "example": name.example, "map": _mapping(name)}
                for name in one.unused
            ],
        }
        for one in files
    ]


def print_first(files: Sequence[FileFacts], console: Console) -> None:
    """Print what is told about the first files."""
    for one in files[:FILES_SHOWN]:
        _print_file(one, console)
    if len(files) > FILES_SHOWN:
        more = pluralized(len(files) - FILES_SHOWN, "file", "files")
        console.print(f"… and of {more} more; --json lists them")


def _print_file(one: FileFacts, console: Console) -> None:
    console.print(f"[bold]{escape(visible(one.where))}[/]: {', '.join(_lacking(one))}", soft_wrap=True, highlight=False)
    if one.left_out:
        counts = ", ".join(f"{count:,} {kind}" for kind, count in one.left_out.items())
        console.print(f"  left out: {escape(visible(counts))}", soft_wrap=True, highlight=False)
    for name in one.suggested:
        console.print(
            f"  [bold]{_cut(name.name, LONGEST_NAME)}[/] looks like {_ARTICLES[name.suggested or '']} and is not used "
            f"(“{_cut(name.example, LONGEST_EXAMPLE)}”): --map {escape(quote(visible(_mapping(name) or '')))}",
            soft_wrap=True,
            highlight=False,
        )
    if one.facts.unread_dates:
        examples = ", ".join(f"“{_cut(example, LONGEST_EXAMPLE)}”" for example in one.facts.unread_examples)
        dates = pluralized(one.facts.unread_dates, "date", "dates")
        console.print(f"  {dates} could not be read: {examples}", soft_wrap=True, highlight=False)
    _print_unused([name for name in one.unused if not name.suggested], console)


def _print_unused(unused: Sequence[UnusedField], console: Console) -> None:
    """Print the names that were not used, with the number of records and an example."""
    if not unused:
        return
    table = Table.grid(padding=(0, 2))
    for number in range(4):
        table.add_column(justify="right" if number == COUNT_COLUMN else "left", no_wrap=True)
    for at, name in enumerate(unused[:UNUSED_SHOWN]):
        title = "  not used" if at == 0 else ""
        cells = _cut(name.name, LONGEST_NAME), f"{name.records:,}", _cut(name.example, LONGEST_EXAMPLE)
        table.add_row(title, *cells)
    console.print(table, highlight=False)
    if rest := unused[UNUSED_SHOWN:]:
        names = ", ".join(_cut(name.name, LONGEST_NAME) for name in rest[:NAMES_SHOWN])
        more = f" and {len(rest) - NAMES_SHOWN:,} more" if len(rest) > NAMES_SHOWN else ""
        console.print(f"  nor {names}{more}", soft_wrap=True, highlight=False)


def _lacking(one: FileFacts) -> list[str]:
    """The counts of a file: its records, and how many articles lack which fact."""
    facts = one.facts
    counts = (
        ("without a date", facts.undated),
        ("without an outlet", facts.without_outlet),
        ("without a title", facts.without_title),
    )
    return [pluralized(one.records, "record", "records"), *(f"{count:,} {lack}" for lack, count in counts if count)]


_ARTICLES = {
    "date": "a date",
    "url": "the address of the article",
    "outlet": "the outlet",
    "reporter": "the name of a reporter",
    "title": "the title",
}


def _mapping(name: UnusedField) -> str | None:
    return f"{name.suggested}={name.name}" if name.suggested else None


def _cut(words: str, longest: int) -> str:
    plain = " ".join(visible(words).split())
    return escape(plain if len(plain) <= longest else plain[: longest - 1] + "…")
