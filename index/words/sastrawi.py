"""Sastrawi: its list of Indonesian root words, and its own stemmer; the only module that imports Sastrawi.

Words are stemmed by the model in `roots/`, which uses only the list, because Sastrawi's stemmer stops at the first root
it reaches, right or wrong. Its stemmer can be chosen for comparison with work done by it.
"""

from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Final

from Sastrawi.Dictionary.ArrayDictionary import ArrayDictionary
from Sastrawi.Stemmer.Stemmer import Stemmer
from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

SHORTEST: Final = 2  # letters of a root word


def installed_version() -> str:
    """Return the version of PySastrawi; raise ImportError if another package provides the module Sastrawi."""
    try:
        return version("PySastrawi")
    except PackageNotFoundError:
        raise ImportError(
            "The package PySastrawi is missing, though something else is imported as Sastrawi: "
            "run `pip uninstall Sastrawi` and `pip install PySastrawi`."
        ) from None


@cache
def root_words() -> frozenset[str]:
    """Return the root words, all lower case; reduplicated entries (kupu-kupu) are left out, see `roots/doubling.py`."""
    words = (word.strip() for word in StemmerFactory().get_words())
    return frozenset(word for word in words if len(word) >= SHORTEST and word.isascii() and word.isalpha())


def sastrawi_stem(word: str) -> str:
    """Return the stem that PySastrawi's own algorithm gives a word in small letters, which may have a hyphen."""
    return str(_stemmer().stem_word(word))


@cache
def _stemmer() -> Stemmer:
    """The stemmer without its cache, which has no bound; callers have their own."""
    return Stemmer(ArrayDictionary(StemmerFactory().get_words()))
