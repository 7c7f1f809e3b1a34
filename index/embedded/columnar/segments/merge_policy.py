"""Which segments are merged after a build: few enough to search fast, seldom enough to build fast.

Every segment costs each query some 20 µs a term, so there are never more than MOST. The smallest segments are merged,
and with them each that is not much larger than all of those together: so an article is written again a number of
times that grows with the logarithm of the archive, not with the number of builds. What is half deleted is written
again as well.
"""

from collections.abc import Sequence

MOST = 4
NEAR = 8  # a segment is merged with others that together have more than an eighth of its documents
WORN = 0.5  # of a segment's documents deleted


def to_merge(sizes: Sequence[int], deleted: Sequence[int]) -> list[int]:
    """The places of the segments to be merged into one, ascending; none where all may stay as they are.

    Args:
        sizes: how many live documents each segment has.
        deleted: how many deleted ones.
    """
    order = sorted(range(len(sizes)), key=sizes.__getitem__)
    taken, together = 1, sizes[order[0]] if order else 0
    while taken < len(order) and (sizes[order[taken]] < NEAR * together or len(order) - taken >= MOST):
        together += sizes[order[taken]]
        taken += 1
    near = order[:taken] if taken > 1 else []
    worn = [place for place in order if deleted[place] > WORN * (sizes[place] + deleted[place])]
    return sorted({*near, *worn})
