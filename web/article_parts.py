"""Very long articles in parts: an article is shown and answered in parts of bounded size, as a value of its own each.

An article of usual length has one part, itself. A part ends before a passage where it can, and within a long passage
after a blank. The parts together are the whole original, so nothing of an article is out of reach.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from werkzeug.datastructures import MultiDict

from archive.article import Article, Passage
from web import params
from web.parameter_errors import BadParameter, Valid

# Of the original, which a page holds twice; a character can take five bytes of HTML or six of JSON each time.
PART_CHARACTERS: Final = 150_000
PART_PASSAGES: Final = 2_000  # a passage takes some 250 bytes of markup beside its text
MAX_MARKS: Final = 2_000  # hits marked in a part; the mark of one takes some 200 bytes of markup


@dataclass(frozen=True, slots=True)
class ArticlePart:
    """One part of an article, numbered from 1, and the offset of its text in the original."""

    article: Article
    number: int
    parts: int
    start: int


def read_part(args: MultiDict[str, str], article: Article) -> ArticlePart:
    """Return the part of an article that a URL asks for, by default the first.

    Raises:
        BadParameter: If the article has no such part.
    """
    starts, value = part_starts(article), params.single(args, params.PART) or "1"
    numbers = {str(number): number for number in range(1, len(starts) + 1)}
    if value not in numbers:
        raise BadParameter(params.PART, value, Valid.WHOLE_NUMBER_TO, least=1, most=len(starts))
    number = numbers[value]
    if len(starts) == 1:
        return ArticlePart(article, 1, 1, 0)
    start, end = (*starts, len(article.text))[number - 1 : number + 1]
    passages = tuple(
        Passage(max(one.start, start) - start, min(one.end, end) - start, one.role)
        for one in article.passages
        if one.start < end and one.end > start
    )
    return ArticlePart(replace(article, text=article.text[start:end], passages=passages), number, len(starts), start)


def part_starts(article: Article) -> Sequence[int]:
    """Return the offsets at which the parts of an article begin."""
    text, starts, held = article.text, [0], 0
    if len(text) <= PART_CHARACTERS and len(article.passages) <= PART_PASSAGES:
        return starts
    for passage in article.passages:
        before = len(starts)
        if passage.end - starts[-1] <= PART_CHARACTERS and held < PART_PASSAGES:
            held += 1
            continue
        _cut_until(starts, text, passage.start)
        if starts[-1] < passage.start and (passage.end - starts[-1] > PART_CHARACTERS or held >= PART_PASSAGES):
            starts.append(passage.start)
        _cut_until(starts, text, passage.end)
        held = held + 1 if len(starts) == before else 1
    _cut_until(starts, text, len(text))
    return starts


def _cut_until(starts: list[int], text: str, end: int) -> None:
    """Add starts until the last part reaches `end`, after a blank where there is one."""
    while end - starts[-1] > PART_CHARACTERS:
        least, most = starts[-1] + PART_CHARACTERS // 2, starts[-1] + PART_CHARACTERS
        starts.append(text.rfind(" ", least, most) + 1 or most)
