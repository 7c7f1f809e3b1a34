"""The articles that a reindex kept unread, as output: how many, of which files, and why."""

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape

from index.reindexing.report import KeptArticles
from web.commands.console import visible

SHOWN = 20  # listed after a run; --json lists all


def fields(kept: Sequence[KeptArticles]) -> list[dict[str, object]]:
    """Return the kept articles as plain values, by file."""
    return [{"where": item.where, "reason": item.reason, "articles": item.articles} for item in kept]


def print_first(kept: Sequence[KeptArticles], console: Console) -> None:
    """Print the first files whose articles stay because they cannot be read, with the reasons."""
    for item in kept[:SHOWN]:
        count = "1 article" if item.articles == 1 else f"{item.articles:,} articles"
        where, reason = escape(visible(item.where)), escape(visible(item.reason))
        console.print(f"kept {count} of [bold]{where}[/]: {reason}", soft_wrap=True)
    if len(kept) > SHOWN:
        console.print(f"… and of {len(kept) - SHOWN:,} more; --json lists them all")


def sentence(kept: Sequence[KeptArticles]) -> str:
    """Say in one sentence how many articles stay unread, and what to do."""
    articles = sum(item.articles for item in kept)
    stay = "1 article stays as it was" if articles == 1 else f"{articles:,} articles stay as they were"
    more = f" and {len(kept) - 1:,} more" if len(kept) > 1 else ""
    return f"{stay}, because {kept[0].where}{more} cannot be read: mend it, or remove it, and run: flask reindex"
