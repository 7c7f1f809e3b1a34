"""BM25: scores a term's frequency in a document by the rarity of the term and the length of the document.

The formula is that of Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), with an
idf that is never negative, as in Lucene. `docs/architecture/evaluating.md` says why not Whoosh's idf.

    score = idf · (K1 + 1) · tf / (tf + norm)
    norm  = K1 · (1 - B + B · length / average length)     depends on the document alone, so it is kept as an array
    idf                                                    depends on the term alone; see `index.ranking`

N, df and the average length count live documents only, so the same articles have the same scores in every index.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.ranking import K1, B

Scores = NDArray[np.float32]


def norms(lengths: NDArray[np.float32], average: float) -> Scores:
    """float32[N]: the norm of every document, from its length and the average length, both in tokens."""
    return np.float32(K1) * (np.float32(1 - B) + np.float32(B / (average or 1)) * lengths)


def bm25(frequencies: NDArray[Any], of_documents: Scores, weight: float) -> Scores:
    """float32[n]: the scores of documents with these frequencies and norms; `weight` is the term's weighted idf."""
    counts = frequencies.astype(np.float32)
    of_documents = of_documents + counts
    np.divide(counts, of_documents, out=counts)
    counts *= np.float32(weight * (K1 + 1))
    return counts
