"""The vocabulary of a generation, from its counts of words; only words in a row are counted by the server."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from fnmatch import translate
from functools import lru_cache
from re import compile as compiled
from typing import Final

from index.opensearch.word_counts import WordCounts
from index.words.edit_distance import edits_at

AFTER_ALL: Final = "\U0010ffff"
MOST_REMEMBERED: Final = 1 << 12  # rows of words, each one request; and patterns
_WILD: Final = "*?"

Counted = Sequence[tuple[str, int]]


class ClusterVocabulary:
    """The words of all articles of a generation; implements `engine.TextVocabulary`. Serves all threads."""

    def __init__(self, counts: WordCounts, in_a_row: Callable[[tuple[str, ...]], int]) -> None:
        self.counts = counts
        self._forms = sorted(counts.articles)
        self._pairs = sorted(counts.pairs)
        self._families: defaultdict[str, list[str]] = defaultdict(list)
        for form in self._forms:
            self._families[counts.stem_of[form]].append(form)
        self._in_a_row = lru_cache(MOST_REMEMBERED)(in_a_row)
        self._size = counts.occurrences.total()
        self.matching = lru_cache(MOST_REMEMBERED)(self._matching)

    def articles(self, form: str) -> int:
        """See `Vocabulary.articles`."""
        return self.counts.articles.get(form, 0)

    def forms(self, stem: str) -> Counted:
        """See `Vocabulary.forms`."""
        return self._counted(self._families.get(stem, ()))

    def starting(self, beginning: str, most: int) -> Counted:
        """See `Vocabulary.starting`."""
        return self._counted(_beginning(self._forms, beginning))[: max(most, 0)]

    def near(self, form: str, most: int) -> Counted:
        """See `Vocabulary.near`."""
        return self._counted(set(self._one_edit_away(form)))[: max(most, 0)]

    def articles_in_capitals(self, form: str) -> int:
        """See `TextVocabulary.articles_in_capitals`."""
        return self.counts.capitals.get(form, 0)

    def articles_with_stem(self, stem: str) -> int:
        """See `TextVocabulary.articles_with_stem`."""
        return self.counts.stems.get(stem, 0)

    def occurrences(self, forms: Sequence[str]) -> int:
        """See `TextVocabulary.occurrences`."""
        if len(forms) == 1:
            return self.counts.occurrences.get(forms[0], 0)
        return self._in_a_row(tuple(forms)) if all(map(self.articles, forms)) else 0

    def following(self, form: str, beginning: str, most: int) -> Counted:
        """See `TextVocabulary.following`."""
        found = _beginning(self._pairs, f"{form} {beginning}")
        counted = [(pair.partition(" ")[2], self.counts.pairs[pair]) for pair in found]
        return sorted(counted, key=lambda pair: (-pair[1], pair[0]))[: max(most, 0)]

    def size(self) -> int:
        """See `TextVocabulary.size`."""
        return self._size

    def _matching(self, pattern: str) -> tuple[str, ...]:
        """The forms that match a pattern with `*` and `?`, ascending."""
        fixed = pattern[: min((at for at in map(pattern.find, _WILD) if at >= 0), default=len(pattern))]
        fits = compiled(translate(pattern.replace("[", "[[]"))).match
        return tuple(filter(fits, _beginning(self._forms, fixed)))

    def _counted(self, forms: Iterable[str]) -> Counted:
        return sorted(((form, self.articles(form)) for form in forms), key=lambda pair: (-pair[1], pair[0]))

    def _one_edit_away(self, form: str) -> Iterator[str]:
        for length in range(len(form) + 1):
            for other in edits_at(form[:length], form[length:]):
                if other != form and other in self.counts.articles:
                    yield other


def _beginning(words: Sequence[str], beginning: str) -> Sequence[str]:
    """The words with a beginning, of an ascending list."""
    first = bisect_left(words, beginning)
    return words[first : bisect_left(words, beginning + AFTER_ALL, first)]
