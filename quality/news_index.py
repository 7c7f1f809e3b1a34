"""The index of the news: built once for all measures of a run, and removed at its end."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from index.engine import Engine
from index.opening import open_engine
from index.reindexing.pipeline import reindex
from index.reindexing.request import ReindexRequest

_folders: list[TemporaryDirectory[str]] = []  # each removes itself when the process ends


@cache
def news_engine(data: Path) -> Engine:
    """Return an engine over the news; FileNotFoundError without them."""
    news = data / "news.jsonl.gz"
    if not news.exists():
        raise FileNotFoundError(2, "No such file", str(news))
    _folders.append(TemporaryDirectory(prefix="quality-"))
    engine = open_engine(Path(_folders[-1].name))
    reindex(engine, ReindexRequest((news,)))
    return engine
