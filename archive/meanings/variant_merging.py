"""Slips: when two ways of spelling a name out are meant as one.

News is typed in haste: *komisi pemberatansan korupsi*, *komisi pemberantas korupsi*, *usaha mikro kecil menengah*,
*kasus kebakaran hutan dan lahan*. Without these told apart from real other meanings, hardly any short form would have
one meaning. The rarer spelling counts for the more frequent one.
"""

from collections.abc import Collection, Mapping
from itertools import islice, takewhile
from operator import eq
from typing import Final

from archive.meanings.alignment import FUNCTION_WORDS
from archive.meanings.definitions import Words

SHORTEST_SLIP: Final = 5  # letters of a word that may be mistyped; shorter ones differ by a letter and are others
SAME_BEGINNING: Final = 0.7  # of the longer word: two words of one name that begin alike are forms of one word
EDIT_EVERY: Final = 4  # letters: one edit in five letters is a slip, two in eight
MOST_LOOKED_AT: Final = 100  # names of one short word, the most frequent; rarer ones are hardly slipped from
MISNAMED: Final = 0.1  # of the frequent one's articles: rarer ones that differ in a word are taken for a wrong name


def merged(counted: Mapping[Words, int], known: Collection[Words] = ()) -> dict[Words, int]:
    """The different names among some with their numbers of articles, slips counted for what they slip from.

    Names that are known are right, however rare. The most frequent come first, of equal ones the first by alphabet.
    """
    names = dict.fromkeys(sorted(known), 0)
    for words, articles in sorted(counted.items(), key=_rarest_last):
        name = words if words in names else _meant(words, articles, names)
        names[name] = names.get(name, 0) + articles
    return dict(sorted(names.items(), key=_rarest_last))


def _meant(words: Words, articles: int, names: Mapping[Words, int]) -> Words:
    """The name that some words are a slip of, else they themselves."""
    for name, before in islice(names.items(), MOST_LOOKED_AT):
        if is_slip(words, name) or (articles <= MISNAMED * before and is_misnamed(words, name)):
            return name
    return words


def _rarest_last(counted: tuple[Words, int]) -> tuple[int, Words]:
    return -counted[1], counted[0]


def is_slip(words: Words, name: Words) -> bool:
    """Whether two names are one: the same but for typing, endings, words run together, or what stands around."""
    if "".join(words) == "".join(name):
        return True
    ours, theirs = _content(words), _content(name)
    if len(ours) == len(theirs):
        return all(map(is_slip_of_word, ours, theirs))
    shorter, longer = sorted((ours, theirs), key=len)
    return len(shorter) > 1 and shorter in {longer[-len(shorter) :], longer[: len(shorter)]}


def is_misnamed(words: Words, name: Words) -> bool:
    """Whether two names differ in one word alone."""
    ours, theirs = _content(words), _content(name)
    return len(ours) == len(theirs) > 1 and sum(map(str.__ne__, ours, theirs)) == 1


def is_slip_of_word(word: str, other: str) -> bool:
    """Whether two words of a name are the same but for typing or endings."""
    if word == other:
        return True
    shorter, longer = sorted((word, other), key=len)
    if len(shorter) < SHORTEST_SLIP:
        return False
    same = sum(1 for _ in takewhile(bool, map(eq, word, other)))
    if same >= SAME_BEGINNING * len(longer) or shorter in longer:
        return True
    allowed = len(shorter) // EDIT_EVERY
    return same > 0 and len(longer) - len(shorter) <= allowed and _edits(word, other) <= allowed


def _content(words: Words) -> Words:
    """The words of meaning, the republic's letters spelled out."""
    if words[-1] == "ri":
        words = (*words[:-1], "republik", "indonesia")
    return tuple(word for word in words if word not in FUNCTION_WORDS)


def _edits(word: str, other: str) -> int:
    """Letters to put in, take out, change or swap with a neighbour to make one word of another."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for place, letter in enumerate(word, 1):
        below = [place]
        for column, wanted in enumerate(other, 1):
            cost = min(row[column] + 1, below[-1] + 1, row[column - 1] + (letter != wanted))
            if place > 1 and column > 1 and letter == other[column - 2] and wanted == word[place - 2]:
                cost = min(cost, before[column - 2] + 1)
            below.append(cost)
        before, row = row, below
    return row[-1]
