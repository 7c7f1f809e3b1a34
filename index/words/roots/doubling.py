"""Doubling: the root of a word said twice, which each half shows in another form.

    anak-anaknya, meniru-nirukan      both halves reach one root; the second may lack the me- of the first
    gerak-gerik, sayur-mayur          an echo: the same consonants, or the same rhyme
    jari-jemari, tali-temali          an echo with -em- inside
    g-guru                            a stutter

Halves that mean two things (suka-duka, Korea-Jepang) are no such word; so a rhyme must mean nothing by itself.
"""

import re
from typing import Final

from index.words.roots.affixes import VOWELS
from index.words.roots.readings import readings
from index.words.roots.weighing import Roots

SHORTEST_ECHOED: Final = 4  # letters: many short words rhyme
ECHO: Final = "m"  # most rhymes begin so, though the list has some of them: sayur-mayur
LONGEST_STUTTER: Final = 2  # letters
_VOWELS: Final = re.compile(f"[{VOWELS}]")


def doubled(first: str, second: str, roots: Roots) -> str | None:
    """The root of a word of two halves, None where they are two words."""
    if first == second:
        return roots.root(first)
    return _shared(first, second, roots) or _echoed(first, second, roots)


def _shared(first: str, second: str, roots: Roots) -> str | None:
    """The likeliest root that both halves reach; the root of one half where that is in the other."""
    ours, theirs = _reached(first, roots), _reached(second, roots)
    common = ours.keys() & (theirs := {**_reached("me" + second, roots), **theirs}).keys()
    if common:
        return roots.root(max(common, key=lambda root: (ours[root] + theirs[root], root)))
    for inner, outer in ((first, second), (second, first)):
        if readings(outer, {inner}):
            return roots.root(inner)
    return None


def _reached(half: str, roots: Roots) -> dict[str, int]:
    """Every root a half may have, with the weight of its best reading."""
    return {reading.root: weight for weight, reading in sorted(roots.weighed(half))}


def _echoed(first: str, second: str, roots: Roots) -> str | None:
    """The root of the half that the other echoes."""
    if len(first) <= LONGEST_STUTTER and second.startswith(first) and roots.knows(second):
        return roots.root(second)
    root = roots.root(first)
    if min(len(root), len(second)) < SHORTEST_ECHOED or not roots.lists(root):
        return None
    same_consonants = _VOWELS.sub("", root) == _VOWELS.sub("", second)
    infixed = second[1:3] == "em" and root == second[0] + second[3:]
    rhymed = root[1:] == second[1:] and (second[0] == ECHO or not roots.knows(second))
    return root if same_consonants or infixed or rhymed else None
