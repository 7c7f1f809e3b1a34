"""The versions of a story side by side: who kept, changed, cut and added what, as a table and as sentences.

One version is the base that the others are held against: the oldest unless a reader names another.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from werkzeug.datastructures import MultiDict

from archive.article import Article
from archive.copies.collation import Collation, Fate, Pair, collate, side_by_side
from archive.copies.relatives import Relative, relatives
from archive.copies.stories import NO_STORIES, Stories
from web import labels, params
from web.i18n import gettext, ngettext
from web.params import BadParameter

MOST_COMPARED = 40  # versions in one table; a story of more is seldom read paragraph by paragraph


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a story, what it is to the base, and what it made of that; None for the base itself."""

    article: Article
    relative: Relative | None
    collation: Collation | None


@dataclass(frozen=True, slots=True)
class Story:
    """The versions of a story, the oldest first; those beyond a table's worth are only listed."""

    base: Article
    versions: tuple[Version, ...]
    further: tuple[Article, ...]

    @property
    def outlets(self) -> int:
        """How many outlets have a version."""
        articles = (*(version.article for version in self.versions), *self.further)
        return len({article.outlet for article in articles if article.outlet})


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions word by word, in the order of the base, and whether the other has the same in another order."""

    base: Article
    other: Article
    pairs: tuple[Pair, ...]
    moved: bool


def read(args: MultiDict[str, str], articles: Sequence[Article], stories: Stories) -> tuple[Story, Comparison | None]:
    """The story of some articles with the base and the comparison an address asks; BadParameter for a stranger."""
    ids = {article.id for article in articles}
    base, other = (params.single(args, name) for name in (params.BASE, params.WITH))
    for name, value in ((params.BASE, base), (params.WITH, other)):
        if value and value not in ids:
            raise BadParameter(name, value, "the id of an article of this story")
    story = story_of(articles, base, stories, other)
    return story, compared(story, "" if other == story.base.id else other)


def story_of(articles: Sequence[Article], base: str = "", stories: Stories = NO_STORIES, other: str = "") -> Story:
    """The story that articles are versions of, held against the one whose id is `base`, else the first.

    Of very many versions the oldest are in the table, and the two that are named.
    """
    first = next((article for article in articles if article.id == base), articles[0])
    by_want = sorted(articles, key=lambda article: article.id not in {first.id, other})
    in_table = {article.id for article in by_want[:MOST_COMPARED]}
    shown = [article for article in articles if article.id in in_table]
    versions = tuple(_version(one, first) for one in relatives(stories, first, shown))
    return Story(first, versions, tuple(article for article in articles if article.id not in in_table))


def compared(story: Story, other: str) -> Comparison | None:
    """The base beside the version with this id, else beside the first that differs; None where none does."""
    others = [one for one in story.versions if one.collation is not None]
    wanted = (one for one in others if (one.article.id == other if other else _differs(one.collation)))
    chosen = next(wanted, None)
    if chosen is None or chosen.collation is None:
        return None
    pairs = tuple(side_by_side(story.base.paragraphs, chosen.article.paragraphs))
    return Comparison(story.base, chosen.article, pairs, _moved(chosen.collation))


def summary(collation: Collation) -> str:
    """What a version made of the base, as a sentence without its subject: "membuang paragraf 4–5"."""
    cut, changed, added = collation.numbers(Fate.CUT), collation.numbers(Fate.CHANGED), len(collation.added)
    if cut and len(cut) == len(collation.cells):
        return gettext("tidak memuat satu pun paragraf naskah acuan")
    said = [
        gettext("membuang paragraf %(numbers)s", numbers=runs(cut)) if cut else "",
        gettext("mengubah paragraf %(numbers)s", numbers=runs(changed)) if changed else "",
        ngettext("menambah %(count)s paragraf", "menambah %(count)s paragraf", added) if added else "",
        gettext("mengubah urutan paragraf") if _moved(collation) else "",
    ]
    *first, last = [one for one in said if one] or [gettext("sama dengan naskah acuan")]
    return gettext("%(first)s dan %(last)s", first=", ".join(first), last=last) if first else last


def runs(numbers: Sequence[int]) -> str:
    """Numbers in ascending order as readers write them: 1, 4–5."""
    grouped = groupby(enumerate(numbers), lambda placed: placed[1] - placed[0])
    ends = [[number for _, number in group] for _, group in grouped]
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in ends)


def named(article: Article) -> str:
    """Whose version it is: outlet and bureau, else its title."""
    return labels.outlets((article,)) or article.title


def _version(one: Relative, base: Article) -> Version:
    article = one.article
    if article is base:
        return Version(article, None, None)
    return Version(article, one, collate(base.paragraphs, article.paragraphs))


def _differs(collation: Collation | None) -> bool:
    if collation is None:
        return False
    return bool(collation.added) or any(cell.fate is not Fate.SAME for cell in collation.cells) or _moved(collation)


def _moved(collation: Collation) -> bool:
    """Whether paragraphs of the base stand in another order."""
    places = [cell.at for cell in collation.cells if cell.at is not None]
    return places != sorted(places)
