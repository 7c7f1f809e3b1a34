"""The table of a campaign, for a terminal and for a document, and what is told below it."""

import os
import platform
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table

from tests.attack.campaign import Campaign, Row

COLUMNS = ("what was tried", "how many", "what must not happen", "failed", "worst s", "all s")
FAILURES_TOLD = 5  # of each row; the file named at the end has them all
VERSIONS = ("flask", "gunicorn", "lxml", "numpy", "trafilatura", "whoosh3")


def print_table(rows: Sequence[Row], out: Console) -> None:
    """Print the rows as a table that can also be pasted into a page of documentation."""
    table = Table(box=box.MARKDOWN)
    for name in COLUMNS:
        table.add_column(name, justify="left" if name.startswith("what") else "right", no_wrap=True)
    for row in rows:
        table.add_row(row.tried, f"{row.count:,}", row.kind, *_figures(row))
    out.print(table)


def _figures(row: Row) -> tuple[str, str, str]:
    failed = f"{len(row.failures):,}" if row.count else "skipped"
    return failed, f"{row.worst:.2f}", f"{row.seconds:.0f}"


def remarks(rows: Sequence[Row]) -> Iterator[str]:
    """What else is to be told of rows: why some were skipped or cut short."""
    yield from dict.fromkeys(f"{row.tried}: {row.remark}" for row in rows if row.remark)


def failures(rows: Sequence[Row], most: int | None = FAILURES_TOLD) -> Iterator[str]:
    """A line for each failure: what was seen, and how to see it again; at most so many of each row."""
    for row in rows:
        for line in row.failures[:most]:
            yield f"{row.tried}, {row.kind}: {line}"
        if most is not None and len(row.failures) > most:
            yield f"{row.tried}, {row.kind}: and {len(row.failures) - most:,} more"


def circumstances(campaign: Campaign) -> str:
    """Seed, date, machine and versions of a campaign."""
    when = f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC"
    machine = f"{len(os.sched_getaffinity(0))} cores ({_processor()}), {_memory()} GiB, Linux {platform.release()}"
    versions = ", ".join(f"{name} {version(name)}" for name in VERSIONS)
    return f"seed {campaign.seed}; {when}; {machine}; Python {sys.version.split()[0]}, {versions}"


def _processor() -> str:
    told = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    return next((line.partition(":")[2].strip() for line in told if line.startswith("model name")), platform.machine())


def _memory() -> int:
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30))
