"""The versions of a story side by side: what each kept, changed, cut and added.

All versions are compared with one base version: the oldest, unless the reader selects another. Texts are compared by
paragraph; a text of few paragraphs says nothing that way and is compared by sentence. Comparing is bounded: texts that
are too long, and what remains of a story when enough was compared, are left out, and the answer says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby, islice

from werkzeug.datastructures import MultiDict

from archive.article import Article
from archive.copies.collation import (
    MOST_PARAGRAPHS,
    AlignedParagraphs,
    Collation,
    ParagraphStatus,
    collate,
    comparable,
    side_by_side,
)
from archive.copies.relatives import Relative, relatives
from archive.copies.sentences import sentences_of
from archive.copies.stories import NO_STORIES, Stories
from web import labels, params
from web.app_engine import StoryArticles
from web.parameter_errors import BadParameter, Valid

MAX_COMPARED = (
    1_000_000  # characters of all pairs that are compared: forty versions of twice the length of a long report
)
MAX_CELLS = 8_000  # of the table; each takes a hundred bytes
MAX_RANGES = 60  # ranges of paragraph numbers in a sentence
MAX_TABLE_VERSIONS = 40  # versions in the table; longer stories are seldom read paragraph by paragraph
FEW_PARAGRAPHS = 3  # up to so many, each of two sentences or more, a text is compared by sentence


class Unit(StrEnum):
    """What the parts of a text are that are compared."""

    PARAGRAPH = "paragraph"
    SENTENCE = "sentence"


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a text that are compared, in order."""

    unit: Unit
    texts: tuple[str, ...]


