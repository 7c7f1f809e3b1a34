"""The engine interface: protocols of a reader, an engine and its build, the values it returns, and its exceptions.

The contract is the test suite in tests/contract/engine_contract.py: whatever passes it is an engine. Only `opening`
knows which engines exist.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from archive.article import Article
from archive.copies.candidates.known_texts import KnownTexts
from archive.copies.stories import Stories
from archive.meanings.short_forms import ShortForms
from archive.press.boilerplate import BoilerplateLine
from index.concordance import Concordance, Lines
from index.facets import FacetCounts
from index.query.request import Query
from index.query.tree import Node
from index.trends import Interval, Split, Trend
from index.vocabulary import TextVocabulary
from index.word_statistics import WordStatisticsReader


@dataclass(frozen=True, slots=True)
class IndexInfo:
    """Identity and size of an index; `id` is a digest of its articles, stories and rules, `notes` tell its limits."""

    id: str
    articles: int
    stories: int
    built: datetime
    notes: tuple[str, ...] = ()


class GroupedArticle(NamedTuple):
    """An article, and the id of its story."""

    article: Article
    story: str


@dataclass(frozen=True, slots=True)
class Match:
    """One hit: its lead article, its story's id, and the ids of the other matching articles folded under it.

    `score` is that of the best match among them. It determines the position of the hit.
    """

    article: Article
    score: float
    story: str
    copies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EngineAnswer:
    """An engine's answer: totals, the requested page of matches, and the facet counts.

    All are exact, except that numbers of stories and hits may be `facets.Estimate`s. `hits` is the number of hits on
    all pages: stories, loose groups or articles, depending on how the query folds. `matches` is the requested page,
    read perhaps only when it is accessed. `counts` has the requested facets, with the articles that have no value; the
    counts of a facet ignore the choices made in that facet (`facets.FACETS`). `tree` is the query as evaluated, with
    its expansions. `undated_left_out` is the number of articles that match and pass every other filter, but whose date
    is too uncertain to tell whether it lies in the requested date range. `last` is the article at whose place the page
    ends, if `Query.after` was given and hits follow.
    """

    articles: int
    stories: int
    hits: int
    matches: Sequence[Match]
    counts: Mapping[str, FacetCounts]
    index: IndexInfo
    tree: Node
    undated_left_out: int = 0
    last: str | None = None


class Build(Protocol):
    """A new generation of the index while it is built. It starts as a copy of the published one."""

    @property
    def digests(self) -> Mapping[str, str]:
        """Map article id to digest, for the articles that the build started with."""
        ...

    def add(self, article: Article) -> None:
        """Add an article. It replaces the article with the same id, if there is one."""
        ...

    @property
    def discarded(self) -> str:
        """Why the build starts empty although something is published: that is damaged, or of another version; or ""."""
        ...

    @property
    def preparation(self) -> Callable[[Sequence[Article]], Any]:
        """The part of indexing that can run in any process: a pure function, picklable like its results."""
        ...

    def add_prepared(self, prepared: Any) -> None:
        """Add articles that `preparation` has processed, with the same effect as `add` for each of them."""
        ...

    def remove(self, article_id: str) -> None:
        """Remove an article. Raises KeyError for an unknown id."""
        ...

    def texts(self, ids: Sequence[str]) -> Iterator[tuple[str, ...]]:
        """The paragraphs of articles that the build started with, in turn. Raises KeyError for an unknown id."""
        ...

    @property
    def known_texts(self) -> KnownTexts | None:
        """The texts the build started with, if the index holds their samples; None if they are kept in a file."""
        ...

    @property
    def published(self) -> Mapping[str, Article]:
        """The articles of the published index as they were added, each with its own date; empty without an index.

        A fresh build has them too. Raises NoIndex or DamagedIndex if the index, or an article, cannot be read.
        """
        ...

    def published_file(self, name: str) -> Path | None:
        """The path of a companion file of the published index, readable or not; None without an index."""
        ...

    def finish_articles(self) -> None:
        """Declare that no more articles will be added or removed. They can be written while they are grouped."""
        ...

    def set_stories(self, stories: Mapping[str, str], loose: Mapping[str, str] | None = None) -> None:
        """Set the stories: article id → story id. An article without an entry is its own story, named by its own id.

        `loose` maps articles to loose groups in the same way; one without an entry is grouped with its story only. Then
        an article without a stated date has the date that its own evidence and the stated dates of the copies in its
        story imply (`archive.dating.dates_from_copies`).
        """
        ...

    def companion_file(self, name: str) -> Path:
        """The path of a companion file that is published with this generation. The file may not exist yet."""
        ...

    def publish_file(self, name: str) -> None:
        """Publish a companion file with this build even if nothing else has changed."""
        ...


class Reader(WordStatisticsReader, Protocol):
    """What answers questions about an index. Every method raises NoIndex when nothing was built."""

    def find(self, query: Query, facets: Collection[str] = ...) -> EngineAnswer:
        """Answer a query, with the counts of facets (default: all). Raises BadQuery, or KeyError for `Query.after`."""
        ...

    def trends(self, query: Query, by: Interval, split: Split | None = None) -> Trend:
        """Count all articles of a query over time, whatever its sort, folding and page. Raises BadQuery."""
        ...

    def walk(self, query: Query, *, texts: bool = True) -> Iterator[Match]:
        """All hits, as on all pages of `find` by `Sort.OLDEST`, without scores; faster without texts and passages."""
        ...

    def facts(self, query: Query, names: Sequence[str]) -> Iterator[tuple[str, ...]]:
        """Of each hit of `walk` its id and the first value of some facets, "" for none; faster than a walk."""
        ...

    def digests(self) -> Iterator[tuple[str, str]]:
        """The id and the digest of each article, in the order of ids; no article is read for it."""
        ...

    def concordance(self, query: Query, wanted: Lines) -> Concordance:
        """The wanted lines of a query: each place where an article that matches has what is asked for.

        All places of it are counted, sampled and ordered, exactly. Raises BadQuery and TooManyPlaces.
        """
        ...

    def get(self, article_id: str) -> GroupedArticle | None:
        """An article with its story; None if the index does not have it."""
        ...

    def story_sizes(self, stories: Collection[str]) -> Mapping[str, tuple[int, int]]:
        """Map some stories to how many articles and outlets they have; those that are not there are left out."""
        ...

    def first_seen(self, ids: Collection[str]) -> Mapping[str, datetime]:
        """Since when the index has had some articles, as `storage.first_seen` says; those not there are left out."""
        ...

    def moved(self, former_id: str) -> str | None:
        """The id that an article has today whose former id, made of file and row, stands in an old link; or None."""
        ...

    def info(self) -> IndexInfo:
        """Identity and size of the index."""
        ...

    def vocabulary(self) -> TextVocabulary:
        """The vocabulary of the index."""
        ...

    def short_forms(self) -> ShortForms:
        """The short forms learned by the last reindex, and the shipped ones."""
        ...

    def boilerplate(self) -> Sequence[BoilerplateLine]:
        """The boilerplate lines that the last reindex found."""
        ...

    def relatives(self) -> Stories:
        """How the articles are related, from the last reindex."""
        ...

    def check(self) -> Iterator[str]:
        """Read the whole index back and yield one sentence for each inconsistency."""
        ...


class Engine(Reader, Protocol):
    """A search engine over articles: build an index, then query it.

    As a `Reader` it answers each call from what is published at that moment. Whoever asks more than once for one answer
    asks a `snapshot`.
    """

    def snapshot(self) -> Reader:
        """What is published now. It goes on answering from that, whatever is published later."""
        ...

    def build(self, *, fresh: bool = False) -> AbstractContextManager[Build]:
        """Build the next generation. Leaving the block publishes it; an exception discards it.

        A fresh build starts empty; otherwise it starts with what is published. Raises BuildInProgress while another
        build is running.
        """
        ...


class EngineError(Exception):
    """Base of all engine errors. The message is for the user and names the remedy, mostly as a command to run."""

    @property
    def problem(self) -> str:
        """What is wrong: the message without the command that mends it."""
        return str(self).partition("; run: ")[0]


class NoIndex(EngineError):
    """There is no index that can be used yet."""


class OutdatedIndex(NoIndex):
    """There is an index, but another version built it or stemmed its words."""

    @classmethod
    def by_stems(cls, location: object) -> "OutdatedIndex":
        """The error of an index whose words were stemmed by other rules."""
        return cls(
            f"the words of the index in {location} were stemmed by other rules than today's; "
            "run: flask reindex (it stems them again, and reads no article again)"
        )


class BuildInProgress(EngineError):
    """Another build is running."""


class DamagedIndex(EngineError):
    """The index is damaged: it cannot be read as it was written."""


class UnusableLocation(EngineError):
    """The index location cannot be used: it is a file instead of a folder, or not writable."""
