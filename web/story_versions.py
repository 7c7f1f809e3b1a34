"""The versions of a story side by side: what each kept, changed, cut and added, as a table and as sentences.

All versions are compared with one base version: the oldest, unless the reader selects another.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from werkzeug.datastructures import MultiDict

from archive.article import Article
from archive.copies.collation import AlignedParagraphs, Collation, ParagraphStatus, collate, side_by_side
from archive.copies.relatives import Relative, relatives
from archive.copies.stories import NO_STORIES, Stories
from web import labels, params
from web.i18n import gettext, ngettext
from web.params import BadParameter

MAX_TABLE_VERSIONS = 40  # versions in the table; longer stories are seldom read paragraph by paragraph


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a story, its relation to the base and its changes to it; both are None for the base itself."""

    article: Article
    relative: Relative | None
    collation: Collation | None


@dataclass(frozen=True, slots=True)
class Story:
    """The versions of a story, oldest first; versions that do not fit into the table are in `further`."""

    base: Article
    versions: tuple[Version, ...]
    further: tuple[Article, ...]

    @property
    def outlets(self) -> int:
        """The number of outlets that have a version."""
        articles = (*(version.article for version in self.versions), *self.further)
        return len({article.outlet for article in articles if article.outlet})


@dataclass(frozen=True, slots=True)
class Comparison:
    """A word diff of two versions in the order of the base; `moved` if the other version reorders its paragraphs."""

    base: Article
    other: Article
    pairs: tuple[AlignedParagraphs, ...]
    moved: bool


def read(args: MultiDict[str, str], articles: Sequence[Article], stories: Stories) -> tuple[Story, Comparison | None]:
    """Return the story of some articles, with the base version and the comparison that the URL asks for.

    Raises:
        BadParameter: If the URL names an article that is not part of the story.
    """
    ids = {article.id for article in articles}
    base, other = (params.single(args, name) for name in (params.BASE, params.WITH))
    for name, value in ((params.BASE, base), (params.WITH, other)):
        if value and value not in ids:
            raise BadParameter(name, value, "the id of an article of this story")
    story = story_of(articles, base, stories, other)
    return story, compared(story, "" if other == story.base.id else other)


def story_of(articles: Sequence[Article], base: str = "", stories: Stories = NO_STORIES, other: str = "") -> Story:
    """Compare the articles of a story with the one whose id is `base`, by default the first.

    If there are too many versions for the table, it has the oldest ones, and always `base` and `other`.
    """
    first = next((article for article in articles if article.id == base), articles[0])
    by_want = sorted(articles, key=lambda article: article.id not in {first.id, other})
    in_table = {article.id for article in by_want[:MAX_TABLE_VERSIONS]}
    shown = [article for article in articles if article.id in in_table]
    versions = tuple(_version(one, first) for one in relatives(stories, first, shown))
    return Story(first, versions, tuple(article for article in articles if article.id not in in_table))


def compared(story: Story, other: str) -> Comparison | None:
    """Compare the base with the version `other`, by default the first that differs; None if there is none."""
    others = [one for one in story.versions if one.collation is not None]
    wanted = (one for one in others if (one.article.id == other if other else _differs(one.collation)))
    chosen = next(wanted, None)
    if chosen is None or chosen.collation is None:
        return None
    pairs = tuple(side_by_side(story.base.paragraphs, chosen.article.paragraphs))
    return Comparison(story.base, chosen.article, pairs, _moved(chosen.collation))


def summary(collation: Collation) -> str:
    """Describe a version's changes to the base, as a sentence without its subject: "membuang paragraf 4–5"."""
    cut, changed, added = (
        collation.numbers(ParagraphStatus.CUT),
        collation.numbers(ParagraphStatus.CHANGED),
        len(collation.added),
    )
    if cut and len(cut) == len(collation.cells):
        return gettext("tidak memuat satu pun paragraf naskah acuan")
    clauses = [
        gettext("membuang paragraf %(numbers)s", numbers=number_ranges(cut)) if cut else "",
        gettext("mengubah paragraf %(numbers)s", numbers=number_ranges(changed)) if changed else "",
        ngettext("menambah %(count)s paragraf", "menambah %(count)s paragraf", added) if added else "",
        gettext("mengubah urutan paragraf") if _moved(collation) else "",
    ]
    *first, last = [one for one in clauses if one] or [gettext("sama dengan naskah acuan")]
    return gettext("%(first)s dan %(last)s", first=", ".join(first), last=last) if first else last


def number_ranges(numbers: Sequence[int]) -> str:
    """Format ascending numbers with ranges: 1, 4–5."""
    grouped = groupby(enumerate(numbers), lambda placed: placed[1] - placed[0])
    ends = [[number for _, number in group] for _, group in grouped]
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in ends)


def version_name(article: Article) -> str:
    """Name a version by outlet and bureau, or by its title if it has neither."""
    return labels.outlets((article,)) or article.title


def _version(one: Relative, base: Article) -> Version:
    article = one.article
    if article is base:
        return Version(article, None, None)
    return Version(article, one, collate(base.paragraphs, article.paragraphs))


def _differs(collation: Collation | None) -> bool:
    if collation is None:
        return False
    return (
        bool(collation.added)
        or any(cell.status is not ParagraphStatus.SAME for cell in collation.cells)
        or _moved(collation)
    )


def _moved(collation: Collation) -> bool:
    """Whether the version has the paragraphs of the base in another order."""
    places = [cell.at for cell in collation.cells if cell.at is not None]
    return places != sorted(places)
