"""Coverage: how many articles the archive has of each outlet in each year or month, and where it has none.

What an archive does not have cannot be found in it, so every trend is read beside its coverage. The same counts make
the small picture on a page, the whole table, the JSON and the CSV.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Final

from index.answers.trends import axis, without_text
from index.engine import IndexInfo, Reader
from index.query.request import Query
from index.trends import EVERY_OUTLET, Interval, Tally, Trend, bins_between

MOST_ROWS: Final = 1_000  # outlets with a row; an archive of more is told how many are missing


@dataclass(frozen=True, slots=True)
class OutletRow:
    """The articles of one outlet: all of them, and those of each bin. `stories` counts copies once."""

    outlet: str
    articles: int
    stories: int
    counts: tuple[int, ...]

    @property
    def gaps(self) -> tuple[bool, ...]:
        """Which bins without articles lie between bins with articles of this outlet."""
        held = [place for place, count in enumerate(self.counts) if count]
        return tuple(
            not count and held[0] < place < held[-1] if held else False for place, count in enumerate(self.counts)
        )


@dataclass(frozen=True, slots=True)
class Coverage:
    """The outlets by their number of articles, most first.

    `all` are the articles of each bin, with or without an outlet; `unnamed` those that name none. `undated` articles
    lie in no bin, `outside` ones in bins where the archive has few articles, before the first or after the last bin
    here. `further` is the number of outlets without a row.
    """

    by: Interval
    bins: tuple[str, ...]
    rows: tuple[OutletRow, ...]
    all: tuple[int, ...]
    unnamed: tuple[int, ...]
    articles: int
    undated: int
    outside: int
    further: int
    index: IndexInfo


def archive_counts(reader: Reader, by: Interval, query: Query | None = None) -> Mapping[str, Tally]:
    """The articles, stories, outlets and words of each bin that has any: of the whole archive, or of a query."""
    return reader.trends(query or Query(), by).bins


def coverage(reader: Reader, query: Query, by: Interval, most: int = MOST_ROWS) -> Coverage:
    """The coverage of an answer, of the whole archive for an empty query; `most` outlets have a row.

    Raises TooManyBins, and BadQuery and EngineError like the reader.
    """
    found = reader.trends(query, by, EVERY_OUTLET)
    bins = _bins(reader, query, found, by)
    rows = tuple(
        OutletRow(outlet, series.total.articles, series.total.stories, _articles(series.bins, bins))
        for outlet, series in islice(found.values.items(), most)
    )
    whole = _articles(found.bins, bins)
    named: Counter[str] = Counter()
    for series in found.values.values():
        named.update({name: tally.articles for name, tally in series.bins.items()})
    return Coverage(
        by=by,
        bins=bins,
        rows=rows,
        all=whole,
        unnamed=tuple(count - named[name] for name, count in zip(bins, whole, strict=True)),
        articles=found.total.articles,
        undated=found.undated,
        outside=sum(tally.articles for tally in found.bins.values()) - sum(whole),
        further=len(found.values) - len(rows),
        index=reader.info(),
    )


def _bins(reader: Reader, query: Query, found: Trend, by: Interval) -> tuple[str, ...]:
    """The bins from the first to the last that has an article of the answer and where the archive is not thin.

    Whether a bin is thin is a fact of the archive under the same filters: few hits in a year of many articles are no
    stragglers. If the answer lies in thin bins alone, all of them count.
    """
    if not query.text:
        return axis(found.bins, (), by)
    solid = axis(reader.trends(without_text(query), by).bins, (), by)
    held = [name for name in solid if name in found.bins]
    return bins_between(held[0], held[-1], by) if held else axis(found.bins, (), by)


def _articles(found: Mapping[str, Tally], bins: tuple[str, ...]) -> tuple[int, ...]:
    return tuple(found[name].articles if name in found else 0 for name in bins)
