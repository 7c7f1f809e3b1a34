"""Lines in context: the places of a query cut out of their articles, with the words before and after.

A line runs over the title, or over the text with its paragraphs joined by a space. Its context ends with whole words.
The words that decided the order are a part of their own, so that a page can mark them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from archive.article import Article
from index.answers.marking.highlighting import Highlighter, find_marks
from index.concordance import WORDS_COMPARED, LineOrder, Lines, Place
from index.engine import IndexInfo, Reader
from index.query.request import Query
from index.query.tree import Node
from index.words.tokenizer import token_spans

DEFAULT_WIDTH: Final = 60  # characters on each side
MOST_WIDTH: Final = 500
MOST_EXPORTED: Final = 100_000  # lines of one file: cutting them takes about half a minute


@dataclass(frozen=True, slots=True)
class ContextLine:
    """One line: `left`, `hit` and `right` as read; `left_sorted` and `right_sorted` are the words beside the hit.

    `paragraph` counts from 0, and is None in the title; `start` is the offset of the hit within it.
    """

    article: Article
    place: Place
    left: str
    left_sorted: str
    hit: str
    right_sorted: str
    right: str
    paragraph: int | None
    start: int

    @property
    def before(self) -> str:
        """The whole context before the hit."""
        return self.left + self.left_sorted

    @property
    def after(self) -> str:
        """The whole context after the hit."""
        return self.right_sorted + self.right


@dataclass(frozen=True, slots=True)
class ContextLines:
    """Lines of an answer: `total` places in `articles`, of which `count` are in the sample, if there is one."""

    lines: tuple[ContextLine, ...]
    total: int
    articles: int
    count: int
    tree: Node
    index: IndexInfo


def context_lines(reader: Reader, query: Query, wanted: Lines, width: int = DEFAULT_WIDTH) -> ContextLines:
    """Cut the wanted lines of a query. Raises what `Reader.concordance` raises."""
    found = reader.concordance(query, wanted)
    lines = tuple(_cut(reader, place, wanted.order, width) for place in found.places)
    return ContextLines(lines, found.total, found.articles, found.lines, found.tree, reader.info())


def every_line(reader: Reader, query: Query, wanted: Lines, width: int) -> Iterator[ContextLine]:
    """Yield all lines of a query in order, each cut when it is wanted."""
    places = reader.concordance(query, replace(wanted, first=0, size=MOST_EXPORTED)).places
    for place in places:
        yield _cut(reader, place, wanted.order, width)


def _cut(reader: Reader, place: Place, order: LineOrder, width: int) -> ContextLine:
    held = reader.get(place.article)
    if held is None:
        raise LookupError(f"the reader that found a place has no article {place.article!r}")
    return cut_line(held.article, place, order, width)


def cut_line(article: Article, place: Place, order: LineOrder, width: int) -> ContextLine:
    """Cut one line out of its article."""
    paragraphs = (article.title,) if place.in_title else article.paragraphs
    text = " ".join(paragraphs)
    before = max(0, place.word - WORDS_COMPARED)
    words = token_spans(text, before, place.word + place.words + WORDS_COMPARED)
    at = place.word - before
    after = at + place.words
    start, end = words[at][0], words[after - 1][1]
    begin, stop = _left_edge(text, start, width), _right_edge(text, end, width)
    left = [edge for edge, _ in words[:at] if edge >= begin]
    right = [edge for _, edge in words[after:] if edge <= stop]
    left_mark = left[0] if left and order is LineOrder.LEFT else start
    right_mark = right[-1] if right and order is LineOrder.RIGHT else end
    paragraph, offset = _paragraph(paragraphs, start)
    return ContextLine(
        article=article,
        place=place,
        left=text[begin:left_mark],
        left_sorted=text[left_mark:start],
        hit=text[start:end],
        right_sorted=text[end:right_mark],
        right=text[right_mark:stop],
        paragraph=None if place.in_title else paragraph,
        start=offset,
    )


def mark_number(line: ContextLine, highlighter: Highlighter) -> int | None:
    """The number of the mark of a line among all marks of its article, counted from 1; None if it is not marked."""
    article = line.article
    titles = () if article.title_derived else (article.title,)
    if line.paragraph is None and not titles:
        return None
    at = 0 if line.paragraph is None else len(titles) + line.paragraph
    number = 0
    for place, text in enumerate((*titles, *article.paragraphs)):
        marks = find_marks(text, highlighter)
        if place == at:
            inside = [count for count, mark in enumerate(marks, 1) if mark.start <= line.start < mark.end]
            return number + inside[0] if inside else None
        number += len(marks)
    return None


def _left_edge(text: str, start: int, width: int) -> int:
    """Where a context of some characters before an offset begins: at the beginning of a word."""
    edge = start - width
    if edge <= 0:
        return 0
    blank = text.find(" ", edge - 1, start)
    return start if blank < 0 else blank + 1


def _right_edge(text: str, end: int, width: int) -> int:
    """Where a context of some characters after an offset ends: at the end of a word."""
    edge = end + width
    if edge >= len(text):
        return len(text)
    blank = text.rfind(" ", end, edge + 1)
    return end if blank < 0 else blank


def _paragraph(paragraphs: Sequence[str], offset: int) -> tuple[int, int]:
    """The paragraph of an offset in the joined text, and the offset within it."""
    for number, paragraph in enumerate(paragraphs):
        if offset <= len(paragraph):
            return number, offset
        offset -= len(paragraph) + 1
    raise ValueError("the offset lies behind the text")
