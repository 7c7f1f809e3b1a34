"""The merge policy: few enough segments to search fast, merged seldom enough to build fast.

Every segment costs each query some 20 µs per term, so a build leaves no more than MAX_SEGMENTS. The smallest segments
are merged, together with each one that is not much larger than all of those combined. So an article is rewritten a
number of times that grows with the logarithm of the archive, not with the number of builds. Segments with many deleted
documents are rewritten as well.
"""

from collections.abc import Sequence

MAX_SEGMENTS = 4  # see the module
NEAR = 8  # a segment is merged with smaller ones that together have more than an eighth of its documents
WORN = 0.5  # a segment with a larger share of deleted documents is rewritten


def to_merge(sizes: Sequence[int], deleted: Sequence[int]) -> list[int]:
    """Return the indices of the segments to merge into one, ascending; empty if all may stay as they are.

    Args:
        sizes: the number of live documents of each segment.
        deleted: the number of deleted documents of each segment.
    """
    order = sorted(range(len(sizes)), key=sizes.__getitem__)
    taken, together = 1, sizes[order[0]] if order else 0
    while taken < len(order) and (sizes[order[taken]] < NEAR * together or len(order) - taken >= MAX_SEGMENTS):
        together += sizes[order[taken]]
        taken += 1
    near = order[:taken] if taken > 1 else []
    worn = [index for index in order if deleted[index] > WORN * (sizes[index] + deleted[index])]
    return sorted({*near, *worn})
