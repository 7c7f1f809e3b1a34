"""Selection of requests: chosen deterministically from the articles themselves, so that any archive can be measured.

Each class of requests has a target document frequency, as a share of all documents. The words nearest to it are taken.
A checksum breaks ties, so that the words do not all begin with an a.
"""

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping
from math import log
from typing import TypeVar
from zlib import crc32

from benchmarks.requests import Kind, Operator, Request
from benchmarks.vocabulary import Vocabulary, plain

EACH = 6  # requests per class
# Document frequencies, as shares of all documents.
RARE, MIDDLING, COMMON = 0.0005, 0.02, 0.10
OR_SHARES = (0.05, 0.02, 0.01, 0.10, 0.005)  # an OR of three words uses the first three
PREFIX_SHARE = 0.10  # the sum of the document frequencies of all words with the prefix
STOP_WORDS = 30  # this many words are in nearly every text, and phrases of two of them cost most
FREQUENT_PAIRS = 200  # phrases are drawn evenly from this many
LEAST = 2  # least document frequency of a word: words of a single document are often misspellings

Key = TypeVar("Key", bound=Hashable)


def choose(vocabulary: Vocabulary) -> tuple[Request, ...]:
    """The requests for a corpus; the same for the same corpus."""
    return (
        *_words(vocabulary),
        *_boolean(vocabulary),
        *_phrases(vocabulary),
        *_prefixes(vocabulary),
        *_rest(vocabulary),
    )


def _words(vocabulary: Vocabulary) -> Iterator[Request]:
    for kind, share in ((Kind.RARE, RARE), (Kind.MIDDLING, MIDDLING)):
        for word in _near(vocabulary, share, EACH):
            yield Request(kind, Operator.ALL, (word,))
    for word in _evenly(_most_common(vocabulary), EACH):
        yield Request(Kind.COMMON, Operator.ALL, (word,))


def _boolean(vocabulary: Vocabulary) -> Iterator[Request]:
    for pair in zip(_near(vocabulary, COMMON, EACH), _near(vocabulary, OR_SHARES[0], EACH), strict=False):
        yield Request(Kind.AND_2, Operator.ALL, pair)
    columns = [_near(vocabulary, share, EACH) for share in OR_SHARES]
    for words in zip(*columns, strict=False):
        yield Request(Kind.OR_3, Operator.ANY, words[:3])
        yield Request(Kind.OR_5, Operator.ANY, words)


def _phrases(vocabulary: Vocabulary) -> Iterator[Request]:
    stop = set(_most_common(vocabulary))
    pairs = [pair for pair, _ in _ordered(vocabulary.pairs) if all(map(plain, pair))]
    usual = [pair for pair in pairs if not stop.issuperset(pair)][:FREQUENT_PAIRS]
    for pair in _evenly(usual, EACH):
        yield Request(Kind.PHRASE, Operator.PHRASE, pair)
    for pair in [pair for pair in pairs if stop.issuperset(pair)][:EACH]:
        yield Request(Kind.STOP_PHRASE, Operator.PHRASE, pair)


def _prefixes(vocabulary: Vocabulary) -> Iterator[Request]:
    for prefix in _nearest(vocabulary.prefixes, PREFIX_SHARE * vocabulary.documents, EACH):
        yield Request(Kind.PREFIX, Operator.PREFIX, (prefix,))


def _rest(vocabulary: Vocabulary) -> Iterator[Request]:
    years = [year for year, _ in _ordered(vocabulary.years)][:3]
    for number, word in enumerate(_near(vocabulary, COMMON, EACH) if years else ()):
        yield Request(Kind.YEAR, Operator.ALL, (word,), years[number % len(years)])
    yield Request(Kind.EVERYTHING, Operator.EVERYTHING)


def _near(vocabulary: Vocabulary, share: float, number: int) -> list[str]:
    words = {word: count for word, count in vocabulary.words.items() if count >= LEAST and plain(word)}
    return _nearest(words, share * vocabulary.documents, number)


def _nearest(counts: Mapping[str, int], wanted: float, number: int) -> list[str]:
    """The keys whose count is nearest to the one wanted, by ratio."""
    distance = {key: abs(log(count / max(wanted, 1))) for key, count in counts.items()}
    return sorted(distance, key=lambda key: (distance[key], crc32(key.encode())))[:number]


def _most_common(vocabulary: Vocabulary) -> list[str]:
    return [word for word, _ in _ordered(vocabulary.words) if plain(word)][:STOP_WORDS]


def _ordered(counts: Counter[Key]) -> list[tuple[Key, int]]:
    """By count, then by key, so that the order of ties is the same in every run."""
    return sorted(counts.items(), key=lambda item: (-item[1], str(item[0])))


def _evenly(ordered: list[Key], number: int) -> list[Key]:
    """That many items of a list, at equal steps from the first."""
    step = max(len(ordered) // number, 1)
    return ordered[::step][:number]
