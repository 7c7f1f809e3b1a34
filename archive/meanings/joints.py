"""Joints: expressions that are written in one word, in two, or with a hyphen or point between (walikota, wali kota).

`joints.txt` lists known ones, two words a line, and after `!` those that are two different things (da nang, danang).
Two rules of form add what no list can hold: a short group of letters beside a number (U-23, KM 50), and prefixes that
many writers detach (anti korupsi, pasca bencana). A rule only tells what may be one expression. Whether an archive
writes it both ways is decided by `index.expansion.joints`.
"""

from pathlib import Path
from typing import Final

MOST_LETTERS: Final = 3  # of the letters beside a number: a unit, a code, a series (km, u, f); longer ones are words
DENIED: Final = "!"  # before a line: not the same
SHORTEST_REST: Final = 4  # letters after a prefix; shorter rests are syllables (pro tes, anti k)
TWICE: Final = "2"  # after a word it repeats it: org2 is orang-orang
# Prefixes of Indonesian that are written as one word by the rules and often apart (EYD V, "Bentuk Terikat").
PREFIXES: Final = frozenset(
    {"adi", "antar", "anti", "dwi", "eks", "ekstra", "hiper", "infra", "inter", "kontra", "makro", "maha", "mega"}
    | {"mikro", "mini", "multi", "neo", "non", "panca", "pasca", "pra", "pro", "purna", "semi", "sub", "super"}
    | {"supra", "swa", "trans", "tri", "tuna", "ultra"}
)

Parts = tuple[str, str]


def _read(sign: str) -> frozenset[Parts]:
    """Read the lines that begin with a sign, or all lines without a sign if it is empty."""
    lines = Path(__file__).with_name("joints.txt").read_text(encoding="utf-8").splitlines()
    rows = (line.removeprefix(DENIED).split() for line in lines if line.startswith(DENIED) == bool(sign))
    return frozenset((first, second) for first, second in rows)


LISTED: Final = _read("")
DIFFERENT: Final = _read(DENIED)


def is_listed(parts: Parts) -> bool:
    """Whether two folded words are a known expression that is also written as one."""
    return parts in LISTED


def are_different(parts: Parts) -> bool:
    """Whether two folded words are known to mean something else when they are written as one."""
    return parts in DIFFERENT


def is_letters_and_number(parts: Parts) -> bool:
    """Whether one of two folded words is a number and the other a few letters: u 23, km 50, 90 an."""
    letters, number = sorted(parts, key=str.isdigit)
    if not (number.isdigit() and letters.isalpha() and len(letters) <= MOST_LETTERS):
        return False
    return not (parts[1] == TWICE and len(letters) == MOST_LETTERS)


def has_prefix(parts: Parts) -> bool:
    """Whether the first of two folded words is a prefix that may be written apart."""
    first, second = parts
    return first in PREFIXES and len(second) >= SHORTEST_REST and second.isalpha()
