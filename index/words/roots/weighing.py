"""The root model: chooses the likeliest root among the readings of a word.

Root words of Sastrawi's list have precedence; learned roots are considered only if the list gives no reading. The
result is stemmed again until it no longer changes (pemberitaannya → pemberitaan → berita). Every step is shorter than
the one before.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from index.words.roots.affixes import strip_clitics
from index.words.roots.readings import Reading, readings
from index.words.roots.weights import UNITS, RootWeight, Weights
from index.words.sastrawi import root_words

BARE: Final = 250  # bonus for a word that is an entry: otherwise selalu becomes lalu, and topi becomes top
NEVER: Final = -20 * UNITS  # weight of a path or clitic string not in the weights
SHORTEST_HOST: Final = 4  # letters a name must keep before a clitic: Anya is not a, Mekah is not me
SHORTEST_LEARNED: Final = 4  # letters of a learned root
SHORTEST: Final = 3  # letters of a word that can have affixes


class WeightedReading(NamedTuple):
    """A reading and its weight, in hundredths of a natural logarithm."""

    weight: int
    reading: Reading


@dataclass(frozen=True)
class RootModel:
    """The weights, and the `settled` words: those whose root is fixed whatever the weights say."""

    weights: Weights
    settled: Mapping[str, str]

    def root(self, word: str) -> str:
        """Return the root of a lower-case word."""
        while (shorter := self.step(word)) != word:
            word = shorter
        return word

    def step(self, word: str) -> str:
        """Return the result of one stemming step: the root of a word, or a shorter word on the way to it."""
        if len(word) < SHORTEST:
            return self.settled.get(word, word)
        settled = self.settlement(word)
        if settled is not None:
            return settled
        weighed = self.weighed(word)
        return max(weighed)[1].root if weighed else word

    def settlement(self, word: str) -> str | None:
        """Return the settled root of a word, or of the word without its clitics; None if there is none."""
        if word in self.settled:
            return self.settled[word]
        for end, _ in strip_clitics(word)[1:]:
            if end >= SHORTEST_HOST and word[:end] in self.settled:
                return self.settled[word[:end]]
        return None

    def weighed(self, word: str) -> list[WeightedReading]:
        """Return the candidate readings with their weights, including the word unchanged where that is possible."""
        found = readings(word, self._roots)
        listed = [reading for reading in found if reading.root in self._entries]
        if listed:
            return [WeightedReading(self._weight(reading, word), reading) for reading in listed]
        found = [reading for reading in found if len(reading.root) >= SHORTEST_LEARNED]
        if found and word not in self._roots:
            found.append(Reading(word, "", ""))
        return [WeightedReading(self._weight(reading, word), reading) for reading in found]

    def lists(self, word: str) -> bool:
        """Tell whether a word is an entry of the root list."""
        return word in self._entries

    def knows(self, word: str) -> bool:
        """Tell whether a word is a known root or is derived from one."""
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
        return root_words()

    @cached_property
    def _unknown(self) -> RootWeight:
        return RootWeight(self.weights.unknown, self.weights.unknown)

    @cached_property
    def _roots(self) -> Mapping[str, RootWeight]:
        return {**dict.fromkeys(self._entries, self._unknown), **self.weights.entries, **self.weights.learned}
