"""Exceptions: words whose root is settled by hand, in the project's file and in one of the reader's own.

A line is a word, a tab and its root; what follows another tab is the reason. A word that is its own root is never cut.
Words with clitics follow (rambutannya, rambutan), other inflected forms need lines of their own.
"""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

SHIPPED: Final = Path(__file__).with_name("exceptions.tsv")
_WORD: Final = re.compile("[a-z]{2,60}")


class BadExceptions(Exception):
    """A file of exceptions cannot be read; the sentence names the place."""


@cache
def shipped() -> Mapping[str, str]:
    """The project's exceptions: word → root."""
    return MappingProxyType(read(SHIPPED))


def read(path: Path) -> dict[str, str]:
    """The exceptions of a file: word → root; raises BadExceptions."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadExceptions(f"{path} cannot be read ({error})") from error
    found: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        word, root = ([part.strip().lower() for part in line.split("\t")] + [""])[:2]
        if not (_WORD.fullmatch(word) and _WORD.fullmatch(root)):
            raise BadExceptions(f"{path}, line {number}: it must be a word, a tab and its root, in letters a to z")
        if found.get(word, root) != root:
            raise BadExceptions(f"{path}, line {number}: {word} has two roots, {found[word]} and {root}")
        found[word] = root
    return found


def settled(given: Mapping[str, str]) -> dict[str, str]:
    """Word → root for all words and roots of some exceptions, so that no root has another root.

    A root that has a line itself is followed once and to the end; two words that name each other stay with the first.
    """
    found = {}
    for word in given:
        root, met = word, {word}
        while (following := given.get(root, root)) not in met:
            root = following
            met.add(root)
        found[word] = root
    return {**found, **{root: root for root in found.values()}}
