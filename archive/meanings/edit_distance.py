"""Damerau-Levenshtein edit distance, and the candidate forms one edit away from a word.

An edit deletes, inserts or replaces one letter, or swaps two adjacent letters. This is the optimal string alignment
variant.
"""

from collections.abc import Iterator
from string import ascii_lowercase


def edits_at(head: str, tail: str) -> Iterator[str]:
    """Yield every form that one edit at the boundary of head and tail gives; new letters are a to z."""
    if tail:
        yield head + tail[1:]
        yield from (head + letter + tail[1:] for letter in ascii_lowercase)
    if len(tail) > 1:
        yield head + tail[1] + tail[0] + tail[2:]
    yield from (head + letter + tail for letter in ascii_lowercase)


def distance(one: str, other: str) -> int:
    """Return the minimum number of edits that turn one word into the other."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one):
        last, before, row = before, row, [place + 1]
        for at, opposite in enumerate(other):
            cost = min(before[at + 1] + 1, row[at] + 1, before[at] + (letter != opposite))
            if place and at and letter == other[at - 1] and one[place - 1] == opposite:
                cost = min(cost, last[at - 1] + 1)
            row.append(cost)
    return row[-1]
