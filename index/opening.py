"""Which engine a location means: the one place where engines are known by name."""

from pathlib import Path

from index.embedded.engine import WhooshEngine
from index.engine import Engine


def open_engine(location: Path) -> Engine:
    """The engine for a location: a folder is the embedded engine, whether it holds an index yet or not."""
    return WhooshEngine(location)
