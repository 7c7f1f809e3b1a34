"""The list of Indonesian root words from Sastrawi; the only module that imports Sastrawi.

Only the word list is used. The affix rules are in `roots/affixes.py`, because Sastrawi's own stemmer stops at the first
root it reaches, right or wrong.
"""

from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Final

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
@cache
def root_words() -> frozenset[str]:
    """Return the root words, all lower case; reduplicated entries (kupu-kupu) are left out, see `roots/doubling.py`."""
    words = (word.strip() for word in StemmerFactory().get_words())
    return frozenset(word for word in words if len(word) >= SHORTEST and word.isascii() and word.isalpha())
