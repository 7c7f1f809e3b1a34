"""Moments as everything tells them that leaves the program: pages, files, feeds, commands and the API."""

from collections.abc import Iterator
from datetime import datetime

from index.engine import IndexInfo


def moment(given: datetime) -> str:
    """A moment in ISO 8601 to the second, in the time zone of this server: `2026-11-21T09:15:00+07:00`."""
    return given.astimezone().isoformat(timespec="seconds")


def index_facts(index: IndexInfo) -> Iterator[tuple[str, str]]:
    """Which index a file comes from, as lines of its provenance: its id, and when it was built."""
    yield "index", index.id
    yield "index_built", moment(index.built)
