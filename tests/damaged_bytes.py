"""Bytes of a file with some of them overwritten, as tests of broken files want them."""

from collections.abc import Iterable


def overwritten(raw: bytes, changes: Iterable[tuple[float, bytes]]) -> bytearray:
    """Put bytes in the place of others; where is given as a share of the whole, from 0 to 1."""
    damaged = bytearray(raw)
    for share, given in changes:
        place = int(share * (len(damaged) - 1))
        damaged[place : place + len(given)] = given
    return damaged
