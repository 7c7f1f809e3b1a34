"""Redating: gives articles the date that copies with a stated one imply, where they state none themselves.

The index stores each article with its own date. What copies add is recomputed from all stories and own dates whenever
columns are written, never from dates that copies gave before, so it does not depend on the history of the archive. Only
documents that can change are checked: those without a stated day or month, in a story with one that has it.

    first, last   i4[N]   the span of days of each date, 0 for undated
    years                 those in which nearly all stated days lie
    stated        bool[N] whether data or address state the date
    changed       bool[N] whether the date may be another than the own one: from copies, disputed, or only its year
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from archive.article import ArticleDate, DateBasis, DatePrecision
from archive.dating.dates_from_copies import dated_by_copies
from archive.dating.outliers import StatedYears
from index.embedded.facts.columns import LONGEST_MONTH, Columns, Days, Groups, Mask, Numbers
from index.embedded.facts.rows import UNKNOWN_DAY

OwnDate = Callable[[int], ArticleDate]


@dataclass(frozen=True, slots=True)
class DocumentDates:
    """The dates of documents; the module describes the arrays."""

    first: Days
    last: Days
    stated: Mask
    years: StatedYears

    @classmethod
    def of(cls, columns: Columns) -> "DocumentDates":
        """The dates of a generation."""
        return cls(columns.first, columns.last, columns.stated, columns.stated_years)

    def far(self) -> Mask:
        """Which documents have a date far from all stated ones."""
        earliest, latest = (day.toordinal() for day in self.years.near)
        outside = (self.first < earliest) | (self.first > latest)
        found: Mask = outside & ~self.stated & (self.first != UNKNOWN_DAY)
        return found

    def telling(self, documents: Numbers | slice | int) -> Mask:
        """Which of some documents have a stated date that is precise to the month."""
        told: Mask = self.stated[documents] & (self.last[documents] - self.first[documents] < LONGEST_MONTH)
        return told

    def of_copies(self, documents: Numbers) -> list[ArticleDate]:
        """The distinct stated dates of some documents, to the day or month, without their evidence."""
        kept = documents[self.telling(documents)]
        spans = np.unique(np.stack((self.first[kept], self.last[kept]), axis=1), axis=0)
        return [_date(first, last) for first, last in spans.tolist()]


def changed_dates(
    dated: DocumentDates, changed: Mask, stories: Groups, own: OwnDate
) -> Iterator[tuple[int, ArticleDate]]:
    """The documents whose stored date changes, ascending: to what copies imply now, or back to their own."""
    helped = np.zeros(len(changed), bool)
    told = stories.of[stories.kin[dated.telling(stories.kin)]]
    helped[stories.kin] = np.isin(stories.of[stories.kin], told)
    for document in np.flatnonzero((helped & ~dated.telling(slice(None))) | changed | dated.far()).tolist():
        before = own(document)
        after = date_with_copies(document, before, dated, stories)
        if changed[document] or after != before:
            yield document, after


def date_with_copies(document: int, own: ArticleDate, dated: DocumentDates, stories: Groups) -> ArticleDate:
    """The date of a document, completed or contradicted by its copies; no day if it is far from all stated ones."""
    if stories.copied[document]:
        own = dated_by_copies(own, dated.of_copies(stories.members(document)))
    return dated.years.plausible(own)


def _date(first: int, last: int) -> ArticleDate:
    precision = DatePrecision.DAY if first == last else DatePrecision.MONTH
    return ArticleDate(date.fromordinal(first), precision, DateBasis.GIVEN)
