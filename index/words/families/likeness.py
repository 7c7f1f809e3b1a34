"""How like two lexemes are: by the words around them, and by how often one article has both.

    cos    of their vectors: PPMI over the stems up to WINDOW words away, reduced to DIMENSIONS by a singular value
           decomposition. The stem of the family itself is left out, for it would make all of them alike.
    lift   ln((n_ab + 1) / (n_a n_b / N + 1)), n_ab the articles with both of N
    like   cos + LIFT · lift

The decomposition is a randomized one with a fixed seed, so that the same articles give the same numbers on one machine.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.words.families.corpus import Corpus, occurrences

WINDOW: Final = 5  # words on either side (10 and 20 do as well)
COMMONEST: Final = 150  # stems that are no context: function words
CONTEXTS: Final = 5_000  # the most common stems after these
DIMENSIONS: Final = 200  # 50 to 300 do as well
SMOOTHING: Final = 0.75  # exponent of context counts: rare contexts would get too much weight
OVERSAMPLING: Final = 20  # further columns of the random projection, so that the last dimensions are exact
POWER_ITERATIONS: Final = 4  # of the projection, which part close singular values
SEED: Final = 7  # any; the same table must come out of each run
LIFT: Final = 0.1

Vectors = NDArray[np.float32]
Pairs = Sequence[tuple[int, int]]


def likeness(corpus: Corpus, pairs: Pairs) -> NDArray[np.float64]:
    """float64[n]: how like each of some pairs of lexemes are."""
    if not pairs:
        return np.empty(0)
    rows = vectors(corpus)
    left, right = (np.array(side) for side in zip(*pairs, strict=True))
    cosines = np.einsum("ij,ij->i", rows[left], rows[right]).astype(np.float64)
    like: NDArray[np.float64] = cosines + LIFT * _lifts(corpus, pairs)
    return like


def vectors(corpus: Corpus) -> Vectors:
    """float32[lexemes, DIMENSIONS]: the vectors of the lexemes, each of length 1 or 0."""
    return _unit_rows(_reduced(_unit_rows(_ppmi(_counts(corpus)))))


def _counts(corpus: Corpus) -> NDArray[np.int64]:
    """int64[lexemes, contexts]: how often a context stands near a lexeme in one article."""
    contexts = _contexts(corpus)
    number = np.full(len(corpus.stem_names), -1, np.int64)
    number[contexts] = np.arange(len(contexts))
    around, shape = number[corpus.stems], (len(corpus.lexeme_names), len(contexts))
    counts = np.zeros(shape[0] * shape[1], np.int64)
    lexemes = corpus.lexemes.astype(np.int64)
    for step in range(1, WINDOW + 1):
        together = corpus.articles[step:] == corpus.articles[:-step]
        for word, context in ((lexemes[step:], around[:-step]), (lexemes[:-step], around[step:])):
            told = together & (word >= 0) & (context >= 0)
            counts += np.bincount(word[told] * shape[1] + context[told], minlength=len(counts))
    table = counts.reshape(shape)
    place = {stem: at for at, stem in enumerate(corpus.stem_names)}
    for row, lexeme in enumerate(corpus.lexeme_names):
        if (own := number[place[lexeme.root]]) >= 0:
            table[row, own] = 0
    return table


def _contexts(corpus: Corpus) -> NDArray[np.int64]:
    """The numbers of the stems that are contexts: the most common ones in letters, without function words."""
    counts = np.bincount(corpus.stems, minlength=len(corpus.stem_names))
    in_letters = np.array([stem.isalpha() for stem in corpus.stem_names])
    order = np.argsort(-np.where(in_letters, counts, 0), kind="stable")
    return np.sort(order[COMMONEST : COMMONEST + CONTEXTS])


def _ppmi(counts: NDArray[np.int64]) -> Vectors:
    """Positive pointwise mutual information, with smoothed counts of contexts."""
    of_rows = counts.sum(1, dtype=np.float64)
    of_contexts = counts.sum(0, dtype=np.float64) ** SMOOTHING
    table = counts.astype(np.float32)
    with np.errstate(divide="ignore", invalid="ignore"):
        table /= (of_rows / of_contexts.sum())[:, None].astype(np.float32)
        table /= of_contexts.astype(np.float32)
        np.log(table, out=table)
    return np.nan_to_num(np.maximum(table, 0, out=table), copy=False, posinf=0)


def _reduced(table: Vectors) -> Vectors:
    """The rows in DIMENSIONS dimensions, each column times the square root of its singular value."""
    random = np.random.default_rng(SEED)
    size = min(DIMENSIONS + OVERSAMPLING, *table.shape)
    basis = table @ random.standard_normal((table.shape[1], size), np.float32)
    for _ in range(POWER_ITERATIONS):
        basis = table @ (table.T @ np.linalg.qr(basis)[0])
    basis = np.linalg.qr(basis)[0]
    left, values, _ = np.linalg.svd(basis.T @ table, full_matrices=False)
    kept = slice(min(DIMENSIONS, len(values)))
    reduced: Vectors = (basis @ left[:, kept]) * np.sqrt(values[kept])
    return reduced


def _unit_rows(rows: Vectors) -> Vectors:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: Vectors = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0)
    return unit


def _lifts(corpus: Corpus, pairs: Pairs) -> NDArray[np.float64]:
    numbers, articles = occurrences(corpus.lexemes, corpus.articles)
    cuts = np.searchsorted(numbers, np.arange(len(corpus.lexeme_names) + 1))
    held = [articles[first:last] for first, last in pairwise(cuts.tolist())]
    size = int(corpus.articles[-1]) + 1
    together = [len(np.intersect1d(held[one], held[other], assume_unique=True)) for one, other in pairs]
    chance = [len(held[one]) * len(held[other]) / size for one, other in pairs]
    lifts: NDArray[np.float64] = np.log((np.array(together) + 1) / (np.array(chance) + 1))
    return lifts
