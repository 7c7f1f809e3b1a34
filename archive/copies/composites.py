"""Composites: texts that hold several articles one after another, as pages do that load the next one below the first.

An article that stands whole in such a text is no copy of it, nor of the others in it. Cut copies of one long article
may stand in different parts of it, too, but they have its title.
"""

import numpy as np
import numpy.typing as npt

from archive.copies.ragged_arrays import Flags, Indices
from archive.copies.relations import CODES, Codes, ComparedPairs, Relation
from archive.copies.told import ToldOfTexts, titles_differ

DISJOINT = 4  # one part in so many may be that of both

Parts = npt.NDArray[np.uint64]


def composites(compared: ComparedPairs, codes: Codes, told: ToldOfTexts) -> Codes:
    """Reclassify the cut texts that stand beside others, with other titles, in one text: as those of a round-up."""
    found = codes.copy()
    cut = np.flatnonzero(codes == CODES[Relation.CUT])
    pairs = compared.take(cut)
    left_is_longer = pairs.left_size >= pairs.right_size
    longer = np.where(left_is_longer, pairs.left, pairs.right).astype(np.int64)
    shorter = np.where(left_is_longer, pairs.right, pairs.left).astype(np.int64)
    parts: Parts = np.where(left_is_longer, pairs.evidence["left_parts"], pairs.evidence["right_parts"])
    is_composite = np.zeros(len(compared.sizes), np.bool_)
    beside = _beside_the_largest(longer, parts)
    differing = told.titles.take(shorter[beside[0]]), told.titles.take(shorter[beside[1]])
    is_composite[longer[beside[0]][titles_differ(*differing)]] = True
    found[cut[is_composite[longer]]] = CODES[Relation.ROUND_UP]
    return found


def _beside_the_largest(longer: Indices, parts: Parts) -> tuple[Indices, Indices]:
    """Pairs that share one longer text, one with the largest part of it, and one with a part that is hardly in that."""
    sizes = np.bitwise_count(parts).astype(np.int64)
    order = np.lexsort((parts, -sizes, longer))
    starts = np.flatnonzero(np.diff(longer[order], prepend=-1))
    largest = np.repeat(order[starts], np.diff(starts, append=len(order)))
    common = np.bitwise_count(parts[order] & parts[largest])
    apart: Flags = common.astype(np.int64) * DISJOINT <= sizes[order]
    return order[apart], largest[apart]
