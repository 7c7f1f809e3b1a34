"""Readings: every root a word may have by the rules of affixes, right or wrong.

    memberitakannya = me- berita -kan -nya | me- ber- ita -kan -nya | …      of which those with known roots are kept

For 99 of 100 affixed words the right root is among them, and there are few; which it is, `weighing` tells.
"""

from collections.abc import Container, Iterator
from typing import Final, NamedTuple

from index.words.roots.affixes import SHORTEST_BASE, VOWELS, beginnings, endings

_LONG: Final = "nge-"  # menge- and penge- are me- and pe- before one syllable: mengecat is cat, mengenal kenal


class Reading(NamedTuple):
    """A word as a root within its affixes: `path` names prefixes and deriving suffix, `clitics` what hangs on."""

    root: str
    path: str  # "me-…-kan"; "" for none
    clitics: str  # "-nya", "-nya-lah"; "" for none


def readings(word: str, roots: Container[str]) -> list[Reading]:
    """The readings of a word whose root is one of `roots`."""
    size, tails = len(word), endings(word)
    found = []
    for prefixes, left in beginnings(word):
        shift = len(left) - size
        for end, suffix, clitics in tails:
            if end + shift < SHORTEST_BASE:
                continue
            root = left[: end + shift]
            if root in roots and (_LONG not in prefixes or _syllables(root) == 1):
                path = f"{prefixes.replace(_LONG, '-')}…{suffix}" if prefixes or suffix else ""
                found.append(Reading(root, path, clitics))
    return found


def bases(word: str) -> Iterator[str]:
    """Whatever could be a root of a word if all roots were known; some several times."""
    size, tails = len(word), endings(word)
    for _, left in beginnings(word):
        for end, _, _ in tails:
            if end + len(left) - size >= SHORTEST_BASE:
                yield left[: end + len(left) - size]


def _syllables(root: str) -> int:
    return sum(map(root.count, VOWELS))
