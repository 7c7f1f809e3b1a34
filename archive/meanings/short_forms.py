"""Short forms: which short words stand for which names in an archive, ready to be looked up both ways.

What they mean is decided by `weighing`, from the definitions that articles make and from what is shipped. Words are
looked up as the index folds them: small letters, hyphenated words in their parts, no apostrophes. Everything is a
dictionary made once, for a query may ask for every word and every run of words it has.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Final

from archive.meanings.definition_counts import DefinitionCounts, StaleDefinitionsError
from archive.meanings.definitions import Words
from archive.meanings.sense_selection import Kind, ShortForm, weigh

__all__ = ["SHORT_FORMS", "Kind", "ShortForm", "ShortForms"]

SHORT_FORMS: Final = "shortforms.tsv"  # the file of counts beside an index


class ShortForms:
    """The short forms of an archive, ready to be looked up."""

    def __init__(self, forms: Iterable[ShortForm]) -> None:
        self.forms: Sequence[ShortForm] = tuple(forms)
        by_short: defaultdict[str, list[ShortForm]] = defaultdict(list)
        by_long: defaultdict[Words, list[ShortForm]] = defaultdict(list)
        longest: defaultdict[str, int] = defaultdict(int)
        for form in self.forms:
            by_short[form.short].append(form)
            by_long[form.long].append(form)
            longest[form.long[0]] = max(longest[form.long[0]], len(form.long))
        self._by_short = {short: tuple(sorted(forms, key=_likeliest)) for short, forms in by_short.items()}
        self._by_long = {long: tuple(sorted(forms, key=_likeliest)) for long, forms in by_long.items()}
        self._small = {short: tuple(map(_in_small_letters, forms)) for short, forms in self._by_short.items()}
        self._longest = dict(longest)

    @classmethod
    def shipped(cls) -> "ShortForms":
        """The shipped short forms alone."""
        return _shipped_alone()

    @classmethod
    def learned(cls, counts: DefinitionCounts) -> "ShortForms":
        """The short forms that so many definitions tell, and the shipped ones."""
        return cls(weigh(counts))

    @classmethod
    def load(cls, path: Path) -> "ShortForms":
        """Those the counts in a file tell, and the shipped ones; the shipped alone where the file cannot be used."""
        with suppress(OSError, StaleDefinitionsError):
            return cls.learned(DefinitionCounts.load(path))
        return cls.shipped()

    def long_of(self, short: str, *, capitals: bool) -> Sequence[ShortForm]:
        """What a short word stands for, the likeliest first.

        `capitals` says whether the word was typed in capitals; in small letters an everyday word is only offered.
        """
        return (self._by_short if capitals else self._small).get(short, ())

    def short_of(self, long: Words) -> Sequence[ShortForm]:
        """The short forms of a name, the most used first."""
        return self._by_long.get(long, ())

    def inside(self, words: Sequence[str]) -> Iterator[tuple[int, int, ShortForm]]:
        """The names in a run of words as (start, end, form), from the left, of several at a place the longest.

        No name overlaps another; one with several short forms is told once with each.
        """
        start = 0
        while start < len(words):
            end, forms = self._name_at(words, start)
            for form in forms:
                yield start, end, form
            start = max(end, start + 1)

    def _name_at(self, words: Sequence[str], start: int) -> tuple[int, Sequence[ShortForm]]:
        """Where the longest name that begins at a place ends, and its short forms; none where none begins."""
        longest = min(self._longest.get(words[start], 0), len(words) - start)
        for end in range(start + longest, start, -1):
            if forms := self._by_long.get(tuple(words[start:end])):
                return end, forms
        return start, ()


def _likeliest(form: ShortForm) -> tuple[bool, int, str, Words]:
    return not form.applied, -form.articles, form.short, form.long


def _in_small_letters(form: ShortForm) -> ShortForm:
    """The form as it holds for a word typed in small letters."""
    return replace(form, applied=False) if form.capitals else form


@cache
def _shipped_alone() -> ShortForms:
    return ShortForms.learned(DefinitionCounts())
