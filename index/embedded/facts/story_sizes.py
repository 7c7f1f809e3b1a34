"""Sizes of stories: how many live documents and how many outlets the story of each document has, and orders by these.

versions, outlets         u4[N]   0 for a deleted document
most_versions             u4[N]   rank when sorted by versions, most first; equal ones newest first
most_outlets              u4[N]   rank when sorted by outlets, then by versions, most first; equal ones newest first
"""

from dataclasses import dataclass

import numpy as np

from index.embedded.columnar.format.arrays import Array, ArrayWriter
from index.embedded.facts.columns import Mask, Numbers
from index.embedded.facts.rows import FacetValues
from index.facets import SIZES


@dataclass(frozen=True, slots=True)
class StorySizes:
    """The sizes of the stories of all documents; the module describes the arrays."""

    versions: Numbers
    outlets: Numbers

    def write(self, writer: ArrayWriter, by_id: Numbers, newest: Numbers) -> None:
        """Write the columns; `by_id` are the live documents, `newest` their ranks by date."""
        writer.add("versions", self.versions)
        writer.add("outlets", self.outlets)
        writer.add("most_versions", ranks(by_id, newest, self.versions))
        writer.add("most_outlets", ranks(by_id, newest, self.versions, self.outlets))

    def facet(self, name: str) -> FacetValues:
        """The facet of a measure; a document without any has no value."""
        counts: Numbers = self.versions if name == "versions" else self.outlets
        places = np.searchsorted([least for least, _ in SIZES.values()], counts, side="right") - 1
        return FacetValues(list(SIZES), (places >= 0).astype(np.uint32), places[places >= 0].astype(np.uint32))


def story_sizes(of: Numbers, live: Mask, outlet: Array) -> StorySizes:
    """Count the stories; `of` names the story of each document, `outlet` its outlet by a number, below 0 for none."""
    size = len(of)
    versions = np.bincount(of[live], minlength=size)
    known = live & (outlet >= 0)
    pairs = np.unique(np.stack((of[known].astype(np.int64), outlet[known].astype(np.int64))), axis=1)
    outlets = np.bincount(pairs[0], minlength=size)
    return StorySizes(*((counts[of] * live).astype(np.uint32) for counts in (versions, outlets)))


def ranks(by_id: Numbers, newest: Numbers, *counts: Numbers) -> Numbers:
    """u4[N]: the rank of each live document by the last of some counts, then those before it, then by date."""
    keys = np.stack((newest[by_id].astype(np.int64), *(-held[by_id].astype(np.int64) for held in counts)))
    found = np.zeros(len(newest), np.uint32)
    found[by_id[np.lexsort(keys)]] = np.arange(len(by_id), dtype=np.uint32)
    return found
