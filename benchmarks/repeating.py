"""Synthetic archives of any size: real articles repeated, each time as different articles.

The first round has the articles as they are. In each further round:

- ids are new, and dates in date fields and addresses move on by 30 days per round;
- every other word becomes one of similar frequency, so a thirtieth of all word 5-grams survive: no article is a copy of
  its original, and frequent words stay frequent;
- which word becomes which is decided by the round and the word before it, too, so what is the same in two articles is
  the same in both of another round: each round has copies of its own, some three quarters of those of the first;
- words that occur once get other vowels in each round, so that the vocabulary keeps growing as in real archives.

All of it depends on the articles and rounds only, so every run makes the same archive. The words of the articles are
held as numbers, some 2 kB an article.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count, islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from archive.record import Record
from benchmarks.corpus import records

SWAPPED = 2  # one word in this many
DAYS = 30  # between two rounds
WORD = re.compile(r"([a-z]{2,}|[A-Z][a-z]+)")  # lower case or capitalized: replacements keep the case
DAY = re.compile(r"(?<!\d)(\d{4})([-/])(\d{2})\2(\d{2})(?!\d)")
TITLE_END = "\0"  # between a title and its text while they are taken apart
VOWELS = "aeiou"
MIXING = np.uint64(0x9E3779B97F4A7C15)  # multiplicative hashing

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Original:
    """An article taken apart: words and what is between them by number, and which words have a capital."""

    record: Record  # without title and text
    titled: bool
    words: NDArray[np.int32]
    capitals: NDArray[np.bool_]
    gaps: NDArray[np.int32]  # one more than words


class _Words:
    """The words of an archive by rank, most frequent first; those from rank `once` on occur once."""

    def __init__(self, numbers: dict[str, int], originals: list[_Original]) -> None:
        counted = np.bincount(np.concatenate([one.words for one in originals]), minlength=len(numbers))
        order = np.argsort(-counted, kind="stable")
        self.rank_of = np.empty(len(order), np.int64)
        self.rank_of[order] = np.arange(len(order))
        self.once = int(np.count_nonzero(counted > 1))
        names = list(numbers)
        self._ranked = [names[number] for number in order.tolist()]

    def written(self, turn: int) -> NDArray[np.object_]:
        """The words of a round by rank, then the same with capitals."""
        words = self._ranked[: self.once] + [_renamed(word, turn) for word in self._ranked[self.once :]]
        return np.array([*words, *(word.capitalize() for word in words)], np.object_)


def repeated(data: Path, number: int) -> Iterator[Record]:
    """That many records, made of those in a file or folder."""
    return islice(_rounds(data), number)


def _rounds(data: Path) -> Iterator[Record]:
    numbers: dict[str, int] = {}
    between: dict[str, int] = {}
    originals = []
    for record in records(data, 0):
        yield record
        originals.append(_taken_apart(record, numbers, between))
    words, gaps = _Words(numbers, originals), np.array(list(between), np.object_)
    for turn in count(1):
        written = words.written(turn)
        for original in originals:
            ranks = _swapped(words.rank_of[original.words], turn, words.once)
            yield _put_together(original, turn, written[ranks + original.capitals * (len(written) // 2)], gaps)


def _taken_apart(record: Record, numbers: dict[str, int], between: dict[str, int]) -> _Original:
    """An article by the numbers of its words, which are added where they are new."""
    whole = record.text if record.title is None else record.title + TITLE_END + record.text
    parts = WORD.split(whole)
    words, gaps = parts[1::2], parts[::2]
    return _Original(
        replace(record, title=None, text=""),
        record.title is not None,
        np.array([numbers.setdefault(word.lower(), len(numbers)) for word in words], np.int32),
        np.array([not word.islower() for word in words], np.bool_),
        np.array([between.setdefault(gap, len(between)) for gap in gaps], np.int32),
    )


def _swapped(ranks: Numbers, turn: int, once: int) -> Numbers:
    """The ranks of an article's words in a round; each is decided by the round, the word and the word before it."""
    pairs = ranks.astype(np.uint64)
    pairs[1:] += ranks[:-1].astype(np.uint64) << np.uint64(32)
    mixed = (pairs ^ np.uint64(turn << 24)) * MIXING
    mixed = (mixed ^ mixed >> np.uint64(29)) * MIXING
    chance = (mixed >> np.uint64(33)).astype(np.int64)
    near = ranks + 1 + (chance >> 8) % (3 + ranks // 8)
    return np.where((chance % 256 * SWAPPED < 256) & (ranks < once), near % max(once, 1), ranks)


def _put_together(original: _Original, turn: int, words: NDArray[np.object_], gaps: NDArray[np.object_]) -> Record:
    """An article of a later round from its words."""
    parts = [""] * (2 * len(words) + 1)
    parts[::2], parts[1::2] = gaps[original.gaps].tolist(), words.tolist()
    title, _, text = "".join(parts).rpartition(TITLE_END)
    record = original.record
    return replace(
        record,
        id=f"{record.id}~{turn}",
        text=text,
        title=title if original.titled else None,
        date=record.date and _later(record.date, turn),
        url=record.url and _later(record.url, turn),
    )


def _renamed(word: str, turn: int) -> str:
    """Shift the vowels of a word: the first by the last digit of `turn` in base 5, the second by the next digit."""
    letters = list(word)
    for place, letter in enumerate(letters):
        if letter in VOWELS:
            turn, step = divmod(turn, len(VOWELS))
            letters[place] = VOWELS[(VOWELS.index(letter) + step) % len(VOWELS)]
    return "".join(letters)


def _later(text: str, turn: int) -> str:
    def moved(match: re.Match[str]) -> str:
        year, sign, month, day = match.groups()
        try:
            later = date(int(year), int(month), int(day)) + timedelta(days=DAYS * turn)
        except ValueError:
            return match[0]
        return later.isoformat().replace("-", sign)

    return DAY.sub(moved, text)
