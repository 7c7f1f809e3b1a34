"""Phrase finder: where the phrases of a query stand in a text.

A phrase is plain if each of its words follows the one before and is written in ASCII letters, or in digits. It stands
wherever its words stand with anything but letters and digits between, so a text is searched for its letters: a common
phrase has hundreds of words in an article that are not part of it. All other phrases, and those in a text in which
folding may hide a letter, are looked for among the numbered words of the text.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from index.answers.marking.word_locator import may_hide_letters
from index.query.tree import Phrase

_PLAIN: Final = re.compile(r"[a-z]+|[0-9]+")
_BETWEEN: Final = r"[\W_]+"  # an underscore separates words
_END: Final = r"(?![^\W_])"
_NUMBER_ENDS: Final = r"(?![.,]\d)"  # 19.000 is another word than 19
_PREFIX_OF_PRICES: Final = "rp"  # Rp12 is two words

Terms = frozenset[int]  # the numbers of terms of a query
Patterns = tuple[tuple[re.Pattern[str], Terms], ...]


class CandidateWord(NamedTuple):
    """A word of a text that may match a query: its number, its position, its form, and the terms that it matches.

    Differences between numbers are exact up to the largest slop of a phrase; beyond, words are not counted.
    """

    number: int
    start: int
    end: int
    form: str
    terms: Terms


def build_patterns(phrases: Sequence[tuple[Phrase, Terms]]) -> Patterns | None:
    """The patterns of phrases in lower-case text, each with its terms; None if any of the phrases is not plain."""
    if not all(_is_plain(phrase) for phrase, _ in phrases):
        return None
    return tuple((re.compile(_BETWEEN.join(map(_pattern, phrase.forms)) + _END), terms) for phrase, terms in phrases)


def find_plain(text: str, patterns: Patterns, breaks: Sequence[int]) -> list[tuple[int, int, Terms]] | None:
    """The start, end and terms of each place of plain phrases; None if the text has to be taken apart.

    Args:
        text: The text as written.
        patterns: The phrases.
        breaks: The offsets at which paragraphs begin; no phrase runs across one.
    """
    small = text.lower()
    if len(small) != len(text) or may_hide_letters(small):  # İ becomes two letters
        return None
    found: list[tuple[int, int, Terms]] = []
    for pattern, terms in patterns:
        for match in pattern.finditer(small):
            start, end = match.span()
            before = small[start - 1 : start]
            if before.isdigit():  # a word begins within 1,5juta, and none within 5juta
                return None
            if not before.isalnum():
                found.append((start, end, terms))
    return [place for place in found if not _runs_across(breaks, *place[:2])]


def _is_plain(phrase: Phrase) -> bool:
    first, *others = phrase.forms
    return (
        phrase.ordered
        and phrase.slop == 1
        and first.isalpha()
        and first not in others  # so that no place overlaps another one
        and all(_PLAIN.fullmatch(form) and form != _PREFIX_OF_PRICES for form in phrase.forms)
        and not any(one.isdigit() and other.isdigit() for one, other in pairwise(phrase.forms))
    )


def _runs_across(breaks: Sequence[int], start: int, end: int) -> bool:
    following = bisect_right(breaks, start)
    return following < len(breaks) and breaks[following] < end


def _pattern(form: str) -> str:
    return form + _NUMBER_ENDS if form.isdigit() else form


def words_of_phrase(candidates: Mapping[int, CandidateWord], phrase: Phrase) -> Iterator[tuple[int, bool]]:
    """The number of every word in a match of a phrase, and whether it directly follows the previous word of the match.

    A forward pass keeps the words that a chain from the first form reaches; a backward pass keeps those of these from
    which a chain reaches the last form.
    """
    if not phrase.ordered:
        yield from ((number, False) for number in _words_of_windows(candidates, phrase))
        return
    steps = range(1, phrase.slop + 1)
    reached = [{number for number, word in candidates.items() if word.form == phrase.forms[0]}]
    for form in phrase.forms[1:]:
        near = {number + step for number in reached[-1] for step in steps}
        reached.append({number for number in near if number in candidates and candidates[number].form == form})
    kept = reached[-1]
    for level in range(len(reached) - 1, -1, -1):
        before = reached[level - 1] if level else set()
        yield from ((number, number - 1 in before) for number in kept)
        kept = before & {number - step for number in kept for step in steps}


def _words_of_windows(candidates: Mapping[int, CandidateWord], phrase: Phrase) -> Iterator[int]:
    """The numbers of the words of a phrase wherever they all stand within its distance, in any order."""
    wanted = Counter(phrase.forms)
    numbers = [number for number, word in sorted(candidates.items()) if word.form in wanted]
    held: dict[int, None] = {}
    within: Counter[str] = Counter()
    end = 0
    for place, start in enumerate(numbers):
        while end < len(numbers) and numbers[end] <= start + phrase.slop:
            within[candidates[numbers[end]].form] += 1
            end += 1
        if not wanted - within:
            held.update(dict.fromkeys(numbers[place:end]))
        within[candidates[start].form] -= 1
    yield from held
