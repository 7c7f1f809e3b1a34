"""What an engine must do, what it answers with, and how it fails. Which engines there are is known to `opening` alone.

The contract is the suite in tests/contract/engine_contract.py: whatever passes it is an engine.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from archive.article import Article
from archive.copies.stories import Stories
from archive.meanings.short_forms import ShortForms
from archive.press.boilerplate import Repeated
from index.query.request import Query
from index.query.tree import Node


@dataclass(frozen=True, slots=True)
class IndexInfo:
    """Which index answers: `id` is a digest of its articles, stories and rules, the same wherever they are the same."""

    id: str
    articles: int
    stories: int
    built: datetime


class Count(NamedTuple):
    """How often a facet value stands in an answer: in how many articles, and in how many different stories.

    A tuple, because an answer may have thousands, and it is made in two thirds of the time of another value.
    """

    articles: int
    stories: int


@dataclass(frozen=True, slots=True)
class Match:
    """One hit: the article that leads it, its story, and the ids of the other matching articles folded under it.

    `score` is that of the best match among them, by which the hit has its place.
    """

    article: Article
    score: float
    story: str
    copies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """An engine's answer: exact totals, the page asked for, and the count of every value of every facet.

    `tree` is the query as it was evaluated, with what was searched beside what was typed.

    `undated_left_out` are the articles that match and pass every other filter, but are not known well enough to lie in
    the range of days asked for: they may.

    `hits` are the matches of all pages together: stories, loose groups or articles, as the query folds.

    `matches` may be read from the index only as they are looked at. `counts` has the facets asked for, and leaves a
    facet's own choices out of its own counts; `facets.FACETS` says which facets there are.
    """

    articles: int
    stories: int
    hits: int
    matches: Sequence[Match]
    counts: Mapping[str, Mapping[str, Count]]
    index: IndexInfo
    tree: Node
    undated_left_out: int = 0


class Vocabulary(Protocol):
    """The forms of an archive's titles and texts, as the tokeniser folds them, and how many articles have each.

    A form's stem is the one it has where it stands alone. Of equally frequent forms the first by alphabet comes first.
    """

    def articles(self, form: str) -> int:
        """How many articles have a form; 0 for one the archive does not have."""
        ...

    def forms(self, stem: str) -> Sequence[tuple[str, int]]:
        """The forms of a stem, each with its number of articles, the most frequent first."""
        ...

    def starting(self, beginning: str, most: int) -> Sequence[tuple[str, int]]:
        """The most frequent forms with this beginning, at most so many."""
        ...

    def near(self, form: str, most: int) -> Sequence[tuple[str, int]]:
        """The most frequent forms one edit away, at most so many.

        A letter is missing, or two neighbours are swapped, or a letter from a to z is added or stands for another.
        """
        ...


class Build(Protocol):
    """A generation of the index in the making; it starts as a copy of the published one."""

    @property
    def digests(self) -> Mapping[str, str]:
        """Article id → digest of what the build holds, before anything is added or removed."""
        ...

    def add(self, article: Article) -> None:
        """Take an article in, in place of the one with its id if there is one."""
        ...

    @property
    def preparation(self) -> Callable[[Sequence[Article]], Any]:
        """What can be done for articles in any process: a pure function; it can be pickled, and so can its answers."""
        ...

    def take(self, prepared: Any) -> None:
        """Take in articles that `preparation` prepared, as `add` would each of them."""
        ...

    def remove(self, article_id: str) -> None:
        """Drop an article; KeyError where there is none."""
        ...

    def text(self, article_id: str) -> tuple[str, ...]:
        """The paragraphs of an article that the build started with; KeyError where there is none."""
        ...

    def complete(self) -> None:
        """Say that no article comes or goes any more: what can be written of them is, while their groups are found."""
        ...

    def group(self, stories: Mapping[str, str], loose: Mapping[str, str] | None = None) -> None:
        """Set the story of articles: id → story id; an article not named is a story of its own, under its own id.

        `loose` are the loose groups in the same way; whoever is in none stands with its story alone. From here on, what
        is dated to a year at best has the date that the copies in its story leave open (`archive.copied_dates`).
        """
        ...

    def beside(self, name: str) -> Path:
        """Where a file called `name` is kept that is published with this generation; it may not exist yet."""
        ...

    def renew(self, name: str) -> None:
        """Publish the file called `name` by itself, in place of the published one, where nothing else changed."""
        ...


class Engine(Protocol):
    """Articles in, answers out."""

    def find(self, query: Query, facets: Collection[str] = ...) -> Found:
        """Answer a query, counting by some facets or all; NoIndex where nothing was built, BadQuery for bad text."""
        ...

    def get(self, article_id: str) -> tuple[Article, str] | None:
        """An article with the id of its story, or None."""
        ...

    def build(self, *, fresh: bool = False) -> AbstractContextManager[Build]:
        """Build the next generation: leaving the block publishes it, an exception discards it, Busy if one is underway.

        A fresh build starts empty; otherwise it starts with what is published.
        """
        ...

    def info(self) -> IndexInfo:
        """What is published; NoIndex where nothing was built."""
        ...

    def vocabulary(self) -> Vocabulary:
        """The words of what is published; NoIndex where nothing was built."""
        ...

    def short_forms(self) -> ShortForms:
        """The short forms that a reindex counted beside what is published, and the shipped ones; NoIndex as above."""
        ...

    def boilerplate(self) -> Sequence[Repeated]:
        """The lines that a reindex found outlets to repeat; NoIndex where nothing was built."""
        ...

    def relatives(self) -> Stories:
        """How the articles published are related, as the last reindex found them; NoIndex as above."""
        ...

    def check(self) -> Iterator[str]:
        """Read everything back and tell each thing that is not as it was written, in a sentence each."""
        ...


class EngineError(Exception):
    """What can go wrong with an engine; the message is for the reader and names the remedy."""


class NoIndex(EngineError):
    """Nothing was built yet, or what was built is of another version."""


class Busy(EngineError):
    """Another build is underway."""


class Damaged(EngineError):
    """The index cannot be read as it was written."""


class Unusable(EngineError):
    """The place the index lies in cannot be used: a file instead of a folder, or one that may not be written."""
