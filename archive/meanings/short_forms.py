"""Short forms of an archive: which short forms stand for which names, looked up in both directions.

`sense_selection` decides what they mean. Words are looked up as the index folds them: lower case, hyphenated words in
their parts, no apostrophes. All tables are dictionaries built once, since a query may look up every word and every run
of words it has.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Final

from archive.meanings.definition_counts import DefinitionCounts, StaleDefinitionsError
from archive.meanings.definitions import Words
from archive.meanings.sense_selection import ShortForm, select_senses

SHORT_FORMS_FILE: Final = "shortforms.tsv"  # the file of definition counts beside an index


class ShortForms:
    """A bidirectional lookup table of short forms."""

    def __init__(self, forms: Iterable[ShortForm]) -> None:
        self.forms: Sequence[ShortForm] = tuple(forms)
        by_short: defaultdict[str, list[ShortForm]] = defaultdict(list)
        by_words: defaultdict[Words, list[ShortForm]] = defaultdict(list)
        longest: defaultdict[str, int] = defaultdict(int)
        for form in self.forms:
            by_short[form.short].append(form)
            short = tuple(form.short.split())
            for words in (form.long, short) if len(short) > 1 else (form.long,):
                by_words[words].append(form)
                longest[words[0]] = max(longest[words[0]], len(words))
        self._by_short = {short: tuple(sorted(forms, key=_by_likelihood)) for short, forms in by_short.items()}
        self._by_words = {words: tuple(sorted(forms, key=_by_likelihood)) for words, forms in by_words.items()}
        self._longest = dict(longest)

    @classmethod
    def shipped(cls) -> "ShortForms":
        """Only those of the seed list."""
        return _seed_list_only()

    @classmethod
    def learned(cls, counts: DefinitionCounts) -> "ShortForms":
        """Those that the counted definitions support, and those of the seed list."""
        return cls(select_senses(counts))

    @classmethod
    def load(cls, path: Path) -> "ShortForms":
        """Those learned from the counts in a file, and the seed list; only the seed list if the file is unusable."""
        with suppress(OSError):
            return cls.parsed(path.read_bytes(), path)
        return cls.shipped()

    @classmethod
    def parsed(cls, content: bytes, path: Path) -> "ShortForms":
        """The same from the content of a file that was read before; its path is for messages."""
        with suppress(StaleDefinitionsError):
            return cls.learned(DefinitionCounts.parsed(content, path))
        return cls.shipped()

    def long_forms_of(self, short: str) -> Sequence[ShortForm]:
        """What a short form stands for, likeliest first."""
        return self._by_short.get(short, ())

    def short_forms_of(self, words: Words) -> Sequence[ShortForm]:
        """The short forms of a name, likeliest first; of a short form of several words (Satpol PP), its meanings."""
        return self._by_words.get(words, ())

    def find_names(self, words: Sequence[str]) -> Iterator[tuple[int, int, ShortForm]]:
        """Find the names, and the short forms of several words, in a run of words: the longest at each position.

        Yields (start, end, form). Names do not overlap; a name with several short forms is yielded once for each.
        """
        start = 0
        while start < len(words):
            end, forms = self._name_at(words, start)
            for form in forms:
                yield start, end, form
            start = max(end, start + 1)

    def _name_at(self, words: Sequence[str], start: int) -> tuple[int, Sequence[ShortForm]]:
        """End of the longest name that begins at a position, and its short forms; none if no name begins there."""
        longest = min(self._longest.get(words[start], 0), len(words) - start)
        for end in range(start + longest, start, -1):
            if forms := self._by_words.get(tuple(words[start:end])):
                return end, forms
        return start, ()


def _by_likelihood(form: ShortForm) -> tuple[bool, int, str, Words]:
    return not form.applied, -form.articles, form.short, form.long


@cache
def _seed_list_only() -> ShortForms:
    return ShortForms.learned(DefinitionCounts())
