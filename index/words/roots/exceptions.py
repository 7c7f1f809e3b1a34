"""Exceptions: words whose root is set by hand, in the file shipped with the code and in an optional user file.

A line holds a word, a tab and its root; text after another tab is the reason. A word listed as its own root is never
stemmed. Exceptions also apply to the word with clitics (rambutannya, rambutan); other inflected forms need their own
lines. Lines that begin with a tilde are on families, and `index.words.families` reads them.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

SHIPPED: Final = Path(__file__).with_name("exceptions.tsv")
FAMILY: Final = "~"
_WORD: Final = re.compile("[a-z]{2,60}")


class BadExceptions(Exception):
    """A file of exceptions cannot be read; the message names the file and line."""


@cache
def shipped() -> Mapping[str, str]:
    """Return the shipped exceptions, word → root."""
    return MappingProxyType(read(SHIPPED))


def read(path: Path) -> dict[str, str]:
    """Read the exceptions of a file, word → root; raises BadExceptions."""
    found: dict[str, str] = {}
    for number, line in lines_of(path):
        if line.startswith(FAMILY):
            continue
        word, root = ([part.strip().lower() for part in line.split("\t")] + [""])[:2]
        if not (_WORD.fullmatch(word) and _WORD.fullmatch(root)):
            raise BadExceptions(f"{path}, line {number}: it must be a word, a tab and its root, in letters a to z")
        if found.get(word, root) != root:
            raise BadExceptions(f"{path}, line {number}: {word} has two roots, {found[word]} and {root}")
        found[word] = root
    return found


def lines_of(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the lines of a file with their numbers, without blank ones and comments; raises BadExceptions."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadExceptions(f"{path} cannot be read ({error})") from error
    yield from ((number, line) for number, line in enumerate(lines, 1) if line.strip() and not line.startswith("#"))


def settled(given: Mapping[str, str]) -> dict[str, str]:
    """Return word → root for all words and roots of some exceptions, with chains of roots resolved.

    A root that has its own line is followed to the end of the chain. Every root maps to itself, and so does every word
    of a cycle.
    """
    found = {}
    for word in given:
        root, met = word, {word}
        while (following := given.get(root, root)) not in met:
            root = following
            met.add(root)
        found[word] = root
    return {**found, **{root: root for root in found.values()}}
