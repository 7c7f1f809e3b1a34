"""Synthetic archives of any size: real articles repeated, each time as different articles.

The first round has the articles as they are. In each further round:

- ids are new, and dates in date fields and addresses move on by 30 days per round;
- one word in four becomes another of similar frequency, so hardly a quarter of all word 5-grams survive: no article is
  a copy of its original, and frequent words stay frequent;
- words that occur once get other vowels in each round, so that the vocabulary keeps growing as in real archives.

All of it depends on ids and rounds only, so every run makes the same archive.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count, islice
from pathlib import Path
from random import Random

from archive.record import Record
from benchmarks.corpus import records

SWAPPED = 4  # one word in this many
DAYS = 30  # between two rounds
WORD = re.compile(r"[a-z]{2,}|[A-Z][a-z]+")  # lower case or capitalized: replacements keep the case
DAY = re.compile(r"(?<!\d)(\d{4})([-/])(\d{2})\2(\d{2})(?!\d)")
VOWELS = "aeiou"


@dataclass(frozen=True, slots=True)
class Words:
    """The words of an archive, most frequent first; those from index `once` on occur once."""

    ranked: list[str]
    ranks: dict[str, int]
    once: int


def repeated(data: Path, number: int) -> Iterator[Record]:
    """That many records, made of those in a file or folder."""
    return islice(_rounds(data), number)


def _rounds(data: Path) -> Iterator[Record]:
    yield from records(data, 0)
    words = _words(data)
    for turn in count(1):
        yield from (_another(record, turn, words) for record in records(data, 0))


def _words(data: Path) -> Words:
    counted: Counter[str] = Counter()
    for record in records(data, 0):
        counted.update(word.lower() for word in WORD.findall(record.text))
    ranked = sorted(counted, key=lambda word: (-counted[word], word))
    once = bisect_left(ranked, -1, key=lambda word: -counted[word])
    return Words(ranked, {word: rank for rank, word in enumerate(ranked)}, once)


def _another(record: Record, turn: int, words: Words) -> Record:
    """A record as a different article of a later round."""
    chance = Random(f"{record.id} {turn}")  # noqa: S311  # not for cryptography
    return replace(
        record,
        id=f"{record.id}~{turn}",
        text=_reworded(record.text, turn, words, chance),
        title=record.title and _reworded(record.title, turn, words, chance),
        date=record.date and _later(record.date, turn),
        url=record.url and _later(record.url, turn),
    )


def _reworded(text: str, turn: int, words: Words, chance: Random) -> str:
    def other(match: re.Match[str]) -> str:
        word = match[0].lower()
        rank = words.ranks.get(word, words.once)
        if rank >= words.once:
            swapped = _renamed(word, turn)
        elif chance.random() * SWAPPED < 1:
            near = rank + 1 + int(chance.random() * (3 + rank // 8))
            swapped = words.ranked[near % len(words.ranked)]
        else:
            return match[0]
        return swapped if match[0].islower() else swapped.capitalize()

    return WORD.sub(other, text)


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
