"""Archives of any size from one of a given size: its articles again and again, each time as other articles.

The first round is the articles as they are. In every further one

- ids are new, and given dates and dates in addresses move by a month for each round;
- one word in four is another word about as frequent, so that hardly a quarter of any five words in a row stay as they
  were: no article is a copy of the one it came from, and frequent words stay as frequent;
- words met once in all the articles get other vowels, different in each round, because real archives never stop
  bringing new names; a vocabulary that stood still would flatter dictionaries and stems.

All of it follows from ids and rounds alone: the same archive comes out in every run.
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

SWAPPED = 4  # one word in so many
DAYS = 30  # by which each round is later
WORD = re.compile(r"[a-z]{2,}|[A-Z][a-z]+")  # all small, or a capital and small: what is swapped keeps its look
DAY = re.compile(r"(?<!\d)(\d{4})([-/])(\d{2})\2(\d{2})(?!\d)")
VOWELS = "aeiou"


@dataclass(frozen=True, slots=True)
class Words:
    """The words of an archive, the most frequent first; those from `once` on were met once."""

    ranked: list[str]
    ranks: dict[str, int]
    once: int


def repeated(data: Path, number: int) -> Iterator[Record]:
    """So many records made of those in a file or folder."""
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
    """A record as another article of a later round."""
    chance = Random(f"{record.id} {turn}")  # noqa: S311  # nothing secret about it
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
    """The word with its vowels moved on, the first by the last digit of `turn` in base 5, the second by the next."""
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
