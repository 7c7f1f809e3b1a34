"""What the archive holds, for the front page and the help page; made once for each published index."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from index.answers.bounded_facts import bounded
from index.engine import EngineError
from web import app_engine

MOST_STORIES: Final = 6


@dataclass(frozen=True, slots=True)
class CopiedStory:
    """A story of several articles: its id, the title of one of them, and the number of all."""

    story: str
    title: str
    versions: int


def most_copied(most: int = MOST_STORIES) -> tuple[CopiedStory, ...]:
    """Return the stories with the most versions; none without an index."""
    try:
        return app_engine.once_per_index("most copied", lambda: tuple(_most_copied()))[:most]
    except EngineError:
        return ()


def _most_copied() -> Iterator[CopiedStory]:
    reader = app_engine.reader()
    for story, versions in reader.relatives().largest(MOST_STORIES):
        if held := reader.get(story):
            yield CopiedStory(held[1], bounded(held[0]).title, versions)
