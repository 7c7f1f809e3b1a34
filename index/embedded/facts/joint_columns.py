"""Joint columns: some facets of single values as one column, so that an answer is counted once for all of them.

Counting a facet reads a code of each document and adds one to its number, whatever the facet. What stands together here
varies together, too: there are few combinations of values, and their numbers add up to those of each value.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from index.embedded.facts.columns import FacetColumn, Numbers

TOGETHER: Final = (
    ("year", "month"),
    ("outlet", "bureau", "agency"),
    ("section", "place"),
    ("precision", "basis", "versions", "outlets"),
)
MOST_POSSIBLE: Final = 1 << 22  # combinations of values, whether or not they occur; more are not looked through
Codes = NDArray[np.intp]


@dataclass(frozen=True)
class JointColumn:
    """Facets in one column: `codes`, intp[N], is the combination of each document, of C that occur.

    `parts` has for each facet intp[C], the code of its value in each combination.
    """

    codes: Codes
    parts: Mapping[str, Codes]
    combinations: int

    def counts(self, documents: Numbers) -> Mapping[str, Codes]:
        """Facet → number of documents by code."""
        told = np.bincount(self.codes.take(documents, mode="clip"), minlength=self.combinations).astype(np.float64)
        return {name: np.bincount(part, told).astype(np.intp) for name, part in self.parts.items()}


def joint_columns(facets: Mapping[str, FacetColumn]) -> Iterator[JointColumn]:
    """Put facets together, as far as each of them has single values and they have few combinations."""
    for names in TOGETHER:
        single = [name for name in names if facets[name].at is None]
        sizes = [len(facets[name].value_of) for name in single]
        possible = int(np.prod(sizes, dtype=np.float64))
        if len(single) > 1 and possible <= MOST_POSSIBLE:
            yield _joined(single, sizes, [facets[name].codes for name in single])


def _joined(names: list[str], sizes: list[int], codes: list[NDArray[Any]]) -> JointColumn:
    keys = np.ravel_multi_index([one.astype(np.intp) for one in codes], sizes)
    last = [np.array([size - 1]) for size in sizes]  # so that the counts of each facet reach its last code
    held = np.zeros(int(np.prod(sizes)), bool)
    held[keys] = True
    held[np.ravel_multi_index(last, sizes)] = True
    found = held.nonzero()[0]
    places = np.zeros(len(held), np.intp)
    places[found] = np.arange(len(found))
    parts = dict(zip(names, np.unravel_index(found, sizes), strict=True))
    return JointColumn(places.take(keys), parts, len(found))
