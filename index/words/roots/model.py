"""The model as it is used: the shipped weights, overruled by the project's exceptions and those by the reader's own."""

from functools import lru_cache

from index.words.roots import exceptions, weights
from index.words.roots.weighing import Roots

Overruling = tuple[tuple[str, str], ...]  # word and root, sorted: the reader's exceptions
KEPT = 4  # models: one is in use, others only in tests


@lru_cache(KEPT)
def model(overruling: Overruling = ()) -> Roots:
    """The model with the reader's exceptions; it takes a moment to read and is then shared."""
    held = weights.load()
    settled = exceptions.settled({**exceptions.shipped(), **dict(overruling)})
    return Roots(held, {**{word: word for word in held.whole}, **settled})
