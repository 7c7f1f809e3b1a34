"""Differences: two texts word by word, as stretches that both have, only the first has, or only the second has.

Punctuation and capitals are no difference. difflib finds the stretches; its time grows with the square of the words or
worse, so long texts are compared sentence by sentence first, and word by word only between sentences both have.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import chain, pairwise

MOST_WORDS = 600  # of a text that is compared word by word in one go
SENTENCE_ENDS = (".", "!", "?", '."', ".”", "?”", "!”", '?"', '!"')
WORD = re.compile(r"\w+(?:[-'’.,]\w+)*")
PIECE = re.compile(r"\S+")


class Change(StrEnum):
    """What a stretch of words is between two versions."""

    KEPT = "kept"
    REMOVED = "removed"
    INSERTED = "inserted"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some words and whether both versions have them."""

    change: Change
    text: str


def differences(before: str, after: str) -> tuple[Stretch, ...]:
    """The words of two texts as stretches both have, only the first has, or only the second has.

    Long texts are compared sentence by sentence first; of sentences that differ in a row too long, no word is kept.
    """
    left, right = PIECE.findall(before), PIECE.findall(after)
    if max(len(left), len(right)) <= MOST_WORDS:
        return tuple(_told(left, right))
    ours, theirs = _sentences(left), _sentences(right)
    matcher = SequenceMatcher(None, [_said(words) for words in ours], [_said(words) for words in theirs])
    found: list[Stretch] = []
    for tag, i, j, k, m in matcher.get_opcodes():
        some, others = list(chain.from_iterable(ours[i:j])), list(chain.from_iterable(theirs[k:m]))
        if tag == "equal":
            found.append(Stretch(Change.KEPT, " ".join(others)))
        elif max(len(some), len(others)) <= MOST_WORDS:
            found += _told(some, others)
        else:
            found += _stretches((Change.REMOVED, some), (Change.INSERTED, others))
    return tuple(found)


def _told(left: list[str], right: list[str]) -> Iterator[Stretch]:
    """The stretches of words of two texts short enough to be compared word by word."""
    matcher = SequenceMatcher(None, [_bare(word) for word in left], [_bare(word) for word in right])
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            yield Stretch(Change.KEPT, " ".join(right[k:m]))
        else:
            yield from _stretches((Change.REMOVED, left[i:j]), (Change.INSERTED, right[k:m]))


def _stretches(*told: tuple[Change, list[str]]) -> Iterator[Stretch]:
    return (Stretch(change, " ".join(words)) for change, words in told if words)


def _sentences(words: list[str]) -> list[list[str]]:
    ends = [place for place, word in enumerate(words, 1) if word.endswith(SENTENCE_ENDS)]
    return [words[start:end] for start, end in pairwise((0, *ends, len(words))) if start < end]


def _said(words: list[str]) -> str:
    return " ".join(map(_bare, words))


def _bare(word: str) -> str:
    """A word as it is compared: punctuation alone is no difference, but a word of nothing else is itself."""
    return "".join(WORD.findall(word.casefold())) or word
