"""The facts of an index as output: for `flask info` and `flask verify`, and in the JSON of other commands."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.markup import escape
from rich.table import Table

from index.answers.moments import moment
from index.engine import IndexInfo
from index.words.families import relations
from index.words.stemming import stemmer
from web.commands.console import out, pluralized, visible


def info_fields(info: IndexInfo) -> dict[str, object]:
    """Return the facts of the published index as plain values."""
    held = {"id": info.id, "articles": info.articles, "stories": info.stories, "built": moment(info.built)}
    return {**held, "stemmer": stemmer().value, "families": relations.version(), "notes": list(info.notes)}


def print_info(info: IndexInfo, location: object) -> None:
    """Print the facts of the published index, and its folder or address."""
    rows = {"index": info.id, "articles": f"{info.articles:,}", "stories": f"{info.stories:,}"}
    rows |= {"built": f"{info.built.astimezone():%Y-%m-%d %H:%M:%S %z}", "stemmer": stemmer().value}
    rows |= {"families": relations.version()}
    out.print(pairs_table(rows))
    for note in info.notes:
        out.print(escape(visible(f"{note[0].upper()}{note[1:]}.")), soft_wrap=True)
    kind = "folder " if isinstance(location, Path) else "servers"
    out.print(f"{kind} {escape(visible(str(location)))}", soft_wrap=True)  # a path is copied: never cut, never wrapped


def print_problems(problems: Sequence[str], info: IndexInfo | None) -> None:
    """Print the problems that a verification found, or that there are none in the index that `info` describes."""
    for problem in problems:
        out.print(escape(visible(problem)), soft_wrap=True)
    if problems:
        out.print(f"{pluralized(len(problems), 'problem', 'problems')}. Remedy: flask reindex --full")
    elif info is not None:
        held = f"{pluralized(info.articles, 'article', 'articles')}, {pluralized(info.stories, 'story', 'stories')}"
        out.print(f"Index {info.id} is as it was written: {held}.")


def pairs_table(rows: Mapping[str, str]) -> Table:
    """Return a table of names and values, values to the right."""
    table = Table.grid(padding=(0, 2))
    table.add_column()
    table.add_column(justify="right")
    for name, value in rows.items():
        table.add_row(name, escape(visible(value)))
    return table
