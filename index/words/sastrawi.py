"""Sastrawi's list of root words. The one import of Sastrawi.

Only the list is used; the rules of affixes are ours (`roots/affixes.py`), since Sastrawi's stop at the first root they
reach, right or wrong.
"""

from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Final

from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

SHORTEST: Final = 2  # letters of a root


def installed() -> str:
    """The version of PySastrawi; ImportError where another package stands in its place."""
    try:
        return version("PySastrawi")
    except PackageNotFoundError:
        raise ImportError(
            "The package PySastrawi is missing, though something else is imported as Sastrawi: "
            "run `pip uninstall Sastrawi` and `pip install PySastrawi`."
        ) from None


@cache
def entries() -> frozenset[str]:
    """The roots of the list, all small letters; doubled ones (kupu-kupu) are left to the rules of doubling."""
    words = (word.strip() for word in StemmerFactory().get_words())
    return frozenset(word for word in words if len(word) >= SHORTEST and word.isascii() and word.isalpha())
