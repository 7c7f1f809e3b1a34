"""Align a short form with the words of a name: whether it abbreviates them, and at what cost.

*Initials* take the first letters: Komisi Pemberantasan Korupsi → KPK. Linking words (dan, untuk) may be skipped. A
word that is itself a short form may give all its letters (PDI Perjuangan → PDIP). *Syllables* take a piece of each
word: Jawa Barat → Jabar, Kejaksaan Agung → Kejagung, Menteri Luar Negeri → Menlu. The beginning of a word is the best
piece, before its end, its inside, and its first letter with later ones.
Costs are counted in letters. A short form fits if its cost is low for its length. The costs were set by reading what
they let through in some fifty thousand articles.
"""

from functools import lru_cache
from typing import Final

# Words between the words of a name; short forms seldom take a letter of them.
LINKING_WORDS: Final = frozenset(
    {",", "&", "dan", "di", "untuk", "atau", "dari", "ke", "yang", "pada", "bagi", "dalam", "tentang", "dengan"}
    | {"oleh", "serta", "of", "the", "and", "for", "in", "on", "de", "la", "du"}
)
CIRCUMFIX: Final = "ke"  # of kepolisian, kependudukan; short forms often drop it
FEWEST_WORDS: Final = 2  # of a name; one word is no name to abbreviate
FEWEST_SMALL: Final = 3  # letters of initials in lower case
FEWEST_SYLLABIC: Final = 4  # letters; shorter forms fit too many names by syllables
KNOWN_ALIGNMENTS: Final = 1 << 16  # cache entries; an archive repeats its names; some 20 MB when full

IMPOSSIBLE: Final = 99.0  # more than any alignment may cost
SKIPPED_WORD: Final = 1.1  # a content word that gives no letter
SKIPPED_LINKING_WORD: Final = 0.02  # a linking word that gives no letter
SECOND_LETTER: Final = 0.8  # a word that gives two letters to initials
SINGLE_LETTER: Final = 0.5  # a word that gives one letter to syllables
END: Final = 0.6  # a piece from the end of a word
INSIDE: Final = 0.8  # a piece from inside a word
FIRST_AND_MORE: Final = 0.9  # the first letter, and the last one or a stretch from inside
ANY_LETTERS: Final = 1.8  # letters of a word in order, with others between

SYLLABLES_SHARE: Final = 0.3  # the most that syllables may cost, as a share of the short form's length
INITIALS_ALLOWED: Final = (0.1, 0.1, 0.1, 0.15, 1.2, 1.3)  # the most initials may cost, by number; the last for more


@lru_cache(KNOWN_ALIGNMENTS)
def alignment_cost(short: str, words: tuple[str, ...]) -> float:
    """Cost of making a short form of all these words, beginning with the first; `IMPOSSIBLE` if it does not fit.

    Both are passed as written: a short form in mixed case is never read as initials.
    """
    letters = short.lower()
    lower = tuple(word.lower() for word in words)
    if len(words) < FEWEST_WORDS or not can_begin(lower[0], letters) or not _in_order(letters, "".join(lower)):
        return IMPOSSIBLE
    if short.isupper() or (len(short) >= FEWEST_SMALL and short.islower()):
        allowed = INITIALS_ALLOWED[min(len(short), len(INITIALS_ALLOWED) - 1)]
        cost = _initials_cost(letters, words, allowed, first=True)
        if cost <= allowed:
            return cost
    if len(short) < FEWEST_SYLLABIC:
        return IMPOSSIBLE
    allowed = SYLLABLES_SHARE * len(short)
    cost = _syllables_cost(letters, lower, allowed, first=True)
    return cost if cost <= allowed else IMPOSSIBLE


def can_begin(word: str, letters: str) -> bool:
    """Whether a short form can begin with this word: with its first letter, or with its root (kepolisian → polri)."""
    return word[0] == letters[0] or (word.startswith(CIRCUMFIX) and word.startswith(letters[:3], len(CIRCUMFIX)))


def _in_order(letters: str, text: str) -> bool:
    """Whether the letters are in the text, one after the other: no word gives its letters in another order."""
    after = 0
    for letter in letters:
        after = text.find(letter, after) + 1
        if not after:
            return False
    return True


def _initials_cost(letters: str, words: tuple[str, ...], allowed: float, *, first: bool = False) -> float:
    """Cost of taking the letters from the initials of the words; the first and the last word must give one."""
    if allowed < 0 or not words or not letters:
        return 0.0 if allowed >= 0 and not words and not letters else IMPOSSIBLE
    written, rest = words[0], words[1:]
    word = written.lower()
    best = IMPOSSIBLE
    if word[0] == letters[0]:
        best = _initials_cost(letters[1:], rest, allowed)
        if len(letters) > 1 and letters[1] in word[1:]:
            best = min(best, SECOND_LETTER + _initials_cost(letters[2:], rest, allowed - SECOND_LETTER))
        if len(word) > 1 and written.isupper() and letters.startswith(word):
            best = min(best, _initials_cost(letters[len(word) :], rest, allowed))
    if not first:
        skip = _skip_cost(word)
        best = min(best, skip + _initials_cost(letters, rest, allowed - skip))
    return best


def _syllables_cost(letters: str, words: tuple[str, ...], allowed: float, *, first: bool = False) -> float:
    """Cost of taking the letters from pieces of the words, in order; the first word must give one."""
    if allowed < 0 or (letters and not words):
        return IMPOSSIBLE
    if not letters:
        return sum(map(_skip_cost, words))
    word, rest = words[0], words[1:]
    best = IMPOSSIBLE
    for size in range(min(len(letters), len(word)), 0, -1):
        cost = _piece_cost(word, letters[:size], first=first)
        if cost < min(best, allowed):
            best = min(best, cost + _syllables_cost(letters[size:], rest, min(best, allowed) - cost))
    if not first:
        skip = _skip_cost(word)
        best = min(best, skip + _syllables_cost(letters, rest, min(best, allowed) - skip))
    return best


def _skip_cost(word: str) -> float:
    """Cost of skipping a word."""
    return SKIPPED_LINKING_WORD if word in LINKING_WORDS else SKIPPED_WORD


def _piece_cost(word: str, piece: str, *, first: bool) -> float:
    """Cost of a piece of a word; `IMPOSSIBLE` if its letters are not in the word in order or cannot begin the form."""
    single = SINGLE_LETTER if len(piece) == 1 else 0.0
    if word.startswith(piece):
        return single
    if first and not can_begin(word, piece):
        return IMPOSSIBLE
    if piece in word:
        return single + (END if word.endswith(piece) else INSIDE)
    places = iter(word)
    if not all(letter in places for letter in piece):
        return IMPOSSIBLE
    firm = word[0] == piece[0] and (word[-1] == piece[-1] or piece[1:] in word)
    return FIRST_AND_MORE if firm else ANY_LETTERS
