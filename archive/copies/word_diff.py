"""Word diff: two texts as stretches of words that both have, only the first has, or only the second has.

Punctuation and capitals do not count. difflib finds the stretches. Its time is quadratic in the number of words or
worse, so long texts are diffed by sentence first, and by word only between sentences that both have.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import chain, pairwise

MOST_WORDS = 600  # longest text that is diffed by word directly
MOST_SENTENCES = 2_000  # longest text that is diffed by sentence; a longer one counts as replaced as a whole
WORD_COST = 20  # of a word by itself, in pairs of words compared
FREQUENT_FROM = 200  # elements from which difflib ignores frequent ones, so that its time hardly grows any more
SENTENCE_ENDS = (".", "!", "?", '."', ".”", "?”", "!”", '?"', '!"')
WORD = re.compile(r"\w+(?:[-'’.,]\w+)*")
PIECE = re.compile(r"\S+")


class Change(StrEnum):
    """Which version a stretch of words belongs to: both, only the first, or only the second."""

    KEPT = "kept"
    REMOVED = "removed"
    INSERTED = "inserted"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some words, and which of the versions have them."""

    change: Change
    text: str


def diff_cost(before: str, after: str) -> int:
    """Estimate the time of a word diff, about a million for half a second at worst.

    It grows with the product of the lengths, up to the length from which difflib ignores frequent words.
    """
    left, right = before.count(" ") + 1, after.count(" ") + 1
    return WORD_COST * (left + right) + min(left, FREQUENT_FROM) * min(right, FREQUENT_FROM)


def diff_words(before: str, after: str) -> tuple[Stretch, ...]:
    """Diff two texts by word.

    Long texts are diffed by sentence first. A run of differing sentences that is too long for a diff by word counts as
    removed and inserted as a whole, and so does a text of too many sentences.
    """
    left, right = PIECE.findall(before), PIECE.findall(after)
    if not (left and right):  # a paragraph that only one of them has is shown as it is
        changes = ((Change.REMOVED, before), (Change.INSERTED, after))
        return tuple(Stretch(change, text) for change, text in changes if text)
    if max(len(left), len(right)) <= MOST_WORDS:
        return tuple(_diff_short(left, right))
    ours, theirs = _sentences(left), _sentences(right)
    if max(len(ours), len(theirs)) > MOST_SENTENCES:
        return tuple(_stretches((Change.REMOVED, left), (Change.INSERTED, right)))
    matcher = SequenceMatcher(
        None, [_normalized_sentence(words) for words in ours], [_normalized_sentence(words) for words in theirs]
    )
    found: list[Stretch] = []
    for tag, i, j, k, m in matcher.get_opcodes():
        some, others = list(chain.from_iterable(ours[i:j])), list(chain.from_iterable(theirs[k:m]))
        if tag == "equal":
            found.append(Stretch(Change.KEPT, " ".join(others)))
        elif max(len(some), len(others)) <= MOST_WORDS:
            found += _diff_short(some, others)
        else:
            found += _stretches((Change.REMOVED, some), (Change.INSERTED, others))
    return tuple(found)


def _diff_short(left: list[str], right: list[str]) -> Iterator[Stretch]:
    """Diff two texts by word that are short enough for it."""
    matcher = SequenceMatcher(None, [_normalized(word) for word in left], [_normalized(word) for word in right])
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            yield Stretch(Change.KEPT, " ".join(right[k:m]))
        else:
            yield from _stretches((Change.REMOVED, left[i:j]), (Change.INSERTED, right[k:m]))


def _stretches(*changes: tuple[Change, list[str]]) -> Iterator[Stretch]:
    return (Stretch(change, " ".join(words)) for change, words in changes if words)


def _sentences(words: list[str]) -> list[list[str]]:
    ends = [place for place, word in enumerate(words, 1) if word.endswith(SENTENCE_ENDS)]
    return [words[start:end] for start, end in pairwise((0, *ends, len(words))) if start < end]


def _normalized_sentence(words: list[str]) -> str:
    return " ".join(map(_normalized, words))


def _normalized(word: str) -> str:
    """A word as compared: lower case without punctuation; a word of nothing but punctuation stays as it is."""
    return "".join(WORD.findall(word.casefold())) or word
