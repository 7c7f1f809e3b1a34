"""Reduplication: the root of a hyphenated word whose two halves are forms of one word.

    anak-anaknya, meniru-nirukan      both halves reach one root; the second may lack the me- of the first
    gerak-gerik, sayur-mayur          sound change: the same consonants, or a rhyme
    jari-jemari, tali-temali          the second half has the infix -em-
    g-guru                            a stutter

Halves with separate meanings (suka-duka, Korea-Jepang) are not a reduplication, so a rhyming half must start with m or
be no known word itself.
"""

import re
from typing import Final

from index.words.roots.affixes import VOWELS
from index.words.roots.readings import readings
from index.words.roots.weighing import RootModel

SHORTEST_ECHOED: Final = 4  # letters; many short words rhyme
ECHO: Final = "m"  # most rhyming halves start with m, and some of those are root words: sayur-mayur
LONGEST_STUTTER: Final = 2  # letters
_VOWELS: Final = re.compile(f"[{VOWELS}]")


def reduplicated_root(first: str, second: str, roots: RootModel) -> str | None:
    """Return the root of a hyphenated word of two halves, None if they are two separate words."""
    if first == second:
        return roots.root(first)
    return _shared(first, second, roots) or _echoed(first, second, roots)


def _shared(first: str, second: str, roots: RootModel) -> str | None:
    """Return the likeliest root that both halves reach, or the root of the half that the other is derived from."""
    ours, theirs = _reached(first, roots), _reached(second, roots)
    common = ours.keys() & (theirs := {**_reached("me" + second, roots), **theirs}).keys()
    if common:
        return roots.root(max(common, key=lambda root: (ours[root] + theirs[root], root)))
    for inner, outer in ((first, second), (second, first)):
        if readings(outer, {inner}):
            return roots.root(inner)
    return None


def _reached(half: str, roots: RootModel) -> dict[str, int]:
    """Map every possible root of a half to the weight of its best reading."""
    return {reading.root: weight for weight, reading in sorted(roots.weighed(half))}


def _echoed(first: str, second: str, roots: RootModel) -> str | None:
    """Return the root of the half that the other one repeats with a stutter, infix, rhyme or vowel change."""
    if len(first) <= LONGEST_STUTTER and second.startswith(first) and roots.knows(second):
        return roots.root(second)
    root = roots.root(first)
    if min(len(root), len(second)) < SHORTEST_ECHOED or not roots.lists(root):
        return None
    same_consonants = _VOWELS.sub("", root) == _VOWELS.sub("", second)
    infixed = second[1:3] == "em" and root == second[0] + second[3:]
    rhymed = root[1:] == second[1:] and (second[0] == ECHO or not roots.knows(second))
    return root if same_consonants or infixed or rhymed else None
