"""Facet pages: the values of one facet, some at a time, since an archive may have a hundred thousand reporters."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from index.answers.bounded_facts import LONGEST_FACT
from index.facets import Value

MOST_CHARACTERS: Final = 200_000  # of all values of a page; usual names fill a tenth of that


@dataclass(frozen=True, slots=True)
class FacetPage:
    """The values of one page, their page number from 1, and the number of pages; past the last page there are none."""

    values: tuple[Value, ...]
    page: int
    pages: int


def facet_page(values: Sequence[Value], page: int, most: int) -> FacetPage:
    """Return one page of some values: at most `most` of them, and fewer if they are very long."""
    starts, length = [0], 0
    for number, one in enumerate(values):
        length += min(len(one.value), LONGEST_FACT)
        if number - starts[-1] == most or (length > MOST_CHARACTERS and number > starts[-1]):
            starts.append(number)
            length = min(len(one.value), LONGEST_FACT)
    ends = [*starts[1:], len(values)]
    shown = values[starts[page - 1] : ends[page - 1]] if page <= len(starts) else ()
    return FacetPage(tuple(shown), page, len(starts))
