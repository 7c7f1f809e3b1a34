"""BM25: how much a term's frequency in a document says, given how rare the term and how long the document is.

The formula is Whoosh's BM25F for one field (Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and
Beyond", 2009, with Whoosh's idf, which is never negative):

    score = idf · (K1 + 1) · tf / (tf + norm)
    norm  = K1 · (1 - B + B · length / average length)     of the document alone, so kept as an array
    idf   = ln(N / (df + 1)) + 1                           of the term alone

N and df count deleted documents as well, until a merge drops them: so do Whoosh and Lucene.
"""

from math import log
from typing import Any

import numpy as np
from numpy.typing import NDArray

K1 = 1.2  # where the gain of a further occurrence levels off; Whoosh's and Lucene's default
B = 0.75  # how much a long document's occurrences count less; the same

Scores = NDArray[np.float32]


def norms(lengths: NDArray[np.float32], average: float) -> Scores:
    """float32[N]: the norm of every document, from its length and the average one, both in tokens."""
    return np.float32(K1) * (np.float32(1 - B) + np.float32(B / (average or 1)) * lengths)


def weight(size: int, frequency: int) -> float:
    """What idf and K1 together multiply a score by, for a term in `frequency` of `size` documents."""
    return (log(size / (frequency + 1)) + 1) * (K1 + 1)


def bm25(frequencies: NDArray[Any], of_documents: Scores, weighed: float) -> Scores:
    """float32[n]: the scores of documents with these frequencies and norms, for a term of this weight."""
    counts = frequencies.astype(np.float32)
    of_documents = of_documents + counts
    np.divide(counts, of_documents, out=counts)
    counts *= np.float32(weighed)
    return counts
