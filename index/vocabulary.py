"""The vocabulary of an index: the word forms of its texts with their frequencies, as every engine gives it."""

from collections.abc import Sequence
from typing import Protocol


class Vocabulary(Protocol):
    """The word forms of all titles and texts, normalized by the tokenizer, with their document frequencies.

    The stem of a form is its stem as a word of its own. Equally frequent forms are in alphabetical order.
    """

    def articles(self, form: str) -> int:
        """The number of articles that contain a form; 0 for an unknown form."""
        ...

    def forms(self, stem: str) -> Sequence[tuple[str, int]]:
        """The forms of a stem, each with its number of articles, the most frequent first."""
        ...

    def starting(self, beginning: str, most: int) -> Sequence[tuple[str, int]]:
        """The most frequent forms with a prefix, at most `most` of them."""
        ...

    def near(self, form: str, most: int) -> Sequence[tuple[str, int]]:
        """The most frequent forms at edit distance one, at most `most` of them.

        An edit deletes a letter, transposes two adjacent letters, or inserts or substitutes a letter from a to z.
        """
        ...


class TextVocabulary(Vocabulary, Protocol):
    """The vocabulary of titles and texts, which also counts how often words occur, alone and next to each other."""

    def articles_in_capitals(self, form: str) -> int:
        """The number of articles that contain a form in all caps."""
        ...

    def articles_with_stem(self, stem: str) -> int:
        """The number of articles that contain any form of a stem, as a bare word finds them."""
        ...

    def occurrences(self, forms: Sequence[str]) -> int:
        """How often the forms occur in a row. One form is counted wherever it occurs."""
        ...

    def following(self, form: str, beginning: str, most: int) -> Sequence[tuple[str, int]]:
        """The forms with a prefix that most often follow a form in titles (of many, some of them), with how often."""
        ...

    def size(self) -> int:
        """The number of words in all titles and texts, repetitions included."""
        ...
