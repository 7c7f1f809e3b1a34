"""The counts of words: in how many articles and how often each form is, and what else the vocabulary is made of.

They are kept with each generation (`word_file`), and the next one adds and subtracts what changed.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Final

from index.opensearch.mapping import Lengths
from index.parallel import parallel_map
from index.words.stemming import stem

AT_ONCE: Final = 10_000  # forms that a process stems at once: some tenths of a second


def _stems_of(forms: Sequence[str]) -> list[str]:
    return [stem(form) for form in forms]


def _counter() -> "Counter[str]":
    return Counter()


@dataclass(slots=True)
class WordCounts:
    """Counts of some articles: of forms, of those in all caps, of stems, and of pairs of adjacent words in titles.

    `articles`, `capitals` and `stems` count articles, the others occurrences. `stem_of` has stems known already.
    """

    articles: "Counter[str]" = field(default_factory=_counter)
    occurrences: "Counter[str]" = field(default_factory=_counter)
    capitals: "Counter[str]" = field(default_factory=_counter)
    stems: "Counter[str]" = field(default_factory=_counter)
    pairs: "Counter[str]" = field(default_factory=_counter)
    stem_of: dict[str, str] = field(default_factory=dict)

    def add(self, other: "WordCounts") -> None:
        """Add the counts of other articles."""
        for mine, others in self._with(other):
            mine.update(others)

    def subtract(self, other: "WordCounts") -> None:
        """Take away the counts of articles that are among these."""
        for mine, others in self._with(other):
            for word, count in others.items():
                left = mine[word] - count
                if left > 0:
                    mine[word] = left
                else:
                    del mine[word]

    def lengths(self, articles: int) -> Lengths:
        """The mean lengths of so many articles; a title of n words has n - 1 pairs."""
        size = max(articles, 1)
        return Lengths(self.occurrences.total() / size, 1 + self.pairs.total() / size)

    def stems_of(self, forms: Sequence[str]) -> list[str]:
        """The stem of each form as a word of its own; those that are not known yet are found on all cores."""
        unknown = [form for form in forms if form not in self.stem_of]
        portions = (unknown[at : at + AT_ONCE] for at in range(0, len(unknown), AT_ONCE))
        found = dict(zip(unknown, chain.from_iterable(parallel_map(_stems_of, portions)), strict=True))
        return [self.stem_of.get(form) or found[form] for form in forms]

    def _with(self, other: "WordCounts") -> "Iterator[tuple[Counter[str], Counter[str]]]":
        yield self.articles, other.articles
        yield self.occurrences, other.occurrences
        yield self.capitals, other.capitals
        yield self.stems, other.stems
        yield self.pairs, other.pairs
