"""The progress of a reindex: a bar on a terminal, else plain lines.

It goes to standard error and answers to standard output, so `flask reindex --json | jq` works.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from time import monotonic

import click
from rich.progress import BarColumn, Progress, ProgressColumn, SpinnerColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from archive.reading.progress import ReadingProgress
from index.reindexing.report import Phase, ReindexReport
from web.commands.console import err

LINE_EVERY = 5.0  # seconds between plain progress lines: often enough to see progress, few lines in a log
# An earlier estimate would only reflect the time of the start-up.
SECONDS_BEFORE_ESTIMATE = 2.0
SHARE_BEFORE_ESTIMATE = 0.02


@contextmanager
def progress(meter: ReadingProgress) -> Iterator[Callable[[ReindexReport], None]]:
    """Yield a function that shows the reports of a reindex: as a bar on a terminal, else as a line now and then."""
    if not err.is_terminal:
        yield _Lines().show
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), _Rate(), TimeRemainingColumn())
    with Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task("reading", total=meter.total)

        def show(report: ReindexReport) -> None:
            said = f"{report.phase.value}, {report.done:,}" if report.done else report.phase.value
            done = meter.read if report.phase is Phase.LEARNING else report.share * meter.total
            bar.update(task, completed=done, description=said, records=report.done)

        yield show


class _Rate(ProgressColumn):
    """The column with the records per second since the start."""

    def render(self, task: Task) -> Text:
        records = task.fields.get("records", 0)
        return Text(f"{rate(records, task.elapsed or 0.0)}/s" if records else "")


class _Lines:
    """Progress as plain lines: each new phase, and every few seconds how far it has come."""

    def __init__(self) -> None:
        self._begun = self._last = monotonic()
        self._phase: Phase | None = None

    def show(self, report: ReindexReport) -> None:
        """Print a line if one is due."""
        now = monotonic()
        if report.phase is not self._phase:
            self._begun, self._phase = now, report.phase
            line = report.phase.value
        elif now - self._last < LINE_EVERY or not report.done:
            return
        else:
            seconds = now - self._begun
            line = f"{report.phase.value}: {report.done:,} read, {rate(report.done, seconds)}/s"
            if report.phase is Phase.READING:
                line += share_and_estimate(report.share, seconds)
        self._last = now
        with suppress(OSError):  # where the progress cannot be told, the work goes on
            click.echo(line, err=True)


def share_and_estimate(share: float, seconds: float) -> str:
    """Format the share read so far, and an estimate of the remaining time once one can be made."""
    text = f", {100 * share:.0f} %"
    if seconds < SECONDS_BEFORE_ESTIMATE or not SHARE_BEFORE_ESTIMATE <= share < 1:
        return text
    return f"{text}, about {seconds * (1 / share - 1):.0f} s left"


def rate(records: int, seconds: float) -> str:
    """Format how many records a second were done; a dash before any time has passed."""
    return f"{records / seconds:,.0f}" if seconds > 0 else "–"
