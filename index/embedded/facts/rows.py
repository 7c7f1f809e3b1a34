"""Fact rows: the columns of new articles as arrays, which wait in temporary files until a build ends.

For n articles, with the values of each facet as indices into a list of its distinct values:

    ids, digests    string lists [n]
    first, last     i4[n]   the span of days of the date (proleptic Gregorian ordinals, 0 for undated)
    words           u4[n]   words of the body
    disputed        b1[n]   whether some evidence speaks for another date
    counts          u4[n]   for each facet: the number of values of each article
    places          u4[…]   for each facet: the indices of those values in turn
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path

import numpy as np

from archive.article import Article, ArticleDate
from index.embedded.columnar.format.arrays import Array, Spool
from index.embedded.columnar.format.string_lists import StringList, pack_strings, string_offsets
from index.facets import OF_ARTICLES, facts

UNKNOWN_DAY = 0  # as a proleptic Gregorian ordinal; it is before every date


@dataclass(frozen=True, slots=True)
class FacetValues:
    """One facet of some articles: the distinct values, how many each article has, and their indices in turn."""

    names: Sequence[str]
    counts: Array
    places: Array


@dataclass(frozen=True, slots=True)
class Rows:
    """The fact rows of some articles, without stories, which are known only after all articles."""

    ids: Sequence[str]
    digests: Sequence[str]
    first: Array
    last: Array
    words: Array
    disputed: Array
    facets: Mapping[str, FacetValues]


def rows(articles: Sequence[Article]) -> Rows:
    """The fact rows of some articles."""
    found = [facts(article, "") for article in articles]
    return Rows(
        [article.id for article in articles],
        [article.digest for article in articles],
        *days([article.date for article in articles]),
        np.array([article.words for article in articles], np.uint32),
        np.array([article.date.disputed for article in articles], np.bool_),
        {name: values_of([tuple(dict.fromkeys(one[name])) for one in found]) for name in OF_ARTICLES},
    )


def encoded(strings: Sequence[str]) -> StringList:
    """Strings encoded for storage; a fact may contain a lone surrogate from a damaged file."""
    return pack_strings([string.encode("utf-8", "surrogatepass") for string in strings])


def days(dates: Sequence[ArticleDate]) -> tuple[Array, Array]:
    """int32[n], twice: the first and the last day of each date."""
    first, last = ([_ordinal(day) for day in ends] for ends in ([d.first for d in dates], [d.last for d in dates]))
    return np.array(first, np.int32), np.array(last, np.int32)


def values_of(each: Sequence[tuple[str, ...]]) -> FacetValues:
    """Encode the values of one facet of some articles."""
    place_of: dict[str, int] = {}
    places = [place_of.setdefault(value, len(place_of)) for value in chain.from_iterable(each)]
    return FacetValues(list(place_of), np.fromiter(map(len, each), np.uint32, len(each)), np.array(places, np.uint32))


def _ordinal(day: date | None) -> int:
    return day.toordinal() if day else UNKNOWN_DAY


class SpooledRows:
    """The fact rows of a whole build, in temporary files in its folder."""

    def __init__(self, folder: Path) -> None:
        self._ids, self._digests = _SpooledTexts(folder), _SpooledTexts(folder)
        self._first, self._last, self._words = (Spool(folder, kind) for kind in (np.int32, np.int32, np.uint32))
        self._disputed = Spool(folder, np.bool_)
        self._facets = {name: _SpooledValues(folder) for name in OF_ARTICLES}

    def __len__(self) -> int:
        return self._first.length

    def add(self, found: Rows) -> None:
        """Append rows."""
        self._ids.add(encoded(found.ids))
        self._digests.add(encoded(found.digests))
        self._first.append(found.first)
        self._last.append(found.last)
        self._words.append(found.words)
        self._disputed.append(found.disputed)
        for name, values in found.facets.items():
            self._facets[name].add(values)

    @property
    def ids(self) -> StringList:
        """The ids of all articles."""
        return self._ids.texts()

    @property
    def digests(self) -> StringList:
        """The digests of all articles."""
        return self._digests.texts()

    @property
    def days(self) -> tuple[Array, Array]:
        """The first and the last days of all articles."""
        return self._first.array(), self._last.array()

    @property
    def words(self) -> Array:
        """The numbers of words of the bodies."""
        return self._words.array()

    @property
    def disputed(self) -> Array:
        """Whether the dates of the articles are disputed."""
        return self._disputed.array()

    def facet(self, name: str) -> FacetValues:
        """One facet of all articles."""
        return self._facets[name].values()


class _SpooledTexts:
    def __init__(self, folder: Path) -> None:
        self._lengths, self._text = Spool(folder, np.uint32), Spool(folder, np.uint8)

    def add(self, held: StringList) -> None:
        self._lengths.append(np.diff(held.at))
        self._text.append(held.text)

    def texts(self) -> StringList:
        return StringList(string_offsets(self._lengths.array().astype(np.int64)), self._text.array())


class _SpooledValues:
    """A facet's values; the distinct values stay in memory, since archives have few."""

    def __init__(self, folder: Path) -> None:
        self._place_of: dict[str, int] = {}
        self._counts, self._places = Spool(folder, np.uint32), Spool(folder, np.uint32)

    def add(self, found: FacetValues) -> None:
        place_of = self._place_of
        places = np.array([place_of.setdefault(name, len(place_of)) for name in found.names], np.uint32)
        self._counts.append(found.counts)
        self._places.append(places[found.places])

    def values(self) -> FacetValues:
        return FacetValues(list(self._place_of), self._counts.array(), self._places.array())
