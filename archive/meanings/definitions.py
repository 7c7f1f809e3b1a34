"""Find definitions in a text: places that say what a short form stands for, such as "Amerika Serikat (AS)".

A bracket with one word is aligned with the words before it, and so is one with a few words of which one is in all caps
(Satpol PP, UU ITE). A number counts the letter before it (K3, P3K). A bracket with several words is aligned with the
one word before it, as in "KPK (Komisi Pemberantasan Korupsi)". `alignment_cost` decides what counts as a definition; a
person's party, an agency, a day or a share ticker in brackets does not fit the words before it. Nothing is remembered
between texts, so the definitions of a text can be removed again together with the text.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from archive.meanings.alignment import FEWEST_WORDS, IMPOSSIBLE, alignment_cost, can_begin

VERSION: Final = "2"  # raise it whenever a change of rules finds other definitions in the same text

LONGEST_NAME: Final = 110  # characters before a bracket that are searched; about ten words
MOST_WORDS: Final = 10  # of a name
# Words that follow names without being part of the short form, unless it has one of these endings.
AFTER_NAMES: Final = {"RI": ("ri",), "Tbk": ("tbk",), "Indonesia": ("i", "in", "ind", "indo", "ina", "nesia")}
BETTER: Final = 0.3  # letters; a longer name must cost this much less than a shorter one

_BRACKET: Final = re.compile(r"\(\s*(?:PT\.? )?(?:([A-Za-z][A-Za-z0-9]{1,13})(?: RI)?|([A-Z][^()\n]{4,100}))\s*\)")
_COUNTED: Final = re.compile(r"([A-Z])([2-9])(?!\d)")
_SEVERAL_WORDS: Final = re.compile(r"(?=.*\b[A-Z]{2,}\b)[A-Z][A-Za-z0-9]{1,11}(?: [A-Z][A-Za-z0-9]{1,11}){1,2}")
_WORD: Final = re.compile(r"[^\W_]+(?:['’`][^\W_]+)*|[,&]")
_CLAUSE_END: Final = re.compile(r'.*[.;:!?()\[\]"“”…–—]|.*\s-\s', re.DOTALL)
_SHORT_BEFORE: Final = re.compile(r"(?<![\w-])([A-Z][A-Za-z]{1,11})\s*$")
_DROPPED_MARKS: Final = re.compile("[\u0300-\u036f'’`]")

Words = tuple[str, ...]  # the words of a name


class Definition(NamedTuple):
    """A short form as written, and the name it stands for in folded words with single spaces."""

    short: str
    long: str


def find_definitions(paragraphs: Sequence[str]) -> Sequence[Definition]:
    """Find the definitions of a text, each once."""
    found: dict[Definition, None] = {}
    for paragraph in paragraphs:
        if "(" in paragraph:
            found.update(dict.fromkeys(_find_in_paragraph(paragraph)))
    return tuple(found)


def _find_in_paragraph(paragraph: str) -> Iterator[Definition]:
    for bracket in _BRACKET.finditer(paragraph):
        short, inner = bracket.groups()
        before = paragraph[max(0, bracket.start() - LONGEST_NAME) : bracket.start()]
        if short:
            name = _name_before(short, before)
            if not name and (counted := _with_counted_letters(short)) != short:
                name = _name_before(counted, before)
        elif _SEVERAL_WORDS.fullmatch(inner) and (name := _name_before(inner.replace(" ", ""), before)):
            short = inner
        elif defined := _SHORT_BEFORE.search(before):
            short = defined[1]
            name = _name_within(short, inner)
        else:
            continue
        if name and set(short.lower().split()).isdisjoint(map(str.lower, name)):
            yield Definition(short, fold_words(name))


def _name_before(short: str, before: str) -> Words:
    """The last words before a bracket that the short form abbreviates; empty if there are none."""
    letters = short.lower()
    clause = _CLAUSE_END.match(before)
    words = tuple(_WORD.findall(before, clause.end() if clause else 0)[-MOST_WORDS:])
    if words and words[-1] in AFTER_NAMES and not letters.endswith(AFTER_NAMES[words[-1]]):
        words = words[:-1]
    best: Words = ()
    least = IMPOSSIBLE
    for start in range(len(words) - FEWEST_WORDS, -1, -1):
        if can_begin(words[start].lower(), letters) and (cost := alignment_cost(short, words[start:])) < least - BETTER:
            best, least = words[start:], cost
    return best


def _with_counted_letters(short: str) -> str:
    """A short form with its numbers spelled out as letters: K3 is KKK."""
    return _COUNTED.sub(lambda found: found[1] * int(found[2]), short)


def _name_within(short: str, inner: str) -> Words:
    """All words of a bracket if the short form abbreviates them, else none."""
    words = tuple(_WORD.findall(inner))
    return words if len(words) <= MOST_WORDS and alignment_cost(short, words) < IMPOSSIBLE else ()


def fold_words(words: Sequence[str]) -> str:
    """Join words and fold them as the index does: lower case, no accents, no apostrophes, single spaces."""
    text = " ".join(word for word in words if word not in {",", "&"})
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
    return _DROPPED_MARKS.sub("", text).lower()
