"""Lengths as scores see them: in 256 steps, as Whoosh and Lucene keep them.

The exact number of tokens is stored; scores use the next higher of 256 steps some 4 % apart, because Whoosh's do, and
a score must not depend on who computes it. Averages are exact, also after merges, where stock Whoosh sums the steps.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.embedded.columnar.format.arrays import Array
from index.embedded.columnar.stock import byte_to_length

STEPS: Final = np.array([byte_to_length(step) for step in range(256)], np.int64)


def stepped(lengths: Array) -> NDArray[np.float32]:
    """float32[N]: the step of each length; what is longer than the last step counts as long as that."""
    numbers = np.searchsorted(STEPS, lengths)
    return STEPS[np.minimum(numbers, len(STEPS) - 1)].astype(np.float32)
