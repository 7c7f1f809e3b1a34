"""Explaining: how a root came to be chosen, step by step, for whoever wonders at a stem."""

from collections.abc import Iterator
from dataclasses import dataclass

from index.words.roots.weighing import Roots, Weighed


@dataclass(frozen=True, slots=True)
class Step:
    """One look at a word: what it becomes, the readings weighed, the heaviest first; none where it is `settled`."""

    word: str
    becomes: str
    weighed: tuple[Weighed, ...]
    settled: bool


def steps(word: str, roots: Roots) -> Iterator[Step]:
    """The looks that lead from a word of small letters to its root, the last of which changes nothing."""
    while True:
        becomes = roots.step(word)
        settled = roots.settlement(word) is not None
        weighed = () if settled else tuple(sorted(roots.weighed(word), reverse=True))
        yield Step(word, becomes, weighed, settled)
        if becomes == word:
            return
        word = becomes
