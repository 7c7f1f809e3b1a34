"""Definitions: where a text says what a short word stands for, as "Amerika Serikat (AS)" does.

A bracket with one word in it is looked at with the words before it, and a bracket with several with the one word
before it, "KPK (Komisi Pemberantasan Korupsi)". What is said stands or falls with `alignment.fits`; a person's party,
an agency, a day or a share's ticker in brackets does not fit the words before it. Nothing is remembered between texts,
so that whatever a text added to an archive's knowledge can be taken out again with the text.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from archive.meanings.alignment import FEWEST_WORDS, IMPOSSIBLE, fits, opens

VERSION: Final = "1"  # raised when these rules would find other definitions in the same text

LONGEST_NAME: Final = 110  # characters before a bracket that are looked at: ten words
MOST_WORDS: Final = 10
# What follows names without being part of their short forms, unless these end so.
AFTER_NAMES: Final = {"RI": ("ri",), "Tbk": ("tbk",), "Indonesia": ("i", "in", "ind", "indo", "ina", "nesia")}
BETTER: Final = 0.3  # letters by which a longer name must fit better than one that begins later

_BRACKET: Final = re.compile(r"\(\s*(?:PT\.? )?(?:([A-Za-z]{2,14})(?: RI)?|([A-Z][^()\n]{6,100}))\s*\)")
_WORD: Final = re.compile(r"[^\W_]+(?:['’`][^\W_]+)*|[,&]")
_END_OF_CLAUSE: Final = re.compile(r'.*[.;:!?()\[\]"“”…–—]|.*\s-\s', re.DOTALL)
_SHORT_BEFORE: Final = re.compile(r"(?<![\w-])([A-Z][A-Za-z]{1,11})\s*$")
_MARKS: Final = re.compile("[\u0300-\u036f'’`]")

Words = tuple[str, ...]  # of a name, one by one


class Definition(NamedTuple):
    """A short word as it is written, and the words it stands for, folded, with single spaces."""

    short: str
    long: str


def definitions(paragraphs: Sequence[str]) -> Sequence[Definition]:
    """Every definition of a text once."""
    found: dict[Definition, None] = {}
    for paragraph in paragraphs:
        if "(" in paragraph:
            found.update(dict.fromkeys(_definitions(paragraph)))
    return tuple(found)


def _definitions(paragraph: str) -> Iterator[Definition]:
    for bracket in _BRACKET.finditer(paragraph):
        short, inner = bracket.groups()
        before = paragraph[max(0, bracket.start() - LONGEST_NAME) : bracket.start()]
        if short:
            name = _name_before(short, before)
        elif defined := _SHORT_BEFORE.search(before):
            short = defined[1]
            name = _name_within(short, inner)
        else:
            continue
        if name and short.lower() not in map(str.lower, name):
            yield Definition(short, folded(name))


def _name_before(short: str, before: str) -> Words:
    """The last words before a bracket that the short word is made of; none if it is not."""
    letters = short.lower()
    clause = _END_OF_CLAUSE.match(before)
    words = tuple(_WORD.findall(before, clause.end() if clause else 0)[-MOST_WORDS:])
    if words and words[-1] in AFTER_NAMES and not letters.endswith(AFTER_NAMES[words[-1]]):
        words = words[:-1]
    best: Words = ()
    least = IMPOSSIBLE
    for start in range(len(words) - FEWEST_WORDS, -1, -1):
        if opens(words[start].lower(), letters) and (cost := fits(short, words[start:])) < least - BETTER:
            best, least = words[start:], cost
    return best


def _name_within(short: str, inner: str) -> Words:
    """All the words of a bracket, if the short word is made of them; else none."""
    words = tuple(_WORD.findall(inner))
    return words if len(words) <= MOST_WORDS and fits(short, words) < IMPOSSIBLE else ()


def folded(words: Sequence[str]) -> str:
    """Words as the index folds them: small letters without accents and apostrophes, one space between two."""
    text = " ".join(word for word in words if word not in {",", "&"})
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
    return _MARKS.sub("", text).lower()
