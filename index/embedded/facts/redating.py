"""Redating: the dates that articles have from the copies of their stories, where they have none of their own.

The index keeps each article with the date of its own. What its copies add is worked out anew from all stories and dates
whenever columns are written, and never out of what copies added before, so that it is the same however the archive came
to be. It is asked only for the documents that can gain by it: not known to the month, in a story where another is.

    first, last   i4[N]   the days a date may mean, 0 for undated
    copied_from   bool[N] whether they are what copies added, and not the document's own
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from archive.article import ArticleDate, Precision
from archive.dating.dates_from_copies import dated_by_copies
from index.embedded.facts.columns import Days, Groups, Mask, Numbers
from index.embedded.facts.rows import UNKNOWN_DAY

LONGEST_MONTH = 31

OwnDate = Callable[[int], ArticleDate]


@dataclass(frozen=True, slots=True)
class Dated:
    """The dates of documents; see the module."""

    first: Days
    last: Days
    copied_from: Mask

    def vague(self, documents: Numbers | slice) -> Mask:
        """Which of some documents are not known to the month by themselves."""
        first, last = self.first[documents], self.last[documents]
        vague: Mask = (first == UNKNOWN_DAY) | (last - first >= LONGEST_MONTH) | self.copied_from[documents]
        return vague

    def told(self, documents: Numbers) -> list[ArticleDate]:
        """The different dates of their own that some documents have to a day or month, without what they rest on."""
        kept = documents[~self.vague(documents)]
        spans = np.unique(np.stack((self.first[kept], self.last[kept]), axis=1), axis=0)
        return [_date(first, last) for first, last in spans.tolist()]


def redated(dated: Dated, live: Mask, stories: Groups, own: OwnDate) -> Iterator[tuple[int, ArticleDate]]:
    """The documents whose date is to be another, ascending: what copies add now, or their own again."""
    vague = dated.vague(slice(None))
    helped = np.zeros(len(live), bool)
    told = stories.of[stories.kin[~vague[stories.kin]]]
    helped[stories.kin] = np.isin(stories.of[stories.kin], told)
    for document in np.flatnonzero(live & vague & (helped | dated.copied_from)).tolist():
        before = own(document)
        after = with_copies(document, before, dated, stories)
        if dated.copied_from[document] or after != before:
            yield document, after


def with_copies(document: int, own: ArticleDate, dated: Dated, stories: Groups) -> ArticleDate:
    """The date of a document with what its copies add."""
    return dated_by_copies(own, dated.told(stories.members(document))) if stories.copied[document] else own


def _date(first: int, last: int) -> ArticleDate:
    return ArticleDate(date.fromordinal(first), Precision.DAY if first == last else Precision.MONTH)
