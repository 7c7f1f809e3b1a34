"""Alignment: whether a short word is made of the beginnings of some words, and how well.

Two ways of shortening are told apart. *Initials*: Komisi Pemberantasan Korupsi → KPK; every letter begins a word, words
such as dan and untuk may be passed over, and a word that is itself a short form gives all its letters (PDI Perjuangan →
PDIP). *Syllables*: Jawa Barat → Jabar, Kejaksaan Agung → Kejagung, Menteri Luar Negeri → Menlu; each word gives a
piece: best its beginning, else its end, its inside, or its first letter with later ones.

Whatever is not the best way costs some letters, as the constants say. A short word fits if that is little beside its
length. The costs were set by reading what they let through in some fifty thousand articles.
"""

from functools import lru_cache
from typing import Final

FUNCTION_WORDS: Final = frozenset(
    {",", "&", "dan", "di", "untuk", "atau", "dari", "ke", "yang", "pada", "bagi", "dalam", "tentang", "dengan"}
    | {"oleh", "serta", "of", "the", "and", "for", "in", "on", "de", "la", "du"}
)
CIRCUMFIX: Final = "ke"  # of kepolisian, kependudukan; short words like to drop it
FEWEST_WORDS: Final = 2
FEWEST_SMALL: Final = 3  # letters of initials written in small ones
FEWEST_SYLLABIC: Final = 4  # letters; shorter words fit too many names by syllables
KNOWN_ALIGNMENTS: Final = 1 << 16  # an archive repeats its names; some 20 MB when full

IMPOSSIBLE: Final = 99.0
PASSED_OVER: Final = 1.1  # a word of meaning that gives nothing
FUNCTION_WORD: Final = 0.02  # a function word that gives nothing
SECOND_LETTER: Final = 0.8  # a word that gives two letters to initials
SINGLE_LETTER: Final = 0.5  # a word that gives one letter to syllables
END: Final = 0.6
INSIDE: Final = 0.8
FIRST_AND_MORE: Final = 0.9  # the first letter, and the last or a stretch from inside
ANY_LETTERS: Final = 1.8

SYLLABLES_SHARE: Final = 0.3  # what syllables may cost, of a short word's length
INITIALS_ALLOWED: Final = (0.1, 0.1, 0.1, 0.15, 1.2, 1.3)  # what initials may cost, by their number; the last for more


@lru_cache(KNOWN_ALIGNMENTS)
def fits(short: str, words: tuple[str, ...]) -> float:
    """What it costs to make a short word of all these words, the first of which opens it; 99 if it does not fit.

    Words are as written; so is the short word: letters in mixed case are never read as initials alone.
    """
    letters = short.lower()
    if len(words) < FEWEST_WORDS or not opens(words[0].lower(), letters):
        return IMPOSSIBLE
    if short.isupper() or (len(short) >= FEWEST_SMALL and short.islower()):
        allowed = INITIALS_ALLOWED[min(len(short), len(INITIALS_ALLOWED) - 1)]
        cost = _initials(letters, words, allowed, first=True)
        if cost <= allowed:
            return cost
    if len(short) < FEWEST_SYLLABIC:
        return IMPOSSIBLE
    allowed = SYLLABLES_SHARE * len(short)
    cost = _syllables(letters, tuple(word.lower() for word in words), allowed, first=True)
    return cost if cost <= allowed else IMPOSSIBLE


def opens(word: str, letters: str) -> bool:
    """Whether a short word may begin with this word: with its first letter, or with its root (kepolisian → polri)."""
    return word[0] == letters[0] or (word.startswith(CIRCUMFIX) and word.startswith(letters[:3], len(CIRCUMFIX)))


def _initials(letters: str, words: tuple[str, ...], allowed: float, *, first: bool = False) -> float:
    """Cost of giving the letters by the initials of the words; the first word and the last must give one."""
    if allowed < 0 or not words or not letters:
        return 0.0 if allowed >= 0 and not words and not letters else IMPOSSIBLE
    written, rest = words[0], words[1:]
    word = written.lower()
    best = IMPOSSIBLE
    if word[0] == letters[0]:
        best = _initials(letters[1:], rest, allowed)
        if len(letters) > 1 and letters[1] in word[1:]:
            best = min(best, SECOND_LETTER + _initials(letters[2:], rest, allowed - SECOND_LETTER))
        if len(word) > 1 and written.isupper() and letters.startswith(word):
            best = min(best, _initials(letters[len(word) :], rest, allowed))
    if not first:
        passing = _passing(word)
        best = min(best, passing + _initials(letters, rest, allowed - passing))
    return best


def _syllables(letters: str, words: tuple[str, ...], allowed: float, *, first: bool = False) -> float:
    """Cost of giving the letters by pieces of the words, in order; the first word must give one."""
    if allowed < 0 or (letters and not words):
        return IMPOSSIBLE
    if not letters:
        return sum(map(_passing, words))
    word, rest = words[0], words[1:]
    best = IMPOSSIBLE
    for size in range(min(len(letters), len(word)), 0, -1):
        cost = _piece(word, letters[:size], first=first)
        if cost < min(best, allowed):
            best = min(best, cost + _syllables(letters[size:], rest, min(best, allowed) - cost))
    if not first:
        passing = _passing(word)
        best = min(best, passing + _syllables(letters, rest, min(best, allowed) - passing))
    return best


def _passing(word: str) -> float:
    """Cost of a word that gives nothing."""
    return FUNCTION_WORD if word in FUNCTION_WORDS else PASSED_OVER


def _piece(word: str, piece: str, *, first: bool) -> float:
    """Cost of a piece of a word; 99 where the word does not have its letters in order, or may not open with them."""
    single = SINGLE_LETTER if len(piece) == 1 else 0.0
    if word.startswith(piece):
        return single
    if first and not opens(word, piece):
        return IMPOSSIBLE
    if piece in word:
        return single + (END if word.endswith(piece) else INSIDE)
    places = iter(word)
    if not all(letter in places for letter in piece):
        return IMPOSSIBLE
    firm = word[0] == piece[0] and (word[-1] == piece[-1] or piece[1:] in word)
    return FIRST_AND_MORE if firm else ANY_LETTERS
