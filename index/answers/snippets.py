"""Snippets: the one to three passages of an article that best show why it was found.

A passage scores by the number of distinct query terms in it. All passages together have a fixed length, so a single
passage is longer than each of several. Passages start at the beginning of a sentence if there is one close enough, and
end with a whole word. Highlighting is the same in snippets and full texts; see `highlighting`.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from archive.article import Article, Role, collapse_whitespace
from index.answers.fragments import Fragment, fragments, joined
from index.answers.marking.highlighting import Highlighter, Mark, find_marks

LENGTH: Final = 290  # characters of all passages together: four lines on a page, two on a projector
MOST_PASSAGES: Final = 3  # more are too short to be understood
SEARCHED: Final = 20_000  # characters of an article; beyond, it is searched only if nothing matched before
MOST_SEARCHED: Final = (
    200_000  # characters of an article that are searched at all: a book of forty chapters takes too long
)
LONGEST: Final = 4 * LENGTH  # characters of one passage, even if a single word is longer
DENSE: Final = 0.7  # share of a passage from its first to its last mark at most; the rest is for context
GAP: Final = Fragment(" … ", matched=False)
_END_OF_TITLE: Final = re.compile(r"[,;:.!?)\"”’'–—-]*\s*")  # what a derived title leaves out at its end
_SENTENCE: Final = re.compile(r"[.!?][\"”’')]*\s+(?=[\"“‘'(]*[A-Z0-9])")  # the gap between two sentences


class _Passage(NamedTuple):
    start: int
    end: int


class _Body(NamedTuple):
    """The paragraphs joined into one text, the offset of each, and the marks in the text."""

    text: str
    paragraphs: list[int]
    marks: list[Mark]


def snippet(article: Article, highlighter: Highlighter) -> tuple[Fragment, ...]:
    """The best passages of an article with their marks, or its beginning if nothing in the body matched.

    A title derived from the first sentence stands above the snippet, which therefore goes on where the title ends.
    """
    body = _marked_body(_paragraphs(article), highlighter)
    if article.title_derived:
        body = _after(article.title, body)
    if not body.text:
        return ()
    passages = _with_context(body, _best(body.marks)) if body.marks else [_Passage(0, _cut(body.text, 0, LENGTH))]
    made: list[Fragment] = []
    shown = joined(body.text, body.marks)
    for passage in passages:
        if made or not _starts_sentence(body, passage.start):
            made.append(GAP if made else Fragment("… ", matched=False))
        made += fragments(body.text, shown, *passage)
    if passages[-1].end < len(body.text) and body.text[passages[-1].end - 1] not in '.!?”"':
        made.append(Fragment(" …", matched=False))
    return tuple(made)


def _paragraphs(article: Article) -> Iterator[str]:
    """The paragraphs of an article, each made when it is wanted; one longer than SEARCHED in pieces, cut at blanks."""
    if len(article.text) <= SEARCHED:
        yield from article.paragraphs
        return
    for passage in article.passages:
        if passage.role is Role.BODY:
            start = passage.start
            while passage.end - start > SEARCHED:
                cut = article.text.rfind(" ", start + 1, start + SEARCHED) + 1 or start + SEARCHED
                yield collapse_whitespace(article.text[start:cut])
                start = cut
            yield collapse_whitespace(article.text[start : passage.end])


def _marked_body(paragraphs: Iterable[str], highlighter: Highlighter) -> _Body:
    """The paragraphs with their marks; the first SEARCHED characters are looked through together."""
    kept: list[str] = []
    starts: list[int] = []
    found: list[Mark] = []
    length, together = 0, True
    for paragraph in paragraphs:
        if together and length > SEARCHED:
            found, together = find_marks(" ".join(kept), highlighter, starts), False
        if length > (SEARCHED if found or not highlighter.terms else MOST_SEARCHED):
            break
        starts.append(length)
        if not together:
            found += [
                Mark(length + mark.start, length + mark.end, mark.terms) for mark in find_marks(paragraph, highlighter)
            ]
        kept.append(paragraph)
        length += len(paragraph) + 1
    text = " ".join(kept)
    return _Body(text, starts, find_marks(text, highlighter, starts) if together else found)


def _after(title: str, body: _Body) -> _Body:
    """The body without the words that its derived title repeats."""
    repeated = title.removesuffix("…")
    if not body.text.startswith(repeated):
        return body
    end = _END_OF_TITLE.match(body.text, len(repeated))
    start = len(repeated) if end is None else end.end()
    begins = [place - start for place in body.paragraphs if place >= start]
    if any(mark in body.text[len(repeated) - 1 : start] for mark in ".!?"):
        begins = [0, *(place for place in begins if place)]
    marks = [Mark(mark.start - start, mark.end - start, mark.terms) for mark in body.marks if mark.start >= start]
    return _Body(body.text[start:], begins, marks)


def _best(found: list[Mark]) -> list[_Passage]:
    """The fewest passages that cover the most terms, each from its first mark to its last."""
    best: list[_Passage] = []
    most, terms = 0, len(frozenset().union(*(mark.terms for mark in found)))
    for number in range(1, MOST_PASSAGES + 1):
        passages, held = _greedy(found, number)
        if held > most:
            best, most = passages, held
        if most == terms:
            break
    return sorted(best)


def _greedy(found: list[Mark], number: int) -> tuple[list[_Passage], int]:
    """Up to `number` passages, each the best for the terms not covered yet, and the number of terms covered."""
    passages: list[_Passage] = []
    held: frozenset[int] = frozenset()
    while len(passages) < number:
        first, last, new = _densest_window(found, held, int(LENGTH / number * DENSE))
        if not new:
            break
        passages.append(_Passage(found[first].start, found[last].end))
        held = held.union(*(mark.terms for mark in found[first : last + 1]))
    return passages, len(held)


def _densest_window(found: list[Mark], held: frozenset[int], width: int) -> tuple[int, int, int]:
    """First and last mark of the window of at most `width` characters with the most new terms, and their number."""
    best, value = (0, 0, 0), (0, 0)
    inside: dict[int, int] = {}  # the new terms in the window, and how many of its marks have each
    first = 0
    for last, mark in enumerate(found):
        for term in mark.terms - held:
            inside[term] = inside.get(term, 0) + 1
        while first < last and mark.end - found[first].start > width:
            for term in found[first].terms - held:
                inside[term] -= 1
                if not inside[term]:
                    del inside[term]
            first += 1
        new = len(inside)
        if (new, last - first) > value:
            best, value = (first, last, new), (new, last - first)
    return best


def _with_context(body: _Body, passages: list[_Passage]) -> list[_Passage]:
    """The passages with as much context as there is room for. Passages that meet are merged."""
    width = LENGTH // len(passages)
    made: list[_Passage] = []
    for passage in passages:
        start = _passage_start(body, passage, width)
        wide = _Passage(start, min(_cut(body.text, passage.end, start + width), start + LONGEST))
        if made and wide.start <= made[-1].end + 1:
            wide = _Passage(made.pop().start, wide.end)
        made.append(wide)
    return made


def _passage_start(body: _Body, passage: _Passage, width: int) -> int:
    """The start of a passage: the sentence of its first mark, or an earlier sentence near the end of the text."""
    earliest = max(0, min(passage.end, len(body.text)) - width)
    sentences = [match.end() for match in _SENTENCE.finditer(body.text, max(0, earliest - 1), passage.start)]
    begins = sorted({*sentences, *(start for start in body.paragraphs if earliest <= start <= passage.start)})
    if begins:
        return next((begin for begin in begins if begin + width >= len(body.text)), begins[-1])
    room = max(0, width - (passage.end - passage.start))
    blank = body.text.find(" ", max(0, passage.start - room // 3), passage.start)
    return passage.start if blank < 0 else blank + 1


def _cut(text: str, least: int, most: int) -> int:
    """The end of the last whole word before `most`, but not before `least`."""
    if most >= len(text):
        return len(text)
    blank = text.rfind(" ", least, most + 1)
    return max(least, most if blank < 0 and not least else blank)


def _starts_sentence(body: _Body, start: int) -> bool:
    """Whether a sentence or paragraph starts at an offset."""
    before = _SENTENCE.finditer(body.text, max(0, start - 8), start + 2)
    return start in body.paragraphs or any(match.end() == start for match in before)
