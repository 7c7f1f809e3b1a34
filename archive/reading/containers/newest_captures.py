"""The newest capture of each page in several web archives, so that a crawl over years gives each page once.

The archives are gone through once before they are read, without the contents of their pages.
"""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from archive.reading.containers.bounds import ContainerBounds, ContainerBudget
from archive.reading.containers.decompression import UnreadableFile, decompressed, open_file
from archive.reading.containers.web_archives import WebArchive
from archive.reading.progress import ReadingProgress


def newest_captures(files: Iterable[Path], bounds: ContainerBounds) -> Mapping[str, str]:
    """The time of the newest capture of each address, by its key. What cannot be read is told where it is read."""
    newest: dict[str, str] = {}
    for path in files:
        with suppress(UnreadableFile, OSError), open_file(path, ReadingProgress()) as file:
            budget = ContainerBudget(bounds, path.stat().st_size)
            stream = decompressed(file, bounds.ratio, budget.count_lines)
            for key, captured in WebArchive(stream, budget).times():
                newest[key] = max(captured, newest.get(key, ""))
    return newest
