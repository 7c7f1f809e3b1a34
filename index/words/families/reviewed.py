"""Reviewed families: which forms of a root mean the same thing, decided by hand, in the shipped file and by the user.

A line holds the forms of one root, with a bar between senses:

    perintah memerintahkan | pemerintah pemerintahan
    kunjung *

Two forms are near if they share a sense, else far; a form may have several senses. Each stands for its lexeme, with all
voices and clitics. An asterisk stands for all lexemes of the root that the line does not name. What a line does not
decide is left to the learned table. In the keeper's file of exceptions, such a line begins with a tilde.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from index.words.families.lexemes import Lexemes
from index.words.roots.exceptions import FAMILY, BadExceptions, lines_of
from index.words.stemming import stem

SHIPPED: Final = Path(__file__).with_name("reviewed.txt")
SENSES: Final = "|"
OTHERS: Final = "*"

Senses = tuple[tuple[str, ...], ...]  # the forms of each sense of a line, OTHERS among them


@dataclass(frozen=True, slots=True)
class Family:
    """The numbers of the senses of each lexeme of one root, and those of all others; None if they are not decided."""

    senses: Mapping[str, frozenset[int]]
    others: frozenset[int] | None

    def are_far(self, one: str, other: str) -> bool | None:
        """Tell whether two lexemes are far; None if that is not decided here."""
        first, second = self.senses.get(one, self.others), self.senses.get(other, self.others)
        return None if first is None or second is None else first.isdisjoint(second)


@cache
def shipped() -> tuple[Senses, ...]:
    """Return the lines of the shipped file."""
    return tuple(_senses(line) for _, line in lines_of(SHIPPED))


def read(path: Path) -> tuple[Senses, ...]:
    """Return the lines on families in a user's file of exceptions; raises BadExceptions."""
    found = []
    for number, line in lines_of(path):
        if not line.startswith(FAMILY):
            continue
        senses = _senses(line.removeprefix(FAMILY))
        forms = [form for sense in senses for form in sense if form != OTHERS]
        where = f"{path}, line {number}"
        if not all(form.isascii() and form.isalpha() for form in forms) or not all(senses):
            raise BadExceptions(f"{where}: it must be words in letters a to z, with | between senses")
        if len(roots := sorted(set(map(stem, forms)))) != 1:
            raise BadExceptions(f"{where}: these words have not one root, but {', '.join(roots) or 'none'}")
        found.append(senses)
    return tuple(found)


def families(lines: Iterable[Senses], lexemes: Lexemes) -> Mapping[str, Family]:
    """Return the families that some lines decide, by root; later lines replace earlier ones of the same root."""
    found: dict[str, Family] = {}
    for senses in lines:
        found.update(_families(senses, lexemes))
    return found


def _families(senses: Senses, lexemes: Lexemes) -> Iterator[tuple[str, Family]]:
    """Yield the families of one line: more than one if the keeper's exceptions give its forms different roots."""
    by_root: defaultdict[str, defaultdict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for number, sense in enumerate(senses):
        for form in sense:
            if form != OTHERS:
                by_root[stem(form)][lexemes.name(form)].add(number)
    others = frozenset(number for number, sense in enumerate(senses) if OTHERS in sense) or None
    for root, held in by_root.items():
        yield root, Family({name: frozenset(numbers) for name, numbers in held.items()}, others)


def _senses(line: str) -> Senses:
    return tuple(tuple(part.lower().split()) for part in line.split(SENSES))
