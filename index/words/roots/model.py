"""Loads the root model: the shipped weights, overridden by the shipped exceptions and then by the keeper's."""

from functools import lru_cache

from index.words.roots import exceptions, weights
from index.words.roots.weighing import RootModel

UserExceptions = tuple[tuple[str, str], ...]  # sorted (word, root) pairs; a tuple, so that it can be a cache key
KEPT = 4  # cached models; one in production, more only in tests


@lru_cache(KEPT)
def model(user_exceptions: UserExceptions = ()) -> RootModel:
    """Return the model with the given user exceptions; loading takes a moment, then the model is cached and shared."""
    held = weights.load()
    settled = exceptions.settled({**exceptions.shipped(), **dict(user_exceptions)})
    return RootModel(held, {**{word: word for word in held.whole}, **settled})
