"""Word statistics of a corpus: document frequencies of words and prefixes, and frequent pairs of words.

It takes one pass over the documents. Pairs are counted in a sample only, since there are millions of them and only the
most frequent are needed.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from benchmarks.corpus import Document

PREFIX_LENGTH = 5  # letters: longer than most affixes that thousands of words begin with, so a realistic query
PAIRED_DOCUMENTS = 5_000  # pairs are counted in the first documents only


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Document frequencies of words and years, prefix sums of those of words, and pair counts in a sample."""

    documents: int
    words: Counter[str]
    years: Counter[str]
    prefixes: Counter[str]
    pairs: Counter[tuple[str, str]]


def vocabulary(found: Iterable[Document]) -> Vocabulary:
    """Count the words of a corpus."""
    words: Counter[str] = Counter()
    years: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    number = 0
    for number, document in enumerate(found, 1):
        tokens = document.tokens.split(" ")
        words.update(set(tokens))
        years[document.year] += 1
        if number <= PAIRED_DOCUMENTS:
            pairs.update(set(pairwise(tokens)))
    del years[""]
    return Vocabulary(number, words, years, _prefixes(words), pairs)


def plain(word: str) -> bool:
    """Whether a word is safe in every engine's query language: ASCII letters only."""
    return len(word) > 1 and word.isascii() and word.isalpha()


def _prefixes(words: Counter[str]) -> Counter[str]:
    found: Counter[str] = Counter()
    for word, count in words.items():
        if len(word) > PREFIX_LENGTH and plain(word):
            found[word[:PREFIX_LENGTH]] += count
    return found
