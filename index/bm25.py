"""BM25: how much a term's frequency in a document says, given how rare the term and how long the document is.

The formula is Whoosh's BM25F for one field (Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and
Beyond", 2009, with Whoosh's idf, which is never negative):

    score = idf · tf · (K1 + 1) / (tf + K1 · (1 - B + B · length / average length))
    idf   = ln(N / (df + 1)) + 1
"""

from math import log

import numpy as np
from numpy.typing import NDArray

K1 = 1.2  # where the gain of a further occurrence levels off; Whoosh's and Lucene's default
B = 0.75  # how much a long document's occurrences count less; the same


def bm25(
    frequencies: NDArray[np.float32], documents: NDArray[np.uint32], lengths: NDArray[np.float32]
) -> NDArray[np.float32]:
    """float32[n]: the score of a term in each of `documents`.

    Args:
        frequencies: float32[n], how often the term stands in each of them.
        documents: uint32[n], the documents it stands in; n is its document frequency.
        lengths: float32[N], the length of every document of the index, in tokens.
    """
    idf = log(len(lengths) / (len(documents) + 1)) + 1 if len(lengths) else 1.0
    average = max(float(lengths.mean()), 1.0) if len(lengths) else 1.0
    norm = np.float32(K1) * (np.float32(1 - B) + np.float32(B / average) * lengths[documents])
    return (np.float32(idf * (K1 + 1)) * frequencies / (frequencies + norm)).astype(np.float32, copy=False)
