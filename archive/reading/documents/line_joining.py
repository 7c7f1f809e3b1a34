"""Lines of print become paragraphs, and words divided by hyphens at the ends of lines become whole.

A divided word is joined unless its hyphen belongs to it: in a repeated word (*anak-anak*, *sayur-mayur*,
*tolong-menolong*, *perundang-undangan*), before a capital or a digit (*se-Indonesia*, *ke-19*), or where the text
elsewhere has it with the hyphen, or has both parts as words and never the whole. Words of the text itself are what is
known of them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

INDENT = 0.6  # of the height of letters: a line set in so far begins a paragraph
ROOM = 0.5  # of the height: a line ends a paragraph if the first word of the next would fit with so much room
VERY_SHORT = 0.4  # of the width of the block
WIDE_LEADING = 1.3  # times the usual distance of lines
WHOLE_SENTENCE = re.compile(r"[.!?…:][\"'”’)\]]*$")
DIVIDED = re.compile(r"(?<![^\W\d_])(?P<left>[^\W\d_]++)[-\u2010\u00ad]\n(?P<right>[^\W\d_]++)")
WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
LEAST_REPEATED = 3  # letters of a repeated word
LEAST_COMMON = 5  # letters with which two words begin that are said together
PREFIXES = frozenset({"di", "ke"})  # words, too, but hardly ever with a hyphen after them
SUFFIXES = ("nya", "kan", "lah", "kah", "pun", "an", "ku", "mu", "i")
VOWELS = frozenset("aeiou")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a block, in points: the height of its letters, how far it is set in on both sides, and its place.

    `first_width` is the width of its first word, `width` that of the block.
    """

    text: str
    size: float
    indent: float
    shortness: float
    bottom: float
    first_width: float
    width: float


def leading(lines: Sequence[Line]) -> list[float]:
    """The distance of each line from the one above, as a share of the height of its letters."""
    return [round((above.bottom - line.bottom) / line.size, 1) for above, line in pairwise(lines)]


def paragraphs(lines: Sequence[Line], usual_leading: float = 2.0) -> list[str]:
    """The paragraphs of a block, each with its lines."""
    found: list[list[str]] = []
    before: Line | None = None
    for line in lines:
        if before is None or _is_parted(before, line, usual_leading):
            found.append([])
        found[-1].append(line.text)
        before = line
    return ["\n".join(lines) for lines in found]


def _is_parted(before: Line, line: Line, usual_leading: float) -> bool:
    """Whether a line begins a paragraph: set in or apart, or its first word would have fitted on the one before.

    A line is also short because of how it was broken, so the sentence must end there, or the line be very short.
    """
    indented = line.indent > INDENT * line.size and before.indent <= INDENT * before.size
    fitting = before.shortness > line.first_width + ROOM * line.size
    ended = WHOLE_SENTENCE.search(before.text) is not None or (
        before.shortness > VERY_SHORT * before.width and not line.text[:1].islower()
    )
    return indented or (fitting and ended) or before.bottom - line.bottom > WIDE_LEADING * usual_leading * line.size


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
    if f"{first}-{second}" in known or not (right[0].islower() or (left + right).isupper()):
        return True
    if first + second in known:
        return False
    if (left.isupper() and len(left) > 1) or _is_repeated(first, second):
        return True
    return first in known and second in known and first not in PREFIXES


def _is_repeated(first: str, second: str) -> bool:
    """Whether two parts are a word and its repetition, in any of the ways of Indonesian."""
    if len(first) < LEAST_REPEATED or len(second) < LEAST_REPEATED:
        return False
    if any(first.endswith(base) or _echoes(first[-len(base) :], base) for base in _bases(second)):
        return True  # anak-anaknya, perundang-undangan, digembar-gemborkan
    if len(first) > LEAST_REPEATED and first[1:] in second:  # tolong-menolong, terus-menerus
        return True
    return len(second) >= LEAST_COMMON and first.startswith(second[:LEAST_COMMON])  # santriwan-santriwati


def _bases(word: str) -> Iterator[str]:
    """A word, and what is left of it without a suffix."""
    yield word
    for suffix in SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= LEAST_REPEATED:
            yield word.removesuffix(suffix)


def _echoes(one: str, other: str) -> bool:
    """Whether words differ in their first letter alone, or in vowels alone: sayur-mayur, bolak-balik."""
    if len(one) != len(other) or len(one) <= LEAST_REPEATED:
        return False
    vowels_alone = all(a == b or (a in VOWELS and b in VOWELS) for a, b in zip(one, other, strict=True))
    return one[1:] == other[1:] or vowels_alone
