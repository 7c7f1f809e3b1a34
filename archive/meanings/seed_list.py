"""The seed list: built-in short forms that news seldom spells out, and short forms that are also everyday words.

    seed_list.tsv       Korut <TAB> Korea Utara     one meaning a line, alternative names side by side
    everyday_words.txt  as                          short forms that are another word when in lower case

A short form on several lines has several meanings (PBB). One with several names on a line has one meaning (Polri).
"""

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from archive.meanings.definitions import Words, fold_words

_FOLDER: Final = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class SeedEntry:
    """A short form as written, and its meanings, each with one or more names in folded words."""

    written: str
    meanings: tuple[tuple[Words, ...], ...] = ()


def _read(path: Path) -> dict[str, SeedEntry]:
    """Read the list: short form in lower case → its entry."""
    meanings: defaultdict[str, list[tuple[Words, ...]]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        short, *names = line.split("\t")
        meanings[short].append(tuple(map(_fold_name, names)))
    return {short.lower(): SeedEntry(short, tuple(names)) for short, names in meanings.items()}


def _fold_name(name: str) -> Words:
    return tuple(fold_words(name.replace("-", " ").replace(",", " ").split()).split())


SEED_LIST: Final = _read(_FOLDER / "seed_list.tsv")
EVERYDAY_WORDS: Final = frozenset((_FOLDER / "everyday_words.txt").read_text(encoding="utf-8").split())
