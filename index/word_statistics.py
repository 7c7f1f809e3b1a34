"""Words around the places of a query, words that set its articles apart, and articles that share words.

This module has what is asked and what engines answer. Of words, only counts cross this interface; `association` makes
measures of them. Words are compared as forms or as stems, and the best are chosen by a measure, ties by count, then by
the bytes of the word.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple, Protocol

from index.association import Measure
from index.query.request import Query
from index.query.tree import Node


class WordKind(StrEnum):
    """What counts as one word: a form as written, or a stem with all its forms, each stemmed as it stands alone."""

    FORM = "form"
    STEM = "stem"


class WordCount(NamedTuple):
    """A word: how often it is here and in the archive, and in how many articles, outlets and months it is here."""

    word: str
    here: int
    overall: int
    articles: int
    outlets: int
    months: int


class Sizes(NamedTuple):
    """What counts of words are compared with: all words here, all words here and elsewhere, and the places."""

    here: int
    whole: int
    places: int


class Choice(NamedTuple):
    """Which words are chosen: at most so many by a measure, with at least so many here, and without some."""

    measure: Measure
    least: int
    most: int
    without: frozenset[str]


@dataclass(frozen=True, slots=True)
class CollocatesWanted:
    """Which words around the places of a query are wanted.

    The window has so many words on each side of a place and ends with the title or text. Each word of a window counts
    once, however many places are near it, and words of places do not count. `least` is the smallest count here.
    """

    window: int = 5
    by: WordKind = WordKind.FORM
    measure: Measure = Measure.LOG_LIKELIHOOD
    most: int = 50
    least: int = 5
    stories_once: bool = False
    without: frozenset[str] = field(default_factory=frozenset)

    @property
    def choice(self) -> Choice:
        """Which of the words around are chosen."""
        return Choice(self.measure, self.least, self.most, self.without)


@dataclass(frozen=True, slots=True)
class Collocates:
    """The words around `hits` places: `here` words of windows, of `whole` words that no place covers."""

    words: tuple[WordCount, ...]
    hits: int
    here: int
    whole: int
    tree: Node


@dataclass(frozen=True, slots=True)
class KeywordsWanted:
    """Which stems that set an answer apart are wanted: by log-likelihood of the articles that have them.

    `least` is the smallest number of matching articles with the stem. With another query to tell the answer from,
    `against`, the articles that match either take the place of the archive.
    """

    most: int = 50
    least: int = 3
    without: frozenset[str] = field(default_factory=frozenset)
    against: Query | None = None

    @property
    def choice(self) -> Choice:
        """Which of the stems are chosen."""
        return Choice(Measure.LOG_LIKELIHOOD, self.least, self.most, self.without)


@dataclass(frozen=True, slots=True)
class Keywords:
    """The stems that more of the `here` matching articles have than of the `whole` they are told from."""

    words: tuple[WordCount, ...]
    here: int
    whole: int
    tree: Node


@dataclass(frozen=True, slots=True)
class SimilarWanted:
    """Which articles that share words are wanted: the best with at least `least` of some stems, at most `most`.

    The score of an article is the sum of BM25 (see `ranking`) of the stems it has in title and text, each worth its
    idf; neither their order nor the words beside them count. Of each story, only the best article is wanted; of the
    story `without`, none. Equal ones are in order of date, newest first.
    """

    stems: tuple[str, ...]
    without: str
    least: int = 1
    most: int = 10


class Similar(NamedTuple):
    """An article: its id, and which of the stems wanted it has, in their order."""

    article: str
    shared: tuple[str, ...]


class WordStatisticsReader(Protocol):
    """The part of `engine.Reader` that compares articles by their words: over whole answers, exactly."""

    def collocates(self, query: Query, wanted: CollocatesWanted) -> Collocates:
        """The words around the places of a query. Raises as `concordance` does."""
        ...

    def keywords(self, query: Query, wanted: KeywordsWanted) -> Keywords:
        """The stems that set the articles of a query apart from the archive. Raises BadQuery for bad query text."""
        ...

    def similar(self, wanted: SimilarWanted) -> Sequence[Similar]:
        """The articles that share the most of some stems, the best first."""
        ...