NO_PARTS = Parts(Unit.PARAGRAPH, ())


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a story, its relation to the base and its changes to it; both are None for the base itself.

    The changes are also None if the comparison was `left_out`. `parts` are the parts of its text by which it was
    compared; a version of few paragraphs is compared by sentence even with a base of many.
    """

    article: Article
    relative: Relative | None
    collation: Collation | None
    left_out: bool = False
    parts: Parts = NO_PARTS

    @property
    def added(self) -> tuple[str, ...]:
        """The parts of its text that the base does not have."""
        return tuple(self.parts.texts[one.at] for one in self.collation.added) if self.collation else ()


@dataclass(frozen=True, slots=True)
class Story:
    """The versions of a story, oldest first; versions that do not fit into the table are in `further`.

    `parts` are the parts of the base with which the others were compared; none if it is too long.
    `total` is the number of all versions; it is larger than the number of the others if there are too many to be read.
    """

    base: Article
    versions: tuple[Version, ...]
    further: tuple[Article, ...]
    total: int
    parts: Parts = NO_PARTS

    @property
    def unread(self) -> int:
        """The number of versions that are neither in the table nor listed."""
        return self.total - len(self.versions) - len(self.further)

    @property
    def left_out(self) -> int:
        """The number of versions in the table that were not compared with the base."""
        return sum(version.left_out for version in self.versions)

    @property
    def columns(self) -> int:
        """The number of parts of the base that the table has room for, from the first."""
        return min(len(self.parts.texts), max(1, MAX_CELLS // max(1, len(self.versions))))

    @property
    def outlets(self) -> int:
        """The number of outlets that have a version."""
        articles = (*(version.article for version in self.versions), *self.further)
        return len({article.outlet for article in articles if article.outlet})


@dataclass(frozen=True, slots=True)
class Comparison:
    """A word diff of two versions in the order of the base; `moved` if the other version reorders its paragraphs.

    If the diff would take too long, it ends early (`cut`) or is left out, which leaves no pairs.
    """

    base: Article
    other: Article
    pairs: tuple[AlignedParagraphs, ...]
    moved: bool
    cut: bool = False


def wanted(args: MultiDict[str, str]) -> tuple[str, ...]:
    """Return the ids of the versions that the URL names."""
    return tuple(filter(None, (params.single(args, name) for name in (params.BASE, params.WITH))))


def read(args: MultiDict[str, str], held: StoryArticles, stories: Stories) -> tuple[Story, Comparison | None]:
    """Return a story, with the base version and the comparison that the URL asks for.

    Raises:
        BadParameter: If the URL names an article that is not part of the story.
    """
    ids = {article.id for article in held.articles}
    base, other = (params.single(args, name) for name in (params.BASE, params.WITH))
    for name, value in ((params.BASE, base), (params.WITH, other)):
        if value and value not in ids:
            raise BadParameter(name, value, Valid.ARTICLE_OF_STORY)
    story = story_of(held.articles, base, stories, other)
    story = replace(story, total=held.total)
    return story, compared(story, "" if other == story.base.id else other)


def story_of(articles: Sequence[Article], base: str = "", stories: Stories = NO_STORIES, other: str = "") -> Story:
    """Compare the articles of a story with the one whose id is `base`, by default the first.

    If there are too many versions for the table, it has the oldest ones, and always `base` and `other`.
    """
    first = next((article for article in articles if article.id == base), articles[0])
    by_want = sorted(articles, key=lambda article: article.id not in {first.id, other})
    in_table = {article.id for article in by_want[:MAX_TABLE_VERSIONS]}
    shown = [article for article in articles if article.id in in_table]
    parts = parts_of(first) if comparable(*_size(first)) else NO_PARTS
    versions = _compare(first, parts, relatives(stories, first, shown), other)
    further = tuple(article for article in articles if article.id not in in_table)
    return Story(first, versions, further, len(articles), parts)


def parts_of(article: Article) -> Parts:
    """Return the parts by which an article is compared: its sentences if it has few paragraphs, else its paragraphs."""
    paragraphs = article.paragraphs
    if len(paragraphs) <= FEW_PARAGRAPHS:
        sentences = sentences_of(paragraphs)
        if 2 * len(paragraphs) <= len(sentences) <= MOST_PARAGRAPHS:
            return Parts(Unit.SENTENCE, sentences)
    return Parts(Unit.PARAGRAPH, paragraphs)


def compared(story: Story, other: str) -> Comparison | None:
    """Compare the base with the version `other`, by default the first that differs; None if there is none."""
    others = [one for one in story.versions if one.article is not story.base]
    wanted = (one for one in others if (one.article.id == other if other else one.left_out or _differs(one.collation)))
    chosen = next(wanted, None)
    if chosen is None:
        return None
    if chosen.collation is None:
        return Comparison(story.base, chosen.article, (), moved=False, cut=True)
    pairs, whole = side_by_side(story.parts.texts, chosen.parts.texts)
    return Comparison(story.base, chosen.article, pairs, moved(chosen.collation), cut=not whole)


def number_ranges(numbers: Sequence[int]) -> str:
    """Format ascending numbers with ranges: 1, 4–5."""
    grouped = groupby(enumerate(numbers), lambda placed: placed[1] - placed[0])
    ends = [[number for _, number in group] for _, group in islice(grouped, MAX_RANGES)]
    ranges = [f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in ends]
    return ", ".join([*ranges, "…"] if ends and ends[-1][-1] != numbers[-1] else ranges)


def version_name(article: Article) -> str:
    """Name a version by outlet and bureau; a letter tells those apart that name neither."""
    return labels.outlets((article,)) or labels.without_value("outlet")


def cut(text: str, longest: int) -> str:
    """Cut a text after a word, so that it has about `longest` characters at most."""
    return text if len(text) <= longest else text[:longest].rsplit(None, 1)[0] + " …"


def _compare(base: Article, parts: Parts, found: Sequence[Relative], other: str) -> tuple[Version, ...]:
    """Collate versions with the base while that is not too much: first `other`, then in order."""
    made: dict[str, Version] = {}
    size = _size(base)
    left = MAX_COMPARED if comparable(*size) else 0
    for one in sorted(found, key=lambda one: one.article.id != other):
        article, extent = one.article, _size(one.article)
        if article is base:
            made[article.id] = Version(article, None, None, parts=parts)
            continue
        left -= size[0] + extent[0] if comparable(*extent) else 0
        if left <= 0 or not comparable(*extent):
            made[article.id] = Version(article, one, None, left_out=True)
        else:
            theirs = _like(article, parts)
            made[article.id] = Version(article, one, collate(parts.texts, theirs.texts), parts=theirs)
    return tuple(made[one.article.id] for one in found)


def _like(article: Article, base: Parts) -> Parts:
    """The parts of a version that is compared with a base."""
    sentences = sentences_of(article.paragraphs) if base.unit is Unit.SENTENCE else ()
    return Parts(Unit.SENTENCE, sentences) if 0 < len(sentences) <= MOST_PARAGRAPHS else parts_of(article)


def _size(article: Article) -> tuple[int, int]:
    """The characters and passages of an article."""
    return len(article.text), len(article.passages)


def _differs(collation: Collation | None) -> bool:
    if collation is None:
        return False
    return (
        bool(collation.added)
        or any(cell.status is not ParagraphStatus.SAME for cell in collation.cells)
        or moved(collation)
    )


def moved(collation: Collation) -> bool:
    """Whether the version has the paragraphs of the base in another order."""
    places = [cell.at for cell in collation.cells if cell.at is not None]
    return places != sorted(places)
