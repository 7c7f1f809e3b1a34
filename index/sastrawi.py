"""Sastrawi, seven times as fast: the same rules, asked only where they can apply. The one import of Sastrawi.

Sastrawi asks each word some forty rules of prefixes, up to three times, and compiles a new regular expression for
every affix it takes off. Most rules begin with fixed letters, ber- or meng-, so that few of them can apply to a given
word; and what was taken off a word is found without an expression. Nothing else is changed, and a test compares both
on every kind of word.
"""

import re
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final, Protocol

from Sastrawi.Stemmer.Context.Context import Context
from Sastrawi.Stemmer.Context.Removal import Removal
from Sastrawi.Stemmer.Context.Visitor.PrefixDisambiguator import PrefixDisambiguator
from Sastrawi.Stemmer.Stemmer import Stemmer
from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

LONGEST_HEAD: Final = 5  # letters a rule begins with: mempe-
KINDS: Final = {  # of what a visitor takes off: prefixes, derivational suffixes, possessive pronouns, particles
    "RemovePlainPrefix": "DP",
    "RemoveDerivationalSuffix": "DS",
    "RemoveInflectionalPossessivePronoun": "PP",
    "RemoveInflectionalParticle": "P",
}
_LIKE_PATTERN: Final = re.compile(r"\^?[a-z]+(?:\(|$)|\^\(")  # or the one word a rule is for
_FIXED: Final = re.compile(r"\^?([a-z]*)")
_INFIXED: Final = re.compile(r"\^\(\[[a-z]+\]\)\(?([a-z]{2})")  # a consonant, then -er-, -el-, -em- or -in-


class WordStemmer(Protocol):
    """What is used of Sastrawi; its methods keep no state, so that threads may share one."""

    def stem_word(self, word: str) -> str:
        """The stem of a word of small letters; of a hyphenated one, if its halves have the same."""
        ...


def installed() -> str:
    """The version of PySastrawi; ImportError where another package stands in its place."""
    try:
        return version("PySastrawi")
    except PackageNotFoundError:
        raise ImportError(
            "The package PySastrawi is missing, though something else is imported as Sastrawi: "
            "run `pip uninstall Sastrawi` and `pip install PySastrawi`."
        ) from None


def plain_stemmer() -> Any:
    """Sastrawi as it is, without its own cache, which is unbounded and normalises every word again."""
    stemmer = StemmerFactory().create_stemmer().delegatedStemmer
    words = getattr(getattr(stemmer, "dictionary", None), "words", None)
    if not isinstance(words, dict):  # Sastrawi 1.0.1 searches a list of 30,000 words for every look-up
        raise ImportError(  # noqa: TRY004  # what is wrong is the package
            "The package Sastrawi lies over PySastrawi, imports under the same name and is 300 times slower: "
            "run `pip uninstall Sastrawi` and `pip install --force-reinstall PySastrawi`."
        )
    return stemmer


@cache
def stemmer() -> WordStemmer:
    """The fast stemmer."""
    return _FastStemmer(plain_stemmer().dictionary)


class _FastStemmer(Stemmer):  # type: ignore[misc]  # Sastrawi ships no types
    """Sastrawi's stemmer with visitors that know when they have nothing to do."""

    def __init__(self, dictionary: Any) -> None:
        super().__init__(dictionary)
        plain = self.visitor_provider
        plain.suffix_visitors = [_Remover(visitor) for visitor in plain.suffix_visitors]
        rules = [
            _Disambiguator(v) if isinstance(v, PrefixDisambiguator) else _Remover(v) for v in plain.prefix_visitors
        ]
        self._of_head = cache(lambda head: [rule for rule in rules if rule.applies(head)])

    def stem_singular_word(self, word: str) -> str:
        """The stem of a word without hyphens."""
        context = _FastContext(word, self.dictionary, self.visitor_provider, self._of_head)
        context.execute()
        stem: str = context.result
        return stem


class _FastContext(Context):  # type: ignore[misc]  # as above
    """Sastrawi's work on one word, with the rules for its beginning."""

    def __init__(self, word: str, dictionary: Any, provider: Any, of_head: Any) -> None:
        super().__init__(word, dictionary, provider)
        self._of_head = of_head

    def accept_prefix_visitors(self, visitors: Any) -> Any:  # noqa: ARG002  # Sastrawi's signature
        """Ask the rules that can apply, in their order, until one does."""
        return super().accept_prefix_visitors(self._of_head(self.current_word[:LONGEST_HEAD]))


class _Remover:
    """A visitor that takes off an affix it knows by itself."""

    def __init__(self, visitor: Any) -> None:
        self._remove = visitor.remove
        self._kind = KINDS[type(visitor).__name__]

    def applies(self, head: str) -> bool:  # noqa: ARG002  # only disambiguators depend on it
        return True

    def visit(self, context: Any) -> None:
        result = self._remove(context.current_word)
        if result != context.current_word:
            _shorten(context, result, self._kind)


class _Disambiguator:
    """A visitor that tries alternative readings of a prefix."""

    def __init__(self, visitor: Any) -> None:
        self._readings = [reading.disambiguate for reading in visitor.disambiguators]
        patterns = [_pattern(reading) for reading in self._readings]
        self._heads = tuple(match[1][:LONGEST_HEAD] for pattern in patterns if (match := _FIXED.match(pattern)))
        infixes = [match[1] for pattern in patterns if (match := _INFIXED.match(pattern))]
        self._infixes = frozenset(infixes) if len(infixes) == len(patterns) else None

    def applies(self, head: str) -> bool:
        """Whether a word that begins like this can have the prefix."""
        return head.startswith(self._heads) and (self._infixes is None or head[1:3] in self._infixes)

    def visit(self, context: Any) -> None:
        result = None
        for reading in self._readings:
            result = reading(context.current_word)
            if context.dictionary.contains(result):
                break
        if result is not None:
            _shorten(context, result, "DP")


def _pattern(reading: Any) -> str:
    """The expression a reading begins with: the first constant of its code that looks like one."""
    constants = (constant for constant in reading.__code__.co_consts if isinstance(constant, str))
    return next(constant for constant in constants if _LIKE_PATTERN.match(constant))


def _shorten(context: Any, result: str, kind: str) -> None:
    word = context.current_word
    context.add_removal(Removal(None, word, result, word.replace(result, "", 1), kind))
    context.current_word = result
