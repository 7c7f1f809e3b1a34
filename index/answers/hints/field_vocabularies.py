"""Vocabularies by field: of the texts, and of the values of each fact. Corrections are looked up in them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import islice

from archive.meanings.edit_distance import edits_at
from index.engine import Reader
from index.facets import Count
from index.query.request import Query
from index.query.tree import TEXT_FIELDS
from index.vocabulary import Vocabulary
from index.words.tokenizer import tokenize


class FactWords:
    """The words in the values of one fact, as a `Vocabulary`. Names are not inflected, so there are no stems."""

    def __init__(self, values: Mapping[str, Count]) -> None:
        counts: Counter[str] = Counter()
        for value, count in values.items():
            for form in {token.form for token in tokenize(value)}:
                counts[form] += count.articles
        self._counts = dict(counts.most_common())

    def articles(self, form: str) -> int:
        """See `Vocabulary.articles`."""
        return self._counts.get(form, 0)

    def forms(self, stem: str) -> Sequence[tuple[str, int]]:  # noqa: ARG002  # required by the protocol
        """See `Vocabulary.forms`."""
        return ()

    def starting(self, beginning: str, most: int) -> Sequence[tuple[str, int]]:
        """See `Vocabulary.starting`."""
        return tuple(islice((pair for pair in self._counts.items() if pair[0].startswith(beginning)), most))

    def near(self, form: str, most: int) -> Sequence[tuple[str, int]]:
        """See `Vocabulary.near`."""
        edits = (other for cut in range(len(form) + 1) for other in edits_at(form[:cut], form[cut:]))
        found = {other: self._counts[other] for other in edits if other != form and other in self._counts}
        return sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))[:most]


class FieldVocabularies(dict[str | None, Vocabulary]):
    """The vocabularies by field: the texts, and each fact, whose words are counted on first use."""

    def __init__(self, reader: Reader) -> None:
        super().__init__(dict.fromkeys(TEXT_FIELDS, reader.vocabulary()))
        self._reader = reader

    def __missing__(self, field: str) -> Vocabulary:
        self[field] = FactWords(self._reader.find(Query(size=1), facets=(field,)).counts[field])
        return self[field]
