"""An article as a reader sees it: its text with the hits numbered, and its original with a reason beside every line."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count

from archive.article import Article, Role
from index.answers.snippets import marked, marker
from index.query.tree import Node


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, and the number of the hit it is, the first being 1; None between hits."""

    text: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A passage of the original and its role; None for what lies between two passages."""

    text: str
    role: Role | None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the body, or boilerplate between two of them."""

    pieces: tuple[Piece, ...]
    boilerplate: bool = False


@dataclass(frozen=True, slots=True)
class ArticleText:
    """An article with the hits of a query in its title and paragraphs, how many there are, and whether it asks any."""

    title: tuple[Piece, ...]
    paragraphs: tuple[Paragraph, ...]
    hits: int
    asked: bool


def article_text(article: Article, tree: Node) -> ArticleText:
    """An article's text for a query as the engine evaluated it."""
    mark, numbers = marker(tree), count(1)

    def numbered(texts: Iterable[str]) -> Iterator[tuple[Piece, ...]]:
        for text in texts:
            yield tuple(Piece(f.text, next(numbers) if f.matched else None) for f in marked(text, mark))

    derived = article.title_derived  # then its words are the first paragraph's, whose hits must not count twice
    title = (Piece(article.title),) if derived else next(numbered([article.title]))
    bodies = (Paragraph(pieces) for pieces in numbered(article.paragraphs))
    shown = [passage for passage in article.passages if passage.role in {Role.BODY, Role.BOILERPLATE}]
    paragraphs = tuple(next(bodies) if p.role is Role.BODY else _aside(article.text[p.start : p.end]) for p in shown)
    return ArticleText(title, paragraphs, next(numbers) - 1, asked=mark.terms > 0)


def _aside(text: str) -> Paragraph:
    return Paragraph((Piece(" ".join(text.split())),), boilerplate=True)


def dateline(article: Article) -> str:
    """The words before the first sentence that say where the news comes from: "New York (ANTARA News)"."""
    words = "".join(article.text[p.start : p.end] for p in article.passages if p.role is Role.DATELINE)
    return " ".join(words.split()).strip(" -–—,:")


def repetitions(article: Article) -> int:
    """How many paragraphs the original repeats."""
    return sum(passage.role is Role.REPEATED for passage in article.passages)


def original(article: Article) -> tuple[Part, ...]:
    """The original from its first character to its last, blank stretches between passages left out."""
    return tuple(part for part in _parts(article) if part.text.strip())


def _parts(article: Article) -> Iterator[Part]:
    end = 0
    for passage in article.passages:
        yield Part(article.text[end : passage.start], None)
        yield Part(article.text[passage.start : passage.end], passage.role)
        end = passage.end
    yield Part(article.text[end:], None)
