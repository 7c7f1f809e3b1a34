"""Deciding which lexemes of a root are far: their likeness, smoothed over the family, lies below a bound.

    near(a)   the lexemes that a is at least NEAR like, without a itself
    m(a, b)   the mean likeness of b to near(a) without b, weighted by the square roots of the articles with each; the
              likeness of a and b if there is none
    S(a, b)   half the likeness of a and b, and a quarter of m(a, b) and of m(b, a) each; far below FAR

So a word is nearer to what its near relatives are near to. The constants were chosen on half of 122 judged families.
"""

from collections import defaultdict
from itertools import combinations
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.words.families.corpus import Corpus, in_articles
from index.words.families.likeness import likeness
from index.words.families.table import FarPairs

NEAR: Final = 0.3
FAR: Final = 0.25


def decide(corpus: Corpus) -> FarPairs:
    """The pairs of lexemes that are far from each other."""
    families: defaultdict[str, list[int]] = defaultdict(list)
    for number, lexeme in enumerate(corpus.lexeme_names):
        families[lexeme.root].append(number)
    pairs = [pair for numbers in families.values() for pair in combinations(numbers, 2)]
    like = dict(zip(pairs, likeness(corpus, pairs).tolist(), strict=True))
    held = in_articles(corpus.lexemes, corpus.articles, len(corpus.lexeme_names))
    found = {}
    for root, numbers in families.items():
        table = np.array([[like.get((min(a, b), max(a, b)), 1.0) for b in numbers] for a in numbers])
        far = smoothed(table, held[numbers]) < FAR
        names = [corpus.lexeme_names[number].name for number in numbers]
        apart = frozenset((names[a], names[b]) for a, b in combinations(range(len(names)), 2) if far[a, b])
        if apart:
            found[root] = apart
    return FarPairs(found, corpus.alone)


def smoothed(like: NDArray[np.float64], articles: NDArray[np.int64]) -> NDArray[np.float64]:
    """The likeness of each two lexemes of a family, smoothed by that of their near relatives."""
    size = len(like)
    near = (like >= NEAR) & ~np.eye(size, dtype=bool)
    means = like.copy()
    for a, b in np.ndindex(size, size):
        others = [c for c in np.flatnonzero(near[a]) if c != b]
        if others:
            means[a, b] = np.average(like[others, b], weights=np.sqrt(articles[others]))
    return like / 2 + (means + means.T) / 4
