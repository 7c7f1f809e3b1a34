"""Synonyms of the keeper's own: words and expressions that mean the same, from an optional file.

A line is a group: two or more expressions with tabs between. Blank lines and those that begin with # are skipped. An
expression may be in several groups. Any one of a group finds the others.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Final

from archive.meanings.definitions import Words, fold_words

LONGEST: Final = 10  # words of an expression
COMMENT: Final = "#"


class BadSynonyms(Exception):
    """A file of synonyms cannot be read; the message names the file and line."""


@dataclass(frozen=True, slots=True)
class Synonym:
    """An expression as written, and its folded words."""

    written: str
    words: Words


class Synonyms:
    """A lookup table of synonyms, by the folded words of an expression."""

    def __init__(self, groups: Sequence[Sequence[Synonym]] = ()) -> None:
        self._others: defaultdict[Words, dict[Synonym, None]] = defaultdict(dict)
        self._longest: defaultdict[str, int] = defaultdict(int)
        for group in groups:
            for one in group:
                self._others[one.words].update(dict.fromkeys(other for other in group if other.words != one.words))
                self._longest[one.words[0]] = max(self._longest[one.words[0]], len(one.words))
        told = repr([[one.written for one in group] for group in groups]).encode()
        self.version = blake2b(told, digest_size=4).hexdigest() if groups else ""

    def of(self, words: Words) -> Sequence[Synonym]:
        """What means the same as an expression, in the order of the file."""
        return tuple(self._others.get(words, ()))

    def find(self, words: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Find the expressions in a run of words, from left to right, the longest at each position: (start, end)."""
        start = 0
        while start < len(words):
            longest = min(self._longest.get(words[start], 0), len(words) - start)
            ends = (end for end in range(start + longest, start, -1) if tuple(words[start:end]) in self._others)
            end = next(ends, start)
            if end > start:
                yield start, end
            start = max(end, start + 1)


NO_SYNONYMS: Final = Synonyms()
_in_use: Synonyms = NO_SYNONYMS  # one table for all archives that a process opens


def use_synonyms(path: Path | None) -> None:
    """Use the synonyms of a file in this process, or none if path is None; raises BadSynonyms."""
    global _in_use  # noqa: PLW0603  # an answer depends on it like on the roots of words
    _in_use = NO_SYNONYMS if path is None else Synonyms(list(_read(path)))


def synonyms() -> Synonyms:
    """The synonyms in use in this process."""
    return _in_use


def _read(path: Path) -> Iterator[Sequence[Synonym]]:
    """Read the groups of a file."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadSynonyms(f"{path} cannot be read ({error})") from error
    for number, line in enumerate(lines, 1):
        if line.strip() and not line.startswith(COMMENT):
            yield _group(line, f"{path}, line {number}")


def _group(line: str, place: str) -> Sequence[Synonym]:
    """Read a line; `place` names it in errors."""
    written = [part.strip() for part in line.split("\t") if part.strip()]
    if len(written) < 2:
        raise BadSynonyms(f"{place}: it must be two or more expressions with tabs between")
    group = [Synonym(part, _words(part, place)) for part in written]
    twice = next((one.written for at, one in enumerate(group) if one.words in {b.words for b in group[:at]}), None)
    if twice is not None:
        raise BadSynonyms(f"{place}: {twice} is there twice")
    return group


def _words(written: str, place: str) -> Words:
    parts = "".join(sign if sign.isalnum() or sign in "'’" else " " for sign in written).split()
    words = tuple(fold_words(parts).split())
    if not words or len(words) > LONGEST:
        raise BadSynonyms(f"{place}: {written} must be one to {LONGEST} words of letters and digits")
    return words
