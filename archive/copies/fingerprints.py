"""Fingerprints: the word hashes, shingle digest and shingle sample from which near-duplicates are found.

A text is modelled as the set of its word 5-grams (*shingles*), each a 64-bit hash. Resemblance is the Jaccard
similarity of two sets; containment is the share of one set that is in the other. Punctuation, letter case and white
space do not count. For search among millions of texts, a *sample* (sketch) stands for the set: the shingles whose hash
ends in a number of zero bits. Every text that has a shingle samples it alike, so the overlap of two samples estimates
that of the sets, also for a short excerpt of a long text, which MinHash signatures would miss. Hashes are the same on
all machines and in all processes, because fingerprints are saved.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from typing import TypeVar

import numpy as np
import numpy.typing as npt

SHINGLE_WORDS = 5  # long enough that unrelated texts share next to none, short enough that one edit changes only five
# A text of up to SAMPLED_WHOLE shingles is sampled whole; each doubling of its size halves the sampling rate, down to
# an eighth. Samples are nested: shingles common to a long and a short text are in both samples at the long one's rate.
SAMPLED_WHOLE = 32
MOST_HALVINGS = 3
# Odd, and 3 modulo 4, so that its low powers differ in nearly all bits and swapped words give another sum.
POSITION_FACTOR = np.uint64(0x9E3779B97F4A7C13)
MIX_FACTOR = np.uint64(0xD6E8FEB86659FD93)  # the multiplier of the rrmxmx mixer: spreads a sum over all 64 bits
HALF = np.uint64(32)
CHARACTERS_AT_ONCE = 1 << 15  # of texts hashed together: some 20 news, whose arrays stay in the processor's caches
LETTER_POSITIONS = 64  # of a letter in a word, a power of two; longer words wrap around to the first
# Code points past the first 65,536 are clipped to this one, which is no letter: emoji are not words.
LAST_CODE = 0xFFFF
HAS_DIGIT = 1  # flag in the lowest bits of a word hash: the word begins or ends with a digit
HAS_CAPITAL = 2  # flag: the word begins with a capital
FLAG_MASK = 3
FLAG_BITS = np.uint32(2)

Shingles = npt.NDArray[np.uint64]
WordHashes = npt.NDArray[np.uint32]
Sample = npt.NDArray[np.uint32]
Letters = npt.NDArray[np.str_]  # one character each
Hash = TypeVar("Hash", np.uint32, np.uint64)


@dataclass(frozen=True, slots=True, eq=False)
class Fingerprint:
    """A text's word hashes in order, and the number, digest and sample of its distinct shingles.

    `words` is uint32: 30 bits of hash and 2 bits of flags. `digest` is a 64-bit hash of the whole shingle set; that any
    two different texts of 10⁶ share one has a probability below 10⁻⁷. `sample` is uint32, ascending.
    """

    words: WordHashes
    size: int
    digest: int
    sample: Sample


def fingerprint(paragraphs: Sequence[str]) -> Fingerprint:
    """Fingerprint a body. Fewer than five words make a single shingle; a body without words has none."""
    return fingerprints([paragraphs])[0]


def fingerprints(bodies: Iterable[Sequence[str]]) -> list[Fingerprint]:
    """Fingerprint several bodies."""
    return [
        Fingerprint(words, len(shingles), _digest(shingles), _sample(shingles))
        for words, shingles in _words_and_shingles(bodies)
    ]


def words_and_digests(bodies: Iterable[Sequence[str]]) -> Iterator[tuple[WordHashes, int]]:
    """The word hashes and the digest of each body: what of its fingerprint is needed to compare it."""
    return ((words, _digest(shingles)) for words, shingles in _words_and_shingles(bodies))


def _words_and_shingles(bodies: Iterable[Sequence[str]]) -> Iterator[tuple[WordHashes, Shingles]]:
    """Yield the word hashes and distinct shingles of bodies.

    Some are hashed at a time: calls for single news take longer than the work in them.
    """
    texts: list[str] = []
    size = 0
    for text in map("\n".join, bodies):
        texts.append(text)
        size += len(text)
        if size >= CHARACTERS_AT_ONCE:
            yield from _of_some(texts)
            texts, size = [], 0
    yield from _of_some(texts)


def _of_some(texts: Sequence[str]) -> Iterator[tuple[WordHashes, Shingles]]:
    words, ends = text_hashes(texts)
    shingles = shingles_of(words)
    begin = 0
    for end in ends.tolist():
        of_text = words[begin:end]
        last = end - SHINGLE_WORDS + 1
        yield of_text, distinct(shingles[begin:last] if last > begin else shingles_of(of_text))
        begin = end


def word_hashes(text: str) -> WordHashes:
    """The word hashes of one text."""
    return text_hashes([text])[0]


def _digest(shingles: Shingles) -> int:
    return int.from_bytes(blake2b(shingles.astype("<u8", copy=False).data, digest_size=8).digest(), "little")


def shingles_of(words: WordHashes) -> Shingles:
    """Hash every five consecutive words into one shingle, in order; a shorter text becomes one shingle."""
    width = min(SHINGLE_WORDS, len(words))
    if not width:
        return np.empty(0, np.uint64)
    hashes = (words >> FLAG_BITS).astype(np.uint64)
    count = len(hashes) - width + 1
    mixed = np.full(count, width, np.uint64)
    for place in range(width):
        mixed *= POSITION_FACTOR
        mixed += hashes[place : place + count]
    return _mix_bits(mixed)


def distinct(hashes: npt.NDArray[Hash]) -> npt.NDArray[Hash]:
    """Sort in place and drop duplicates; takes a third of the time of `numpy.unique`, which hashes once more."""
    hashes.sort()
    first = np.ones(len(hashes), np.bool_)
    np.not_equal(hashes[1:], hashes[:-1], out=first[1:])
    return hashes[first]


def halvings(size: int) -> int:
    """How often the sampling rate is halved for a text of this many shingles."""
    return min(max((size - 1) // SAMPLED_WHOLE, 0).bit_length(), MOST_HALVINGS)


@cache
def probe() -> bytes:
    """The fingerprint of a fixed text, as bytes: a check value for the fingerprinting rules.

    Fingerprints saved with another value were made by other rules and must not be mixed with these.
    """
    known = fingerprint(["Kliping menyimpan berita, dan setiap berita punya sidik kata: 17 di antaranya."])
    return known.words.tobytes() + known.sample.tobytes()


def _mix_bits(numbers: Shingles) -> Shingles:
    """Mix the bits of each number in place (a bijection): different numbers stay different, close ones drift apart."""
    for _ in range(2):
        numbers ^= numbers >> HALF
        numbers *= MIX_FACTOR
    numbers ^= numbers >> HALF
    return numbers


def _sample(shingles: Shingles) -> Sample:
    """Sample ascending shingles by the low half of their hash, and keep the high half."""
    zeros = np.uint64((1 << halvings(len(shingles))) - 1)
    sampled: Sample = (shingles[(shingles & zeros) == 0] >> HALF).astype(np.uint32)
    return sampled


def _letter_values(letters: Letters) -> Shingles:
    """A random-looking number for each letter and digit, equal for both cases; 0 for separators."""
    small = letters.view(np.uint32).astype(np.uint64)
    # Those that `casefold` can change, three in a hundred.
    cased = np.strings.isupper(letters) | np.strings.islower(letters) | np.strings.istitle(letters)
    for place in np.flatnonzero(cased).tolist():
        folded = chr(place).casefold()
        if len(folded) == 1:
            small[place] = ord(folded)
    return np.where(np.strings.isalnum(letters), _mix_bits(small + np.uint64(1)), np.uint64(0))


def _letter_flags(letters: Letters) -> npt.NDArray[np.uint32]:
    """HAS_DIGIT for each digit, HAS_CAPITAL for each capital."""
    digits, capitals = np.strings.isdigit(letters), np.strings.isupper(letters)
    return HAS_DIGIT * digits.astype(np.uint32) + HAS_CAPITAL * capitals.astype(np.uint32)


_LETTERS: Letters = np.arange(LAST_CODE + 1, dtype=np.uint32).view("<U1")
LETTER_VALUES = _letter_values(_LETTERS)
LETTER_FLAGS = _letter_flags(_LETTERS)
PLACE_FACTORS = _mix_bits(np.arange(1, LETTER_POSITIONS + 1, dtype=np.uint64) << HALF) | np.uint64(1)


def text_hashes(texts: Sequence[str]) -> tuple[WordHashes, npt.NDArray[np.int64]]:
    """Hash each word as the sum of its letters' values, each times a factor of its position, and add the flags.

    Returns the hashes of all texts in turn, and for each text where its words end among them. Works on whole arrays of
    letters: a quarter of the time of splitting the words and looking up their hashes.
    """
    joined = "\n".join(("", *texts, ""))  # a separator on both sides of each word
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), "<u4")
    values = LETTER_VALUES.take(codes, mode="clip")
    in_word = values != 0
    bounds = np.flatnonzero(in_word[1:] != in_word[:-1]) + 1
    starts, ends = bounds[::2], bounds[1::2]
    word_ends = np.searchsorted(starts, np.cumsum([1 + len(text) for text in texts]))
    if not len(starts):
        return np.empty(0, np.uint32), word_ends
    values = values[starts[0] :]
    place = np.arange(starts[0], len(codes)).astype(np.uint8)  # modulo 256, a multiple of LETTER_POSITIONS
    place -= np.repeat(starts.astype(np.uint8), np.diff(starts, append=len(codes)))
    values *= PLACE_FACTORS.take(place & np.uint8(LETTER_POSITIONS - 1))
    hashes = (_mix_bits(np.add.reduceat(values, starts - starts[0])) >> HALF).astype(np.uint32)
    first, last = (LETTER_FLAGS.take(codes[places], mode="clip") for places in (starts, ends - 1))
    return hashes & np.uint32(~FLAG_MASK & 0xFFFFFFFF) | first | last & np.uint32(HAS_DIGIT), word_ends
