"""Word locator: a prefilter that finds the words of a text that may match a query, without tokenizing the rest.

A matching word contains its form, or its stem without the first letter, literally (see `stemming.may_have_stem`). Only
accents, apostrophes and other characters that normalization changes can hide it, so words with these are always
candidates. This way a page tokenizes a tenth of the words of its articles.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from index.words.stemming import may_have_stem
from index.words.tokenizer import iter_runs, run_tokens


@dataclass(frozen=True, slots=True)
class Prefilter:
    """The literals of which lower-case text has one wherever a searched word can be, unless normalization hides it.

    Each is looked for by itself: an expression of alternatives is tried at every letter, a literal is not.
    """

    literals: tuple[re.Pattern[str], ...]


# Non-ASCII characters that are not part of words; without them, every quotation would be a candidate.
_SIGNS: Final = "“”–—…•©®°«»\u00a0"
_FOLDED: Final = rf"[^\x00-\x26\x28-\x5f\x61-\x7f{_SIGNS}]"  # \x27 and \x60 are the apostrophes of ASCII
_ANY_FOLDED: Final = re.compile(_FOLDED)
_ASCII_FOLDED: Final = re.compile(r"[\x27\x60]")
_APOSTROPHES: Final = "'`"  # of ASCII
_WILD: Final = re.compile(r"[*?]")
_LITERAL: Final = re.compile(r"[a-z0-9.,]+")


def build_prefilter(roots: Iterable[str], forms: Iterable[str], patterns: Iterable[str]) -> Prefilter | None:
    """Build the prefilter of lower-case text for wherever a searched word can be; None if that is anywhere.

    The searched words have one of the stems, one of the normalized forms, or match one of the wildcard patterns.
    """
    letters = {*map(_literal_part, roots), *forms, *map(_longest_literal, patterns)}
    if not all(map(_LITERAL.fullmatch, letters)):
        return None
    shortest = {one for one in letters if not any(other in one for other in letters - {one})}
    return Prefilter(tuple(re.compile(re.escape(one)) for one in sorted(shortest)))


def _literal_part(root: str) -> str:
    """The part of a root that is literally in every word with this root; "" if there is none."""
    return "" if may_have_stem("", root) else root[1:]


def _longest_literal(pattern: str) -> str:
    """The longest literal part of a wildcard pattern."""
    return max(_WILD.split(pattern), key=len)


def candidate_stretches(text: str, prefilter: Prefilter | None) -> Iterator[tuple[str, int]]:
    """Yield the stretches without blanks in which the prefilter matches, with their offsets, in text order.

    They include every run that may contain a searched word. Without a prefilter, every run is yielded.
    """
    small = text.lower()
    if prefilter is None or len(small) != len(text):  # İ becomes two letters
        yield from iter_runs(text)
        return
    looked_for = (*prefilter.literals, _folded(small)) if may_hide_letters(small) else prefilter.literals
    places = [found.start() for one in looked_for for found in one.finditer(small)]
    places.sort()
    end = 0
    for place in places:
        if place >= end:
            begin = text.rfind(" ", end, place) + 1 or end
            end = text.find(" ", place + 1)
            if end < 0:
                end = len(text)
            yield text[begin:end], begin


def may_hide_letters(small: str) -> bool:
    """Whether lower-case text has anything that folding changes, so that a word may be there in other letters."""
    for sign in "" if small.isascii() else _SIGNS:  # a set of signs would be looked for at each letter
        small = small.replace(sign, "")
    return not small.isascii() or any(map(small.__contains__, _APOSTROPHES))


def _folded(small: str) -> re.Pattern[str]:
    return _ASCII_FOLDED if small.isascii() else _ANY_FOLDED


def count_words(text: str, enough: int) -> int:
    """The number of words in a text. Counting stops as soon as there are `enough`."""
    counted = 0
    for run, _ in iter_runs(text):
        counted += len(run_tokens(run))
        if counted >= enough:
            break
    return counted
