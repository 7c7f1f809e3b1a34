"""Seeking: the written words of a text that can be what a query asks for, found without cutting the rest into words.

What a word is found by stands in it letter by letter: its form, or its root without the first letter (see
`stemming.could_have`). Only accents, apostrophes and what else folding changes can hide it, so that words beyond ASCII
and with apostrophes are always looked at. A page looks at a tenth of the words of its articles in this way.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from index.words.stemming import could_have
from index.words.tokenizer import parts, written

Hint = re.Pattern[str]

# What no word is made of, though it is beyond ASCII: without it, every quotation would be looked at.
_SIGNS: Final = "“”–—…•©®°«»\u00a0"
_FOLDED: Final = rf"[^\x00-\x26\x28-\x5f\x61-\x7f{_SIGNS}]"  # \x27 and \x60 are the apostrophes of ASCII
_WILD: Final = re.compile(r"[*?]")
_LITERAL: Final = re.compile(r"[a-z0-9.,]+")


def hint(roots: Iterable[str], forms: Iterable[str], patterns: Iterable[str]) -> Hint | None:
    """What a text has, in small letters, where a word can stand that is one of some; None where that may be anywhere.

    Words are of some roots, have some folded forms, or fit some patterns of letters, * and ?.
    """
    letters = {*map(_seen_of, roots), *forms, *map(_longest_piece, patterns)}
    if not all(map(_LITERAL.fullmatch, letters)):
        return None
    return re.compile("|".join([*map(re.escape, sorted(letters)), _FOLDED]))


def _seen_of(root: str) -> str:
    """What of a root is seen in every word that has it, "" where nothing is."""
    return "" if could_have("", root) else root[1:]


def _longest_piece(pattern: str) -> str:
    """The longest stretch of letters that stands in every word a pattern fits."""
    return max(_WILD.split(pattern), key=len)


def seek(text: str, hint: Hint | None) -> Iterator[tuple[str, int]]:
    """The stretches of a text without a blank that a hint points to, in order, each with where it begins.

    All runs that can hold what is sought are in them; without a hint, every run is a stretch.
    """
    small = text.lower()
    if hint is None or len(small) != len(text):  # İ becomes two letters
        yield from written(text)
        return
    end = 0
    while found := hint.search(small, end):
        begin = text.rfind(" ", end, found.start()) + 1 or end
        end = text.find(" ", found.end())
        if end < 0:
            end = len(text)
        yield text[begin:end], begin


def words_up_to(enough: int, text: str) -> int:
    """How many words a text has; it is not cut further where they are enough."""
    counted = 0
    for run, _ in written(text):
        counted += len(parts(run))
        if counted >= enough:
            break
    return counted
