"""The columns of the table of a story: the parts of the base with their first words, and what each version added."""

from dataclasses import dataclass
from typing import Final

from web.story_versions import Story, Version, cut

LONGEST_OPENING: Final = 70  # characters shown of a part: two lines on a phone
MOST_OPENINGS: Final = 3  # of what a version added


@dataclass(frozen=True, slots=True)
class Column:
    """A part of the base: its number, counted from 1, and its first words."""

    number: int
    opening: str


def columns(story: Story) -> tuple[Column, ...]:
    """Return the columns that the table has room for."""
    texts = story.parts.texts[: story.columns]
    return tuple(Column(number, cut(text, LONGEST_OPENING)) for number, text in enumerate(texts, 1))


def added_openings(version: Version) -> str:
    """Return the first words of what a version added, of the first parts at most."""
    first = [cut(text, LONGEST_OPENING) for text in version.added[:MOST_OPENINGS]]
    return " / ".join([*first, "…"] if len(version.added) > MOST_OPENINGS else first)
