"""Find old and variant spellings of a word.

Known variants are listed in `spellings.tsv`, one word a line, today's spelling first. Spellings from before 1972 follow
rules: Soeharto is Suharto, Tjahjono is Cahyono, Widjaja is Wijaya. What the rules produce is only a candidate, useful
if the archive has it too. Rules cannot tell a name from a word, so some words are excepted, and all short ones.

Two rules are of today: -if and -iv (aktifis, aktivis), and the decimal point and comma (5.6, 5,6).

Source of the old rules: Ejaan Yang Disempurnakan, 1972, which replaced oe (already u since 1947), tj, dj, nj, sj and j.
"""

import re
from functools import lru_cache
from pathlib import Path
from typing import Final

SHORTEST: Final = 5  # letters; of shorter pairs that the rules connect, half are different words (goes, gus; joel, jul)
KNOWN_WORDS: Final = 4096  # cache entries; queries repeat their words
# Words that the rules would confuse: a company and a needle, a university and an elephant, a name and light.
EXCEPTIONS: Final = frozenset({"djarum", "gadjah", "koeman", "platje", "rodja", "tjahaja"})

_OLD: Final = re.compile("oe|tj|dj|sj")  # letters that words in today's spelling have only by chance
_OLD_PAIRS: Final = {"oe": "u", "tj": "c", "dj": "j", "nj": "ny", "sj": "sy", "j": "y"}
_TO_NEW: Final = re.compile("oe|tj|dj|nj|sj|j")
_TO_OLD: Final = {new: old for old, new in _OLD_PAIRS.items()}
# Sounds that a word still writes the old way. Spellings mix: an old u with a new y, or the other way round.
_OLD_MIXTURES: Final = tuple(map(re.compile, ("ny|sy|u|c|j|y", "u", "ny|sy|c|j|y", "c", "j", "sy")))


def _read_groups(path: Path) -> dict[str, tuple[str, ...]]:
    """Read the list: word → its other spellings."""
    groups = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    return {word: tuple(other for other in group if other != word) for group in groups for word in group}


_LISTED: Final = _read_groups(Path(__file__).with_name("spellings.tsv"))


# -if and -iv before these endings: aktifis is aktivis, kreatifitas is kreativitas.
_F_FOR_V: Final = re.compile(r"(?<=i)f(?=is$|is[mt]|itas|asi)|(?<=i)v(?=is$|is[mt]|itas|asi)")
_DECIMAL: Final = re.compile(r"(\d+)([.,])(\d{1,2})")  # three digits behind a point are thousands


@lru_cache(KNOWN_WORDS)
def spelling_variants(form: str) -> tuple[str, ...]:
    """Other spellings of a folded word; those made by rules may not exist."""
    found = _LISTED.get(form, ())
    if len(form) >= SHORTEST and form not in EXCEPTIONS:
        found += tuple(_modern_spellings(form) if _OLD.search(form) else _old_spellings(form))
        found += (_F_FOR_V.sub(lambda letter: "v" if letter[0] == "f" else "f", form),)
    if decimal := _DECIMAL.fullmatch(form):
        found += (f"{decimal[1]}{',' if decimal[2] == '.' else '.'}{decimal[3]}",)
    return tuple(dict.fromkeys(other for other in found if other != form))


def _modern_spellings(form: str) -> tuple[str, ...]:
    """Modern spellings of an old one: every sound changed, and every sound but j and nj, which may be modern."""
    changed = _TO_NEW.sub(lambda sound: _OLD_PAIRS[sound[0]], form)
    partly = _TO_NEW.sub(lambda sound: sound[0] if sound[0] in {"j", "nj"} else _OLD_PAIRS[sound[0]], form)
    return changed, partly


def _old_spellings(form: str) -> tuple[str, ...]:
    """Old spellings of a modern one, only those that are recognizably old."""
    made = [mixture.sub(lambda sound: _TO_OLD[sound[0]], form) for mixture in _OLD_MIXTURES]
    made.append(form.replace("u", "oe", 1))  # Soekarnoputri: the u of a name stays old in compounds
    return tuple(old for old in made if _OLD.search(old) and old not in EXCEPTIONS)
