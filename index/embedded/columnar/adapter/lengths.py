"""Field lengths as scoring sees them: quantized to 256 values, as Whoosh and Lucene do.

Segments store exact token counts. Scores use the next higher of 256 values some 4 % apart, because Whoosh's do, and a
score must not depend on who computes it. Averages are exact, also after merges, where stock Whoosh sums quantized
lengths.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.embedded.columnar.format.arrays import Array
from index.embedded.columnar.stock import byte_to_length

STEPS: Final = np.array([byte_to_length(step) for step in range(256)], np.int64)


def quantized(lengths: Array) -> NDArray[np.float32]:
    """Return float32[N]: each length rounded up to one of STEPS; longer ones become the last step."""
    numbers = np.searchsorted(STEPS, lengths)
    return STEPS[np.minimum(numbers, len(STEPS) - 1)].astype(np.float32)
