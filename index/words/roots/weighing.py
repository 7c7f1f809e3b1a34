"""Weighing: the likeliest root of a word among those its readings reach.

Roots of the list go before learned ones, which are asked only where the list explains nothing. What is found is asked
again until it stays: pemberitaannya is berita only after pemberitaan is. Every step is shorter than the one before.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from index.words.roots.affixes import clitics_of
from index.words.roots.readings import Reading, readings
from index.words.roots.weights import UNITS, RootWeight, Weights
from index.words.sastrawi import entries

BARE: Final = 250  # for a word that is an entry: else selalu is lalu, and topi is top
NEVER: Final = -20 * UNITS  # a path or clitic that was never met
SHORTEST_HOST: Final = 4  # letters a name keeps before -nya: Anya is no a, Mekah no me
SHORTEST_LEARNED: Final = 4  # letters of a root the list lacks
SHORTEST: Final = 3  # letters of a word that can have affixes


class Weighed(NamedTuple):
    """A reading and its weight, in hundredths of natural logarithms."""

    weight: int
    reading: Reading


@dataclass(frozen=True)
class Roots:
    """The model: weights, and the roots of single words that are settled, whatever they weigh."""

    weights: Weights
    settled: Mapping[str, str]

    def root(self, word: str) -> str:
        """The root of a word of small letters."""
        while (shorter := self.step(word)) != word:
            word = shorter
        return word

    def step(self, word: str) -> str:
        """What one look makes of a word: its root, or a word nearer to it."""
        if len(word) < SHORTEST:
            return self.settled.get(word, word)
        settled = self.settlement(word)
        if settled is not None:
            return settled
        weighed = self.weighed(word)
        return max(weighed)[1].root if weighed else word

    def settlement(self, word: str) -> str | None:
        """The settled root of a word, or of what stands before its clitics; None where nothing is settled."""
        if word in self.settled:
            return self.settled[word]
        for end, _ in clitics_of(word)[1:]:
            if end >= SHORTEST_HOST and word[:end] in self.settled:
                return self.settled[word[:end]]
        return None

    def weighed(self, word: str) -> list[Weighed]:
        """The readings that come into question, with their weights, the word as it stands among them."""
        found = readings(word, self._roots)
        listed = [reading for reading in found if reading.root in self._entries]
        if listed:
            return [Weighed(self._weight(reading, word), reading) for reading in listed]
        found = [reading for reading in found if len(reading.root) >= SHORTEST_LEARNED]
        if found and word not in self._roots:
            found.append(Reading(word, "", ""))
        return [Weighed(self._weight(reading, word), reading) for reading in found]

    def lists(self, word: str) -> bool:
        """Whether a word is an entry of the list."""
        return word in self._entries

    def knows(self, word: str) -> bool:
        """Whether a word is a root, by itself or within affixes."""
        return bool(self.weighed(word))

    def _weight(self, reading: Reading, word: str) -> int:
        root, path, clitics = reading
        alone, affixed = self._roots.get(root, self._unknown)
        held = self.weights
        weight = held.clitics.get(clitics, NEVER)
        if path:
            return weight + affixed + held.paths.get(path, NEVER)
        return weight + alone + (BARE if root == word and root in self._entries else 0)

    @cached_property
    def _entries(self) -> frozenset[str]:
        return entries()

    @cached_property
    def _unknown(self) -> RootWeight:
        return RootWeight(self.weights.unknown, self.weights.unknown)

    @cached_property
    def _roots(self) -> Mapping[str, RootWeight]:
        return {**dict.fromkeys(self._entries, self._unknown), **self.weights.entries, **self.weights.learned}
