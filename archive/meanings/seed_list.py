"""What is shipped about short forms: those seldom spelled out, and short words that are everyday words too.

    seed_list.tsv      Korut <TAB> Korea Utara     one meaning a line, its names beside one another
    everyday_words.txt  as                          short forms in capitals that mean something else in small letters

A short word on several lines has several meanings, as PBB has; Polri has one meaning under two names.
"""

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from archive.meanings.definitions import Words, folded

_FOLDER: Final = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Shipped:
    """A short word as it is written, and its meanings, each under one or more names in folded words."""

    written: str
    meanings: tuple[tuple[Words, ...], ...] = ()


def _read(path: Path) -> dict[str, Shipped]:
    """Folded short word → what is shipped of it."""
    meanings: defaultdict[str, list[tuple[Words, ...]]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        short, *names = line.split("\t")
        meanings[short].append(tuple(map(_words, names)))
    return {short.lower(): Shipped(short, tuple(names)) for short, names in meanings.items()}


def _words(name: str) -> Words:
    return tuple(folded(name.replace("-", " ").replace(",", " ").split()).split())


SHIPPED: Final = _read(_FOLDER / "seed_list.tsv")
EVERYDAY_WORDS: Final = frozenset((_FOLDER / "everyday_words.txt").read_text(encoding="utf-8").split())
