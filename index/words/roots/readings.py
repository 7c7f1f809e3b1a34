"""Readings: every analysis of a word as a root with affixes that the affix rules allow, right or wrong.

    memberitakannya = me- berita -kan -nya | me- ber- ita -kan -nya | …      only those with known roots are kept

For 99 of 100 affixed words the right root is among the readings, and there are few of them. `weighing` chooses one.
"""

from collections.abc import Container, Iterator
from typing import Final, NamedTuple

from index.words.roots.affixes import SHORTEST_BASE, VOWELS, strip_prefixes, strip_suffixes

_BEFORE_ONE_SYLLABLE: Final = (
    "nge-"  # menge- and penge- precede roots of one syllable only: mengecat is cat, but mengenal is kenal
)


class Reading(NamedTuple):
    """A word as a root with affixes: `path` has the prefixes and the derivational suffix, `clitics` the clitics."""

    root: str
    path: str  # "me-…-kan"; "" for none
    clitics: str  # "-nya", "-nya-lah"; "" for none


def readings(word: str, roots: Container[str]) -> list[Reading]:
    """Return the readings of a word whose root is in `roots`."""
    size, tails = len(word), strip_suffixes(word)
    found = []
    for prefixes, left in strip_prefixes(word):
        shift = len(left) - size
        for end, suffix, clitics in tails:
            if end + shift < SHORTEST_BASE:
                continue
            root = left[: end + shift]
            if root in roots and (_BEFORE_ONE_SYLLABLE not in prefixes or _syllables(root) == 1):
                path = f"{prefixes.replace(_BEFORE_ONE_SYLLABLE, '-')}…{suffix}" if prefixes or suffix else ""
                found.append(Reading(root, path, clitics))
    return found


def bases(word: str) -> Iterator[str]:
    """Yield every string that the affix rules allow as a root of a word; some several times."""
    size, tails = len(word), strip_suffixes(word)
    for _, left in strip_prefixes(word):
        for end, _, _ in tails:
            if end + len(left) - size >= SHORTEST_BASE:
                yield left[: end + len(left) - size]


def _syllables(root: str) -> int:
    return sum(map(root.count, VOWELS))
