"""Fingerprints: what is kept of an article's words so that its copies can be found among millions.

A text is seen as the set of its word 5-grams (*shingles*), each a 64-bit hash; how alike two texts are is the Jaccard
similarity of their sets, and no punctuation, letter case or white space weighs in it. The set of a usual article takes
2 KB, so a short MinHash *signature* stands for it wherever millions are compared: the share of places in which two
signatures agree estimates the Jaccard similarity. Every hash is the same on all machines and in all processes, because
fingerprints outlive the run that made them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b

import numpy as np
import numpy.typing as npt
from rensa import RMinHash

SHINGLE_WORDS = 5  # long enough that strangers share next to none, short enough that one edit spoils only five
NUM_PERMUTATIONS = 100  # 400 bytes an article; a similarity of 0.8 is estimated to ± 0.04
SEED = 1  # of the permutations; another seed is another kind of signature
# Odd, and 3 modulo 4, so that its low powers differ in nearly all bits and exchanged words give another sum.
POSITION_FACTOR = np.uint64(0x9E3779B97F4A7C13)
SCATTER_FACTOR = np.uint64(0xD6E8FEB86659FD93)  # the multiplier of the rrmxmx mixer: spreads a sum over all 64 bits
HALF = np.uint64(32)
PLACES = 64  # of a letter in a word, a power of two; beyond, they are counted from the first again
# Code points beyond the first 65,536 are read as the last of these, which is no letter: emoji are not words.
LAST_CODE = 0xFFFF

Shingles = npt.NDArray[np.uint64]
Signature = npt.NDArray[np.uint32]


@dataclass(frozen=True, slots=True, eq=False)
class Fingerprint:
    """The shingles of a text (uint64, sorted, each once) and their MinHash signature (uint32[NUM_PERMUTATIONS])."""

    signature: Signature
    shingles: Shingles

    @property
    def digest(self) -> int:
        """64 bits that stand for the whole set: any two different texts of 10⁶ agree with a chance below 10⁻⁷."""
        return int.from_bytes(blake2b(self.shingles.astype("<u8").tobytes(), digest_size=8).digest(), "little")


def fingerprint(paragraphs: Sequence[str]) -> Fingerprint:
    """Fingerprint a body; one of fewer than five words is a single shingle, one without words has none."""
    shingles = _distinct(_shingles(_word_hashes("\n".join(paragraphs))))
    return Fingerprint(_signature(shingles), shingles)


def shared_shingles(left: Shingles, right: Shingles) -> int:
    """How many shingles two texts have in common."""
    together = np.concatenate((left, right))
    together.sort()
    return int(np.count_nonzero(together[1:] == together[:-1]))


@cache
def probe() -> bytes:
    """The signature of a fixed text: where it differs, signatures were made by other rules and must not be mixed."""
    return fingerprint(["Kliping menyimpan berita, dan setiap berita punya sidik kata."]).signature.tobytes()


def _scattered(numbers: Shingles) -> Shingles:
    """Spread each number over 64 bits, in place: different ones stay different, close ones do not stay close."""
    for _ in range(2):
        numbers ^= numbers >> HALF
        numbers *= SCATTER_FACTOR
    numbers ^= numbers >> HALF
    return numbers


def _letter_values() -> Shingles:
    """A random-looking number for each letter and digit, 0 for whatever stands between words."""
    letters = np.array([chr(code).isalnum() for code in range(LAST_CODE + 1)])
    return np.where(letters, _scattered(np.arange(1, LAST_CODE + 2, dtype=np.uint64)), np.uint64(0))


LETTER_VALUES = _letter_values()
PLACE_FACTORS = _scattered(np.arange(1, PLACES + 1, dtype=np.uint64) << HALF) | np.uint64(1)


def _word_hashes(text: str) -> Shingles:
    """Hash each word to the sum of its letters' values, each times a factor of its place in the word.

    Whole arrays of letters at a time: half the time of cutting words out and looking up their hashes.
    """
    codes = np.frombuffer(text.casefold().encode("utf-32-le", "surrogatepass"), "<u4")
    values = LETTER_VALUES.take(codes, mode="clip")
    inside = values != 0
    starts = np.flatnonzero(inside[1:] > inside[:-1]) + 1
    if len(inside) and inside[0]:
        starts = np.concatenate(([0], starts))
    if not len(starts):
        return np.empty(0, np.uint64)
    values = values[starts[0] :]
    place = np.arange(starts[0], len(codes)) - np.repeat(starts, np.diff(starts, append=len(codes)))
    values *= PLACE_FACTORS[place & (PLACES - 1)]
    return np.add.reduceat(values, starts - starts[0])


def _shingles(hashes: Shingles) -> Shingles:
    """Mix the hashes of each five successive words into one; a shorter text is mixed whole."""
    width = min(SHINGLE_WORDS, len(hashes))
    if not width:
        return hashes
    count = len(hashes) - width + 1
    mixed = np.full(count, width, np.uint64)
    for place in range(width):
        mixed *= POSITION_FACTOR
        mixed += hashes[place : place + count]
    return _scattered(mixed)


def _distinct(shingles: Shingles) -> Shingles:
    """Sort in place and drop repetitions; a third of the time of `numpy.unique` on arrays this short."""
    shingles.sort()
    first = np.ones(len(shingles), np.bool_)
    np.not_equal(shingles[1:], shingles[:-1], out=first[1:])
    return shingles[first]


def _signature(shingles: Shingles) -> Signature:
    """MinHash by rensa, which takes hashes as they are: 10 µs an article, against 50 µs in numpy."""
    ends = np.array([0, len(shingles)], np.uint64)
    matrix = RMinHash.digest_matrix_from_flat_token_hashes(shingles, ends, NUM_PERMUTATIONS, SEED)
    return np.array(matrix.to_rows()[0], np.uint32)
