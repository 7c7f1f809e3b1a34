"""What words a corpus holds: in how many documents each word and each prefix stands, and which pairs are frequent.

One pass over the documents. Pairs are counted in a sample only, since there are some millions of them and none but the
most frequent are wanted.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from benchmarks.corpus import Document

PREFIX_LENGTH = (
    5  # letters: past most of the affixes that thousands of words begin with, so that a reader may well ask it
)
PAIRED_DOCUMENTS = 5_000  # the first so many documents are searched for frequent pairs


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Counts over documents: words and years by how many hold them, prefixes by their words' sum, pairs in a sample."""

    documents: int
    words: Counter[str]
    years: Counter[str]
    prefixes: Counter[str]
    pairs: Counter[tuple[str, str]]


def vocabulary(found: Iterable[Document]) -> Vocabulary:
    """Count a corpus."""
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
    """Whether a word can be asked in every engine's language without a sign of its own: Latin letters only."""
    return len(word) > 1 and word.isascii() and word.isalpha()


def _prefixes(words: Counter[str]) -> Counter[str]:
    found: Counter[str] = Counter()
    for word, count in words.items():
        if len(word) > PREFIX_LENGTH and plain(word):
            found[word[:PREFIX_LENGTH]] += count
    return found
