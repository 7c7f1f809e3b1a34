"""The rejects of a reindex as output: how many there are of each kind of reason, and the first with their places."""

from rich.console import Console
from rich.markup import escape

from index.reindexing.reject_log import RejectLog
from web.commands.console import visible

SHOWN = 20  # listed after a run; --json lists a thousand, and the file all


def fields(log: RejectLog) -> dict[str, object]:
    """Return the rejects as plain values: the first ones, how many there are, and the file that lists all."""
    return {
        "rejected": [{"where": item.where, "reason": item.reason} for item in log.first],
        "rejected_count": log.count,
        "reasons": dict(log.reasons.most_common()),
        "rejected_file": None if log.complete is None else str(log.complete),
    }


def print_first(log: RejectLog, console: Console) -> None:
    """Print the first rejects with their reasons; if there are more, the counts of all reasons before them."""
    more = log.count - min(SHOWN, len(log.first))
    if more:
        for kind, count in log.reasons.most_common():
            console.print(f"rejected {count:,}: {escape(visible(kind))}", soft_wrap=True)
    for item in log.first[:SHOWN]:
        where, reason = escape(visible(item.where)), escape(visible(item.reason))
        console.print(f"rejected [bold]{where}[/]: {reason}", soft_wrap=True)
    if more:
        held = f"all are in {log.complete}" if log.complete else "--json lists them"
        console.print(f"… and {more:,} more; {escape(visible(held))}", soft_wrap=True)
