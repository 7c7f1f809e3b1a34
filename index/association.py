"""Measures of association between a word and a place where it is found, over plain counts; the one home of formulas.

All are functions of a table of two by two counts, for one word or for arrays of them:

                     the word      other words
    here                a            here - a          here:   everything counted here
    elsewhere        word - a         …                word:   the word, here and elsewhere
                                                       whole:  everything, here and elsewhere

- `log_likelihood`: G², twice the sum over all four cells of observed · ln(observed / expected). T. Dunning (1993),
  "Accurate methods for the statistics of surprise and coincidence", Computational Linguistics 19(1). Negative where the
  word is rarer here than expected. It grows with frequency, so it ranks what is sure, not what is strong. Its values
  are no significance tests where thousands of words are compared.
- `log_dice`: 14 + log2 of the Dice coefficient. P. Rychlý (2008), "A Lexicographer-Friendly Association Score", RASLAN.
  At most 14; one more is twice as strong; it does not depend on the size of the archive.
- `mutual_information`: log2(observed / expected). K. Church and P. Hanks (1990), "Word Association Norms, Mutual
  Information, and Lexicography", Computational Linguistics 16(1). It favours rare words.
- `log_ratio`: log2 of the relative frequency here by that elsewhere; half a count stands for none. A. Hardie (2014),
  "Log Ratio: an informal introduction". An effect size.
"""

from enum import StrEnum
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Values = NDArray[np.float64]
MOST_DICE: Final = 14  # log-Dice of words that are never apart
DIGITS: Final = 6  # to which measures are rounded where words are ordered by them, so that equal ones are equal


class Measure(StrEnum):
    """The measures by which words beside others are ordered."""

    LOG_LIKELIHOOD = "loglikelihood"
    LOG_DICE = "logdice"
    MUTUAL_INFORMATION = "mi"


class ContingencyTable(NamedTuple):
    """The counts that the table of the module is made of; numbers, or arrays with an element for each word."""

    a: ArrayLike
    here: ArrayLike
    word: ArrayLike
    whole: ArrayLike

    def floats(self) -> tuple[Values, Values, Values, Values]:
        """The four counts as float64."""
        a, here, word, whole = (np.asarray(counts, np.float64) for counts in self)
        return a, here, word, whole


def value(measure: Measure, table: ContingencyTable, places: ArrayLike) -> Values:
    """A measure of a table; log-Dice is of the word and of so many places."""
    match measure:
        case Measure.LOG_LIKELIHOOD:
            return log_likelihood(table)
        case Measure.LOG_DICE:
            return log_dice(table.a, places, table.word)
        case Measure.MUTUAL_INFORMATION:
            return mutual_information(table)


def log_likelihood(table: ContingencyTable) -> Values:
    """G² with the sign of observed minus expected; see the module."""
    a, here, word, whole = table.floats()
    cells = (
        (a, here * word),
        (here - a, here * (whole - word)),
        (word - a, (whole - here) * word),
        (whole - here - word + a, (whole - here) * (whole - word)),
    )
    total = 2 * np.sum([_term(observed, product, whole) for observed, product in cells], axis=0)
    signed: Values = np.where(a * whole < here * word, -total, total)
    return signed


def log_dice(together: ArrayLike, one: ArrayLike, other: ArrayLike) -> Values:
    """Dice of two frequencies and how often they are together, on a scale of powers of two; see the module."""
    pairs = np.asarray(together, np.float64)
    return MOST_DICE + np.log2(2 * pairs / (np.asarray(one, np.float64) + np.asarray(other, np.float64)))


def mutual_information(table: ContingencyTable) -> Values:
    """Pointwise mutual information; see the module."""
    a, here, word, whole = table.floats()
    return np.log2(a / (here * word / whole))


def log_ratio(table: ContingencyTable) -> Values:
    """How many times more frequent here than elsewhere, as a power of two; see the module."""
    a, here, word, whole = table.floats()
    elsewhere, beyond = np.maximum(word - a, 0.5), np.maximum(whole - here, 0.5)
    return np.log2((np.maximum(a, 0.5) / np.maximum(here, 0.5)) / (elsewhere / beyond))


def _term(observed: Values, product: Values, whole: Values) -> Values:
    """The term of a cell: observed · ln(observed / expected), expected being product / whole; 0 for none observed."""
    safe: Any = np.where((observed > 0) & (product > 0), observed * whole / np.where(product > 0, product, 1), 1)
    term: Values = np.maximum(observed, 0) * np.log(np.where(safe > 0, safe, 1))
    return term
