"""Asking a fact by its words: whether `outlet:antara` or `editor:"Priyambodo RH"` means a given value.

A value is asked by its exact words, wherever in it they stand; names are not inflected, so nothing is stemmed.
"""

from collections.abc import Sequence
from fnmatch import fnmatchcase

from index.query.tree import Phrase, Wildcard, Word
from index.words.tokenizer import tokens


def matches(leaf: Word | Phrase | Wildcard, value: str) -> bool:
    """Whether a fact's value has the words a leaf asks for."""
    forms = [token.form for token in tokens(value)]
    match leaf:
        case Word(form):
            return form in forms or form in {token.unit for token in tokens(value)}
        case Phrase(wanted, _, slop):
            return any(_chain(forms, start, wanted, slop) for start in range(len(forms)))
        case Wildcard(pattern):
            return any(fnmatchcase(form, pattern) for form in forms)


def _chain(forms: Sequence[str], start: int, wanted: Sequence[str], slop: int) -> bool:
    """Whether `wanted` stands in `forms` from `start` on, each word at most `slop` places after the one before."""
    if forms[start] != wanted[0]:
        return False
    if len(wanted) == 1:
        return True
    following = range(start + 1, min(start + slop + 1, len(forms)))
    return any(_chain(forms, place, wanted[1:], slop) for place in following)
