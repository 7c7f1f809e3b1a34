"""Concordance: every place where an answer has what its query asks for, in an order, a stretch of them at a time.

A *place* is a run of words: in the title or in the text of an article, from the n-th word on, so many words long. Words
are counted as the tokenizer finds them, from 0, in the title and in the text each. A place is a place of a leaf of the
query that is not negated:

- of a word, every occurrence of any of its forms that are not switched off; in capitals where it asks for them;
- of a phrase, from its first to its last word. With a distance, each last word is reached from the nearest words before
  it, and is one place;
- of a wildcard, every word that fits; of an expansion, what it was searched as, too.

What several leaves find from the same word on is one place, the longest. Facts and dates have no places: an article
that matches by these alone has no line.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, NamedTuple, TypeVar

from numpy.typing import NDArray

from index.query.tree import Node

WORDS_COMPARED: Final = 3  # words of a context that an order compares; ties are broken by date
MOST_PLACES: Final = 2_000_000  # of one answer, or of a sample of it: 16 bytes each are sorted at once
MOST_FOUND: Final = 16_000_000  # of the words of a query in one answer, counted before a position is read
GOLDEN: Final = 0x9E3779B97F4A7C15  # 2^64 / φ: its multiples are spread evenly
UINT64: Final = (1 << 64) - 1  # the bits that arithmetic modulo 2^64 keeps of a Python integer
Number = TypeVar("Number", int, NDArray[Any])  # numpy types an operation of uint64 and int as signed


class LineOrder(StrEnum):
    """The order of lines: by the words before a place, from the nearest on; after it; of it; by date; by outlet.

    Words are compared by the bytes of their forms; a text that ends comes last, a shorter place first. Ties are broken
    as lines are ordered by DATE: oldest article first, undated ones last, equal days by id; within an article title
    before text, then by word. Articles without an outlet come last.
    """

    RIGHT = "right"
    LEFT = "left"
    HIT = "hit"
    DATE = "date"
    OUTLET = "outlet"


class Place(NamedTuple):
    """A place: the article, whether it is in its title, the number of its first word there, and its words."""

    article: str
    in_title: bool
    word: int
    words: int


@dataclass(frozen=True, slots=True)
class Lines:
    """Which lines are wanted, beside the query: their order, and `size` of them from `first` on.

    `sample` takes so many of all places before they are ordered, the same for the same `seed` in every engine: those
    with the smallest `sampling_key`. With `stories_once`, of the matching articles of a story only the first by date
    counts.
    """

    order: LineOrder = LineOrder.RIGHT
    first: int = 0
    size: int = 50
    sample: int | None = None
    seed: int = 0
    stories_once: bool = False


@dataclass(frozen=True, slots=True)
class Concordance:
    """The wanted places in order; how many places there are in all, in how many articles; and how many after a sample.

    `tree` is the query as evaluated.
    """

    places: Sequence[Place]
    total: int
    articles: int
    lines: int
    tree: Node


class TooManyPlaces(ValueError):
    """An answer has more places than can be read or ordered at once; `places` is about how many."""

    def __init__(self, places: int) -> None:
        super().__init__(places)
        self.places = places


def article_key(article_id: str) -> int:
    """A number of 64 bits for an article, which any engine computes from its id."""
    return int.from_bytes(hashlib.blake2b(article_id.encode("utf-8", "surrogatepass"), digest_size=8).digest())


def sampling_key(article: Number, word: Number, in_title: Number, seed: int) -> Number:
    """The number by which a sample chooses: 64 bits from the key of an article, a place within it, and the seed.

    It takes one place, or three uint64 arrays with an element for each place.
    """
    place = 2 * word + in_title
    return mix(article ^ mix(((seed & UINT64) + (place + 1) * GOLDEN) & UINT64))


def mix(number: Number) -> Number:
    """Mix the bits of a number of 64 bits, or of each in an array, so that each depends on all.

    This is the finalizer of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
    """
    number = ((number ^ (number >> 30)) * 0xBF58476D1CE4E5B9) & UINT64
    number = ((number ^ (number >> 27)) * 0x94D049BB133111EB) & UINT64
    mixed: Number = number ^ (number >> 31)
    return mixed
