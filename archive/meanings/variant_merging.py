"""Merge spelling variants of a name: decide when two spellings mean the same name.

News is typed in haste: *komisi pemberatansan korupsi*, *komisi pemberantas korupsi*, *usaha mikro kecil menengah*,
*kasus kebakaran hutan dan lahan*. If such variants counted as different meanings, hardly any short form would have
only one. A rarer variant counts for the more frequent spelling.
"""

from collections.abc import Collection, Mapping
from itertools import islice, takewhile
from operator import eq
from typing import Final

from archive.meanings.alignment import LINKING_WORDS
from archive.meanings.definitions import Words
from archive.meanings.edit_distance import distance

SHORTEST_MISTYPED: Final = 5  # letters of a word that may be mistyped; shorter ones that differ are different words
SAME_BEGINNING: Final = 0.7  # share of the longer word; words with so long a common prefix are forms of one word
EDIT_EVERY: Final = 4  # letters per typing error: one edit in five letters, two in eight
MOST_COMPARED: Final = 100  # names of one short form, the most frequent; rarer ones hardly have variants
MISNAMED: Final = 0.1  # share of the frequent name's articles; up to it a name that differs in one word is a wrong name


def merge_variants(counted: Mapping[Words, int], known: Collection[Words] = ()) -> dict[Words, int]:
    """Merge variants: name → number of articles, with the articles of each variant added to its name.

    Known names are never variants, however rare. Sorted by descending articles, then alphabetically.
    """
    names = dict.fromkeys(sorted(known), 0)
    for words, articles in sorted(counted.items(), key=_by_frequency):
        name = words if words in names else _canonical_name(words, articles, names)
        names[name] = names.get(name, 0) + articles
    return dict(sorted(names.items(), key=_by_frequency))


def _canonical_name(words: Words, articles: int, names: Mapping[Words, int]) -> Words:
    """The name that these words are a variant of, else the words themselves."""
    for name, before in islice(names.items(), MOST_COMPARED):
        if is_variant(words, name) or (articles <= MISNAMED * before and differs_in_one_word(words, name)):
            return name
    return words


def _by_frequency(counted: tuple[Words, int]) -> tuple[int, Words]:
    return -counted[1], counted[0]


def is_variant(words: Words, name: Words) -> bool:
    """Whether two spellings are one name, apart from typing errors, endings, joined words or words around it."""
    if "".join(words) == "".join(name):
        return True
    ours, theirs = _content_words(words), _content_words(name)
    if len(ours) == len(theirs):
        return all(map(is_word_variant, ours, theirs))
    shorter, longer = sorted((ours, theirs), key=len)
    return len(shorter) > 1 and shorter in {longer[-len(shorter) :], longer[: len(shorter)]}


def differs_in_one_word(words: Words, name: Words) -> bool:
    """Whether two names of several words differ in exactly one."""
    ours, theirs = _content_words(words), _content_words(name)
    return len(ours) == len(theirs) > 1 and sum(map(str.__ne__, ours, theirs)) == 1


def is_word_variant(word: str, other: str) -> bool:
    """Whether two words of a name are the same apart from typing errors or endings."""
    if word == other:
        return True
    shorter, longer = sorted((word, other), key=len)
    if len(shorter) < SHORTEST_MISTYPED:
        return False
    same = sum(1 for _ in takewhile(bool, map(eq, word, other)))
    if same >= SAME_BEGINNING * len(longer) or shorter in longer:
        return True
    allowed = len(shorter) // EDIT_EVERY
    return same > 0 and len(longer) - len(shorter) <= allowed and distance(word, other) <= allowed


def _content_words(words: Words) -> Words:
    """The content words, with a final "ri" spelled out as Republik Indonesia."""
    if words[-1] == "ri":
        words = (*words[:-1], "republik", "indonesia")
    return tuple(word for word in words if word not in LINKING_WORDS)
