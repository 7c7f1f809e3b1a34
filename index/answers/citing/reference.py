"""References: what a citation of an article needs, whatever its format or style.

Names stay as they are printed. Many Indonesian names have no family name, and a credit line does not tell which have.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from archive.article import Article, ArticleDate, DateBasis

STATED: Final = frozenset({DateBasis.GIVEN, DateBasis.URL})  # dates that the publisher states
INFERRED: Final = "[tanggal diperkirakan]"
DISPUTED: Final = "[tanggal dipersoalkan]"
INDEX: Final = "indeks {index}"
HELD: Final = "indeks {index}, artikel {article}"  # where no address can be opened, this leads to the article
WEB: Final = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class Holding:
    """Where an article is held: the archive and its index, the article's permanent address there, and the day."""

    archive: str
    index: str
    address: str
    accessed: date


@dataclass(frozen=True, slots=True)
class Reference:
    """An article to be cited. `text` is its whole text, "" to leave it out."""

    article: Article
    held: Holding
    text: str = ""

    @property
    def title(self) -> str:
        """Its title, in square brackets if it was made from the first sentence.

        Brackets mark what is supplied: so do APA 7 for works without a title, and library catalogues (ISBD).
        """
        title = one_line(self.article.title)
        return f"[{title}]" if self.article.title_derived and title else title

    @property
    def location(self) -> str:
        """The words that tell where in the archive it is, to be filled in by `located`."""
        return INDEX if self.url else HELD

    def located(self, words: str = "") -> str:
        """Return where in the archive it is; `words` are those of `location` in another language."""
        return (words or self.location).format(index=self.held.index, article=self.article.id)

    @property
    def container(self) -> str:
        """What it appeared in: the outlet with its bureau, "" if that is unknown."""
        outlet, bureau = self.article.outlet, self.article.bureau
        return f"{outlet} ({bureau})" if outlet and bureau else outlet or ""

    @property
    def url(self) -> str:
        """The address that a citation gives: that in the archive, else that of the publisher."""
        return self.held.address or self.original

    @property
    def original(self) -> str:
        """The address at the publisher, "" if there is none that can be opened."""
        url = self.article.url or ""
        return url if url.startswith(WEB) else ""

    @property
    def date_mark(self) -> str:
        """The words that make an uncertain date one; "" for a date that the publisher states undisputed."""
        return date_mark(self.article.date)


def date_mark(day: ArticleDate) -> str:
    """Return what a citation writes beside an uncertain date."""
    if day.first is None:
        return ""
    if day.basis not in STATED:
        return INFERRED
    return DISPUTED if day.disputed else ""


def date_parts(day: ArticleDate) -> list[int]:
    """Return year, month and day, as many as are known."""
    return [int(part) for part in day.value.split("-")] if day.value else []


def one_line(text: str) -> str:
    """Return a text with all white space as single blanks."""
    return " ".join(text.split())
