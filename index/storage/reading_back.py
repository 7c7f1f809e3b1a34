"""Reads what is stored back, many at once, and finds out which of them cannot be read."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

Key = TypeVar("Key")
Stored = TypeVar("Stored")


def read_back(
    keys: Sequence[Key],
    read: Callable[[Sequence[Key]], Sequence[Stored]],
    errors: type[Exception] | tuple[type[Exception], ...],
) -> Iterator[tuple[Key, Stored | Exception]]:
    """Each key with what is stored under it, or with the error of reading it.

    Args:
        keys: They are read together; where that fails, each by itself.
        read: Returns what is stored under some keys, in turn.
        errors: What it raises for damage; any other error is raised.
    """
    try:
        held = read(keys)
    except errors as error:
        if len(keys) == 1:
            yield keys[0], error
            return
        for key in keys:
            yield from read_back([key], read, errors)
        return
    yield from zip(keys, held, strict=True)
