"""The vocabulary of a generation, from its file of words; only words in a row are counted by the server."""

from collections.abc import Callable, Iterator, Sequence
from fnmatch import translate
from functools import lru_cache
from re import compile as compiled
from typing import Final

import numpy as np

from archive.copies.array_file import Column
from archive.meanings.edit_distance import edits_at
from index.opensearch.word_file import Indices, SortedStrings, Words, decoded

MOST_REMEMBERED: Final = 1 << 12  # rows of words, each one request; patterns; and where words stand
_WILD: Final = "*?"

Counted = Sequence[tuple[str, int]]


class ClusterVocabulary:
    """The words of all articles of a generation; implements `engine.TextVocabulary`. Serves all threads."""

    def __init__(self, words: Words, in_a_row: Callable[[tuple[str, ...]], int]) -> None:
        self._words = words
        self._forms, self._stems, self._pairs = (SortedStrings(words, name) for name in ("forms", "stems", "pairs"))
        self._articles = words["articles"]
        self._in_a_row = lru_cache(MOST_REMEMBERED)(in_a_row)
        self._size = int(words["occurrences"].sum())
        self._at = lru_cache(MOST_REMEMBERED)(self._forms.find)
        self.matching = lru_cache(MOST_REMEMBERED)(self._matching)

    def articles(self, form: str) -> int:
        """See `Vocabulary.articles`."""
        return self._of(form, self._articles)

    def forms(self, stem: str) -> Counted:
        """See `Vocabulary.forms`."""
        at = self._stems.find(stem)
        if at < 0:
            return ()
        begin, end = self._words["family_at"][at : at + 2]
        family = self._words["families"][begin:end]
        return self._counted(family, len(family))

    def starting(self, beginning: str, most: int) -> Counted:
        """See `Vocabulary.starting`."""
        found = self._forms.beginning(beginning)
        return self._counted(np.arange(found.start, found.stop), most)

    def near(self, form: str, most: int) -> Counted:
        """See `Vocabulary.near`."""
        return self._counted(np.array(sorted(set(self._one_edit_away(form))), np.int64), most)

    def articles_in_capitals(self, form: str) -> int:
        """See `TextVocabulary.articles_in_capitals`."""
        return self._of(form, self._words["capitals"])

    def articles_with_stem(self, stem: str) -> int:
        """See `TextVocabulary.articles_with_stem`."""
        at = self._stems.find(stem)
        return 0 if at < 0 else int(self._words["stem_articles"][at])

    def occurrences(self, forms: Sequence[str]) -> int:
        """See `TextVocabulary.occurrences`."""
        if len(forms) == 1:
            return self._of(forms[0], self._words["occurrences"])
        return self._in_a_row(tuple(forms)) if all(map(self.articles, forms)) else 0

    def following(self, form: str, beginning: str, most: int) -> Counted:
        """See `TextVocabulary.following`."""
        found = self._pairs.beginning(f"{form} {beginning}")
        best = _most_frequent(np.arange(found.start, found.stop), self._words["times"], most)
        return [(decoded(self._pairs[at]).partition(" ")[2], int(self._words["times"][at])) for at in best]

    def size(self) -> int:
        """See `TextVocabulary.size`."""
        return self._size

    def _of(self, form: str, counts: Column) -> int:
        at = self._at(form)
        return 0 if at < 0 else int(counts[at])

    def _matching(self, pattern: str) -> tuple[str, ...]:
        """The forms that match a pattern with `*` and `?`, ascending."""
        fixed = pattern[: min((at for at in map(pattern.find, _WILD) if at >= 0), default=len(pattern))]
        fits = compiled(translate(pattern.replace("[", "[[]"))).match
        found = self._forms.beginning(fixed)
        return tuple(filter(fits, self._forms.some(found)))

    def _counted(self, at: Indices, most: int) -> Counted:
        """Of the forms at some ascending indices the most frequent, each with its articles."""
        best = _most_frequent(at, self._articles, most)
        return [(decoded(self._forms[one]), int(self._articles[one])) for one in best]

    def _one_edit_away(self, form: str) -> Iterator[int]:
        """The indices of the forms that are; what may begin with so many letters of the form is ever less."""
        for length in range(len(form) + 1):
            held = self._forms.beginning(form[:length])
            for other in edits_at(form[:length], form[length:]):
                if other != form and (at := self._forms.find(other, held)) >= 0:
                    yield at


def _most_frequent(at: Indices, counts: Column, most: int) -> list[int]:
    """Of some ascending indices those with the highest counts, the highest first; of equal ones the first."""
    order = np.argsort(-counts[at].astype(np.int64), kind="stable")
    found: list[int] = at[order[: max(most, 0)]].tolist()
    return found
