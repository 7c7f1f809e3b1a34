"""Counting: how often forms stand in raw news, small and capital inside sentences, and which words stand side by side.

Only inside a sentence does a capital tell a name: there, the word before ends with a small letter, a digit or a comma.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

NAME_SEEN: Final = 20  # times inside sentences: below that, a share says little
NAME_SHARE: Final = 0.9  # of capitals; Bali has .99, kerja at heads of tables .2
_WORD: Final = r"[A-Za-z]{1,40}"  # no Indonesian word is longer
_ANY: Final = re.compile(rf"(?<![\w-]){_WORD}(?![\w-])")
_INSIDE: Final = re.compile(rf"(?<=[a-z0-9,;)] ){_WORD}(?![\w-])")
_SPOKEN: Final = re.compile(r"[a-z]+")

Texts = Callable[[], Iterable[str]]  # the same texts each time it is called


@dataclass(frozen=True, slots=True)
class Counts:
    """Forms in small letters: how often each was `seen` at all, and inside sentences `small` and in `capitals`."""

    seen: Counter[str] = field(default_factory=Counter)
    small: Counter[str] = field(default_factory=Counter)
    capitals: Counter[str] = field(default_factory=Counter)

    def names(self, form: str) -> bool:
        """Whether a form is a name as a rule."""
        inside = self.small[form] + self.capitals[form]
        return inside >= NAME_SEEN and self.capitals[form] >= NAME_SHARE * inside

    def often_capital(self, form: str) -> bool:
        """Whether a form has a capital more often than not: a name, or no word of the language."""
        return self.capitals[form] > self.small[form]


def count(texts: Texts) -> Counts:
    """Count every form of some texts; hyphenated ones are left out, as they are stemmed by their parts."""
    everywhere: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    for text in texts():
        everywhere.update(_ANY.findall(text))
        inside.update(_INSIDE.findall(text))
    counts = Counts()
    for written, times in everywhere.items():
        counts.seen[written.lower()] += times
    for written, times in inside.items():
        (counts.capitals if written[0].isupper() else counts.small)[written.lower()] += times
    return counts


def count_pairs(texts: Texts, wanted: Mapping[str, Set[str]]) -> Counter[tuple[str, str]]:
    """How often each wanted word stands right before each of the words wanted after it."""
    found: Counter[tuple[str, str]] = Counter()
    nothing: frozenset[str] = frozenset()
    for text in texts():
        words = _SPOKEN.findall(text.lower())
        found.update((one, other) for one, other in pairwise(words) if other in wanted.get(one, nothing))
    return found
