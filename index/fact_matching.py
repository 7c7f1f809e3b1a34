"""Matching a field query against a fact: whether `outlet:antara` or `editor:"Priyambodo RH"` matches a given value.

`outlet:*` matches any value, so `-outlet:*` finds the articles that have none.

The words may be anywhere in the value. They are compared exactly: names are not inflected, so nothing is stemmed.
"""

from collections import Counter
from collections.abc import Sequence
from fnmatch import fnmatchcase

from index.query.leaf_parsing import ANY_VALUE
from index.query.tree import Phrase, Wildcard, Word
from index.words.tokenizer import tokenize


def matches(leaf: Word | Phrase | Wildcard, value: str) -> bool:
    """Whether the value of a fact matches a leaf query."""
    if isinstance(leaf, Wildcard) and leaf.pattern == ANY_VALUE:
        return True
    forms = [token.form for token in tokenize(value)]
    match leaf:
        case Word(form):
            return form in forms or form in {token.unit for token in tokenize(value)}
        case Phrase(wanted, _, distance, ordered=False):
            return any(_holds(forms[start : start + distance + 1], wanted) for start in range(len(forms)))
        case Phrase(wanted, _, slop):
            return any(_chain(forms, start, wanted, slop) for start in range(len(forms)))
        case Wildcard(pattern):
            return any(fnmatchcase(form, pattern) for form in forms)


def begins(leaf: Word | Phrase | Wildcard, value: str) -> bool:
    """Whether the value of a fact has the words of a leaf side by side, the last of them perhaps longer: detik(com)."""
    if isinstance(leaf, Wildcard):
        return False
    *whole, last = (leaf.form,) if isinstance(leaf, Word) else leaf.forms
    forms = [token.form for token in tokenize(value)]
    starts = range(len(forms) - len(whole))
    return any(forms[at : at + len(whole)] == whole and forms[at + len(whole)].startswith(last) for at in starts)


def _holds(forms: Sequence[str], wanted: Sequence[str]) -> bool:
    """Whether all words of `wanted` are in `forms`, repeated ones as often."""
    return not Counter(wanted) - Counter(forms)


def _chain(forms: Sequence[str], start: int, wanted: Sequence[str], slop: int) -> bool:
    """Whether `wanted` occurs in `forms` from `start` on, each word at most `slop` positions after the previous one."""
    if forms[start] != wanted[0]:
        return False
    if len(wanted) == 1:
        return True
    following = range(start + 1, min(start + slop + 1, len(forms)))
    return any(_chain(forms, place, wanted[1:], slop) for place in following)
