"""Opening an engine: picks the engine for a location. No other module names a concrete engine."""

from pathlib import Path

from index.embedded.engine import WhooshEngine
from index.engine import Engine


def open_engine(location: Path) -> Engine:
    """Return the engine for a location: the embedded engine for a folder, whether or not it holds an index yet."""
    return WhooshEngine(location)
