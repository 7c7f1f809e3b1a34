"""Explanations of stems: the steps from a word to its root, with the readings that were weighed."""

from collections.abc import Iterator
from dataclasses import dataclass

from index.words.roots.weighing import RootModel, WeightedReading


@dataclass(frozen=True, slots=True)
class Step:
    """One step from `word` to `becomes`, with the readings weighed, heaviest first; none if the root is `settled`."""

    word: str
    becomes: str
    weighed: tuple[WeightedReading, ...]
    settled: bool


def steps(word: str, roots: RootModel) -> Iterator[Step]:
    """Yield the steps that lead from a lower-case word to its root; the last one changes nothing."""
    while True:
        becomes = roots.step(word)
        settled = roots.settlement(word) is not None
        weighed = () if settled else tuple(sorted(roots.weighed(word), reverse=True))
        yield Step(word, becomes, weighed, settled)
        if becomes == word:
            return
        word = becomes
