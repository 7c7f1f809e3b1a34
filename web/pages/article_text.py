"""The article page: the text with numbered hits, and the original with the role of each passage."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count

from archive.article import Article, Role
from index.answers.fragments import fragments, shown_marks
from index.answers.marking.highlighting import build_highlighter
from index.query.tree import Node
from web.article_parts import MAX_MARKS


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text: a hit with its number, counted from 1, or text between hits, whose number is None."""

    text: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A passage of the original and its role; the role of text between two passages is None."""

    text: str
    role: Role | None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the body with its number in the article, counted from 1, or boilerplate, whose number is None."""

    pieces: tuple[Piece, ...]
    number: int | None = None


@dataclass(frozen=True, slots=True)
class ArticleText:
    """The title and paragraphs of an article, the number of hits, and whether the query has any terms to highlight.

    `marked` is the number of hits that are marked; it is smaller than `hits` if there are more than MAX_MARKS.
    """

    title: tuple[Piece, ...]
    paragraphs: tuple[Paragraph, ...]
    hits: int
    marked: int
    asked: bool


def article_text(article: Article, tree: Node, first: int = 1) -> ArticleText:
    """Return the text of an article with the hits of a query tree, as the engine evaluated it.

    Args:
        article: The article, or a part of it.
        tree: The query tree.
        first: The number of its first paragraph in the whole article.
    """
    mark, hits = build_highlighter(tree), 0

    def numbered(texts: Iterable[str]) -> Iterator[tuple[Piece, ...]]:
        nonlocal hits
        for text in texts:
            marks = shown_marks(text, mark)
            kept = fragments(text, marks[: max(0, MAX_MARKS - hits)], 0, len(text))
            numbers = count(hits + 1)
            hits += len(marks)
            yield tuple(Piece(one.text, next(numbers) if one.matched else None) for one in kept)

    derived = article.title_derived  # a derived title repeats the first paragraph, whose hits must not count twice
    title = (Piece(article.title),) if derived else next(numbered([article.title]))
    bodies = (Paragraph(pieces, number) for number, pieces in enumerate(numbered(article.paragraphs), first))
    shown = [passage for passage in article.passages if passage.role in {Role.BODY, Role.BOILERPLATE}]
    paragraphs = tuple(
        next(bodies) if p.role is Role.BODY else _boilerplate(article.text[p.start : p.end]) for p in shown
    )
    return ArticleText(title, paragraphs, hits, min(hits, MAX_MARKS), asked=mark.terms > 0)


def _boilerplate(text: str) -> Paragraph:
    return Paragraph((Piece(" ".join(text.split())),))


def paragraphs_before(article: Article, start: int) -> int:
    """Return the number of paragraphs of the body that end before an offset of the original."""
    return sum(passage.role is Role.BODY and passage.end <= start for passage in article.passages)


def dateline(article: Article) -> str:
    """Return the dateline without its separators: "New York (ANTARA News)"."""
    words = "".join(article.text[p.start : p.end] for p in article.passages if p.role is Role.DATELINE)
    return " ".join(words.split()).strip(" -–—,:")


def repetitions(article: Article) -> int:
    """Return the number of repeated paragraphs in the original."""
    return sum(passage.role is Role.REPEATED for passage in article.passages)


def original(article: Article) -> tuple[Part, ...]:
    """Return the whole original, without blank text between passages."""
    return tuple(part for part in _parts(article) if part.text.strip())


def _parts(article: Article) -> Iterator[Part]:
    end = 0
    for passage in article.passages:
        yield Part(article.text[end : passage.start], None)
        yield Part(article.text[passage.start : passage.end], passage.role)
        end = passage.end
    yield Part(article.text[end:], None)
