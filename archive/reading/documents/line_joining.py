"""Lines of print become paragraphs, and words divided by hyphens at the ends of lines become whole.

A divided word is joined unless its hyphen belongs to it: in a repeated word (*anak-anak*), before a capital or a digit
(*se-Indonesia*, *ke-19*), or where the text elsewhere has it with the hyphen, or has both parts as words and never the
whole. Words of the text itself are what is known of them.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

INDENT = 0.6  # of the height of letters: a line set in so far begins a paragraph
SHORT = 2.0  # of the height: a line that ends so far before the others ends one
WHOLE_SENTENCE = re.compile(r"[.!?…:][\"'”’)\]]*$")
DIVIDED = re.compile(r"(?P<left>[^\W\d_]+)[-\u2010\u00ad]\n(?P<right>[^\W\d_]+)")
WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
LEAST_REPEATED = 3  # letters of a repeated word


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a block: its text, the height of its letters, how far it is set in on both sides, and its place."""

    text: str
    size: float
    indent: float
    shortness: float
    bottom: float


def paragraphs(lines: Sequence[Line]) -> list[str]:
    """The paragraphs of a block, each with its lines."""
    found: list[list[str]] = []
    before: Line | None = None
    for line in lines:
        ends = before is None or (
            WHOLE_SENTENCE.search(before.text) is not None and before.shortness > SHORT * before.size
        )
        begins = before is not None and line.indent > INDENT * line.size and before.indent <= INDENT * before.size
        if ends or begins or not found:
            found.append([])
        found[-1].append(line.text)
        before = line
    return ["\n".join(lines) for lines in found]


def joined_paragraphs(blocks: Iterable[Sequence[str]]) -> list[str]:
    """The paragraphs of all blocks; one that goes on in the next column or page is put together."""
    found: list[str] = []
    for block in blocks:
        for at, paragraph in enumerate(block):
            goes_on = not at and found and not WHOLE_SENTENCE.search(found[-1]) and paragraph[:1].islower()
            if goes_on:
                found[-1] += "\n" + paragraph
            else:
                found.append(paragraph)
    return with_whole_words(found)


def with_whole_words(found: Sequence[str]) -> list[str]:
    """The paragraphs as one line each, their divided words put together."""
    known = {word.casefold() for paragraph in found for word in WORDS.findall(DIVIDED.sub(" ", paragraph))}

    def whole(word: re.Match[str]) -> str:
        left, right = word["left"], word["right"]
        return f"{left}-{right}" if _keeps_hyphen(left, right, known) else left + right

    return [DIVIDED.sub(whole, paragraph).replace("\n", " ") for paragraph in found]


def _keeps_hyphen(left: str, right: str, known: set[str]) -> bool:
    first, second = left.casefold(), right.casefold()
    if first + second in known:
        return False
    if f"{first}-{second}" in known or not right[0].islower() or (left.isupper() and len(left) > 1):
        return True
    if len(first) >= LEAST_REPEATED and (
        second.startswith(first) or (first.endswith(second) and len(second) >= LEAST_REPEATED)
    ):
        return True
    return first in known and second in known
