"""Old and variant spellings: which other ways there are to write a word.

Known variants are shipped (`spellings.tsv`: one word a line, today's spelling first). Names and words of before 1972
follow rules: Soeharto is Suharto, Tjahjono is Cahyono, Widjaja is Wijaya. What the rules make is a candidate only: of
use where the archive has it too. Rules can't tell a name from a word, so some words are excepted, and short ones all.

Source of the rules: Ejaan Yang Disempurnakan, 1972, which replaced oe (already u since 1947), tj, dj, nj, sj and j.
"""

import re
from functools import lru_cache
from pathlib import Path
from typing import Final

SHORTEST: Final = 5  # letters; of the shorter ones that rules connect, half are not the same (goes, gus; joel, jul)
KNOWN_WORDS: Final = 4096  # queries repeat their words
# Words that the rules would take for another: a company and a needle, a university and an elephant, a name and light.
NOT_OLD: Final = frozenset({"djarum", "gadjah", "koeman", "platje", "rodja", "tjahaja"})

_OLD: Final = re.compile("oe|tj|dj|sj")  # what no word of today's spelling has but by chance
_OLD_PAIRS: Final = {"oe": "u", "tj": "c", "dj": "j", "nj": "ny", "sj": "sy", "j": "y"}
_TO_NEW: Final = re.compile("oe|tj|dj|nj|sj|j")
_TO_OLD: Final = {new: old for old, new in _OLD_PAIRS.items()}
# Which sounds a word still writes the old way: people keep an old u and write a new y, or the other way round.
_OLD_MIXTURES: Final = tuple(map(re.compile, ("ny|sy|u|c|j|y", "u", "ny|sy|c|j|y", "c", "j", "sy")))


def _groups(path: Path) -> dict[str, tuple[str, ...]]:
    """Word → the other spellings that are shipped of it."""
    groups = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    return {word: tuple(other for other in group if other != word) for group in groups for word in group}


_SHIPPED: Final = _groups(Path(__file__).with_name("spellings.tsv"))


@lru_cache(KNOWN_WORDS)
def spellings(form: str) -> tuple[str, ...]:
    """Other spellings of a word, as the index folds it; what rules made of it may be no word at all."""
    found = _SHIPPED.get(form, ())
    if len(form) >= SHORTEST and form not in NOT_OLD:
        found += _new(form) if _OLD.search(form) else _old(form)
    return tuple(dict.fromkeys(other for other in found if other != form))


def _new(form: str) -> tuple[str, ...]:
    """Today's spellings of a word in an old one: all sounds changed, and all but the j that may be one already."""
    changed = _TO_NEW.sub(lambda sound: _OLD_PAIRS[sound[0]], form)
    partly = _TO_NEW.sub(lambda sound: sound[0] if sound[0] in {"j", "nj"} else _OLD_PAIRS[sound[0]], form)
    return changed, partly


def _old(form: str) -> tuple[str, ...]:
    """Old spellings of a word in today's that today's spelling can be told from."""
    made = [mixture.sub(lambda sound: _TO_OLD[sound[0]], form) for mixture in _OLD_MIXTURES]
    made.append(form.replace("u", "oe", 1))  # Soekarnoputri: a name's own u stays old in what is made of it
    return tuple(old for old in made if _OLD.search(old) and old not in NOT_OLD)
