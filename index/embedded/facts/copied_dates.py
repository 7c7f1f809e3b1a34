"""Redating: gives articles without a precise date of their own the date that copies in their story imply.

The index stores each article with its own date. What copies add is recomputed from all stories and own dates whenever
columns are written, never from dates that copies gave before, so it does not depend on the history of the archive. Only
documents that can change are checked: those not dated to the month themselves, in a story with one that is.

    first, last   i4[N]   the span of days of each date, 0 for undated
    from_copies   bool[N] whether the date comes from copies, and not from the document itself
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from archive.article import ArticleDate, DatePrecision
from archive.dating.dates_from_copies import dated_by_copies
from index.embedded.facts.columns import Days, Groups, Mask, Numbers
from index.embedded.facts.rows import UNKNOWN_DAY

LONGEST_MONTH = 31

OwnDate = Callable[[int], ArticleDate]


@dataclass(frozen=True, slots=True)
class DocumentDates:
    """The dates of documents; the module describes the arrays."""

    first: Days
    last: Days
    from_copies: Mask

    def vague(self, documents: Numbers | slice) -> Mask:
        """Which of some documents have no date of their own that is precise to the month."""
        first, last = self.first[documents], self.last[documents]
        vague: Mask = (first == UNKNOWN_DAY) | (last - first >= LONGEST_MONTH) | self.from_copies[documents]
        return vague

    def precise(self, documents: Numbers) -> list[ArticleDate]:
        """The distinct dates that some documents have of their own, to the day or month, without their evidence."""
        kept = documents[~self.vague(documents)]
        spans = np.unique(np.stack((self.first[kept], self.last[kept]), axis=1), axis=0)
        return [_date(first, last) for first, last in spans.tolist()]


def changed_dates(dated: DocumentDates, live: Mask, stories: Groups, own: OwnDate) -> Iterator[tuple[int, ArticleDate]]:
    """The documents whose stored date changes, ascending: to what copies imply now, or back to their own."""
    vague = dated.vague(slice(None))
    helped = np.zeros(len(live), bool)
    told = stories.of[stories.kin[~vague[stories.kin]]]
    helped[stories.kin] = np.isin(stories.of[stories.kin], told)
    for document in np.flatnonzero(live & vague & (helped | dated.from_copies)).tolist():
        before = own(document)
        after = date_with_copies(document, before, dated, stories)
        if dated.from_copies[document] or after != before:
            yield document, after


def date_with_copies(document: int, own: ArticleDate, dated: DocumentDates, stories: Groups) -> ArticleDate:
    """The date of a document, completed from its copies."""
    return dated_by_copies(own, dated.precise(stories.members(document))) if stories.copied[document] else own


def _date(first: int, last: int) -> ArticleDate:
    return ArticleDate(date.fromordinal(first), DatePrecision.DAY if first == last else DatePrecision.MONTH)
