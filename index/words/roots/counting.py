"""Word counts from raw news: case-aware frequencies of forms, and of adjacent word pairs.

Capitalization indicates a name only inside a sentence: there, the previous word ends with a lower-case letter, a digit,
a comma, a semicolon or a closing bracket.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

NAME_SEEN: Final = 20  # occurrences inside sentences; below that, the share says little
NAME_SHARE: Final = 0.9  # share of capitalized occurrences; Bali has .99, kerja (in table headings) .2
_WORD: Final = r"[A-Za-z]{1,40}"  # no Indonesian word is longer than 40 letters
_ANY: Final = re.compile(rf"(?<![\w-]){_WORD}(?![\w-])")
_INSIDE: Final = re.compile(rf"(?<=[a-z0-9,;)] ){_WORD}(?![\w-])")
_SPOKEN: Final = re.compile(r"[a-z]+")

Texts = Callable[[], Iterable[str]]  # returns the same texts on every call


@dataclass(frozen=True, slots=True)
class Counts:
    """Frequencies of lower-cased forms.

    `seen` counts all occurrences; `small` and `capitals` count lower-case and capitalized ones inside sentences.
    """

    seen: Counter[str] = field(default_factory=Counter)
    small: Counter[str] = field(default_factory=Counter)
    capitals: Counter[str] = field(default_factory=Counter)

    def names(self, form: str) -> bool:
        """Tell whether a form is usually a name."""
        inside = self.small[form] + self.capitals[form]
        return inside >= NAME_SEEN and self.capitals[form] >= NAME_SHARE * inside

    def often_capital(self, form: str) -> bool:
        """Tell whether a form is more often capitalized than not: a name, or not an Indonesian word."""
        return self.capitals[form] > self.small[form]


def count(texts: Texts) -> Counts:
    """Count every form in the texts, except hyphenated ones, which are stemmed by their parts."""
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
    """Count adjacent word pairs; `wanted` maps a first word to the second words of interest."""
    found: Counter[tuple[str, str]] = Counter()
    nothing: frozenset[str] = frozenset()
    for text in texts():
        words = _SPOKEN.findall(text.lower())
        found.update((one, other) for one, other in pairwise(words) if other in wanted.get(one, nothing))
    return found
