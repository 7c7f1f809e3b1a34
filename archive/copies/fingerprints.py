"""Fingerprints: what is kept of an article's words so that its copies can be found among millions.

A text is seen as the set of its word 5-grams (*shingles*), each a 64-bit hash; how alike two texts are is the Jaccard
similarity of their sets, how much of one is in the other its containment, and no punctuation, letter case or white
space weighs in either. Where millions are compared a *sample* stands for the set: the shingles whose hash ends in so
many zeros, the same in every text that has them, so that two samples share what the texts share, only fewer. A short
cut from a long text meets it there as well, which signatures of the whole (MinHash) would miss. Where two are compared
closely, their words stand for them. Every hash is the same on all machines and in all processes, because fingerprints
outlive the run that made them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

SHINGLE_WORDS = 5  # long enough that strangers share next to none, short enough that one edit spoils only five
# A text of up to SAMPLED_WHOLE shingles is its own sample; each doubling of the text halves the share taken, down to
# an eighth. Shares are nested: what a long text and a short one share is in both samples at the share of the long one.
SAMPLED_WHOLE = 32
MOST_HALVINGS = 3
# Odd, and 3 modulo 4, so that its low powers differ in nearly all bits and exchanged words give another sum.
POSITION_FACTOR = np.uint64(0x9E3779B97F4A7C13)
SCATTER_FACTOR = np.uint64(0xD6E8FEB86659FD93)  # the multiplier of the rrmxmx mixer: spreads a sum over all 64 bits
HALF = np.uint64(32)
PLACES = 64  # of a letter in a word, a power of two; beyond, they are counted from the first again
# Code points beyond the first 65,536 are read as the last of these, which is no letter: emoji are not words.
LAST_CODE = 0xFFFF
HAS_DIGIT = 1  # the marks in the lowest bits of a word: it begins or ends with a digit
HAS_CAPITAL = 2  # it begins with a capital
MARKS = 3
MARK_BITS = np.uint32(2)

Shingles = npt.NDArray[np.uint64]
Words = npt.NDArray[np.uint32]
Sample = npt.NDArray[np.uint32]


@dataclass(frozen=True, slots=True, eq=False)
class Fingerprint:
    """A text's words in order (uint32: 30 bits of hash, 2 of marks); the number, digest and sample of its shingles.

    The digest is 64 bits that stand for the whole set: any two different texts of 10⁶ agree with a chance below 10⁻⁷.
    The sample is uint32, ascending.
    """

    words: Words
    size: int
    digest: int
    sample: Sample


def fingerprint(paragraphs: Sequence[str]) -> Fingerprint:
    """Fingerprint a body; one of fewer than five words is a single shingle, one without words has none."""
    words = _words("\n".join(paragraphs))
    shingles = distinct(shingles_of(words))
    digest = int.from_bytes(blake2b(shingles.astype("<u8").tobytes(), digest_size=8).digest(), "little")
    return Fingerprint(words, len(shingles), digest, _sample(shingles))


def shingles_of(words: Words) -> Shingles:
    """Mix the hashes of each five successive words into one, in order; a shorter text is mixed whole."""
    width = min(SHINGLE_WORDS, len(words))
    if not width:
        return np.empty(0, np.uint64)
    hashes = (words >> MARK_BITS).astype(np.uint64)
    count = len(hashes) - width + 1
    mixed = np.full(count, width, np.uint64)
    for place in range(width):
        mixed *= POSITION_FACTOR
        mixed += hashes[place : place + count]
    return _scattered(mixed)


def distinct(shingles: Shingles) -> Shingles:
    """Sort in place and drop repetitions; a third of the time of `numpy.unique` on arrays this short."""
    shingles.sort()
    first = np.ones(len(shingles), np.bool_)
    np.not_equal(shingles[1:], shingles[:-1], out=first[1:])
    return shingles[first]


def halvings(size: int) -> int:
    """How often the share sampled of a text of so many shingles was halved."""
    return min(max((size - 1) // SAMPLED_WHOLE, 0).bit_length(), MOST_HALVINGS)


@cache
def probe() -> bytes:
    """The fingerprint of a fixed text: where it differs, others were made by other rules and must not be mixed."""
    known = fingerprint(["Kliping menyimpan berita, dan setiap berita punya sidik kata: 17 di antaranya."])
    return known.words.tobytes() + known.sample.tobytes()


def _scattered(numbers: Shingles) -> Shingles:
    """Spread each number over 64 bits, in place: different ones stay different, close ones do not stay close."""
    for _ in range(2):
        numbers ^= numbers >> HALF
        numbers *= SCATTER_FACTOR
    numbers ^= numbers >> HALF
    return numbers


def _sample(shingles: Shingles) -> Sample:
    """Sample ascending shingles by the low half of their hash, and keep the high half."""
    zeros = np.uint64((1 << halvings(len(shingles))) - 1)
    sampled: Sample = (shingles[(shingles & zeros) == 0] >> HALF).astype(np.uint32)
    return sampled


def _letter_values() -> Shingles:
    """A random-looking number for each letter and digit, the same for both cases, 0 for what stands between words."""
    letters = [chr(code) for code in range(LAST_CODE + 1)]
    small = [ord(folded) if len(folded := letter.casefold()) == 1 else ord(letter) for letter in letters]
    values = _scattered(np.array(small, np.uint64) + np.uint64(1))
    return np.where(np.array([letter.isalnum() for letter in letters]), values, np.uint64(0))


def _letter_marks() -> npt.NDArray[np.uint32]:
    """HAS_DIGIT for each digit, HAS_CAPITAL for each capital."""
    letters = [chr(code) for code in range(LAST_CODE + 1)]
    return np.array([HAS_DIGIT * letter.isdigit() + HAS_CAPITAL * letter.isupper() for letter in letters], np.uint32)


LETTER_VALUES = _letter_values()
LETTER_MARKS = _letter_marks()
PLACE_FACTORS = _scattered(np.arange(1, PLACES + 1, dtype=np.uint64) << HALF) | np.uint64(1)


def _words(text: str) -> Words:
    """Hash each word by the sum of its letters' values, each times a factor of its place in the word, and mark it.

    Whole arrays of letters at a time: half the time of cutting words out and looking up their hashes.
    """
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    values = LETTER_VALUES.take(codes, mode="clip")
    bounds = np.flatnonzero(np.diff(values != 0, prepend=False, append=False))
    starts, ends = bounds[::2], bounds[1::2]
    if not len(starts):
        return np.empty(0, np.uint32)
    values = values[starts[0] :]
    place = np.arange(starts[0], len(codes)) - np.repeat(starts, np.diff(starts, append=len(codes)))
    values *= PLACE_FACTORS[place & (PLACES - 1)]
    hashes = (_scattered(np.add.reduceat(values, starts - starts[0])) >> HALF).astype(np.uint32)
    first, last = (LETTER_MARKS.take(codes[places], mode="clip") for places in (starts, ends - 1))
    return hashes & np.uint32(~MARKS & 0xFFFFFFFF) | first | last & np.uint32(HAS_DIGIT)
